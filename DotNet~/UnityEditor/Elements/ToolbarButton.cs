using System;
using UnityEngine.UIElements;

namespace UnityEditor.UIElements;

public class ToolbarButton : Button
{
    public ToolbarButton() : this(null)
    {
    }

    public ToolbarButton(Action clickEvent) : base(clickEvent) => AddToClassList("unity-toolbar-button");
}
