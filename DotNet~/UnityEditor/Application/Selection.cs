using System;
using System.Linq;
using UnityEngine;

namespace UnityEditor;

public sealed class Selection
{
    public static Action selectionChanged;

    private static UnityEngine.Object[] s_objects = Array.Empty<UnityEngine.Object>();

    public static UnityEngine.Object[] objects
    {
        get => s_objects;
        set
        {
            s_objects = (value ?? Array.Empty<UnityEngine.Object>()).Where(one => one != null).ToArray();
            selectionChanged?.Invoke();
        }
    }

    public static UnityEngine.Object activeObject
    {
        get => s_objects.FirstOrDefault();
        set => objects = new[] { value };
    }

    public static GameObject activeGameObject
    {
        get => activeObject as GameObject;
        set => activeObject = value;
    }

    public static GameObject[] gameObjects => s_objects.OfType<GameObject>().ToArray();

    public static int count => s_objects.Length;

    internal static void Forget() => (selectionChanged, s_objects) = (null, Array.Empty<UnityEngine.Object>());
}
