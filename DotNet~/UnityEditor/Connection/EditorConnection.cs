using System;
using System.Collections.Generic;
using UnityEngine.Events;
using UnityEngine.Networking.PlayerConnection;

namespace UnityEditor.Networking.PlayerConnection;

/// <summary>The editor's end of the wire to a player.</summary>
public class EditorConnection : ScriptableSingleton<EditorConnection>, IEditorPlayerConnection
{
    public List<ConnectedPlayer> ConnectedPlayers =>
        ConnectionWire.PlayerId is { } id ? new List<ConnectedPlayer> { new(id, $"Player {id}") } : new List<ConnectedPlayer>();

    public void Initialize()
    {
    }

    public void Register(Guid messageId, UnityAction<MessageEventArgs> callback) => ConnectionWire.EditorSide.Register(messageId, callback);

    public void Unregister(Guid messageId, UnityAction<MessageEventArgs> callback) => ConnectionWire.EditorSide.Unregister(messageId, callback);

    public void RegisterConnection(UnityAction<int> callback) => ConnectionWire.EditorSide.Connected += callback;

    public void RegisterDisconnection(UnityAction<int> callback) => ConnectionWire.EditorSide.Disconnected += callback;

    public void UnregisterConnection(UnityAction<int> callback) => ConnectionWire.EditorSide.Connected -= callback;

    public void UnregisterDisconnection(UnityAction<int> callback) => ConnectionWire.EditorSide.Disconnected -= callback;

    public void Send(Guid messageId, byte[] data, int playerId) => TrySend(messageId, data, playerId);

    public void Send(Guid messageId, byte[] data) => TrySend(messageId, data);

    public bool TrySend(Guid messageId, byte[] data, int playerId) => ConnectionWire.ToPlayer(messageId, data, playerId);

    public bool TrySend(Guid messageId, byte[] data) => ConnectionWire.ToPlayer(messageId, data);

    public void DisconnectAll() => ConnectionWire.Disconnect();
}
