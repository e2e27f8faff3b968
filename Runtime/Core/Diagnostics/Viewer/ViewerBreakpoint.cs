namespace Recurrent.Diagnostics
{
    /// <summary>A breakpoint in a viewer's list.</summary>
    public sealed class ViewerBreakpoint
    {
        internal ViewerBreakpoint(Breakpoint condition) => Condition = condition;

        /// <summary>On what it breaks.</summary>
        public Breakpoint Condition { get; }

        /// <summary>Whether it is heeded.</summary>
        public bool IsEnabled { get; internal set; } = true;

        /// <summary>How often it came to hold: since it was set in a running game, in all of a recording that is done.</summary>
        public long Hits { get; internal set; }

        /// <summary>Where it last came to hold in a running game, in a line; empty for nowhere.</summary>
        public string LastHit { get; internal set; } = "";
    }
}
