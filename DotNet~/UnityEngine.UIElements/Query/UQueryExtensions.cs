namespace UnityEngine.UIElements;

public static class UQueryExtensions
{
    public static T Q<T>(this VisualElement e, string name = null, string className = null) where T : VisualElement => e.Query<T>(name, className).First();

    public static VisualElement Q(this VisualElement e, string name = null, string className = null) => e.Query<VisualElement>(name, className).First();

    public static UQueryBuilder<VisualElement> Query(this VisualElement e) => e.Query<VisualElement>();

    public static UQueryBuilder<VisualElement> Query(this VisualElement e, string name = null, string className = null) => e.Query<VisualElement>(name, className);

    public static UQueryBuilder<T> Query<T>(this VisualElement e, string name = null, string className = null) where T : VisualElement =>
        new UQueryBuilder<T>(e).Named(name, className);
}
