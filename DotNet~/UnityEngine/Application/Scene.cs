using System.Collections.Generic;

namespace UnityEngine.SceneManagement
{
    public struct Scene
    {
        private readonly int _handle;

        internal Scene(int handle) => _handle = handle;

        public int handle => _handle;

        public string name
        {
            get => State?.Name ?? "";
            set => throw new System.InvalidOperationException($"Setting a name on a saved scene is not allowed (the filename is used as name). Scene: '{path}'");
        }

        public string path => State?.Path ?? "";

        public bool isLoaded => State?.IsLoaded ?? false;

        public int buildIndex => State?.BuildIndex ?? -1;

        public int rootCount => State?.Roots.Count ?? 0;

        internal SceneState? State => World.Current.Scenes.Find(_handle);

        public bool IsValid() => State != null;

        public GameObject[] GetRootGameObjects()
        {
            var roots = new List<GameObject>();
            GetRootGameObjects(roots);
            return roots.ToArray();
        }

        public void GetRootGameObjects(List<GameObject> rootGameObjects)
        {
            if (State is not { } state) throw new System.ArgumentException("The scene is invalid.");
            rootGameObjects.Clear();
            rootGameObjects.AddRange(state.Roots);
        }

        public static bool operator ==(Scene lhs, Scene rhs) => lhs._handle == rhs._handle;

        public static bool operator !=(Scene lhs, Scene rhs) => lhs._handle != rhs._handle;

        public override bool Equals(object? other) => other is Scene scene && this == scene;

        public override int GetHashCode() => _handle;
    }
}
