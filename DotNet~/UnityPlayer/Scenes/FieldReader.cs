using System;
using System.Collections.Generic;
using System.Globalization;
using System.Reflection;
using UnityEngine;
using UnityEngine.Events;
using Object = UnityEngine.Object;

namespace UnityPlayer;

/// <summary>Values of serialized fields from Unity's YAML, by the types of the fields.</summary>
internal sealed class FieldReader
{
    // What Unity keeps of every script beside its fields.
    private static readonly HashSet<string> Own =
    [
        "m_ObjectHideFlags", "m_CorrespondingSourceObject", "m_PrefabInstance", "m_PrefabAsset", "m_GameObject", "m_Enabled",
        "m_EditorHideFlags", "m_Script", "m_Name", "m_EditorClassIdentifier", "serializedVersion",
    ];

    private readonly Func<YamlNode, Object?> _reference;

    /// <param name="reference">What {fileID: …} means.</param>
    public FieldReader(Func<YamlNode, Object?> reference) => _reference = reference;

    /// <summary>Sets every field that the file has; one that the class has not is an error.</summary>
    public void Read(YamlNode body, object target)
    {
        foreach ((string key, YamlNode value) in body.Entries ?? throw body.Error("expected fields"))
        {
            if (Own.Contains(key)) continue;
            FieldInfo field = SerializedFields.Find(target.GetType(), key) ?? throw value.Error($"{target.GetType().Name} has no serialized field {key}");
            field.SetValue(target, Value(value, field.FieldType, field.GetValue(target)));
        }
    }

    public object? Value(YamlNode node, Type type, object? before = null)
    {
        if (typeof(Object).IsAssignableFrom(type)) return Reference(node, type);
        if (type == typeof(string)) return node.AsText();
        if (type == typeof(bool)) return node.AsFlag();
        if (type == typeof(float)) return node.AsFloat();
        if (type == typeof(double)) return double.Parse(node.AsText(), NumberStyles.Float, CultureInfo.InvariantCulture);
        if (type.IsEnum) return Enum.ToObject(type, node.AsInteger());
        if (type == typeof(char)) return (char)node.AsInteger();
        if (type == typeof(ulong)) return ulong.Parse(node.AsText(), CultureInfo.InvariantCulture);
        if (type.IsPrimitive) return Whole(node, type);
        if (SerializedFields.ElementOf(type) is { } element) return List(node, type, element);
        if (Engines(node, type) is { } known) return known;
        if (typeof(UnityEventBase).IsAssignableFrom(type)) return Event(node, type);
        object compound = before ?? Activator.CreateInstance(type, true)!;
        Read(node, compound);
        return compound;
    }

    public static Vector3 Vector(YamlNode node) => new(node.Float("x"), node.Float("y"), node.Float("z"));

    public static Color Color(YamlNode node)
    {
        if (node.Find("rgba") is { } packed) return Color32(packed);
        return new Color(node.Float("r"), node.Float("g"), node.Float("b"), node.Float("a"));
    }

    public static AnimationCurve Curve(YamlNode node)
    {
        var keys = new List<Keyframe>();
        foreach (YamlNode key in node["m_Curve"].AsList()) keys.Add(new Keyframe(key.Float("time"), key.Float("value"), key.Float("inSlope"), key.Float("outSlope")));
        return new AnimationCurve(keys.ToArray());
    }

    public static Gradient Gradient(YamlNode node)
    {
        var colors = new GradientColorKey[node["m_NumColorKeys"].AsInteger()];
        for (int i = 0; i < colors.Length; i++) colors[i] = new GradientColorKey(Color(node[$"key{i}"]), node.Float($"ctime{i}") / 65535f);
        var alphas = new GradientAlphaKey[node["m_NumAlphaKeys"].AsInteger()];
        for (int i = 0; i < alphas.Length; i++) alphas[i] = new GradientAlphaKey(node[$"key{i}"].Float("a"), node.Float($"atime{i}") / 65535f);
        var gradient = new Gradient();
        gradient.SetKeys(colors, alphas);
        return gradient;
    }

    private static Color32 Color32(YamlNode packed)
    {
        var rgba = (uint)packed.AsInteger();
        return new Color32((byte)rgba, (byte)(rgba >> 8), (byte)(rgba >> 16), (byte)(rgba >> 24));
    }

    private static object? Engines(YamlNode node, Type type)
    {
        if (type == typeof(Vector2)) return new Vector2(node.Float("x"), node.Float("y"));
        if (type == typeof(Vector3)) return Vector(node);
        if (type == typeof(Vector4)) return new Vector4(node.Float("x"), node.Float("y"), node.Float("z"), node.Float("w"));
        if (type == typeof(Quaternion)) return new Quaternion(node.Float("x"), node.Float("y"), node.Float("z"), node.Float("w"));
        if (type == typeof(Vector2Int)) return new Vector2Int((int)node["x"].AsInteger(), (int)node["y"].AsInteger());
        if (type == typeof(Vector3Int)) return new Vector3Int((int)node["x"].AsInteger(), (int)node["y"].AsInteger(), (int)node["z"].AsInteger());
        if (type == typeof(Color)) return Color(node);
        if (type == typeof(Color32)) return Color32(node["rgba"]);
        if (type == typeof(Rect)) return new Rect(node.Float("x"), node.Float("y"), node.Float("width"), node.Float("height"));
        if (type == typeof(Bounds)) return new Bounds(Vector(node["m_Center"]), Vector(node["m_Extent"]) * 2f);
        if (type == typeof(AnimationCurve)) return Curve(node);
        return type == typeof(Gradient) ? Gradient(node) : null;
    }

    private static object Whole(YamlNode node, Type type)
    {
        long value = node.AsInteger();
        try
        {
            return Convert.ChangeType(value, type, CultureInfo.InvariantCulture);
        }
        catch (OverflowException)
        {
            throw node.Error($"{value} is no {type.Name}");
        }
    }

    private object List(YamlNode node, Type type, Type element)
    {
        Array values;
        if (node.Text is { Length: > 0 } packed && element.IsPrimitive) values = Packed(node, packed, element);
        else
        {
            List<YamlNode> items = node.AsList();
            values = Array.CreateInstance(element, items.Count);
            for (int i = 0; i < items.Count; i++) values.SetValue(Value(items[i], element), i);
        }

        return type.IsArray ? values : Activator.CreateInstance(type, values)!;
    }

    // Whole numbers are kept as the hexadecimal digits of their bytes, the lowest first.
    private static Array Packed(YamlNode node, string digits, Type element)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromHexString(digits);
        }
        catch (FormatException)
        {
            throw node.Error("expected a list");
        }

        int size = element == typeof(bool) ? 1 : System.Runtime.InteropServices.Marshal.SizeOf(element);
        if (bytes.Length % size != 0) throw node.Error($"{bytes.Length} bytes are no {element.Name}s");
        Array values = Array.CreateInstance(element, bytes.Length / size);
        Buffer.BlockCopy(bytes, 0, values, 0, bytes.Length);
        return values;
    }

    private Object? Reference(YamlNode node, Type type)
    {
        Object? found = _reference(node);
        if (found is null || type.IsInstanceOfType(found)) return found;
        throw node.Error($"expected a {type.Name}, this is a {found.GetType().Name}");
    }

    private static object Event(YamlNode node, Type type)
    {
        if (node["m_PersistentCalls"]["m_Calls"].AsList().Count > 0) throw node.Error("listeners set in the Inspector are not called here: add them in a script");
        return Activator.CreateInstance(type, true)!;
    }
}
