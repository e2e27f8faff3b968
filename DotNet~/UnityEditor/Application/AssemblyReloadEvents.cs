namespace UnityEditor;

public static class AssemblyReloadEvents
{
    public delegate void AssemblyReloadCallback();

    public static event AssemblyReloadCallback beforeAssemblyReload;

    public static event AssemblyReloadCallback afterAssemblyReload;

    internal static void TellBefore() => beforeAssemblyReload?.Invoke();

    internal static void TellAfter() => afterAssemblyReload?.Invoke();

    internal static void Forget() => (beforeAssemblyReload, afterAssemblyReload) = (null, null);
}
