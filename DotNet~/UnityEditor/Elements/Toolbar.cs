using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

public class Toolbar : VisualElement
{
    public Toolbar()
    {
        AddToClassList("unity-toolbar");
        style.flexDirection = FlexDirection.Row;
        style.height = 21F;
        style.flexShrink = 0F;
    }
}
