using System;

namespace UnityEditor;

public class CustomEditor : Attribute
{
    public CustomEditor(Type inspectedType) : this(inspectedType, false)
    {
    }

    public CustomEditor(Type inspectedType, bool editorForChildClasses) => (InspectedType, ForChildren) = (inspectedType, editorForChildClasses);

    public bool isFallback { get; set; }

    internal Type InspectedType { get; }

    internal bool ForChildren { get; }
}
