using UnityEngine;

namespace UnityEditor;

public sealed class EditorGUIUtility : GUIUtility
{
    public static bool isProSkin { get; internal set; } = true;

    public static float pixelsPerPoint => 1F;

    public new static string systemCopyBuffer
    {
        get => GUIUtility.systemCopyBuffer;
        set => GUIUtility.systemCopyBuffer = value;
    }

    public static GUIContent IconContent(string name) => new("", null, name);

    public static void PingObject(UnityEngine.Object obj) => Double.Dialogs.Note("PingObject", obj != null ? obj.name : "");

    public static void SetIconForObject(UnityEngine.Object obj, Texture2D icon)
    {
    }
}
