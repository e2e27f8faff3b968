using System;

namespace UnityEngine;

public class ScriptableObject : Object
{
    public static T CreateInstance<T>() where T : ScriptableObject => (T)CreateInstance(typeof(T));

    public static ScriptableObject CreateInstance(Type type)
    {
        MainThread.Require("CreateScriptableObject");
        var instance = World.Construct<ScriptableObject>(type);
        World.Current.Assets.Add(instance);
        instance.Wake();
        return instance;
    }

    /// <summary>Awake, OnEnable; and in the editor OnValidate.</summary>
    internal void Wake()
    {
        Call("Awake");
        Call("OnEnable");
        if (World.Current.IsEditor) Call("OnValidate");
    }

    internal void Call(string message)
    {
        if (Messages.Find(GetType(), message) is not { } method) return;
        try
        {
            Messages.Invoke(method, this, null);
        }
        catch (Exception e)
        {
            Debug.LogException(e, this);
        }
    }
}
