namespace UnityEngine.UIElements;

public partial class VisualElement
{
    private Rect _layout = new(float.NaN, float.NaN, float.NaN, float.NaN);

    /// <summary>Not a number before the first layout, as in Unity.</summary>
    public Rect layout => _layout;

    public Rect localBound => new(0F, 0F, _layout.width, _layout.height);

    public Rect contentRect => localBound;

    public Rect worldBound
    {
        get
        {
            Vector2 place = Origin;
            return new Rect(place.x, place.y, _layout.width, _layout.height);
        }
    }

    public IResolvedStyle resolvedStyle => new ResolvedStyle(this);

    internal Vector2 Origin => _physicalParent == null ? Offset : _physicalParent.Origin - ((_physicalParent as ScrollView.Content)?.Offset ?? Vector2.zero) + Offset;

    private Vector2 Offset => float.IsNaN(_layout.x) ? Vector2.zero : new Vector2(_layout.x, _layout.y);

    public virtual bool ContainsPoint(Vector2 localPoint) => localBound.Contains(localPoint);

    /// <summary>Placed; it hears of it where that is new.</summary>
    internal void Place(Rect rect)
    {
        Rect before = _layout;
        if (before.Equals(rect)) return;
        _layout = rect;
        if (OwnPanel == null) return;
        using GeometryChangedEvent e = GeometryChangedEvent.GetPooled(before, rect);
        e.target = this;
        SendEvent(e);
    }
}
