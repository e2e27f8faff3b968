using System;
using System.Collections;
using System.Collections.Generic;

namespace UnityEngine.UIElements;

public class SortColumnDescriptions : ICollection<SortColumnDescription>
{
    private readonly List<SortColumnDescription> _all = new();

    public int Count => _all.Count;

    public bool IsReadOnly => false;

    public SortColumnDescription this[int index] => _all[index];

    internal event Action Changed;

    public void Add(SortColumnDescription item)
    {
        _all.Add(item);
        Changed?.Invoke();
    }

    public void Clear()
    {
        if (_all.Count == 0) return;
        _all.Clear();
        Changed?.Invoke();
    }

    public bool Remove(SortColumnDescription desc)
    {
        if (!_all.Remove(desc)) return false;
        Changed?.Invoke();
        return true;
    }

    public bool Contains(SortColumnDescription item) => _all.Contains(item);

    public void CopyTo(SortColumnDescription[] array, int arrayIndex) => _all.CopyTo(array, arrayIndex);

    public IEnumerator<SortColumnDescription> GetEnumerator() => _all.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
