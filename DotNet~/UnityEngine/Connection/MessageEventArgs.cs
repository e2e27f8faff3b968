using System;

namespace UnityEngine.Networking.PlayerConnection;

public class MessageEventArgs
{
    public int playerId;
    public byte[] data = Array.Empty<byte>();
}
