using System;
using System.Collections.Generic;
using System.Linq;

namespace UnityEngine.UIElements;

/// <summary>Elements of a type below one, itself included as in Unity, in the order of the tree.</summary>
public struct UQueryBuilder<T> : IEquatable<UQueryBuilder<T>> where T : VisualElement
{
    private readonly IEnumerable<T> _found;

    public UQueryBuilder(VisualElement visualElement) => _found = visualElement.WithDescendants().OfType<T>();

    private UQueryBuilder(IEnumerable<T> found) => _found = found;

    public static implicit operator T(UQueryBuilder<T> s) => s.First();

    public static bool operator ==(UQueryBuilder<T> builder1, UQueryBuilder<T> builder2) => builder1.Equals(builder2);

    public static bool operator !=(UQueryBuilder<T> builder1, UQueryBuilder<T> builder2) => !builder1.Equals(builder2);

    public UQueryBuilder<T> Class(string classname) => Where(element => element.ClassListContains(classname));

    public UQueryBuilder<T> Name(string id) => Where(element => element.name == id);

    public UQueryBuilder<T> Where(Func<T, bool> selectorPredicate) => new(Enumerable.Where(_found, selectorPredicate));

    public UQueryBuilder<T> Enabled() => Where(element => element.enabledInHierarchy);

    public T First() => _found.FirstOrDefault();

    public T Last() => _found.LastOrDefault();

    public T AtIndex(int index) => _found.ElementAtOrDefault(index);

    public List<T> ToList() => Enumerable.ToList(_found);

    public void ForEach(Action<T> funcCall) => ToList().ForEach(funcCall);

    public bool Equals(UQueryBuilder<T> other) => _found == other._found;

    public override bool Equals(object obj) => obj is UQueryBuilder<T> other && Equals(other);

    public override int GetHashCode() => _found?.GetHashCode() ?? 0;

    internal UQueryBuilder<T> Named(string name, string className) =>
        Where(element => (name == null || element.name == name) && (className == null || element.ClassListContains(className)));
}
