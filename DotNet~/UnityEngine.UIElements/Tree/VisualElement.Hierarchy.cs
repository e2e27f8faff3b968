using System;
using System.Collections.Generic;

namespace UnityEngine.UIElements;

public partial class VisualElement
{
    private readonly List<VisualElement> _children = new();
    private VisualElement _physicalParent;
    private VisualElement _logicalParent;

    public Hierarchy hierarchy => new(this);

    public VisualElement parent => _logicalParent;

    public virtual VisualElement contentContainer => this;

    public int childCount => Content.childCount;

    public VisualElement this[int key] => Content[key];

    private Hierarchy Content => (contentContainer ?? this).hierarchy;

    public void Add(VisualElement child) => Insert(childCount, child);

    public void Insert(int index, VisualElement element)
    {
        if (element == null) return;
        Content.Insert(index, element);
        element._logicalParent = this;
    }

    public void Remove(VisualElement element) => Content.Remove(element);

    public void RemoveAt(int index) => Content.RemoveAt(index);

    public void Clear() => Content.Clear();

    public VisualElement ElementAt(int index) => this[index];

    public int IndexOf(VisualElement element) => Content.IndexOf(element);

    public IEnumerable<VisualElement> Children() => Content.Children();

    public void Sort(Comparison<VisualElement> comp) => Content.Sort(comp);

    public void RemoveFromHierarchy() => _physicalParent?.hierarchy.Remove(this);

    public void BringToFront() => MoveTo(siblings => siblings.Count);

    public void SendToBack() => MoveTo(_ => 0);

    public bool Contains(VisualElement child)
    {
        for (VisualElement place = child?.hierarchy.parent; place != null; place = place.hierarchy.parent) if (place == this) return true;
        return false;
    }

    public T GetFirstOfType<T>() where T : class => this as T ?? GetFirstAncestorOfType<T>();

    public T GetFirstAncestorOfType<T>() where T : class
    {
        for (VisualElement place = hierarchy.parent; place != null; place = place.hierarchy.parent) if (place is T wanted) return wanted;
        return null;
    }

    private void MoveTo(Func<List<VisualElement>, int> index)
    {
        if (_physicalParent is not { } place) return;
        place._children.Remove(this);
        place._children.Insert(index(place._children), this);
    }

    public struct Hierarchy
    {
        private readonly VisualElement _owner;

        internal Hierarchy(VisualElement owner) => _owner = owner;

        public VisualElement parent => _owner._physicalParent;

        public int childCount => _owner._children.Count;

        public VisualElement this[int key] => _owner._children[key];

        public static bool operator ==(Hierarchy x, Hierarchy y) => x.Equals(y);

        public static bool operator !=(Hierarchy x, Hierarchy y) => !x.Equals(y);

        public void Add(VisualElement child) => Insert(childCount, child);

        public void Insert(int index, VisualElement child)
        {
            if (child == null) throw new ArgumentException("Cannot insert null child");
            if (index > childCount) throw new ArgumentOutOfRangeException(nameof(index), $"Index out of range: {index}");
            if (child == _owner || child.Contains(_owner)) throw new ArgumentException("Cannot insert element as its own child");
            child.RemoveFromHierarchy();
            _owner._children.Insert(Math.Min(index, childCount), child);
            child._physicalParent = child._logicalParent = _owner;
            Panel.Move(child, _owner.OwnPanel);
        }

        public void Remove(VisualElement child)
        {
            if (child == null || child._physicalParent != _owner) throw new ArgumentException("This VisualElement is not my child");
            RemoveAt(IndexOf(child));
        }

        public void RemoveAt(int index)
        {
            VisualElement child = _owner._children[index];
            Panel.Move(child, null);
            _owner._children.Remove(child);
            child._physicalParent = child._logicalParent = null;
        }

        public void Clear()
        {
            while (childCount > 0) RemoveAt(childCount - 1);
        }

        public int IndexOf(VisualElement element) => _owner._children.IndexOf(element);

        public VisualElement ElementAt(int index) => this[index];

        public IEnumerable<VisualElement> Children() => _owner._children.ToArray();

        public void Sort(Comparison<VisualElement> comp) => _owner._children.Sort(comp);

        public bool Equals(Hierarchy other) => _owner == other._owner;

        public override bool Equals(object obj) => obj is Hierarchy other && Equals(other);

        public override int GetHashCode() => _owner?.GetHashCode() ?? 0;
    }
}
