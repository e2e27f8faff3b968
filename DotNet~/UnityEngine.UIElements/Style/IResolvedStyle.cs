namespace UnityEngine.UIElements;

public interface IResolvedStyle
{
    public Color backgroundColor { get; }

    public Color color { get; }

    public DisplayStyle display { get; }

    public FlexDirection flexDirection { get; }

    public float flexGrow { get; }

    public float height { get; }

    public float opacity { get; }

    public Visibility visibility { get; }

    public float width { get; }
}
