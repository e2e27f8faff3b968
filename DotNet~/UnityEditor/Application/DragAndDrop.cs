using System;

namespace UnityEditor;

public class DragAndDrop
{
    public static UnityEngine.Object[] objectReferences { get; set; } = Array.Empty<UnityEngine.Object>();

    public static string[] paths { get; set; } = Array.Empty<string>();

    public static DragAndDropVisualMode visualMode { get; set; }

    public static void AcceptDrag()
    {
    }
}
