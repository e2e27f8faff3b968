using System;
using System.Collections.Generic;

namespace UnityEngine.UIElements;

public class MultiColumnListView : BaseListView
{
    public MultiColumnListView() : this(new Columns())
    {
    }

    public MultiColumnListView(Columns columns)
    {
        this.columns = columns ?? new Columns();
        sortColumnDescriptions.Changed += () => columnSortingChanged?.Invoke();
    }

    public event Action columnSortingChanged;

    public Columns columns { get; }

    public SortColumnDescriptions sortColumnDescriptions { get; } = new();

    public IEnumerable<SortColumnDescription> sortedColumns => sortColumnDescriptions;

    internal override VisualElement MakeRow()
    {
        var row = new VisualElement();
        row.style.flexDirection = FlexDirection.Row;
        foreach (Column column in columns)
        {
            VisualElement cell = column.makeCell?.Invoke() ?? new Label();
            cell.userData = cell.userData ?? column;
            row.Add(cell);
        }

        return row;
    }

    internal override void Bind(VisualElement row, int index)
    {
        for (int i = 0; i < columns.Count; i++) columns[i].bindCell?.Invoke(row[i], index);
    }

    internal override void Unbind(VisualElement row, int index)
    {
        for (int i = 0; i < columns.Count; i++) columns[i].unbindCell?.Invoke(row[i], index);
    }

    internal override void DestroyRow(VisualElement row)
    {
        for (int i = 0; i < columns.Count; i++) columns[i].destroyCell?.Invoke(row[i]);
    }
}
