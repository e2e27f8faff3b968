using System.Collections.Generic;
using System.Linq;

namespace UnityEngine.UIElements;

/// <summary>
/// A small part of flexbox: sizes in pixels or percent, rows and columns, growing and shrinking, margins and paddings, absolute places. Text is as large as its characters
/// say, seven pixels each and eighteen high.
/// </summary>
internal static class FlexLayout
{
    public static void Place(VisualElement element, Rect rect)
    {
        element.Place(rect);
        IStyle own = element.style;
        bool isRow = own.flexDirection.keyword == StyleKeyword.Undefined && own.flexDirection.value is FlexDirection.Row or FlexDirection.RowReverse;
        var inner = new Rect(Pixels(own.paddingLeft, rect.width), Pixels(own.paddingTop, rect.height), 0F, 0F);
        inner.width = Mathf.Max(0F, rect.width - inner.x - Pixels(own.paddingRight, rect.width));
        inner.height = Mathf.Max(0F, rect.height - inner.y - Pixels(own.paddingBottom, rect.height));

        List<VisualElement> flow = element.hierarchy.Children().Where(child => IsIn(child) && !IsAbsolute(child)).ToList();
        float length = isRow ? inner.width : inner.height, across = isRow ? inner.height : inner.width;
        float[] sizes = flow.Select(child => Along(child, isRow, length, across) + Margin(child, isRow, length)).ToArray();
        float left = length - sizes.Sum(), grow = flow.Sum(Grow), shrinking = flow.Where(Shrinks).Sum(child => sizes[flow.IndexOf(child)]);
        float at = isRow ? inner.x : inner.y;
        for (int i = 0; i < flow.Count; i++)
        {
            if (left > 0F && grow > 0F) sizes[i] += left * Grow(flow[i]) / grow;
            else if (left < 0F && shrinking > 0F && Shrinks(flow[i])) sizes[i] = Mathf.Max(0F, sizes[i] + left * sizes[i] / shrinking);
            float before = Pixels(isRow ? flow[i].style.marginLeft : flow[i].style.marginTop, length), size = sizes[i] - Margin(flow[i], isRow, length);
            float side = Pixels(isRow ? flow[i].style.marginTop : flow[i].style.marginLeft, across);
            float other = Size(flow[i], !isRow, across, float.NaN) is var set && !float.IsNaN(set) ? set : across - Margin(flow[i], !isRow, across);
            Place(flow[i], isRow ? new Rect(at + before, inner.y + side, size, other) : new Rect(inner.x + side, at + before, other, size));
            at += sizes[i];
        }

        foreach (VisualElement child in element.hierarchy.Children().Where(child => IsIn(child) && IsAbsolute(child)))
        {
            (float x, float width) = Span(child.style.left, child.style.right, Size(child, true, rect.width, float.NaN), rect.width, Natural(child, true, rect.width));
            (float y, float height) = Span(child.style.top, child.style.bottom, Size(child, false, rect.height, float.NaN), rect.height, Natural(child, false, rect.width));
            Place(child, new Rect(x, y, width, height));
        }
    }

    private static bool IsIn(VisualElement child) => child.style.display.keyword != StyleKeyword.Undefined || child.style.display.value == DisplayStyle.Flex;

    private static bool IsAbsolute(VisualElement child) => child.style.position.keyword == StyleKeyword.Undefined && child.style.position.value == Position.Absolute;

    private static float Grow(VisualElement child) => child.style.flexGrow.keyword == StyleKeyword.Undefined ? child.style.flexGrow.value : child is ScrollView or TwoPaneSplitView ? 1F : 0F;

    private static bool Shrinks(VisualElement child) => child.style.flexShrink.keyword != StyleKeyword.Undefined || child.style.flexShrink.value > 0F;

    private static float Margin(VisualElement child, bool isRow, float length) => isRow
        ? Pixels(child.style.marginLeft, length) + Pixels(child.style.marginRight, length)
        : Pixels(child.style.marginTop, length) + Pixels(child.style.marginBottom, length);

    private static float Along(VisualElement child, bool isRow, float length, float across)
    {
        if (IsSet(child.style.flexBasis)) return Pixels(child.style.flexBasis, length);
        float size = Size(child, isRow, length, float.NaN);
        return float.IsNaN(size) ? Bounded(child, isRow, length, Natural(child, isRow, across)) : size;
    }

    private static float Size(VisualElement child, bool isWidth, float of, float otherwise)
    {
        StyleLength size = isWidth ? child.style.width : child.style.height;
        return IsSet(size) ? Bounded(child, isWidth, of, Pixels(size, of)) : otherwise;
    }

    private static float Bounded(VisualElement child, bool isWidth, float of, float size)
    {
        StyleLength least = isWidth ? child.style.minWidth : child.style.minHeight, most = isWidth ? child.style.maxWidth : child.style.maxHeight;
        if (IsSet(most)) size = Mathf.Min(size, Pixels(most, of));
        return IsSet(least) ? Mathf.Max(size, Pixels(least, of)) : size;
    }

    // What an element without a size of its own takes: its text, or its children.
    private static float Natural(VisualElement element, bool isWidth, float across)
    {
        IStyle own = element.style;
        float padding = isWidth ? Pixels(own.paddingLeft, across) + Pixels(own.paddingRight, across) : Pixels(own.paddingTop, across) + Pixels(own.paddingBottom, across);
        if (element is TextElement { text: { Length: > 0 } text }) return padding + (isWidth ? 7F * text.Split('\n').Max(line => line.Length) : 18F * text.Split('\n').Length);
        bool isRow = own.flexDirection.keyword == StyleKeyword.Undefined && own.flexDirection.value is FlexDirection.Row or FlexDirection.RowReverse;
        IEnumerable<float> sizes = element.hierarchy.Children().Where(child => IsIn(child) && !IsAbsolute(child)).Select(child =>
            Margin(child, isWidth, across) + (Size(child, isWidth, across, float.NaN) is var set && !float.IsNaN(set) ? set : Bounded(child, isWidth, across, Natural(child, isWidth, across))));
        return padding + (isRow == isWidth ? sizes.Sum() : sizes.DefaultIfEmpty(0F).Max());
    }

    private static (float Start, float Size) Span(StyleLength start, StyleLength end, float size, float of, float natural)
    {
        if (!float.IsNaN(size)) return (!IsSet(start) && IsSet(end) ? of - Pixels(end, of) - size : Pixels(start, of), size);
        return (Pixels(start, of), IsSet(start) && IsSet(end) ? Mathf.Max(0F, of - Pixels(start, of) - Pixels(end, of)) : natural);
    }

    private static bool IsSet(StyleLength length) => length.keyword == StyleKeyword.Undefined && !length.value.IsAuto() && !length.value.IsNone();

    private static float Pixels(StyleLength length, float of) => !IsSet(length) ? 0F : length.value.unit == LengthUnit.Percent ? length.value.value * of / 100F : length.value.value;
}
