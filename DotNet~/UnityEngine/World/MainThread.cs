using System;

namespace UnityEngine;

/// <summary>Nearly all of the engine answers on its own thread only, and not while a script is being constructed.</summary>
internal static class MainThread
{
    [ThreadStatic]
    private static Type? t_constructing;

    /// <summary>0 where nobody plays: then any thread is as good.</summary>
    public static int Id { get; set; }

    public static bool IsHere => Id == 0 || Environment.CurrentManagedThreadId == Id;

    public static Type? Constructing
    {
        get => t_constructing;
        set => t_constructing = value;
    }

    public static void Require(string member)
    {
        if (!IsHere) throw new UnityException($"{member} can only be called from the main thread.");
        if (t_constructing is { } type && (typeof(MonoBehaviour).IsAssignableFrom(type) || typeof(ScriptableObject).IsAssignableFrom(type)))
        {
            throw new UnityException($"{member} is not allowed to be called from a {(typeof(MonoBehaviour).IsAssignableFrom(type) ? "MonoBehaviour" : "ScriptableObject")} constructor "
                + $"(or instance field initializer), call it in Awake or Start instead. Called from '{type.Name}'.");
        }
    }
}
