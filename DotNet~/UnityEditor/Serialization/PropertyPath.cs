using System;
using System.Linq;
using System.Reflection;
using UnityEngine;

namespace UnityEditor;

/// <summary>A way into an object: names of fields, places in a list, and a list's size.</summary>
internal sealed class PropertyPath
{
    private readonly string[] _steps;

    public PropertyPath(string text) => _steps = text.Replace(".Array.data[", ".[").Replace(".Array.size", ".#").Split('.');

    public string Field => _steps[0];

    public bool IsField => _steps.Length == 1;

    public bool IsSize => _steps[^1] == "#";

    public object Get(object root)
    {
        object value = root;
        for (int i = 1; i < _steps.Length && value != null; i++) value = Step(value, _steps[i]);
        return value;
    }

    /// <summary>The root with one value in it changed.</summary>
    public object Set(object root, object value) => Set(root, 1, value);

    /// <summary>The declared type at the end, or null where the path leads nowhere.</summary>
    public Type TypeIn(Type owner)
    {
        Type type = SerializedFields.Find(owner, Field)?.FieldType;
        for (int i = 1; i < _steps.Length && type != null; i++)
        {
            Type element = SerializedFields.ElementOf(type);
            type = element == null ? MembersOf(type).FirstOrDefault(field => field.Name == _steps[i])?.FieldType : _steps[i] == "#" ? typeof(int) : _steps[i][0] == '[' ? element : null;
        }

        return type;
    }

    public FieldInfo FieldIn(Type owner)
    {
        if (IsField) return SerializedFields.Find(owner, Field);
        Type holder = new PropertyPath(string.Join(".", _steps.Take(_steps.Length - 1))).TypeIn(owner);
        return holder == null ? null : MembersOf(holder).FirstOrDefault(field => field.Name == _steps[^1]);
    }

    /// <summary>The fields of a class or struct within: the engine's own structs have all of theirs.</summary>
    public static FieldInfo[] MembersOf(Type type) => type.Assembly == typeof(UnityEngine.Object).Assembly
        ? type.GetFields(BindingFlags.Instance | BindingFlags.Public)
        : SerializedFields.Of(type);

    public static int IndexOf(string step) => int.Parse(step.AsSpan(1, step.Length - 2), provider: System.Globalization.CultureInfo.InvariantCulture);

    private static object Step(object value, string step) => step == "#" ? ((System.Collections.IList)value).Count
        : step[0] == '[' ? IndexOf(step) is var index && index < ((System.Collections.IList)value).Count ? ((System.Collections.IList)value)[index] : null
        : MembersOf(value.GetType()).First(field => field.Name == step).GetValue(value);

    private object Set(object holder, int place, object value)
    {
        if (place == _steps.Length) return value;
        string step = _steps[place];
        if (step == "#") return Resized((System.Collections.IList)holder, (int)value);
        if (step[0] == '[')
        {
            var list = (System.Collections.IList)holder;
            list[IndexOf(step)] = Set(list[IndexOf(step)], place + 1, value);
            return list;
        }

        FieldInfo field = MembersOf(holder.GetType()).First(known => known.Name == step);
        field.SetValue(holder, Set(field.GetValue(holder), place + 1, value));
        return holder;
    }

    // A list that grows repeats its last element, as Unity's does.
    private static System.Collections.IList Resized(System.Collections.IList list, int size)
    {
        Type element = SerializedFields.ElementOf(list.GetType());
        System.Collections.IList resized = list is Array ? Array.CreateInstance(element, size) : (System.Collections.IList)Activator.CreateInstance(list.GetType());
        for (int i = 0; i < size; i++)
        {
            object item = i < list.Count ? list[i] : list.Count > 0 ? Cloning.Copy(list[^1]) : Fresh(element);
            if (resized is Array) resized[i] = item;
            else resized.Add(item);
        }

        return resized;
    }

    private static object Fresh(Type type) => type == typeof(string) ? "" : type.IsValueType || SerializedFields.IsCompound(type) ? Activator.CreateInstance(type, true) : null;
}
