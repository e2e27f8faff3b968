using System.Collections.Generic;
using System.Linq;

namespace UnityEditor;

/// <summary>What objects were before they were changed, step by step.</summary>
public class Undo
{
    public static UndoRedoCallback undoRedoPerformed;

    private static readonly Stack<(string Name, UnityEngine.Object Target, Dictionary<string, object> Before)> s_steps = new();

    public delegate void UndoRedoCallback();

    /// <summary>The names of what can be undone, the newest first.</summary>
    internal static IEnumerable<string> Names => s_steps.Select(step => step.Name);

    public static void RecordObject(UnityEngine.Object objectToUndo, string name)
    {
        if (objectToUndo != null) s_steps.Push((name, objectToUndo, SerializedValues.Of(objectToUndo)));
    }

    public static void RecordObjects(UnityEngine.Object[] objectsToUndo, string name)
    {
        foreach (UnityEngine.Object one in objectsToUndo) RecordObject(one, name);
    }

    public static void RegisterCompleteObjectUndo(UnityEngine.Object objectToUndo, string name) => RecordObject(objectToUndo, name);

    public static void RegisterCreatedObjectUndo(UnityEngine.Object objectToUndo, string name) => s_steps.Push((name, objectToUndo, null));

    public static void PerformUndo()
    {
        if (s_steps.Count == 0) return;
        (_, UnityEngine.Object target, Dictionary<string, object> before) = s_steps.Pop();
        if (before == null) UnityEngine.Object.DestroyImmediate(target, true);
        else SerializedValues.Restore(target, before);
        undoRedoPerformed?.Invoke();
    }

    public static void ClearAll() => s_steps.Clear();

    internal static void Forget()
    {
        s_steps.Clear();
        undoRedoPerformed = null;
    }
}
