namespace UnityEditor.Networking.PlayerConnection;

public class ConnectedPlayer
{
    internal ConnectedPlayer(int id, string name) => (playerId, this.name) = (id, name);

    public int playerId { get; }

    public string name { get; }
}
