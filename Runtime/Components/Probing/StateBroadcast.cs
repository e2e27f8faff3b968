using System;
using System.Collections.Generic;
using Recurrent.Diagnostics;
using UnityEngine;
using UnityEngine.Networking.PlayerConnection;

namespace Recurrent.Components
{
    /// <summary>
    /// Lets the editor's State Viewer see the <see cref="StateProbe"/>s of a game that runs elsewhere, such as on a phone: over the connection that Unity's Profiler uses too, and so in
    /// development builds. One in the first scene is enough. While no viewer is there it costs nothing; while one is, the probes that it looks at record, and it can pause the game, by
    /// Time.timeScale.
    /// </summary>
    [AddComponentMenu("Recurrent/State Broadcast"), DisallowMultipleComponent]
    [HelpURL(DocumentationPage.Components + "state-broadcast")]
    public sealed class StateBroadcast : MonoBehaviour, ISetup
    {
        /// <summary>What the viewer says to the game.</summary>
        public static readonly Guid ToGame = new Guid("5d1f0c8a-9a43-4f0e-8f0b-3c1d62a7e9b1");

        /// <summary>What the game says to the viewer.</summary>
        public static readonly Guid ToViewer = new Guid("b7e4a2f6-04c5-4a7d-a3b8-91f6d05c2e73");

        [SerializeField, Tooltip("Goes on when another scene is loaded. The object must be a root.")]
        private bool _survivesScenes = true;

        private PlayModeStateLink? _link;
        private StateLinkHost? _host;
        private float _timeScale = 1f;
        private int _framesLeft;
        private bool _isPaused;

        /// <summary>Whether it goes on when another scene is loaded; counts when it is enabled first.</summary>
        public bool SurvivesScenes
        {
            get => _survivesScenes;
            set => _survivesScenes = value;
        }

        /// <summary>Whether a viewer is there.</summary>
        public bool IsWatched => _host?.IsWatched ?? false;

        /// <summary>Messages that were none, or were damaged on the way, and were left out.</summary>
        public long IgnoredMessages => _host?.IgnoredMessages ?? 0;

        void ISetup.Review(ICollection<string> warnings)
        {
            if (_survivesScenes && transform.parent != null) warnings.Add("can only survive a scene as a root object.");
        }

        private void OnValidate() => this.LogReview($"StateBroadcast '{name}'");

        private void Start()
        {
            if (_survivesScenes && transform.parent == null) DontDestroyOnLoad(gameObject);
            else if (_survivesScenes) Debug.LogWarning($"StateBroadcast '{name}': it is no root, and so does not survive its scene.", this);
        }

        private void OnEnable()
        {
            _link = new PlayModeStateLink(() => _isPaused, Pause, () => _framesLeft++);
            _host = new StateLinkHost(_link, Send, Environment.TickCount);
            PlayerConnection connection = PlayerConnection.instance;
            connection.Register(ToGame, Receive);
            connection.RegisterDisconnection(Disconnect);
        }

        private void OnDisable()
        {
            PlayerConnection connection = PlayerConnection.instance;
            connection.Unregister(ToGame, Receive);
            connection.UnregisterDisconnection(Disconnect);
            _host?.Dispose();
            _link?.Dispose();
            Pause(false);
        }

        // A frame that is let go runs from here to its end.
        private void Update()
        {
            _host!.Advance(Time.unscaledDeltaTime);
            if (!_isPaused) return;
            Time.timeScale = _framesLeft > 0 ? _timeScale : 0f;
            if (_framesLeft > 0) _framesLeft--;
        }

        private void Pause(bool isPaused)
        {
            if (isPaused == _isPaused) return;
            _isPaused = isPaused;
            _framesLeft = 0;
            if (isPaused) _timeScale = Time.timeScale;
            Time.timeScale = isPaused ? 0f : _timeScale;
        }

        private bool Send(byte[] message)
        {
            PlayerConnection connection = PlayerConnection.instance;
            return connection.isConnected && connection.TrySend(ToViewer, message);
        }

        private void Receive(MessageEventArgs message) => _host?.Receive(message.data);

        private void Disconnect(int player) => _host?.Disconnect();
    }
}
