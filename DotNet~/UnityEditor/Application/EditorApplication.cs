using System;
using UnityEngine;

namespace UnityEditor;

public sealed class EditorApplication
{
    public static CallbackFunction update;
    public static CallbackFunction delayCall;

    private static bool s_isPlaying;
    private static bool s_isPaused;

    private EditorApplication()
    {
    }

    public delegate void CallbackFunction();

    public static event Action<PlayModeStateChange> playModeStateChanged;

    public static event Action<PauseState> pauseStateChanged;

    public static event Action projectChanged;

    public static event Action quitting;

    public static bool isPlaying
    {
        get => s_isPlaying || World.Current.IsPlaying;
        set
        {
            if (value == isPlaying) return;
            playModeStateChanged?.Invoke(value ? PlayModeStateChange.ExitingEditMode : PlayModeStateChange.ExitingPlayMode);
            s_isPlaying = value;
            playModeStateChanged?.Invoke(value ? PlayModeStateChange.EnteredPlayMode : PlayModeStateChange.EnteredEditMode);
        }
    }

    public static bool isPlayingOrWillChangePlaymode => isPlaying;

    public static bool isPaused
    {
        get => s_isPaused;
        set
        {
            if (s_isPaused == value) return;
            s_isPaused = value;
            pauseStateChanged?.Invoke(value ? PauseState.Paused : PauseState.Unpaused);
        }
    }

    public static bool isCompiling { get; internal set; }

    public static bool isUpdating { get; internal set; }

    public static double timeSinceStartup { get; internal set; }

    /// <summary>Frames that Step was asked for.</summary>
    internal static int Steps { get; private set; }

    public static void Step()
    {
        isPaused = true;
        Steps++;
    }

    /// <summary>Calls what has the path as its menu item; false where nothing has.</summary>
    public static bool ExecuteMenuItem(string menuItemPath)
    {
        foreach (Type type in Loaded.Types())
            foreach (System.Reflection.MethodInfo method in type.GetMethods(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic))
            {
                if (!Array.Exists((MenuItem[])method.GetCustomAttributes(typeof(MenuItem), false), item => item.menuItem == menuItemPath && !item.validate)) continue;
                method.Invoke(null, method.GetParameters().Length == 0 ? null : new object[] { new MenuCommand(null) });
                return true;
            }

        return false;
    }

    public static void EnterPlaymode() => isPlaying = true;

    public static void ExitPlaymode() => isPlaying = false;

    internal static void Tick(double seconds)
    {
        timeSinceStartup += seconds;
        update?.Invoke();
        CallbackFunction later = delayCall;
        delayCall = null;
        later?.Invoke();
    }

    internal static void TellProjectChanged() => projectChanged?.Invoke();

    internal static void TellQuitting() => quitting?.Invoke();

    internal static void Forget()
    {
        (update, delayCall, playModeStateChanged, pauseStateChanged, projectChanged, quitting) = (null, null, null, null, null, null);
        (s_isPlaying, s_isPaused, isCompiling, isUpdating, timeSinceStartup, Steps) = (false, false, false, false, 0, 0);
    }
}
