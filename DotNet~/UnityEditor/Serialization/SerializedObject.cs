using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using UnityEngine;

namespace UnityEditor;

/// <summary>The serialized fields of one object or several: what is written waits until it is applied.</summary>
public class SerializedObject : IDisposable
{
    private readonly Dictionary<string, object> _written = new();

    public SerializedObject(UnityEngine.Object obj) : this(new[] { obj })
    {
    }

    public SerializedObject(UnityEngine.Object[] objs)
    {
        if (objs.Length == 0 || objs.Any(one => one == null)) throw new ArgumentException("Object at index 0 is null");
        targetObjects = objs;
    }

    public UnityEngine.Object targetObject => targetObjects[0];

    public UnityEngine.Object[] targetObjects { get; }

    public bool hasModifiedProperties => _written.Count > 0;

    public bool isEditingMultipleObjects => targetObjects.Length > 1;

    public void Dispose()
    {
    }

    /// <summary>Forgets what was written and not applied.</summary>
    public void Update() => _written.Clear();

    public bool UpdateIfRequiredOrScript()
    {
        Update();
        return true;
    }

    public SerializedProperty FindProperty(string propertyPath)
    {
        var property = new SerializedProperty(this, propertyPath);
        return property.Exists ? property : null;
    }

    /// <summary>Before the first property.</summary>
    public SerializedProperty GetIterator() => new(this, "");

    public bool ApplyModifiedProperties()
    {
        if (_written.Count > 0) Undo.RecordObjects(targetObjects, "Inspector");
        return ApplyModifiedPropertiesWithoutUndo();
    }

    public bool ApplyModifiedPropertiesWithoutUndo()
    {
        if (_written.Count == 0) return false;
        foreach (UnityEngine.Object target in targetObjects)
        {
            foreach (KeyValuePair<string, object> entry in _written) SerializedFields.Find(target.GetType(), entry.Key).SetValue(target, Cloning.Copy(entry.Value));
            EditorUtility.SetDirty(target);
            if (target is ScriptableObject asset) asset.Call("OnValidate");
            else if (target is Component component) World.Current.Revalidate(component);
        }

        _written.Clear();
        return true;
    }

    internal object Root(string field) => _written.TryGetValue(field, out object value) ? value : SerializedFields.Find(targetObject.GetType(), field).GetValue(targetObject);

    /// <summary>A copy of a field's value that may be changed until it is applied.</summary>
    internal object Writable(string field) => _written.TryGetValue(field, out object value) ? value : _written[field] = Cloning.Copy(Root(field));

    internal void Write(string field, object value) => _written[field] = value;

    /// <summary>The paths of all properties, as an inspector goes through them: those within arrays and classes after the one that holds them.</summary>
    internal IEnumerable<string> Paths()
    {
        if (targetObject is MonoBehaviour or ScriptableObject) yield return SerializedProperty.Script;
        foreach (FieldInfo field in SerializedFields.Of(targetObject.GetType()))
        {
            foreach (string path in Below(new SerializedProperty(this, field.Name))) yield return path;
        }
    }

    private static IEnumerable<string> Below(SerializedProperty property)
    {
        yield return property.propertyPath;
        // The bytes of a file are too many to be asked one by one.
        if (property.isArray && property.Value is byte[]) yield break;
        foreach (SerializedProperty child in property.Children())
        {
            foreach (string path in Below(child)) yield return path;
        }
    }
}
