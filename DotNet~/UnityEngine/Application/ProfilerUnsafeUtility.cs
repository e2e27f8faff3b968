using System;
using System.Collections.Generic;

namespace Unity.Profiling.LowLevel.Unsafe;

/// <summary>Counters are numbers in memory that the profiler reads; here a test reads them.</summary>
public static unsafe class ProfilerUnsafeUtility
{
    private static readonly List<string> s_categories = new();
    private static readonly Dictionary<string, Counter> s_counters = new();

    public static void* CreateCounterValue(out IntPtr counterPtr, string name, ushort categoryId, MarkerFlags flags, byte dataType, byte dataUnit, int dataSize, ProfilerCounterOptions counterOptions)
    {
        if (!s_counters.TryGetValue(name, out Counter? counter))
        {
            counter = new Counter { Place = System.Runtime.InteropServices.Marshal.AllocHGlobal(8), Type = (ProfilerMarkerDataType)dataType, Options = counterOptions };
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

    /// <summary>What a counter stands at in this frame.</summary>
    internal static double Read(string name) => s_counters[name].Read();

    /// <summary>What it stood at when the last frame ended.</summary>
    internal static double ReadLast(string name) => s_counters[name].Last;

    /// <summary>The profiler takes what is flushed by itself.</summary>
    internal static void EndFrame()
    {
        foreach (Counter counter in s_counters.Values)
        {
            if (!counter.Options.HasFlag(ProfilerCounterOptions.FlushOnEndOfFrame)) continue;
            counter.Last = counter.Read();
            if (counter.Options.HasFlag(ProfilerCounterOptions.ResetToZeroOnFlush)) *(long*)counter.Place = 0;
        }
    }

    private sealed class Counter
    {
        public IntPtr Place;
        public ProfilerMarkerDataType Type;
        public ProfilerCounterOptions Options;
        public double Last;

        public double Read() => Type switch
        {
            ProfilerMarkerDataType.Float => *(float*)Place,
            ProfilerMarkerDataType.Double => *(double*)Place,
            ProfilerMarkerDataType.Int32 => *(int*)Place,
            _ => *(long*)Place,
        };
    }
}
