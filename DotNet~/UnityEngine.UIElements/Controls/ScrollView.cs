using System;

namespace UnityEngine.UIElements;

public class ScrollView : VisualElement
{
    public static readonly string ussClassName = "unity-scroll-view";

    private readonly VisualElement _content = new() { name = "unity-content-container" };
    private readonly Content _viewport = new() { name = "unity-content-viewport" };

    public ScrollView() : this(ScrollViewMode.Vertical)
    {
    }

    public ScrollView(ScrollViewMode scrollViewMode)
    {
        AddToClassList(ussClassName);
        mode = scrollViewMode;
        _viewport.style.flexGrow = 1F;
        _content.style.flexShrink = 0F;
        hierarchy.Add(_viewport);
        _viewport.Add(_content);
    }

    public override VisualElement contentContainer => _content;

    public VisualElement contentViewport => _viewport;

    public ScrollViewMode mode { get; set; }

    public ScrollerVisibility horizontalScrollerVisibility { get; set; }

    public ScrollerVisibility verticalScrollerVisibility { get; set; }

    public Vector2 scrollOffset
    {
        get => _viewport.Offset;
        set => _viewport.Offset = Vector2.Max(Vector2.zero, value);
    }

    public void ScrollTo(VisualElement child)
    {
        if (child == null) throw new ArgumentNullException(nameof(child));
        if (!_content.Contains(child)) throw new ArgumentException("Cannot scroll to a VisualElement that's not a child of the ScrollView content-container.");
        float top = child.worldBound.y - _content.worldBound.y, height = _viewport.layout.height;
        if (top < scrollOffset.y) scrollOffset = new Vector2(scrollOffset.x, top);
        else if (top + child.layout.height > scrollOffset.y + height) scrollOffset = new Vector2(scrollOffset.x, top + child.layout.height - height);
    }

    internal sealed class Content : VisualElement
    {
        public Vector2 Offset { get; set; }
    }
}
