using UnityEngine.Events;

namespace UnityEngine.SceneManagement
{
    public enum LoadSceneMode
    {
        Single = 0,
        Additive = 1,
    }

    public partial class SceneManager
    {
        private static Hearers s_hearers = new();

        public static event UnityAction<Scene, LoadSceneMode> sceneLoaded
        {
            add => s_hearers.Loaded += value;
            remove => s_hearers.Loaded -= value;
        }

        public static event UnityAction<Scene> sceneUnloaded
        {
            add => s_hearers.Unloaded += value;
            remove => s_hearers.Unloaded -= value;
        }

        public static event UnityAction<Scene, Scene> activeSceneChanged
        {
            add => s_hearers.ActiveChanged += value;
            remove => s_hearers.ActiveChanged -= value;
        }

        public static int sceneCount => All("get_sceneCount").Loaded.Count;

        public static int sceneCountInBuildSettings => All("get_sceneCountInBuildSettings").Known.Count;

        public static Scene GetActiveScene() => new(All("GetActiveScene").Active.Handle);

        public static bool SetActiveScene(Scene scene)
        {
            if (scene.State is not { } state) throw new System.ArgumentException("SceneManager.SetActiveScene failed; invalid scene");
            return All("SetActiveScene").Activate(state);
        }

        public static Scene GetSceneAt(int index) => new(All("GetSceneAt").Loaded[index].Handle);

        public static Scene GetSceneByName(string name) => new(All("GetSceneByName").Loaded.Find(scene => scene.Name == name)?.Handle ?? 0);

        public static Scene CreateScene(string sceneName) => new(All("CreateScene").Create(sceneName).Handle);

        /// <summary>At the beginning of the next frame.</summary>
        public static void LoadScene(string sceneName) => LoadScene(sceneName, LoadSceneMode.Single);

        public static void LoadScene(string sceneName, LoadSceneMode mode) => LoadSceneAsync(sceneName, mode);

        public static void LoadScene(int sceneBuildIndex) => LoadScene(sceneBuildIndex, LoadSceneMode.Single);

        public static void LoadScene(int sceneBuildIndex, LoadSceneMode mode) => LoadSceneAsync(sceneBuildIndex, mode);

        public static AsyncOperation LoadSceneAsync(string sceneName) => LoadSceneAsync(sceneName, LoadSceneMode.Single);

        public static AsyncOperation LoadSceneAsync(string sceneName, LoadSceneMode mode) => All("LoadSceneAsync").Load(sceneName, mode);

        public static AsyncOperation LoadSceneAsync(int sceneBuildIndex, LoadSceneMode mode) =>
            All("LoadSceneAsync").Load(All("LoadSceneAsync").NameOf(sceneBuildIndex), mode);

        public static AsyncOperation UnloadSceneAsync(string sceneName) => UnloadSceneAsync(GetSceneByName(sceneName));

        public static AsyncOperation UnloadSceneAsync(Scene scene)
        {
            if (scene.State is not { } state) throw new System.ArgumentException("Scene to unload is invalid");
            return All("UnloadSceneAsync").Unload(state);
        }

        public static void MoveGameObjectToScene(GameObject go, Scene scene)
        {
            if (go.transform.Parent is not null) throw new System.ArgumentException("Gameobject is not a root in a scene");
            if (scene.State is not { } state) throw new System.ArgumentException("Destination scene is not valid");
            All("MoveGameObjectToScene").Move(go, state);
        }

        internal static void ForgetHearers() => s_hearers = new Hearers();

        internal static void TellLoaded(SceneState scene, LoadSceneMode mode) => s_hearers.Loaded?.Invoke(new Scene(scene.Handle), mode);

        internal static void TellUnloaded(SceneState scene) => s_hearers.Unloaded?.Invoke(new Scene(scene.Handle));

        internal static void TellActiveChanged(SceneState? before, SceneState after) => s_hearers.ActiveChanged?.Invoke(new Scene(before?.Handle ?? 0), new Scene(after.Handle));

        private static Scenes All(string member)
        {
            MainThread.Require(member);
            return World.Current.Scenes;
        }

        private sealed class Hearers
        {
            public UnityAction<Scene, LoadSceneMode>? Loaded;
            public UnityAction<Scene>? Unloaded;
            public UnityAction<Scene, Scene>? ActiveChanged;
        }
    }
}
