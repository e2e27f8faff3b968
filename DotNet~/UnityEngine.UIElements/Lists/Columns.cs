using System.Collections;
using System.Collections.Generic;

namespace UnityEngine.UIElements;

public class Columns : ICollection<Column>
{
    private readonly List<Column> _columns = new();

    public int Count => _columns.Count;

    public bool IsReadOnly => false;

    public bool reorderable { get; set; } = true;

    public bool resizable { get; set; } = true;

    public Column this[int index] => _columns[index];

    public Column this[string name] => _columns.Find(column => column.name == name);

    public void Add(Column item) => _columns.Add(item);

    public void Insert(int index, Column column) => _columns.Insert(index, column);

    public bool Remove(Column column) => _columns.Remove(column);

    public void RemoveAt(int index) => _columns.RemoveAt(index);

    public void Clear() => _columns.Clear();

    public bool Contains(Column item) => _columns.Contains(item);

    public bool Contains(string name) => this[name] != null;

    public int IndexOf(Column column) => _columns.IndexOf(column);

    public void CopyTo(Column[] array, int arrayIndex) => _columns.CopyTo(array, arrayIndex);

    public IEnumerator<Column> GetEnumerator() => _columns.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
