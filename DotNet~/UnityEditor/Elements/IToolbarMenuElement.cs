using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

public interface IToolbarMenuElement
{
    DropdownMenu menu { get; }
}
