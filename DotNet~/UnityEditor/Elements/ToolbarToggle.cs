using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

public class ToolbarToggle : Toggle
{
    public ToolbarToggle() => AddToClassList("unity-toolbar-toggle");
}
