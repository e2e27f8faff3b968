using System;
using System.Collections.Generic;

namespace UnityEngine;

public class Component : Object
{
    private GameObject? _gameObject;

    public GameObject gameObject
    {
        get
        {
            RequireAlive("get_gameObject");
            return _gameObject!;
        }
    }

    public Transform transform
    {
        get
        {
            RequireAlive("get_transform");
            return _gameObject!.transform;
        }
    }

    public string tag
    {
        get => gameObject.tag;
        set => gameObject.tag = value;
    }

    /// <summary>The owner, also of a component that is being destroyed.</summary>
    internal GameObject Owner => _gameObject!;

    public bool CompareTag(string tag) => gameObject.CompareTag(tag);

    public Component GetComponent(Type type) => gameObject.GetComponent(type);

    public T GetComponent<T>() => gameObject.GetComponent<T>();

    public bool TryGetComponent(Type type, out Component component) => gameObject.TryGetComponent(type, out component);

    public bool TryGetComponent<T>(out T component) => gameObject.TryGetComponent(out component);

    public T GetComponentInChildren<T>(bool includeInactive) => gameObject.GetComponentInChildren<T>(includeInactive);

    public T GetComponentInChildren<T>() => gameObject.GetComponentInChildren<T>(false);

    public T GetComponentInParent<T>(bool includeInactive) => gameObject.GetComponentInParent<T>(includeInactive);

    public T GetComponentInParent<T>() => gameObject.GetComponentInParent<T>(false);

    public T[] GetComponents<T>() => gameObject.GetComponents<T>();

    public void GetComponents<T>(List<T> results) => gameObject.GetComponents(results);

    public T[] GetComponentsInChildren<T>(bool includeInactive) => gameObject.GetComponentsInChildren<T>(includeInactive);

    public void GetComponentsInChildren<T>(bool includeInactive, List<T> result) => gameObject.GetComponentsInChildren(includeInactive, result);

    public T[] GetComponentsInChildren<T>() => gameObject.GetComponentsInChildren<T>(false);

    public void SendMessage(string methodName) => gameObject.SendMessage(methodName);

    public void SendMessage(string methodName, object? value) => gameObject.SendMessage(methodName, value);

    public void SendMessage(string methodName, SendMessageOptions options) => gameObject.SendMessage(methodName, options);

    public void SendMessage(string methodName, object? value, SendMessageOptions options) => gameObject.SendMessage(methodName, value, options);

    internal void AttachTo(GameObject owner) => _gameObject = owner;

    internal override string NameOf() => _gameObject?.NameOf() ?? "";

    internal override void Rename(string value) => _gameObject!.Rename(value);

    /// <summary>Its object has just become active in the hierarchy, or it was added to one that is.</summary>
    internal virtual void Activated()
    {
    }

    /// <summary>Its object is about to be inactive.</summary>
    internal virtual void Deactivated()
    {
    }

    /// <summary>The last call before it is gone.</summary>
    internal virtual void Destroyed()
    {
    }
}
