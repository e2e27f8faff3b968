using System;
using System.Collections.Concurrent;
using System.Reflection;

namespace UnityEngine;

/// <summary>The messages that a script class has methods for, found once by their names: the most derived method counts, private ones too.</summary>
internal sealed class Messages
{
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly ConcurrentDictionary<Type, Messages> s_known = new();

    private Messages(Type type)
    {
        Awake = Find(type, "Awake");
        OnEnable = Find(type, "OnEnable");
        Start = Find(type, "Start");
        FixedUpdate = Find(type, "FixedUpdate");
        Update = Find(type, "Update");
        LateUpdate = Find(type, "LateUpdate");
        OnDisable = Find(type, "OnDisable");
        OnDestroy = Find(type, "OnDestroy");
        Reset = Find(type, "Reset");
        OnValidate = Find(type, "OnValidate");
        OnApplicationPause = Find(type, "OnApplicationPause");
        OnApplicationFocus = Find(type, "OnApplicationFocus");
        OnApplicationQuit = Find(type, "OnApplicationQuit");
        Order = type.GetCustomAttribute<DefaultExecutionOrder>(true)?.order ?? 0;
    }

    public MethodInfo? Awake { get; }

    public MethodInfo? OnEnable { get; }

    public MethodInfo? Start { get; }

    public MethodInfo? FixedUpdate { get; }

    public MethodInfo? Update { get; }

    public MethodInfo? LateUpdate { get; }

    public MethodInfo? OnDisable { get; }

    public MethodInfo? OnDestroy { get; }

    public MethodInfo? Reset { get; }

    public MethodInfo? OnValidate { get; }

    public MethodInfo? OnApplicationPause { get; }

    public MethodInfo? OnApplicationFocus { get; }

    public MethodInfo? OnApplicationQuit { get; }

    /// <summary>Lower ones come first.</summary>
    public int Order { get; }

    public static Messages Of(Type type) => s_known.GetOrAdd(type, static key => new Messages(key));

    /// <summary>Forgets every class, so that what was loaded with them may go.</summary>
    public static void Forget() => s_known.Clear();

    public static MethodInfo? Find(Type type, string name)
    {
        for (Type? place = type; place != null && place.Assembly != typeof(Messages).Assembly; place = place.BaseType)
        {
            foreach (MethodInfo method in place.GetMethods(Declared))
            {
                if (method.Name == name && !method.IsGenericMethodDefinition && method.GetParameters().Length <= 1) return method;
            }
        }

        return null;
    }

    public static object? Invoke(MethodInfo method, object target, object?[]? arguments) =>
        method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    public static Action? Bind(MonoBehaviour target, MethodInfo? message)
    {
        if (message == null) return null;
        if (message.ReturnType == typeof(void) && message.GetParameters().Length == 0) return (Action)Delegate.CreateDelegate(typeof(Action), target, message);
        return () => Invoke(message, target, null);
    }

    /// <summary>Calls a method by its name, as SendMessage does; false where there is none.</summary>
    public static bool Send(MonoBehaviour target, string name, object? value)
    {
        if (Find(target.GetType(), name) is not { } method) return false;
        target.Call(method, value);
        return true;
    }
}
