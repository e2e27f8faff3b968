using System;
using System.Collections.Generic;
using UnityEngine;
using UnityEngine.Networking.PlayerConnection;

namespace UnityEditor.Double;

/// <summary>The editor as a test drives it: time, windows, a reload of the domain, and an end after which nothing is left.</summary>
internal static class Session
{
    private static readonly List<EditorWindow> s_windows = new();

    /// <summary>The open windows, in the order of their opening.</summary>
    public static IReadOnlyList<EditorWindow> Windows => s_windows;

    public static EditorWindow Focused { get; private set; }

    /// <summary>The menu that was shown last.</summary>
    public static GenericMenu Menu { get; set; }

    /// <summary>Time goes by in steps of a hundredth of a second: updates of the editor and of the windows, and what they have scheduled.</summary>
    public static void Advance(long milliseconds)
    {
        for (long left = milliseconds; left > 0; left -= 10)
        {
            long step = Math.Min(10, left);
            ConnectionWire.Deliver();
            EditorApplication.Tick(step / 1000.0);
            foreach (EditorWindow window in s_windows.ToArray())
            {
                if (!s_windows.Contains(window)) continue;
                window.Call("Update");
                window.OwnPanel.Advance(step);
            }
        }
    }

    /// <summary>As after a compilation: every window is made anew, with its fields that can be serialized, private ones too.</summary>
    public static void ReloadDomain()
    {
        AssemblyReloadEvents.TellBefore();
        EditorWindow[] before = s_windows.ToArray();
        foreach (EditorWindow window in before) window.Call("OnDisable");
        var after = new Dictionary<EditorWindow, EditorWindow>();
        foreach (EditorWindow window in before)
        {
            var fresh = World.Construct<EditorWindow>(window.GetType());
            SerializedValues.Carry(window, fresh);
            fresh.titleContent = window.titleContent;
            fresh.position = window.position;
            World.Current.Assets.Remove(window);
            World.Current.Assets.Add(fresh);
            // Its panel is gone without a word.
            window.Kill();
            after[window] = fresh;
        }

        s_windows.Clear();
        s_windows.AddRange(after.Values);
        Focused = Focused is not null && after.TryGetValue(Focused, out EditorWindow focused) ? focused : null;
        foreach (EditorWindow window in s_windows) window.Call("OnEnable");
        AssemblyReloadEvents.TellAfter();
        foreach (EditorWindow window in s_windows.ToArray()) Build(window);
    }

    /// <summary>Closes and forgets everything.</summary>
    public static void End()
    {
        while (s_windows.Count > 0) s_windows[^1].Close();
        Focused = null;
        Menu = null;
        Application.OpenedUrls.Clear();
        EditorApplication.Forget();
        AssemblyReloadEvents.Forget();
        EditorPrefs.DeleteAll();
        SessionState.Forget();
        Selection.Forget();
        Undo.Forget();
        Progress.Forget();
        PlayerSettings.Forget();
        Compilation.CompilationPipeline.Forget();
        PackageManager.Client.Forget();
        AssetDatabase.Forget();
        Dialogs.Forget();
        ConnectionWire.Forget();
        GUIUtility.systemCopyBuffer = "";
    }

    public static void Open(EditorWindow window)
    {
        s_windows.Add(window);
        Build(window);
    }

    public static void Close(EditorWindow window)
    {
        s_windows.Remove(window);
        if (Focused == window) Focused = null;
    }

    public static void Focus(EditorWindow window)
    {
        if (ReferenceEquals(Focused, window)) return;
        if (Focused != null) Focused.Call("OnLostFocus");
        Focused = window;
        window.Call("OnFocus");
    }

    private static void Build(EditorWindow window)
    {
        _ = window.rootVisualElement;
        window.Call("CreateGUI");
        window.OwnPanel.Layout();
    }
}
