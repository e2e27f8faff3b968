using System;
using System.Collections.Generic;
using System.Reflection;
using UnityEngine.SceneManagement;

namespace UnityEngine;

public enum SendMessageOptions
{
    RequireReceiver = 0,
    DontRequireReceiver = 1,
}

public enum PrimitiveType
{
    Sphere = 0,
    Capsule = 1,
    Cylinder = 2,
    Cube = 3,
    Plane = 4,
    Quad = 5,
}

public sealed class GameObject : Object
{
    private readonly List<Component> _components = new();
    private string _tag = "Untagged";

    public GameObject() : this("New Game Object")
    {
    }

    public GameObject(string? name) : this(name, true)
    {
    }

    public GameObject(string? name, params Type[] components) : this(name, true)
    {
        foreach (Type component in components) AddComponent(component);
    }

    // Without a scene where a loader puts it into one, and wakes it, itself.
    internal GameObject(string? name, bool inScene)
    {
        MainThread.Require("Internal_CreateGameObject");
        Rename(string.IsNullOrEmpty(name) ? "New Game Object" : name!);
        transform = World.Construct<Transform>(typeof(Transform));
        transform.AttachTo(this);
        _components.Add(transform);
        if (!inScene) return;
        activeInHierarchy = true;
        World.Current.Scenes.Add(this, World.Current.Scenes.Active);
    }

    public Transform transform { get; }

    public GameObject gameObject => this;

    public int layer { get; set; }

    public bool isStatic { get; set; }

    public bool activeSelf { get; private set; } = true;

    public bool activeInHierarchy { get; private set; }

    public Scene scene => new(SceneState?.Handle ?? 0);

    public string tag
    {
        get => _tag;
        set
        {
            RequireAlive("set_tag");
            _tag = value;
        }
    }

    internal List<Component> Components => _components;

    internal SceneState? SceneState { get; set; }

    public bool CompareTag(string tag) => _tag == tag;

    public void SetActive(bool value)
    {
        RequireAlive("SetActive");
        if (activeSelf == value) return;
        activeSelf = value;
        RefreshActivity();
    }

    public T AddComponent<T>() where T : Component => (T)AddComponent(typeof(T));

    public Component AddComponent(Type componentType)
    {
        RequireAlive("AddComponent");
        if (componentType.IsAbstract || !typeof(Component).IsAssignableFrom(componentType))
        {
            Debug.LogError($"Can't add script behaviour '{componentType.Name}'. The script class can't be abstract and must derive from Component!");
            return null!;
        }

        if (ForbidsAnother(componentType) is { } present)
        {
            Debug.LogWarning($"Can't add component '{componentType.Name}' to {NameOf()} because such a component is already added to the game object! ({present.GetType().Name})");
            return null!;
        }

        foreach (RequireComponent required in componentType.GetCustomAttributes<RequireComponent>(true))
        {
            foreach (Type? type in new[] { required.m_Type0, required.m_Type1, required.m_Type2 })
            {
                if (type != null && GetComponent(type) == null) AddComponent(type);
            }
        }

        Component component = AddSilently(componentType);
        World.Current.Validate(component);
        if (activeInHierarchy) component.Activated();
        return component;
    }

    public Component GetComponent(Type type)
    {
        RequireAlive("GetComponent");
        foreach (Component component in _components) if (type.IsInstanceOfType(component)) return component;
        return null!;
    }

    public T GetComponent<T>()
    {
        RequireAlive("GetComponent");
        foreach (Component component in _components) if (component is T match) return match;
        return default!;
    }

    public bool TryGetComponent(Type type, out Component component)
    {
        component = GetComponent(type);
        return component != null;
    }

    public bool TryGetComponent<T>(out T component)
    {
        component = GetComponent<T>();
        return component != null;
    }

    public T GetComponentInChildren<T>() => GetComponentInChildren<T>(false);

    public T GetComponentInChildren<T>(bool includeInactive)
    {
        T[] found = GetComponentsInChildren<T>(includeInactive);
        return found.Length > 0 ? found[0] : default!;
    }

    public T GetComponentInParent<T>() => GetComponentInParent<T>(false);

    public T GetComponentInParent<T>(bool includeInactive)
    {
        RequireAlive("GetComponentInParent");
        for (Transform? place = transform; place is not null; place = place.Parent)
        {
            if (includeInactive || place.Owner.activeInHierarchy)
            {
                foreach (Component component in place.Owner._components) if (component is T match) return match;
            }
        }

        return default!;
    }

    public T[] GetComponents<T>()
    {
        var found = new List<T>();
        GetComponents(found);
        return found.ToArray();
    }

    public void GetComponents<T>(List<T> results)
    {
        RequireAlive("GetComponents");
        results.Clear();
        foreach (Component component in _components) if (component is T match) results.Add(match);
    }

