using System;
using System.Collections.Generic;

namespace UnityEngine;

internal static class InOrder
{
    /// <summary>By execution order, and otherwise as they stand.</summary>
    public static void Sort<T>(T[] components) where T : Component
    {
        var keys = new long[components.Length];
        for (int i = 0; i < keys.Length; i++) keys[i] = ((long)(components[i] is MonoBehaviour behaviour ? behaviour.Messages.Order : int.MinValue) << 32) + i;
        Array.Sort(keys, components);
    }

    /// <summary>Wakes objects that are active and have not been told: Awake and OnEnable of one after the other.</summary>
    public static void Wake(List<Component> components)
    {
        Component[] sorted = components.ToArray();
        Sort(sorted);
        foreach (Component component in sorted)
        {
            if (component.IsAlive && component.Owner.activeInHierarchy) component.Activated();
        }
    }
}
