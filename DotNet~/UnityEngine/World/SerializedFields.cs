using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using UnityEngine.Serialization;

namespace UnityEngine;

/// <summary>
/// What Unity keeps of a class: fields that are public or [SerializeField], of a type that it can keep. Not properties, not static, readonly or const
/// fields, not [NonSerialized], no dictionaries, no lists of lists, nothing of an interface's or abstract type.
/// </summary>
internal static class SerializedFields
{
    private static readonly ConcurrentDictionary<Type, FieldInfo[]> s_known = new(), s_carried = new();

    /// <summary>The fields, base classes first, up to the engine's own.</summary>
    public static FieldInfo[] Of(Type type) => s_known.GetOrAdd(type, static key => Collect(key, false).ToArray());

    /// <summary>The fields that are carried over when scripts are loaded anew: private ones too, unless they are [NonSerialized].</summary>
    public static FieldInfo[] CarriedOf(Type type) => s_carried.GetOrAdd(type, static key => Collect(key, true).ToArray());

    /// <summary>The field that a name in a file means, a former name too.</summary>
    public static FieldInfo? Find(Type type, string name) =>
        Of(type).FirstOrDefault(field => field.Name == name)
        ?? Of(type).FirstOrDefault(field => field.GetCustomAttributes<FormerlySerializedAsAttribute>().Any(former => former.oldName == name));

    public static void Forget()
    {
        s_known.Clear();
        s_carried.Clear();
    }

    /// <summary>The type of the elements of an array or List, or null.</summary>
    public static Type? ElementOf(Type type) =>
        type.IsArray && type.GetArrayRank() == 1 ? type.GetElementType() : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>) ? type.GetGenericArguments()[0] : null;

    /// <summary>A class or struct that is kept field by field.</summary>
    public static bool IsCompound(Type type) =>
        !type.IsPrimitive && !type.IsEnum && type != typeof(string) && !typeof(Object).IsAssignableFrom(type) && ElementOf(type) == null
        && (type.IsDefined(typeof(SerializableAttribute), false) || type.Assembly == typeof(Object).Assembly) && !type.IsAbstract && !type.IsInterface
        && !typeof(Delegate).IsAssignableFrom(type) && !typeof(IEnumerable).IsAssignableFrom(type);

    private static IEnumerable<FieldInfo> Collect(Type type, bool privateToo)
    {
        if (type.BaseType is { } parent && parent != typeof(object) && parent != typeof(ValueType) && !IsEngines(parent))
        {
            foreach (FieldInfo field in Collect(parent, privateToo)) yield return field;
        }

        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
        {
            if (field.IsInitOnly || field.IsDefined(typeof(NonSerializedAttribute), false) || !privateToo && !field.IsPublic && !field.IsDefined(typeof(SerializeField), false)) continue;
            if (IsKept(field.FieldType, true)) yield return field;
        }
    }

    private static bool IsEngines(Type type) => type.Assembly == typeof(Object).Assembly;

    private static bool IsKept(Type type, bool mayBeList)
    {
        if (type.IsPrimitive) return type != typeof(IntPtr) && type != typeof(UIntPtr);
        if (type.IsEnum || type == typeof(string) || typeof(Object).IsAssignableFrom(type)) return true;
        return ElementOf(type) is { } element ? mayBeList && IsKept(element, false) : IsCompound(type);
    }
}