    public T[] GetComponentsInChildren<T>() => GetComponentsInChildren<T>(false);

    public T[] GetComponentsInChildren<T>(bool includeInactive)
    {
        var found = new List<T>();
        GetComponentsInChildren(includeInactive, found);
        return found.ToArray();
    }

    public void GetComponentsInChildren<T>(bool includeInactive, List<T> results)
    {
        RequireAlive("GetComponentsInChildren");
        results.Clear();
        Collect(this);

        void Collect(GameObject place)
        {
            if (!includeInactive && !place.activeInHierarchy) return;
            foreach (Component component in place._components) if (component is T match) results.Add(match);
            foreach (Transform child in place.transform.Children) Collect(child.Owner);
        }
    }

    public void SendMessage(string methodName) => SendMessage(methodName, null, SendMessageOptions.RequireReceiver);

    public void SendMessage(string methodName, object? value) => SendMessage(methodName, value, SendMessageOptions.RequireReceiver);

    public void SendMessage(string methodName, SendMessageOptions options) => SendMessage(methodName, null, options);

    public void SendMessage(string methodName, object? value, SendMessageOptions options)
    {
        RequireAlive("SendMessage");
        bool received = false;
        foreach (Component component in _components.ToArray())
        {
            if (component is MonoBehaviour behaviour && activeInHierarchy) received |= Messages.Send(behaviour, methodName, value);
        }

        if (!received && options == SendMessageOptions.RequireReceiver) Debug.LogError($"SendMessage {methodName} has no receiver!");
    }

    public static GameObject Find(string name)
    {
        MainThread.Require("Find");
        foreach (Transform transform in FindObjectsByType<Transform>(FindObjectsSortMode.InstanceID))
        {
            if (transform.name == name) return transform.gameObject;
        }

        return null!;
    }

    public static GameObject FindGameObjectWithTag(string tag)
    {
        MainThread.Require("FindGameObjectWithTag");
        foreach (Transform transform in FindObjectsByType<Transform>(FindObjectsSortMode.InstanceID))
        {
            if (transform.CompareTag(tag)) return transform.gameObject;
        }

        return null!;
    }

    public static GameObject FindWithTag(string tag) => FindGameObjectWithTag(tag);

    /// <summary>Without the collider that Unity gives it: there is no physics here.</summary>
    public static GameObject CreatePrimitive(PrimitiveType type)
    {
        var primitive = new GameObject(type.ToString());
        primitive.AddComponent<MeshFilter>().sharedMesh = Primitives.Of(type);
        primitive.AddComponent<MeshRenderer>().sharedMaterial = Material.Default;
        return primitive;
    }

    /// <summary>Adds it, and calls nothing.</summary>
    internal Component AddSilently(Type type)
    {
        Component component = World.Construct<Component>(type);
        component.AttachTo(this);
        _components.Add(component);
        return component;
    }

    internal void Remove(Component component) => _components.Remove(component);

    internal void SetActiveSilently(bool value) => activeSelf = value;

    /// <summary>Takes over what the parents say: wakes or puts to sleep this object and those below it.</summary>
    internal void RefreshActivity()
    {
        bool active = activeSelf && (transform.Parent?.Owner.activeInHierarchy ?? SceneState != null);
        if (active == activeInHierarchy) return;
        if (active) Activate();
        else Deactivate();
    }

    /// <summary>Is active from now on, with all below it that is; the components hear of it from whoever calls this.</summary>
    internal void MarkActive(List<Component> components)
    {
        activeInHierarchy = true;
        components.AddRange(_components);
        foreach (Transform child in transform.Children) if (child.Owner.activeSelf) child.Owner.MarkActive(components);
    }

    internal void Deactivate()
    {
        if (!activeInHierarchy) return;
        activeInHierarchy = false;
        foreach (Component component in _components.ToArray()) if (component.IsAlive) component.Deactivated();
        foreach (Transform child in transform.Children.ToArray()) child.Owner.Deactivate();
    }

    private void Activate()
    {
        activeInHierarchy = true;
        foreach (Component component in _components.ToArray())
        {
            if (!activeInHierarchy) return;
            if (component.IsAlive) component.Activated();
        }

        foreach (Transform child in transform.Children.ToArray()) if (child.IsAlive) child.Owner.RefreshActivity();
    }

    private Component? ForbidsAnother(Type type)
    {
        foreach (Component present in _components)
        {
            for (Type? shared = type; shared != null && shared != typeof(Component); shared = shared.BaseType)
            {
                bool single = shared == typeof(Transform) || shared == typeof(Renderer) || shared == typeof(MeshFilter) || shared == typeof(Camera)
                    || shared.IsDefined(typeof(DisallowMultipleComponent), false);
                if (single && shared.IsInstanceOfType(present)) return present;
            }
        }

        return null;
    }
}
