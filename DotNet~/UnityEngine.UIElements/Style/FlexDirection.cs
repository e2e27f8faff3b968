namespace UnityEngine.UIElements;

public enum FlexDirection
{
    Column = 0,
    ColumnReverse = 1,
    Row = 2,
    RowReverse = 3,
}
