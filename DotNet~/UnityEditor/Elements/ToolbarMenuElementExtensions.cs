using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

public static class ToolbarMenuElementExtensions
{
    public static void ShowMenu(this IToolbarMenuElement tbe) => (tbe as VisualElement)?.OwnPanel?.Show(tbe.menu, null);
}
