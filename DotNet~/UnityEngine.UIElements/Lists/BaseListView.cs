namespace UnityEngine.UIElements;

public abstract class BaseListView : BaseVerticalCollectionView
{
    public new static readonly string ussClassName = "unity-list-view";

    internal BaseListView() => AddToClassList(ussClassName);

    public bool showBoundCollectionSize { get; set; } = true;

    public bool showFoldoutHeader { get; set; }

    public string headerTitle { get; set; }

    public bool showAddRemoveFooter { get; set; }
}
