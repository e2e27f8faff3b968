using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

public class ToolbarMenu : TextElement, IToolbarMenuElement
{
    public ToolbarMenu()
    {
        AddToClassList("unity-toolbar-menu");
        this.AddManipulator(new Clickable(this.ShowMenu));
    }

    public enum Variant
    {
        Default = 0,
        Popup = 1,
    }

    public DropdownMenu menu { get; } = new();

    public Variant variant { get; set; }
}
