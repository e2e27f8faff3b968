using System;
using UnityEngine.Events;

namespace UnityEngine.Networking.PlayerConnection;

public interface IEditorPlayerConnection
{
    public void Register(Guid messageId, UnityAction<MessageEventArgs> callback);

    public void Unregister(Guid messageId, UnityAction<MessageEventArgs> callback);

    public void DisconnectAll();

    public void RegisterConnection(UnityAction<int> callback);

    public void RegisterDisconnection(UnityAction<int> callback);

    public void UnregisterConnection(UnityAction<int> callback);

    public void UnregisterDisconnection(UnityAction<int> callback);

    public void Send(Guid messageId, byte[] data);

    public bool TrySend(Guid messageId, byte[] data);
}
