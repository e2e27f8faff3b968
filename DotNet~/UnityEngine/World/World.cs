using System;
using System.Collections.Generic;
using System.Reflection;
using System.Threading;
using UnityEngine.SceneManagement;

namespace UnityEngine;

/// <summary>Everything that runs: one at a time, for the engine's interface is static. Where nobody plays, it is the editor at rest.</summary>
internal sealed class World
{
    private SynchronizationContext? _before;

    public World()
    {
        Coroutines = new Coroutines(this);
        Invocations = new Invocations(this);
        Destruction = new Destruction(this);
        Scenes = new Scenes(this);
    }

    public static World Current { get; private set; } = new() { IsEditor = true };

    public bool IsPlaying { get; private set; }

    public bool IsEditor { get; set; }

    public bool IsPaused { get; set; }

    public bool IsFocused { get; set; } = true;

    /// <summary>Application.Quit was called, with this code.</summary>
    public int? QuitRequested { get; set; }

    public Clock Clock { get; } = new();

    public Starting Starting { get; } = new();

    public Phase FixedUpdates { get; } = new();

    public Phase Updates { get; } = new();

    public Phase LateUpdates { get; } = new();

    public Coroutines Coroutines { get; }

    public Invocations Invocations { get; }

    public Destruction Destruction { get; }

    public Scenes Scenes { get; }

    /// <summary>ScriptableObjects that are loaded.</summary>
    public List<ScriptableObject> Assets { get; } = new();

    /// <summary>Cameras on active objects.</summary>
    public List<Camera> Cameras { get; } = new();

    public MainThreadContext Context { get; } = new();

    public Places Places { get; } = new();

    public int ScreenWidth { get; set; } = 640;

    public int ScreenHeight { get; set; } = 480;

    /// <summary>Called when all is done that a frame shows, before it ends.</summary>
    public Action? Draw { get; set; }

    /// <summary>A new world on this thread, in play.</summary>
    public static World Begin(bool isEditor)
    {
        if (Current.IsPlaying) throw new InvalidOperationException("A player is running already: there can be only one.");
        var world = new World { IsPlaying = true, IsEditor = isEditor, _before = SynchronizationContext.Current };
        Current = world;
        world.MoveHere();
        return world;
    }

    /// <summary>The calling thread is the main thread from now on.</summary>
    public void MoveHere()
    {
        MainThread.Id = Environment.CurrentManagedThreadId;
        SynchronizationContext.SetSynchronizationContext(Context);
    }

    public void Frame()
    {
        Clock.NextFrame();
        Scenes.Apply();
        Starting.Run();
        while (Clock.NextFixed())
        {
            FixedUpdates.Run();
            Coroutines.RunAfterFixedUpdate();
        }

        Updates.Run();
        Invocations.Run();
        Coroutines.RunAfterUpdate();
        Context.Run();
        Networking.PlayerConnection.ConnectionWire.Deliver();
        LateUpdates.Run();
        Destruction.Flush();
        Application.TellBeforeRender();
        Draw?.Invoke();
        Coroutines.RunEndOfFrame();
        Unity.Profiling.LowLevel.Unsafe.ProfilerUnsafeUtility.EndFrame();
    }

    /// <summary>OnApplicationQuit to all, the event, and then the end of every object; false where somebody does not want to.</summary>
    public bool Quit()
    {
        if (!Application.WantsToQuit()) return false;
        foreach (MonoBehaviour behaviour in Scripts()) if (behaviour.IsAlive) behaviour.Call(behaviour.Messages.OnApplicationQuit);
        Application.TellQuitting();
        End();
        return true;
    }

    /// <summary>The end without a word to anybody but OnDisable and OnDestroy.</summary>
    public void End()
    {
        if (!IsPlaying) return;
        foreach (GameObject root in Scenes.Roots()) if (root.IsAlive) Destruction.Now(root);
        foreach (ScriptableObject asset in Assets.ToArray())
        {
            asset.Call("OnDisable");
            asset.Kill();
        }

        IsPlaying = false;
        Places.Dispose();
        SynchronizationContext.SetSynchronizationContext(_before);
        MainThread.Id = 0;
        Current = new World { IsEditor = true };
    }

    public void Pause(bool paused)
    {
        if (IsPaused == paused) return;
        IsPaused = paused;
        foreach (MonoBehaviour behaviour in Scripts()) behaviour.Call(behaviour.Messages.OnApplicationPause, paused);
    }

    public void Focus(bool focused)
    {
        if (IsFocused == focused) return;
        IsFocused = focused;
        foreach (MonoBehaviour behaviour in Scripts()) behaviour.Call(behaviour.Messages.OnApplicationFocus, focused);
        Application.TellFocus(focused);
    }

    /// <summary>Whether a script gets its messages: always in play, otherwise where it says so.</summary>
    public bool Runs(MonoBehaviour behaviour) => IsPlaying || behaviour.GetType().IsDefined(typeof(ExecuteAlways), true);

    /// <summary>What the editor tells of a script that was added: Reset where nobody plays, and OnValidate.</summary>
    public void Validate(Component component)
    {
        if (!IsEditor || component is not MonoBehaviour script) return;
        if (!IsPlaying) script.Call(script.Messages.Reset);
        script.Call(script.Messages.OnValidate);
    }

    /// <summary>What the editor tells a script whose values were changed in an inspector.</summary>
    public void Revalidate(Component component)
    {
        if (component is MonoBehaviour script) script.Call(script.Messages.OnValidate);
    }

    /// <summary>Scripts on active objects, in execution order.</summary>
    public MonoBehaviour[] Scripts()
    {
        MonoBehaviour[] scripts = Array.FindAll(Object.FindObjectsByType<MonoBehaviour>(FindObjectsSortMode.InstanceID), script => script.HasAwoken);
        InOrder.Sort(scripts);
        return scripts;
    }

    /// <summary>Whether an object lives once it is made: a component that somebody made by new does not.</summary>
    public static bool MayConstruct(Object made)
    {
        if (made is not (Component or ScriptableObject) || MainThread.Constructing == made.GetType()) return true;
        if (made is ScriptableObject)
        {
            Debug.LogWarning($"{made.GetType().Name} must be instantiated using the ScriptableObject.CreateInstance method instead of new {made.GetType().Name}.");
            return true;
        }

        Debug.LogWarning("You are trying to create a MonoBehaviour using the 'new' keyword.  This is not allowed.  MonoBehaviours can only be added using AddComponent(). "
            + "Alternatively, your script can inherit from ScriptableObject or no base class at all");
        return false;
    }

    /// <summary>Makes an instance of a class that may not be made by new.</summary>
    public static T Construct<T>(Type type) where T : Object
    {
        Type? outer = MainThread.Constructing;
        MainThread.Constructing = type;
        try
        {
            return (T)Activator.CreateInstance(type, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DoNotWrapExceptions, null, null, null)!;
        }
        finally
        {
            MainThread.Constructing = outer;
        }
    }
}
