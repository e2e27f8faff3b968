namespace UnityEngine.UIElements;

public class TwoPaneSplitView : VisualElement
{
    private readonly VisualElement _content = new() { name = "unity-content-container" };

    public TwoPaneSplitView() : this(0, 100F, TwoPaneSplitViewOrientation.Horizontal)
    {
    }

    public TwoPaneSplitView(int fixedPaneIndex, float fixedPaneStartDimension, TwoPaneSplitViewOrientation orientation)
    {
        this.fixedPaneIndex = fixedPaneIndex;
        fixedPaneInitialDimension = fixedPaneStartDimension;
        this.orientation = orientation;
        _content.style.flexGrow = 1F;
        hierarchy.Add(_content);
        RegisterCallback<AttachToPanelEvent>(_ => Arrange());
        RegisterCallback<GeometryChangedEvent>(_ => Arrange());
    }

    public override VisualElement contentContainer => _content;

    public int fixedPaneIndex { get; set; }

    public float fixedPaneInitialDimension { get; set; }

    public TwoPaneSplitViewOrientation orientation { get; set; }

    public VisualElement fixedPane => _content.childCount == 2 ? _content[fixedPaneIndex] : null;

    public VisualElement flexedPane => _content.childCount == 2 ? _content[1 - fixedPaneIndex] : null;

    private void Arrange()
    {
        bool isRow = orientation == TwoPaneSplitViewOrientation.Horizontal;
        _content.style.flexDirection = isRow ? FlexDirection.Row : FlexDirection.Column;
        if (fixedPane is not { } pane) return;
        if (isRow) pane.style.width = fixedPaneInitialDimension;
        else pane.style.height = fixedPaneInitialDimension;
        pane.style.flexShrink = 0F;
        flexedPane.style.flexGrow = 1F;
    }
}
