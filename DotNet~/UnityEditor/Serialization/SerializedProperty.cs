using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;
using UnityEngine;

namespace UnityEditor;

/// <summary>One value of a serialized object, by its path.</summary>
public class SerializedProperty : IDisposable
{
    internal const string Script = "m_Script";

    private static readonly HashSet<string> s_expanded = new();

    internal SerializedProperty(SerializedObject owner, string path)
    {
        serializedObject = owner;
        propertyPath = path;
    }

    public SerializedObject serializedObject { get; }

    public string propertyPath { get; private set; }

    public string name => propertyPath[(propertyPath.LastIndexOf('.') + 1)..];

    public string displayName => propertyPath.EndsWith(']') ? $"Element {PropertyPath.IndexOf(name[name.IndexOf('[')..])}" : propertyPath == Script ? "Script" : ObjectNames.NicifyVariableName(name);

    public string tooltip => Path.FieldIn(Owner)?.GetCustomAttribute<TooltipAttribute>()?.tooltip ?? "";

    public string type => propertyType == SerializedPropertyType.Enum ? "Enum" : isArray ? "vector" : DeclaredType?.Name ?? "PPtr<MonoScript>";

    public int depth => propertyPath.Replace(".Array", "").Count(character => character == '.');

    public bool editable => true;

    public bool isExpanded
    {
        get => s_expanded.Contains($"{Owner.FullName}.{propertyPath}");
        set => _ = value ? s_expanded.Add($"{Owner.FullName}.{propertyPath}") : s_expanded.Remove($"{Owner.FullName}.{propertyPath}");
    }

    public bool hasChildren => Children().Any();

    public bool hasVisibleChildren => Children().Any(child => child.IsVisible);

    public bool hasMultipleDifferentValues => !serializedObject.hasModifiedProperties && propertyPath != Script && serializedObject.targetObjects.Any(target =>
        !Equals(Path.Get(SerializedFields.Find(target.GetType(), Path.Field).GetValue(target)), Value));

    public bool isArray => DeclaredType != typeof(string) && DeclaredType is { } type && SerializedFields.ElementOf(type) != null;

    public int arraySize
    {
        get => (Value as IList)?.Count ?? 0;
        set => FindPropertyRelative("Array.size").Value = value;
    }

    public SerializedPropertyType propertyType => propertyPath == Script ? SerializedPropertyType.ObjectReference : Path.IsSize ? SerializedPropertyType.ArraySize : DeclaredType switch
    {
        null => SerializedPropertyType.Generic,
        { IsEnum: true } => SerializedPropertyType.Enum,
        var type when type == typeof(bool) => SerializedPropertyType.Boolean,
        var type when type == typeof(float) || type == typeof(double) => SerializedPropertyType.Float,
        var type when type == typeof(string) => SerializedPropertyType.String,
        { IsPrimitive: true } => SerializedPropertyType.Integer,
        var type when typeof(UnityEngine.Object).IsAssignableFrom(type) => SerializedPropertyType.ObjectReference,
        var type when type.Assembly == typeof(UnityEngine.Object).Assembly && Enum.TryParse(type.Name, out SerializedPropertyType known) => known,
        _ => SerializedPropertyType.Generic,
    };

    public int intValue
    {
        get => Convert.ToInt32(Value, CultureInfo.InvariantCulture);
        set => Value = Convert.ChangeType(value, DeclaredType, CultureInfo.InvariantCulture);
    }

    public long longValue
    {
        get => Convert.ToInt64(Value, CultureInfo.InvariantCulture);
        set => Value = Convert.ChangeType(value, DeclaredType, CultureInfo.InvariantCulture);
    }

    public bool boolValue
    {
        get => (bool)Value;
        set => Value = value;
    }

    public float floatValue
    {
        get => Convert.ToSingle(Value, CultureInfo.InvariantCulture);
        set => Value = Convert.ChangeType(value, DeclaredType, CultureInfo.InvariantCulture);
    }

    public double doubleValue
    {
        get => Convert.ToDouble(Value, CultureInfo.InvariantCulture);
        set => Value = Convert.ChangeType(value, DeclaredType, CultureInfo.InvariantCulture);
    }

    public string stringValue
    {
        get => (string)Value ?? "";
        set => Value = value;
    }

    public Color colorValue
    {
        get => (Color)Value;
        set => Value = value;
    }

