using System;
using System.Collections.Generic;

namespace UnityEngine.UIElements;

public struct VisualElementStyleSheetSet : IEquatable<VisualElementStyleSheetSet>
{
    private readonly List<StyleSheet> _sheets;

    internal VisualElementStyleSheetSet(List<StyleSheet> sheets) => _sheets = sheets;

    public int count => _sheets.Count;

    public StyleSheet this[int index] => _sheets[index];

    public static bool operator ==(VisualElementStyleSheetSet left, VisualElementStyleSheetSet right) => left.Equals(right);

    public static bool operator !=(VisualElementStyleSheetSet left, VisualElementStyleSheetSet right) => !left.Equals(right);

    public void Add(StyleSheet styleSheet)
    {
        if (styleSheet == null) throw new ArgumentNullException(nameof(styleSheet));
        if (!_sheets.Contains(styleSheet)) _sheets.Add(styleSheet);
    }

    public void Clear() => _sheets.Clear();

    public bool Remove(StyleSheet styleSheet) => _sheets.Remove(styleSheet);

    public bool Contains(StyleSheet styleSheet) => _sheets.Contains(styleSheet);

    public bool Equals(VisualElementStyleSheetSet other) => _sheets == other._sheets;

    public override bool Equals(object obj) => obj is VisualElementStyleSheetSet other && Equals(other);

    public override int GetHashCode() => _sheets?.GetHashCode() ?? 0;
}
