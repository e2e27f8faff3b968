using System;

namespace UnityEngine.UIElements;

public class Column
{
    public string name { get; set; }

    public string title { get; set; }

    public bool visible { get; set; } = true;

    public Length width { get; set; }

    public Length minWidth { get; set; } = 35F;

    public Length maxWidth { get; set; } = 8000F;

    public bool sortable { get; set; } = true;

    public bool stretchable { get; set; }

    public bool optional { get; set; } = true;

    public bool resizable { get; set; } = true;

    public Func<VisualElement> makeCell { get; set; }

    public Action<VisualElement, int> bindCell { get; set; }

    public Action<VisualElement, int> unbindCell { get; set; }

    public Action<VisualElement> destroyCell { get; set; }
}
