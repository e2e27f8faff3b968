using System;
using System.Collections.Generic;
using System.Linq;

namespace Unity.Profiling.LowLevel.Unsafe;

/// <summary>Counters are numbers in memory that the profiler reads; here a test reads them.</summary>
public static unsafe class ProfilerUnsafeUtility
{
    private static readonly List<string> s_categories = new();
    private static readonly Dictionary<string, (IntPtr Place, ProfilerMarkerDataType Type)> s_counters = new();

    public static void* CreateCounterValue(out IntPtr counterPtr, string name, ushort categoryId, MarkerFlags flags, byte dataType, byte dataUnit, int dataSize, ProfilerCounterOptions counterOptions)
    {
        if (!s_counters.TryGetValue(name, out (IntPtr Place, ProfilerMarkerDataType Type) counter))
        {
            counter = (System.Runtime.InteropServices.Marshal.AllocHGlobal(8), (ProfilerMarkerDataType)dataType);
            *(long*)counter.Place = 0;
            s_counters.Add(name, counter);
        }

        counterPtr = counter.Place;
        return (void*)counter.Place;
    }

    public static void FlushCounterValue(void* counterValuePtr)
    {
    }

    internal static ushort IdOf(string category)
    {
        if (!s_categories.Contains(category)) s_categories.Add(category);
        return (ushort)s_categories.IndexOf(category);
    }

    internal static double Read(string name)
    {
        (IntPtr place, ProfilerMarkerDataType type) = s_counters[name];
        return type switch
        {
            ProfilerMarkerDataType.Float => *(float*)place,
            ProfilerMarkerDataType.Double => *(double*)place,
            ProfilerMarkerDataType.Int32 => *(int*)place,
            _ => *(long*)place,
        };
    }
}
