using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

public interface IToolbarMenuElement
{
    public DropdownMenu menu { get; }
}
