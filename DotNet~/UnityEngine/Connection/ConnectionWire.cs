using System;
using System.Collections.Generic;
using UnityEngine.Events;

namespace UnityEngine.Networking.PlayerConnection;

/// <summary>The wire between one player and the editor, both in this process: what one side sends, the other hears at the next frame, or when told to.</summary>
internal static class ConnectionWire
{
    private static readonly Queue<(Side To, Guid Message, byte[] Data)> s_under = new();

    public static Side PlayerSide { get; } = new();

    public static Side EditorSide { get; } = new();

    /// <summary>The player's number, while it is connected.</summary>
    public static int? PlayerId { get; private set; }

    public static void Connect(int playerId)
    {
        Disconnect();
        PlayerId = playerId;
        PlayerSide.TellConnected(playerId);
        EditorSide.TellConnected(playerId);
    }

    public static void Disconnect()
    {
        if (PlayerId is not { } id) return;
        PlayerId = null;
        s_under.Clear();
        PlayerSide.TellDisconnected(id);
        EditorSide.TellDisconnected(id);
    }

    public static bool ToEditor(Guid message, byte[] data) => Send(EditorSide, message, data);

    public static bool ToPlayer(Guid message, byte[] data, int? playerId = null) => (playerId == null || playerId == 0 || playerId == PlayerId) && Send(PlayerSide, message, data);

    /// <summary>What is under way arrives.</summary>
    public static void Deliver()
    {
        for (int left = s_under.Count; left > 0 && s_under.Count > 0; left--)
        {
            (Side to, Guid message, byte[] data) = s_under.Dequeue();
            to.Hear(message, new MessageEventArgs { playerId = PlayerId ?? 0, data = data });
        }
    }

    /// <summary>Nobody is connected and nobody listens.</summary>
    public static void Forget()
    {
        PlayerId = null;
        s_under.Clear();
        PlayerSide.Forget();
        EditorSide.Forget();
    }

    private static bool Send(Side to, Guid message, byte[] data)
    {
        if (PlayerId == null) return false;
        s_under.Enqueue((to, message, (byte[])data.Clone()));
        return true;
    }

    public sealed class Side
    {
        private readonly Dictionary<Guid, UnityAction<MessageEventArgs>> _callbacks = new();

        public event UnityAction<int>? Connected;

        public event UnityAction<int>? Disconnected;

        public bool IsConnected => PlayerId != null;

        public void Register(Guid message, UnityAction<MessageEventArgs> callback)
        {
            if (message == Guid.Empty) throw new ArgumentException("Cant be Guid.Empty", nameof(message));
            _callbacks[message] = _callbacks.TryGetValue(message, out UnityAction<MessageEventArgs>? known) ? known + callback : callback;
        }

        public void Unregister(Guid message, UnityAction<MessageEventArgs> callback)
        {
            if (!_callbacks.TryGetValue(message, out UnityAction<MessageEventArgs>? known)) return;
            if ((UnityAction<MessageEventArgs>?)Delegate.Remove(known, callback) is { } left) _callbacks[message] = left;
            else _callbacks.Remove(message);
        }

        public void Hear(Guid message, MessageEventArgs args)
        {
            if (_callbacks.TryGetValue(message, out UnityAction<MessageEventArgs>? callback)) callback(args);
        }

        public void TellConnected(int playerId) => Connected?.Invoke(playerId);

        public void TellDisconnected(int playerId) => Disconnected?.Invoke(playerId);

        public void Forget()
        {
            _callbacks.Clear();
            Connected = null;
            Disconnected = null;
        }
    }
}
