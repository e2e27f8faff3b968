using UnityEngine;

namespace UnityEditor;

public class ScriptableSingleton<T> : ScriptableObject where T : ScriptableObject
{
    private static T s_instance;

    protected ScriptableSingleton()
    {
    }

    public static T instance => s_instance != null ? s_instance : s_instance = CreateInstance<T>();
}
