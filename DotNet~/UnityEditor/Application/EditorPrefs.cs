using System.Collections.Generic;

namespace UnityEditor;

public sealed class EditorPrefs
{
    private static readonly Dictionary<string, object> s_values = new();

    public static void SetInt(string key, int value) => s_values[key] = value;

    public static int GetInt(string key, int defaultValue) => Get(key, defaultValue);

    public static int GetInt(string key) => Get(key, 0);

    public static void SetFloat(string key, float value) => s_values[key] = value;

    public static float GetFloat(string key, float defaultValue) => Get(key, defaultValue);

    public static float GetFloat(string key) => Get(key, 0F);

    public static void SetString(string key, string value) => s_values[key] = value;

    public static string GetString(string key, string defaultValue) => Get(key, defaultValue);

    public static string GetString(string key) => Get(key, "");

    public static void SetBool(string key, bool value) => s_values[key] = value;

    public static bool GetBool(string key, bool defaultValue) => Get(key, defaultValue);

    public static bool GetBool(string key) => Get(key, false);

    public static bool HasKey(string key) => s_values.ContainsKey(key);

    public static void DeleteKey(string key) => s_values.Remove(key);

    public static void DeleteAll() => s_values.Clear();

    private static T Get<T>(string key, T otherwise) => s_values.TryGetValue(key, out object value) && value is T known ? known : otherwise;
}
