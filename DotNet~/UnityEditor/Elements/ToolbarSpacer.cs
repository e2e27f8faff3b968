using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

public class ToolbarSpacer : VisualElement
{
    public ToolbarSpacer() => AddToClassList("unity-toolbar-spacer");

    public bool flex
    {
        get => style.flexGrow.value > 0F;
        set => style.flexGrow = value ? 1F : 0F;
    }
}
