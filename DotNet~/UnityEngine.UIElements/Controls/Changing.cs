using System;
using System.Collections.Generic;

namespace UnityEngine.UIElements;

/// <summary>How a value changes: an element in a panel tells of it, one outside does not, as in Unity.</summary>
internal static class Changing
{
    public static void Set<T>(VisualElement element, T before, T now, Action<T> silently)
    {
        if (EqualityComparer<T>.Default.Equals(before, now)) return;
        silently(now);
        if (element.panel == null) return;
        using ChangeEvent<T> e = ChangeEvent<T>.GetPooled(before, now);
        e.target = element;
        element.SendEvent(e);
    }
}
