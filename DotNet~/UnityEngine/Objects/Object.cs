using System;
using System.Collections.Generic;
using System.Threading;

namespace UnityEngine;

[Flags]
public enum HideFlags
{
    None = 0,
    HideInHierarchy = 1,
    HideInInspector = 2,
    DontSaveInEditor = 4,
    NotEditable = 8,
    DontSaveInBuild = 16,
    DontUnloadUnusedAsset = 32,
    DontSave = DontSaveInEditor | DontSaveInBuild | DontUnloadUnusedAsset,
    HideAndDontSave = HideInHierarchy | DontSave | NotEditable,
}

public enum FindObjectsSortMode
{
    None = 0,
    InstanceID = 1,
}

public enum FindObjectsInactive
{
    Exclude = 0,
    Include = 1,
}

/// <summary>What lives in the engine: a reference to it equals null once it is destroyed, though the managed part is still there.</summary>
public class Object
{
    private static int s_created;

    private readonly int _id = Interlocked.Increment(ref s_created);
    private string _name = "";

    public Object() => IsAlive = World.MayConstruct(this);

    public string name
    {
        get
        {
            RequireAlive("get_name");
            return NameOf();
        }
        set
        {
            RequireAlive("set_name");
            Rename(value);
        }
    }

    public HideFlags hideFlags { get; set; }

    internal bool IsAlive { get; private set; }

    /// <summary>To be destroyed at the end of the frame, and deaf since.</summary>
    internal bool IsDoomed { get; set; }

    /// <summary>Order of creation.</summary>
    internal int Id => _id;

    public static implicit operator bool(Object? exists) => IsThere(exists);

    public static bool operator ==(Object? x, Object? y) => Same(x, y);

    public static bool operator !=(Object? x, Object? y) => !Same(x, y);

    public override bool Equals(object? other) => other is Object or null && Same(this, (Object?)other);

    public override int GetHashCode() => _id;

    public override string ToString() => IsAlive ? $"{NameOf()} ({GetType().FullName})" : "null";

    public static Object Instantiate(Object original, Vector3 position, Quaternion rotation) => Cloning.Of(original, null, false, position, rotation);

    public static Object Instantiate(Object original, Vector3 position, Quaternion rotation, Transform? parent) => Cloning.Of(original, parent, false, position, rotation);

    public static Object Instantiate(Object original) => Cloning.Of(original, null, false, null, null);

    public static Object Instantiate(Object original, Transform? parent) => Cloning.Of(original, parent, false, null, null);

    public static Object Instantiate(Object original, Transform? parent, bool instantiateInWorldSpace) => Cloning.Of(original, parent, instantiateInWorldSpace, null, null);

    public static T Instantiate<T>(T original) where T : Object => (T)Instantiate((Object)original);

    public static T Instantiate<T>(T original, Vector3 position, Quaternion rotation) where T : Object => (T)Instantiate((Object)original, position, rotation);

    public static T Instantiate<T>(T original, Vector3 position, Quaternion rotation, Transform? parent) where T : Object =>
        (T)Instantiate((Object)original, position, rotation, parent);

    public static T Instantiate<T>(T original, Transform? parent) where T : Object => (T)Instantiate((Object)original, parent);

    public static T Instantiate<T>(T original, Transform? parent, bool worldPositionStays) where T : Object => (T)Instantiate((Object)original, parent, worldPositionStays);

    public static void Destroy(Object? obj) => Destroy(obj, 0F);

    public static void Destroy(Object? obj, float t)
    {
        MainThread.Require("Destroy");
        if (IsThere(obj)) World.Current.Destruction.Later(obj!, t);
    }

    public static void DestroyImmediate(Object? obj) => DestroyImmediate(obj, false);

    public static void DestroyImmediate(Object? obj, bool allowDestroyingAssets)
    {
        MainThread.Require("DestroyImmediate");
        if (IsThere(obj)) World.Current.Destruction.Now(obj!);
    }

    public static void DontDestroyOnLoad(Object target)
    {
        MainThread.Require("DontDestroyOnLoad");
        GameObject? root = target as GameObject ?? (target as Component)?.gameObject;
        if (root is null) return;
        if (root.transform.parent != null)
        {
            Debug.LogWarning("DontDestroyOnLoad only works for root GameObjects or components on root GameObjects.");
            return;
        }

        World.Current.Scenes.Move(root, World.Current.Scenes.Undestroyed);
    }

    public static T[] FindObjectsByType<T>(FindObjectsSortMode sortMode) where T : Object => FindObjectsByType<T>(FindObjectsInactive.Exclude, sortMode);

    public static T[] FindObjectsByType<T>(FindObjectsInactive findObjectsInactive, FindObjectsSortMode sortMode) where T : Object
    {
        MainThread.Require("FindObjectsByType");
        var found = new List<T>();
        foreach (GameObject root in World.Current.Scenes.Roots()) Collect(root.transform, findObjectsInactive == FindObjectsInactive.Include, found);
        if (sortMode == FindObjectsSortMode.InstanceID) found.Sort((a, b) => a.Id.CompareTo(b.Id));
        return found.ToArray();
    }

    public static T FindFirstObjectByType<T>() where T : Object => FindFirstObjectByType<T>(FindObjectsInactive.Exclude);

    public static T FindFirstObjectByType<T>(FindObjectsInactive findObjectsInactive) where T : Object
    {
        T[] found = FindObjectsByType<T>(findObjectsInactive, FindObjectsSortMode.InstanceID);
        return found.Length > 0 ? found[0] : null!;
    }

    public static T FindAnyObjectByType<T>() where T : Object => FindFirstObjectByType<T>();

    public static T FindAnyObjectByType<T>(FindObjectsInactive findObjectsInactive) where T : Object => FindFirstObjectByType<T>(findObjectsInactive);

    internal static bool IsThere(Object? o) => o is { IsAlive: true };

    internal virtual string NameOf() => _name;

    internal virtual void Rename(string value) => _name = value;

    internal void Kill() => IsAlive = false;

    internal void RequireAlive(string member)
    {
        MainThread.Require(member);
        if (!IsAlive)
        {
            throw new MissingReferenceException($"The object of type '{GetType().Name}' has been destroyed but you are still trying to access it.\n"
                + "Your script should either check if it is null or you should not destroy the object.");
        }
    }

    private static bool Same(Object? x, Object? y) => ReferenceEquals(x, y) || !IsThere(x) && !IsThere(y) && (x is null || y is null);

    private static void Collect<T>(Transform transform, bool inactiveToo, List<T> found) where T : Object
    {
        if (!inactiveToo && !transform.gameObject.activeInHierarchy) return;
        if (transform.gameObject is T wanted) found.Add(wanted);
        foreach (Component component in transform.gameObject.Components) if (component is T match) found.Add(match);
        for (int i = 0; i < transform.childCount; i++) Collect(transform.GetChild(i), inactiveToo, found);
    }
}
