namespace UnityEngine.UIElements;

/// <summary>What an element's own style and its place come to; sheets have no say here.</summary>
internal sealed class ResolvedStyle : IResolvedStyle
{
    private readonly VisualElement _element;

    public ResolvedStyle(VisualElement element) => _element = element;

    public Color backgroundColor => _element.style.backgroundColor.value;

    public Color color => _element.style.color.keyword == StyleKeyword.Undefined ? _element.style.color.value : Color.white;

    public DisplayStyle display => _element.style.display.keyword == StyleKeyword.Undefined ? _element.style.display.value : DisplayStyle.Flex;

    public FlexDirection flexDirection => _element.style.flexDirection.value;

    public float flexGrow => _element.style.flexGrow.value;

    public float height => _element.layout.height;

    public float opacity => _element.style.opacity.keyword == StyleKeyword.Undefined ? _element.style.opacity.value : 1F;

    public Visibility visibility => _element.style.visibility.value;

    public float width => _element.layout.width;
}
