namespace Unity.Profiling.Editor;

public enum ProfilerModuleChartType
{
    Line = 0,
    StackedTimeArea = 1,
}
