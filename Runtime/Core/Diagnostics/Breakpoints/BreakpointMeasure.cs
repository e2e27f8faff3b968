namespace Recurrent.Diagnostics
{
    /// <summary>What a breakpoint looks at.</summary>
    internal enum BreakpointMeasure
    {
        Value,
        Magnitude,
        Norm,
        Largest,
        Change,
        Open,
        Shut,
        Saturated,
        Error,
        NotFinite,
    }
}
