namespace UnityEditor;

/// <summary>For what has no inspector of its own.</summary>
internal sealed class GenericInspector : Editor
{
}
