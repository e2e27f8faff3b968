using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

public class ToolbarSearchField : SearchFieldBase<TextField, string>
{
    public ToolbarSearchField() => AddToClassList("unity-toolbar-search-field");
}
