namespace Recurrent.Diagnostics
{
    /// <summary>How a breakpoint compares with its threshold.</summary>
    internal enum BreakpointComparison
    {
        Greater,
        GreaterOrEqual,
        Less,
        LessOrEqual,
    }
}
