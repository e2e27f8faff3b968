using System;
using System.Collections.Generic;

namespace UnityEngine.SceneManagement;

/// <summary>A loaded scene: its roots.</summary>
internal sealed class SceneState
{
    private static int s_created;

    public int Handle { get; } = ++s_created;

    public string Name { get; set; } = "";

    public string Path { get; set; } = "";

    public int BuildIndex { get; set; } = -1;

    public bool IsLoaded { get; set; } = true;

    public List<GameObject> Roots { get; } = new();
}

/// <summary>The scenes that are loaded, those that may be, and what is to happen to them at the beginning of the next frame.</summary>
internal sealed class Scenes
{
    private readonly World _world;
    private readonly Queue<Action> _pending = new();

    public Scenes(World world)
    {
        _world = world;
        Active = new SceneState();
        Loaded.Add(Active);
    }

    public List<SceneState> Loaded { get; } = new();

    public SceneState Active { get; private set; }

    /// <summary>Where DontDestroyOnLoad puts objects; no scene that can be found.</summary>
    public SceneState Undestroyed { get; } = new() { Name = "DontDestroyOnLoad" };

    /// <summary>What may be loaded, in the order of the build's list: it makes the objects, and hands back those to wake.</summary>
    public List<(string Name, Func<List<Component>> Build)> Known { get; } = new();

    /// <summary>A scene's roots and those above it follow it.</summary>
    public static void Tell(GameObject gameObject, SceneState? scene)
    {
        gameObject.SceneState = scene;
        foreach (Transform child in gameObject.transform.Children) Tell(child.Owner, scene);
    }

    public SceneState? Find(int handle) => handle == Undestroyed.Handle ? Undestroyed : Loaded.Find(scene => scene.Handle == handle);

    public List<GameObject> Roots()
    {
        var roots = new List<GameObject>();
        foreach (SceneState scene in Loaded) roots.AddRange(scene.Roots);
        roots.AddRange(Undestroyed.Roots);
        return roots;
    }

    public void Add(GameObject root, SceneState scene)
    {
        scene.Roots.Add(root);
        Tell(root, scene);
    }

    public void Move(GameObject root, SceneState scene)
    {
        root.SceneState?.Roots.Remove(root);
        Add(root, scene);
    }

    public SceneState Create(string name)
    {
        if (Loaded.Exists(scene => scene.Name == name)) throw new ArgumentException($"Scene with name \"{name}\" already exists.");
        var created = new SceneState { Name = name };
        Loaded.Add(created);
        return created;
    }

    public bool Activate(SceneState scene)
    {
        if (scene == Active || !Loaded.Contains(scene)) return false;
        SceneState before = Active;
        Active = scene;
        SceneManager.TellActiveChanged(before, scene);
        return true;
    }

    public string NameOf(int buildIndex)
    {
        if (buildIndex >= 0 && buildIndex < Known.Count) return Known[buildIndex].Name;
        throw new ArgumentException($"Scene with build index: {buildIndex} couldn't be loaded because it has not been added to the build settings.");
    }

    public AsyncOperation Load(string name, LoadSceneMode mode)
    {
        int index = Known.FindIndex(known => known.Name == name);
        if (index < 0)
        {
            Debug.LogError($"Scene '{name}' couldn't be loaded because it has not been added to the build settings or the AssetBundle has not been loaded.");
            return null!;
        }

        var operation = new AsyncOperation();
        _pending.Enqueue(() =>
        {
            LoadNow(index, mode);
            operation.Complete();
        });
        return operation;
    }

    public AsyncOperation Unload(SceneState scene)
    {
        if (Loaded.Count < 2)
        {
            Debug.LogWarning($"Unloading the last loaded scene {scene.Path}(build index: {scene.BuildIndex}), is not supported. Please use SceneManager.LoadScene()/EditorSceneManager.OpenScene() to switch to another scene.");
            return null!;
        }

        var operation = new AsyncOperation();
        _pending.Enqueue(() =>
        {
            UnloadNow(scene);
            if (scene == Active) Activate(Loaded[0]);
            operation.Complete();
        });
        return operation;
    }

    public void Apply()
    {
        while (_pending.Count > 0) _pending.Dequeue()();
    }

    public void LoadNow(int index, LoadSceneMode mode)
    {
        (string name, Func<List<Component>> build) = Known[index];
        if (mode == LoadSceneMode.Single)
        {
            foreach (SceneState scene in Loaded.ToArray()) UnloadNow(scene);
        }

        var loaded = new SceneState { Name = name, BuildIndex = index, Path = $"Assets/{name}.unity" };
        Loaded.Add(loaded);
        SceneState before = Active;
        if (mode == LoadSceneMode.Single)
        {
            Active = loaded;
            _world.Clock.SceneStart = _world.Clock.Time;
            SceneManager.TellActiveChanged(before, loaded);
        }

        SceneState target = Active;
        Active = loaded;
        List<Component> made = build();
        if (_world.IsEditor) foreach (Component component in made) _world.Validate(component);
        InOrder.Wake(made);
        Active = target;
        SceneManager.TellLoaded(loaded, mode);
    }

    private void UnloadNow(SceneState scene)
    {
        foreach (GameObject root in scene.Roots.ToArray()) if (root.IsAlive) _world.Destruction.Now(root);
        scene.IsLoaded = false;
        Loaded.Remove(scene);
        SceneManager.TellUnloaded(scene);
    }
}
