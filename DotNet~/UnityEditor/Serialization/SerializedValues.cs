using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using UnityEngine;

namespace UnityEditor;

/// <summary>The values that Unity keeps of an object, copied.</summary>
internal static class SerializedValues
{
    public static Dictionary<string, object> Of(UnityEngine.Object source) =>
        SerializedFields.Of(source.GetType()).ToDictionary(field => field.Name, field => Cloning.Copy(field.GetValue(source)));

    public static void Restore(UnityEngine.Object target, Dictionary<string, object> values)
    {
        foreach (FieldInfo field in SerializedFields.Of(target.GetType()))
        {
            if (values.TryGetValue(field.Name, out object value)) field.SetValue(target, Cloning.Copy(value));
        }
    }
}
