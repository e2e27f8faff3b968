namespace UnityEngine.UIElements;

public class SortColumnDescription
{
    public SortColumnDescription()
    {
    }

    public SortColumnDescription(int columnIndex, SortDirection direction) => (this.columnIndex, this.direction) = (columnIndex, direction);

    public SortColumnDescription(string columnName, SortDirection direction) => (this.columnName, this.direction) = (columnName, direction);

    public string columnName { get; set; }

    public int columnIndex { get; set; } = -1;

    public SortDirection direction { get; set; }
}
