using System;
using System.Collections;
using System.Collections.Generic;
using System.Reflection;

namespace UnityEngine;

/// <summary>Instantiate: a copy of an object with all below it, whose references inside point to the copies.</summary>
internal sealed class Cloning
{
    private readonly Dictionary<Object, Object> _copies = new(ReferenceComparer.Instance);

    public static Object Of(Object? original, Transform? parent, bool keepsWorldPlace, Vector3? position, Quaternion? rotation)
    {
        MainThread.Require("Instantiate");
        if (original == null) throw new ArgumentException("The Object you want to instantiate is null.");
        var cloning = new Cloning();
        if (original is ScriptableObject asset) return cloning.Asset(asset);
        GameObject? source = original as GameObject ?? (original as Component)?.gameObject;
        if (source is null) throw new NotSupportedException($"The double does not instantiate a {original.GetType().Name}.");

        GameObject copy = cloning.Make(source);
        cloning.CopyValues(source, copy);
        copy.Rename(source.NameOf() + "(Clone)");
        World.Current.Scenes.Add(copy, World.Current.Scenes.Active);
        if (parent != null) copy.transform.SetParent(parent, keepsWorldPlace);
        if (position is { } place) copy.transform.position = place;
        if (rotation is { } direction) copy.transform.rotation = direction;

        bool active = copy.activeSelf && (parent == null || parent.Owner.activeInHierarchy);
        if (active)
        {
            var components = new List<Component>();
            copy.MarkActive(components);
            InOrder.Wake(components);
        }

        return cloning._copies[original];
    }

    /// <summary>A copy of what Unity would keep of a value; objects stay the same.</summary>
    public static object? Copy(object? value) => value == null ? null : new Cloning().Copy(value, value.GetType());

    private ScriptableObject Asset(ScriptableObject original)
    {
        var copy = World.Construct<ScriptableObject>(original.GetType());
        copy.Rename(original.NameOf() + "(Clone)");
        CopyFields(original, copy, SerializedFields.Of(original.GetType()));
        World.Current.Assets.Add(copy);
        copy.Wake();
        return copy;
    }

    private GameObject Make(GameObject source)
    {
        var copy = new GameObject(source.NameOf(), false) { layer = source.layer, tag = source.tag };
        copy.SetActiveSilently(source.activeSelf);
        _copies[source] = copy;
        _copies[source.transform] = copy.transform;
        foreach (Component component in source.Components)
        {
            if (component is not Transform) _copies[component] = copy.AddSilently(component.GetType());
        }

        foreach (Transform child in source.transform.Children) Make(child.Owner).transform.Attach(copy.transform);
        return copy;
    }

    private void CopyValues(GameObject source, GameObject copy)
    {
        copy.transform.CopyLocal(source.transform);
        foreach (Component component in source.Components)
        {
            if (component is Transform) continue;
            Object clone = _copies[component];
            CopyFields(component, clone, component is MonoBehaviour ? SerializedFields.Of(component.GetType()) : EnginesFields(component.GetType()));
            if (component is Behaviour behaviour) ((Behaviour)clone).SetEnabledSilently(behaviour.IsEnabled);
        }

        for (int i = 0; i < source.transform.childCount; i++) CopyValues(source.transform.GetChild(i).gameObject, copy.transform.GetChild(i).gameObject);
    }

    private static FieldInfo[] EnginesFields(Type type)
    {
        var fields = new List<FieldInfo>();
        for (Type? place = type; place != null && place != typeof(Component) && place != typeof(Behaviour); place = place.BaseType)
        {
            fields.AddRange(place.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly));
        }

        return fields.ToArray();
    }

    private void CopyFields(object source, object copy, FieldInfo[] fields)
    {
        foreach (FieldInfo field in fields) field.SetValue(copy, Copy(field.GetValue(source), field.FieldType));
    }

    private object? Copy(object? value, Type type)
    {
        if (value == null) return null;
        if (value is Object reference) return _copies.TryGetValue(reference, out Object? copy) ? copy : reference;
        if (SerializedFields.ElementOf(value.GetType()) is { } element)
        {
            var list = (IList)value;
            IList copied = value is Array ? Array.CreateInstance(element, list.Count) : (IList)Activator.CreateInstance(value.GetType())!;
            for (int i = 0; i < list.Count; i++)
            {
                object? item = Copy(list[i], element);
                if (copied is Array) copied[i] = item;
                else copied.Add(item);
            }

            return copied;
        }

        if (!SerializedFields.IsCompound(value.GetType()) || value.GetType().IsValueType && value.GetType().Assembly == typeof(Object).Assembly) return value;
        object compound = Activator.CreateInstance(value.GetType(), true)!;
        bool engines = value.GetType().Assembly == typeof(Object).Assembly;
        CopyFields(value, compound, engines ? EnginesFields(value.GetType()) : SerializedFields.Of(value.GetType()));
        return compound;
    }

    private sealed class ReferenceComparer : IEqualityComparer<Object>
    {
        public static readonly ReferenceComparer Instance = new();

        public bool Equals(Object? x, Object? y) => ReferenceEquals(x, y);

        public int GetHashCode(Object obj) => obj.Id;
    }
}
