using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Recurrent;
using Recurrent.Components;
using Recurrent.Diagnostics;
using UnityEditor;
using UnityEditor.Networking.PlayerConnection;

namespace RecurrentEditor
{
    /// <summary>What a viewer can look at: the game in Play Mode, a file, a player that the editor is connected with. As text it is what a window remembers.</summary>
    internal readonly struct ViewerTarget
    {
        private const string FilePrefix = "file:", PlayerPrefix = "player:";

        private ViewerTarget(string key, string name)
        {
            Key = key;
            Name = name;
        }

        /// <summary>The game of this editor.</summary>
        public static ViewerTarget PlayMode { get; } = new ViewerTarget("play", "Play Mode");

        /// <summary>What is remembered.</summary>
        public string Key { get; }

        /// <summary>What the menu calls it.</summary>
        public string Name { get; }

        /// <summary>Whether it is the game of this editor.</summary>
        public bool IsPlayMode => Key == PlayMode.Key;

        /// <summary>A recording file.</summary>
        public static ViewerTarget File(string path) => new ViewerTarget(FilePrefix + path, Path.GetFileName(path));

        /// <summary>From what was remembered; Play Mode where that means nothing any more.</summary>
        public static ViewerTarget Parse(string key)
        {
            if (key.StartsWith(FilePrefix, System.StringComparison.Ordinal)) return File(key.Substring(FilePrefix.Length));
            foreach (ViewerTarget player in Players())
                if (player.Key == key) return player;
            return PlayMode;
        }

        /// <summary>The players that the editor is connected with.</summary>
        public static IEnumerable<ViewerTarget> Players()
        {
            foreach (ConnectedPlayer player in EditorConnection.instance.ConnectedPlayers)
                yield return new ViewerTarget(PlayerPrefix + player.playerId.ToString(CultureInfo.InvariantCulture), player.name);
        }

        /// <summary>Links to it.</summary>
        /// <exception cref="ModelFileException">The file is no recording.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public IStateLink Open()
        {
            if (Key.StartsWith(FilePrefix, System.StringComparison.Ordinal)) return FileStateLink.Open(Key.Substring(FilePrefix.Length));
            if (Key.StartsWith(PlayerPrefix, System.StringComparison.Ordinal)) return new PlayerStateLink(int.Parse(Key.Substring(PlayerPrefix.Length), CultureInfo.InvariantCulture), Name);
            return new PlayModeStateLink(() => EditorApplication.isPaused, pause => EditorApplication.isPaused = pause, EditorApplication.Step);
        }
    }
}
