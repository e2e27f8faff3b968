using System;
using UnityEngine.Events;

namespace UnityEngine.Networking.PlayerConnection;

/// <summary>The player's end of the wire to the editor.</summary>
public class PlayerConnection : ScriptableObject, IEditorPlayerConnection
{
    private static PlayerConnection? s_instance;

    public static PlayerConnection instance => s_instance != null ? s_instance : s_instance = CreateInstance<PlayerConnection>();

    public bool isConnected => ConnectionWire.PlayerSide.IsConnected;

    public void Register(Guid messageId, UnityAction<MessageEventArgs> callback) => ConnectionWire.PlayerSide.Register(messageId, callback);

    public void Unregister(Guid messageId, UnityAction<MessageEventArgs> callback) => ConnectionWire.PlayerSide.Unregister(messageId, callback);

    public void RegisterConnection(UnityAction<int> callback) => ConnectionWire.PlayerSide.Connected += callback;

    public void RegisterDisconnection(UnityAction<int> callback) => ConnectionWire.PlayerSide.Disconnected += callback;

    public void UnregisterConnection(UnityAction<int> callback) => ConnectionWire.PlayerSide.Connected -= callback;

    public void UnregisterDisconnection(UnityAction<int> callback) => ConnectionWire.PlayerSide.Disconnected -= callback;

    public void Send(Guid messageId, byte[] data) => TrySend(messageId, data);

    public bool TrySend(Guid messageId, byte[] data) => ConnectionWire.ToEditor(messageId, data);

    public void DisconnectAll() => ConnectionWire.Disconnect();
}
