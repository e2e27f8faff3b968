using System.Collections.Generic;

namespace UnityEditor;

public class SessionState
{
    private static readonly Dictionary<string, object> s_values = new();

    public static void SetBool(string key, bool value) => s_values[key] = value;

    public static bool GetBool(string key, bool defaultValue) => Get(key, defaultValue);

    public static void EraseBool(string key) => s_values.Remove(key);

    public static void SetFloat(string key, float value) => s_values[key] = value;

    public static float GetFloat(string key, float defaultValue) => Get(key, defaultValue);

    public static void EraseFloat(string key) => s_values.Remove(key);

    public static void SetInt(string key, int value) => s_values[key] = value;

    public static int GetInt(string key, int defaultValue) => Get(key, defaultValue);

    public static void EraseInt(string key) => s_values.Remove(key);

    public static void SetString(string key, string value) => s_values[key] = value;

    public static string GetString(string key, string defaultValue) => Get(key, defaultValue);

    public static void EraseString(string key) => s_values.Remove(key);

    public static void SetIntArray(string key, int[] value) => s_values[key] = value.Clone();

    public static int[] GetIntArray(string key, int[] defaultValue) => Get(key, defaultValue);

    public static void EraseIntArray(string key) => s_values.Remove(key);

    internal static void Forget() => s_values.Clear();

    private static T Get<T>(string key, T otherwise) => s_values.TryGetValue(key, out object value) && value is T known ? known : otherwise;
}
