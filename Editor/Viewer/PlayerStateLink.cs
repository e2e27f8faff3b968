using System;
using Recurrent.Components;
using Recurrent.Diagnostics;
using UnityEditor;
using UnityEditor.Networking.PlayerConnection;
using UnityEngine.Networking.PlayerConnection;

namespace RecurrentEditor
{
    /// <summary>Shows a viewer the probes of a player that the editor is connected with, through the <see cref="StateBroadcast"/> in its scene.</summary>
    public sealed class PlayerStateLink : RemoteStateLink
    {
        private readonly int _player;
        private double _time = EditorApplication.timeSinceStartup;

        /// <summary>Links to a player; see <see cref="EditorConnection.ConnectedPlayers"/>.</summary>
        public PlayerStateLink(int playerId, string playerName)
            : base(playerName, message => EditorConnection.instance.TrySend(StateBroadcast.ToGame, message, playerId), NewSession())
        {
            _player = playerId;
            EditorConnection connection = EditorConnection.instance;
            connection.Initialize();
            connection.Register(StateBroadcast.ToViewer, Hear);
            connection.RegisterConnection(Greet);
            connection.RegisterDisconnection(Miss);
            EditorApplication.update += Tick;
        }

        /// <inheritdoc/>
        protected override void Close()
        {
            EditorConnection connection = EditorConnection.instance;
            connection.Unregister(StateBroadcast.ToViewer, Hear);
            connection.UnregisterConnection(Greet);
            connection.UnregisterDisconnection(Miss);
            EditorApplication.update -= Tick;
        }

        private static uint NewSession() => (uint)Guid.NewGuid().GetHashCode() | 1u;

        private void Hear(MessageEventArgs message)
        {
            if (message.playerId == _player) Receive(message.data);
        }

        private void Greet(int player)
        {
            if (player == _player) Connect();
        }

        private void Miss(int player)
        {
            if (player == _player) Disconnect();
        }

        private void Tick()
        {
            double time = EditorApplication.timeSinceStartup;
            Advance(time - _time);
            _time = time;
        }
    }
}
