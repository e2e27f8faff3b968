using System;
using System.Runtime.InteropServices;
using System.Threading;
using UnityEngine.Events;

namespace UnityEngine;

public enum RuntimePlatform
{
    OSXEditor = 0,
    OSXPlayer = 1,
    WindowsPlayer = 2,
    WindowsEditor = 7,
    IPhonePlayer = 8,
    Android = 11,
    LinuxPlayer = 13,
    LinuxEditor = 16,
    WebGLPlayer = 17,
}

public class Application
{
    private static Hearers s_hearers = new();

    public delegate void LogCallback(string condition, string stackTrace, LogType type);

    public delegate void LowMemoryCallback();

    /// <summary>Messages of the main thread.</summary>
    public static event LogCallback logMessageReceived
    {
        add => s_hearers.Log += value;
        remove => s_hearers.Log -= value;
    }

    /// <summary>Messages of all threads, told on the thread that wrote them.</summary>
    public static event LogCallback logMessageReceivedThreaded
    {
        add => s_hearers.LogOfAnyThread += value;
        remove => s_hearers.LogOfAnyThread -= value;
    }

    public static event LowMemoryCallback lowMemory
    {
        add => s_hearers.LowMemory += value;
        remove => s_hearers.LowMemory -= value;
    }

    public static event Action<bool> focusChanged
    {
        add => s_hearers.Focus += value;
        remove => s_hearers.Focus -= value;
    }

    public static event Func<bool> wantsToQuit
    {
        add => s_hearers.WantsToQuit += value;
        remove => s_hearers.WantsToQuit -= value;
    }

    public static event Action quitting
    {
        add => s_hearers.Quitting += value;
        remove => s_hearers.Quitting -= value;
    }

    public static event UnityAction onBeforeRender
    {
        add => s_hearers.BeforeRender += value;
        remove => s_hearers.BeforeRender -= value;
    }

    public static bool isPlaying => World.Current.IsPlaying;

    public static bool isEditor => World.Current.IsEditor;

    public static bool isFocused => World.Current.IsFocused;

    public static bool isBatchMode => true;

    public static bool isMobilePlatform => platform is RuntimePlatform.IPhonePlayer or RuntimePlatform.Android;

    public static bool runInBackground { get; set; }

    public static int targetFrameRate { get; set; } = -1;

    public static string dataPath => Asked("get_dataPath").Data;

    public static string streamingAssetsPath => Asked("get_streamingAssetsPath").Streaming;

    public static string persistentDataPath => Asked("get_persistentDataPath").Persistent;

    public static string temporaryCachePath => Asked("get_temporaryCachePath").Cache;

    public static string unityVersion => "2022.3.0f1";

    public static string version => "1.0";

    public static string productName => "Recurrent";

    public static string companyName => "DefaultCompany";

    public static string identifier => "com.DefaultCompany.Recurrent";

    public static RuntimePlatform platform => Pretended ?? (isEditor, RuntimeInformation.IsOSPlatform(OSPlatform.Windows), RuntimeInformation.IsOSPlatform(OSPlatform.OSX)) switch
    {
        (true, true, _) => RuntimePlatform.WindowsEditor,
        (true, _, true) => RuntimePlatform.OSXEditor,
        (true, _, _) => RuntimePlatform.LinuxEditor,
        (_, true, _) => RuntimePlatform.WindowsPlayer,
        (_, _, true) => RuntimePlatform.OSXPlayer,
        _ => RuntimePlatform.LinuxPlayer,
    };

    public static CancellationToken exitCancellationToken => s_hearers.Exit.Token;

    internal static System.Collections.Generic.List<string> OpenedUrls { get; } = new();

    internal static RuntimePlatform? Pretended { get; set; }

    /// <summary>Kept for a test to see.</summary>
    public static void OpenURL(string url) => OpenedUrls.Add(url);

    public static void Quit() => Quit(0);

    /// <summary>At the end of the frame; the editor does not hear it.</summary>
    public static void Quit(int exitCode)
    {
        if (!isEditor) World.Current.QuitRequested = exitCode;
    }

    /// <summary>Nobody listens any more, as after a reload of the domain.</summary>
    internal static void ForgetHearers() => s_hearers = new Hearers();

    internal static void TellLog(string condition, string stackTrace, LogType type)
    {
        if (MainThread.IsHere) s_hearers.Log?.Invoke(condition, stackTrace, type);
        s_hearers.LogOfAnyThread?.Invoke(condition, stackTrace, type);
    }

    internal static bool WantsToQuit()
    {
        foreach (Delegate asked in s_hearers.WantsToQuit?.GetInvocationList() ?? Array.Empty<Delegate>())
        {
            if (!((Func<bool>)asked)()) return false;
        }

        return true;
    }

    internal static void TellQuitting()
    {
        foreach (Delegate told in s_hearers.Quitting?.GetInvocationList() ?? Array.Empty<Delegate>())
        {
            try
            {
                ((Action)told)();
            }
            catch (Exception e)
            {
                Debug.LogException(e);
            }
        }

        s_hearers.Exit.Cancel();
        s_hearers.Exit = new CancellationTokenSource();
    }

    internal static void TellFocus(bool focused) => s_hearers.Focus?.Invoke(focused);

    internal static void TellLowMemory() => s_hearers.LowMemory?.Invoke();

    internal static void TellBeforeRender() => s_hearers.BeforeRender?.Invoke();

    private static Places Asked(string member)
    {
        MainThread.Require(member);
        return World.Current.Places;
    }

    private sealed class Hearers
    {
        public LogCallback? Log, LogOfAnyThread;
        public LowMemoryCallback? LowMemory;
        public Action<bool>? Focus;
        public Func<bool>? WantsToQuit;
        public Action? Quitting;
        public UnityAction? BeforeRender;
        public CancellationTokenSource Exit = new();
    }
}
