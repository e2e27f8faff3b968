using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using UnityEngine;

namespace UnityEditor;

/// <summary>The values that Unity keeps of an object, copied.</summary>
internal static class SerializedValues
{
    public static Dictionary<string, object> Of(UnityEngine.Object source) => Of(source, SerializedFields.Of(source.GetType()));

    public static void Restore(UnityEngine.Object target, Dictionary<string, object> values) => Restore(target, values, SerializedFields.Of(target.GetType()));

    /// <summary>When scripts are loaded anew, Unity carries private fields over too.</summary>
    public static void Carry(UnityEngine.Object from, UnityEngine.Object to)
    {
        FieldInfo[] fields = SerializedFields.CarriedOf(from.GetType());
        Restore(to, Of(from, fields), fields);
    }

    private static Dictionary<string, object> Of(UnityEngine.Object source, FieldInfo[] fields) => fields.ToDictionary(field => field.Name, field => Cloning.Copy(field.GetValue(source)));

    private static void Restore(UnityEngine.Object target, Dictionary<string, object> values, FieldInfo[] fields)
    {
        foreach (FieldInfo field in fields)
        {
            if (values.TryGetValue(field.Name, out object value)) field.SetValue(target, Cloning.Copy(value));
        }
    }
}
