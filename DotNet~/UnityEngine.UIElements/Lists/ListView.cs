using System;
using System.Collections;

namespace UnityEngine.UIElements;

public class ListView : BaseListView
{
    private Func<VisualElement> _make;
    private Action<VisualElement, int> _bind;

    public ListView()
    {
    }

    public ListView(IList itemsSource, float itemHeight = -1, Func<VisualElement> makeItem = null, Action<VisualElement, int> bindItem = null)
    {
        if (itemHeight > 0F) fixedItemHeight = itemHeight;
        (_make, _bind) = (makeItem, bindItem);
        this.itemsSource = itemsSource;
    }

    public Func<VisualElement> makeItem
    {
        get => _make;
        set
        {
            _make = value;
            Rebuild();
        }
    }

    public Action<VisualElement, int> bindItem
    {
        get => _bind;
        set
        {
            _bind = value;
            RefreshItems();
        }
    }

    public Action<VisualElement, int> unbindItem { get; set; }

    public Action<VisualElement> destroyItem { get; set; }

    internal override VisualElement MakeRow() => _make?.Invoke() ?? new Label();

    internal override void Bind(VisualElement row, int index)
    {
        if (_bind != null) _bind(row, index);
        else if (_make == null && row is Label label) label.text = itemsSource[index]?.ToString() ?? "null";
    }

    internal override void Unbind(VisualElement row, int index) => unbindItem?.Invoke(row, index);

    internal override void DestroyRow(VisualElement row) => destroyItem?.Invoke(row);
}
