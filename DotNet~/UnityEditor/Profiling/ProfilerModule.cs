using System;
using System.Reflection;
using UnityEditor;

namespace Unity.Profiling.Editor;

/// <summary>A row of the Profiler: the counters of its chart, and what is shown of a frame.</summary>
public abstract class ProfilerModule
{
    protected ProfilerModule(ProfilerCounterDescriptor[] chartCounters, ProfilerModuleChartType defaultChartType = ProfilerModuleChartType.Line, string[] autoEnabledCategoryNames = null)
    {
        if (chartCounters == null || chartCounters.Length == 0) throw new ArgumentException("A Profiler module cannot be initialized without any chart counters.");
        (ChartCounters, ChartType) = (chartCounters, defaultChartType);
        AutoEnabledCategoryNames = autoEnabledCategoryNames ?? Array.Empty<string>();
    }

    public string DisplayName => GetType().GetCustomAttribute<ProfilerModuleMetadataAttribute>()?.DisplayName ?? "";

    protected ProfilerWindow ProfilerWindow { get; private set; }

    internal ProfilerCounterDescriptor[] ChartCounters { get; }

    internal ProfilerModuleChartType ChartType { get; }

    internal string[] AutoEnabledCategoryNames { get; }

    public virtual ProfilerModuleViewController CreateDetailsViewController() => null;

    internal void Initialize(ProfilerWindow window) => ProfilerWindow = window;
}
