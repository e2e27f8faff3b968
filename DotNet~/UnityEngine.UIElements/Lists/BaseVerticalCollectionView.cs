using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace UnityEngine.UIElements;

/// <summary>Rows over a list. Every row is made, for nothing here has to be fast.</summary>
public abstract class BaseVerticalCollectionView : BindableElement
{
    public static readonly string ussClassName = "unity-collection-view";
    public static readonly string itemUssClassName = "unity-collection-view__item";
    public static readonly string itemSelectedVariantUssClassName = "unity-collection-view__item--selected";

    private readonly List<int> _selected = new();
    private readonly List<VisualElement> _rows = new();
    private readonly ScrollView _scroll = new();
    private IList _source;

    internal BaseVerticalCollectionView()
    {
        AddToClassList(ussClassName);
        focusable = true;
        _scroll.style.flexGrow = 1F;
        hierarchy.Add(_scroll);
        RegisterCallback<KeyDownEvent>(OnKey);
        RegisterCallback<AttachToPanelEvent>(_ => RefreshItems());
    }

    public event Action<IEnumerable<object>> itemsChosen;

    public event Action<IEnumerable<object>> selectionChanged;

    public event Action<IEnumerable<int>> selectedIndicesChanged;

    public event Action itemsSourceChanged;

    public IList itemsSource
    {
        get => _source;
        set
        {
            _source = value;
            itemsSourceChanged?.Invoke();
            RefreshItems();
        }
    }

    public SelectionType selectionType { get; set; } = SelectionType.Single;

    public object selectedItem => selectedItems.FirstOrDefault();

    public IEnumerable<object> selectedItems => _selected.Select(index => _source != null && index < _source.Count ? _source[index] : null).ToArray();

    public int selectedIndex
    {
        get => _selected.Count > 0 ? _selected[0] : -1;
        set => SetSelection(value);
    }

    public IEnumerable<int> selectedIndices => _selected;

    public bool showBorder { get; set; }

    public bool reorderable { get; set; }

    public bool horizontalScrollingEnabled { get; set; }

    public AlternatingRowBackground showAlternatingRowBackgrounds { get; set; }

    public CollectionVirtualizationMethod virtualizationMethod { get; set; }

    public float fixedItemHeight { get; set; } = 22F;

    public override VisualElement contentContainer => null;

    /// <summary>The elements of all rows, in order.</summary>
    internal IReadOnlyList<VisualElement> Rows => _rows;

    public VisualElement GetRootElementForIndex(int index) => index >= 0 && index < _rows.Count ? _rows[index] : null;

    public void RefreshItem(int index)
    {
        if (GetRootElementForIndex(index) is not { } row) return;
        Unbind(row, index);
        Bind(row, index);
    }

    public void RefreshItems()
    {
        int count = _source?.Count ?? 0;
        for (int i = 0; i < Math.Min(_rows.Count, count); i++) RefreshItem(i);
        while (_rows.Count > count) RemoveLast();
        while (_rows.Count < count) AddRow();
        if (_selected.RemoveAll(index => index >= count) > 0) Tell();
        Mark();
    }

    public void Rebuild()
    {
        while (_rows.Count > 0) RemoveLast();
        RefreshItems();
    }

    public void ScrollToItem(int index)
    {
        if (GetRootElementForIndex(index == -1 ? _rows.Count - 1 : index) is { panel: not null } row) _scroll.ScrollTo(row);
    }

    public void AddToSelection(int index)
    {
        if (!_selected.Contains(index)) SetSelection(_selected.Append(index).ToArray());
    }

    public void RemoveFromSelection(int index) => SetSelection(_selected.Where(known => known != index).ToArray());

    public void SetSelection(int index) => SetSelection(index < 0 ? Array.Empty<int>() : new[] { index });

    public void SetSelection(IEnumerable<int> indices)
    {
        int[] before = _selected.ToArray();
        SetSelectionWithoutNotify(indices);
        if (!before.SequenceEqual(_selected)) Tell();
    }

    public void SetSelectionWithoutNotify(IEnumerable<int> indices)
    {
        int[] chosen = (indices ?? Array.Empty<int>()).Where(index => index >= 0 && index < (_source?.Count ?? 0)).ToArray();
        _selected.Clear();
        _selected.AddRange(selectionType == SelectionType.None ? Array.Empty<int>() : selectionType == SelectionType.Single ? chosen.Take(1) : chosen);
        Mark();
    }

    public void ClearSelection() => SetSelection(Array.Empty<int>());

    /// <summary>A double click or Return on a row.</summary>
    internal void Choose() => itemsChosen?.Invoke(selectedItems);

    internal abstract VisualElement MakeRow();

    internal abstract void Bind(VisualElement row, int index);

    internal abstract void Unbind(VisualElement row, int index);

    internal abstract void DestroyRow(VisualElement row);

    private void AddRow()
    {
        VisualElement row = MakeRow();
        int index = _rows.Count;
        row.AddToClassList(itemUssClassName);
        if (virtualizationMethod == CollectionVirtualizationMethod.FixedHeight) row.style.height = fixedItemHeight;
        row.RegisterCallback<PointerDownEvent>(e => OnDown(_rows.IndexOf(row), e));
        _rows.Add(row);
        _scroll.Add(row);
        Bind(row, index);
    }

    private void RemoveLast()
    {
        VisualElement row = _rows[^1];
        Unbind(row, _rows.Count - 1);
        _rows.RemoveAt(_rows.Count - 1);
        row.RemoveFromHierarchy();
        DestroyRow(row);
    }

    private void OnDown(int index, PointerDownEvent e)
    {
        if (e.button != 0) return;
        if (selectionType == SelectionType.Multiple && e.actionKey && _selected.Contains(index)) RemoveFromSelection(index);
        else if (selectionType == SelectionType.Multiple && e.actionKey) AddToSelection(index);
        else SetSelection(index);
        if (e.clickCount == 2) Choose();
    }

    private void OnKey(KeyDownEvent e)
    {
        int count = _source?.Count ?? 0;
        int? to = e.keyCode switch
        {
            KeyCode.UpArrow => Math.Max(0, selectedIndex - 1),
            KeyCode.DownArrow => Math.Min(count - 1, selectedIndex + 1),
            KeyCode.Home => 0,
            KeyCode.End => count - 1,
            _ => null,
        };
        if (e.keyCode == KeyCode.Return) Choose();
        else if (to is { } index && count > 0) SetSelection(index);
        else return;
        e.StopPropagation();
    }

    private void Tell()
    {
        selectionChanged?.Invoke(selectedItems);
        selectedIndicesChanged?.Invoke(_selected.ToArray());
    }

    private void Mark()
    {
        for (int i = 0; i < _rows.Count; i++) _rows[i].EnableInClassList(itemSelectedVariantUssClassName, _selected.Contains(i));
    }
}
