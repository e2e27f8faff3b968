using System.Collections.Generic;

namespace UnityEngine.UIElements;

/// <summary>The tree as it stands, content containers and all.</summary>
internal static class TreeWalk
{
    public static IEnumerable<VisualElement> WithDescendants(this VisualElement element)
    {
        yield return element;
        foreach (VisualElement child in element.hierarchy.Children())
        {
            foreach (VisualElement below in child.WithDescendants()) yield return below;
        }
    }

    public static VisualElement FirstEnabled(this VisualElement element)
    {
        while (element is { enabledInHierarchy: false }) element = element.hierarchy.parent;
        return element;
    }
}