    public Vector2 vector2Value
    {
        get => (Vector2)Value;
        set => Value = value;
    }

    public Vector3 vector3Value
    {
        get => (Vector3)Value;
        set => Value = value;
    }

    public UnityEngine.Object objectReferenceValue
    {
        get => Value as UnityEngine.Object;
        set => Value = value;
    }

    public int enumValueIndex
    {
        get => Array.IndexOf(Enum.GetValues(DeclaredType), Value);
        set => Value = Enum.GetValues(DeclaredType).GetValue(value);
    }

    public int enumValueFlag
    {
        get => Convert.ToInt32(Value, CultureInfo.InvariantCulture);
        set => Value = Enum.ToObject(DeclaredType, value);
    }

    public string[] enumNames => Enum.GetNames(DeclaredType);

    public string[] enumDisplayNames => Enum.GetNames(DeclaredType).Select(ObjectNames.NicifyVariableName).ToArray();

    public object boxedValue
    {
        get => Cloning.Copy(Value);
        set => Value = Cloning.Copy(value);
    }

    internal bool Exists => propertyPath == Script ? serializedObject.targetObject is MonoBehaviour or ScriptableObject
        : DeclaredType != null && (!propertyPath.EndsWith(']') || serializedObject.FindProperty(propertyPath[..propertyPath.LastIndexOf(".Array", StringComparison.Ordinal)]).arraySize > PropertyPath.IndexOf(name[name.IndexOf('[')..]));

    internal Type DeclaredType => propertyPath is "" or Script ? null : Path.TypeIn(Owner);

    internal bool IsVisible => Path.FieldIn(Owner)?.IsDefined(typeof(HideInInspector), false) != true;

    internal object Value
    {
        get => propertyPath == Script ? null : Path.Get(serializedObject.Root(Path.Field));
        set => serializedObject.Write(Path.Field, Path.Set(Path.IsField ? null : serializedObject.Writable(Path.Field), value));
    }

    private Type Owner => serializedObject.targetObject.GetType();

    private PropertyPath Path => new(propertyPath);

    public void Dispose()
    {
    }

    public SerializedProperty Copy() => new(serializedObject, propertyPath);

    public SerializedProperty FindPropertyRelative(string relativePropertyPath) => serializedObject.FindProperty($"{propertyPath}.{relativePropertyPath}");

    public SerializedProperty GetArrayElementAtIndex(int index) => FindPropertyRelative($"Array.data[{index}]");

    public void InsertArrayElementAtIndex(int index)
    {
        arraySize++;
        for (int i = arraySize - 1; i > index; i--) GetArrayElementAtIndex(i).Value = Cloning.Copy(GetArrayElementAtIndex(i - 1).Value);
        if (index > 0) GetArrayElementAtIndex(index).Value = Cloning.Copy(GetArrayElementAtIndex(index - 1).Value);
    }

    public void DeleteArrayElementAtIndex(int index)
    {
        for (int i = index; i < arraySize - 1; i++) GetArrayElementAtIndex(i).Value = GetArrayElementAtIndex(i + 1).Value;
        arraySize--;
    }

    public void ClearArray() => arraySize = 0;

    public bool Next(bool enterChildren) => Move(enterChildren, false);

    public bool NextVisible(bool enterChildren) => Move(enterChildren, true);

    public void Reset() => propertyPath = "";

    internal IEnumerable<SerializedProperty> Children()
    {
        if (propertyType is not SerializedPropertyType.Generic || DeclaredType is not { } type) yield break;
        if (isArray)
        {
            yield return FindPropertyRelative("Array.size");
            for (int i = 0; i < arraySize; i++) yield return GetArrayElementAtIndex(i);
        }
        else
        {
            foreach (FieldInfo field in PropertyPath.MembersOf(type)) yield return FindPropertyRelative(field.Name);
        }
    }

    private bool Move(bool enterChildren, bool visibleOnly)
    {
        string within = propertyPath == "" || enterChildren ? null : propertyPath + ".";
        bool passed = propertyPath == "";
        foreach (string path in serializedObject.Paths())
        {
            if (passed && (within == null || !path.StartsWith(within, StringComparison.Ordinal)) && (!visibleOnly || path == Script || new SerializedProperty(serializedObject, path).IsVisible))
            {
                propertyPath = path;
                return true;
            }

            passed |= path == propertyPath;
        }

        return false;
    }
}
