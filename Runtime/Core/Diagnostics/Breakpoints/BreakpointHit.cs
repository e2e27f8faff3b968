using System;

namespace Recurrent.Diagnostics
{
    /// <summary>A breakpoint came to hold.</summary>
    public readonly struct BreakpointHit
    {
        internal BreakpointHit(AgentRecorder agent, long step, Breakpoint breakpoint, double value)
        {
            Agent = agent;
            Step = step;
            Breakpoint = breakpoint;
            Value = value;
        }

        /// <summary>In whose network.</summary>
        public AgentRecorder Agent { get; }

        /// <summary>In which step.</summary>
        public long Step { get; }

        /// <summary>Which.</summary>
        public Breakpoint Breakpoint { get; }

        /// <summary>What was measured; for <c>nan</c>, how many values are not finite.</summary>
        public double Value { get; }

        /// <summary>One line for a log.</summary>
        public override string ToString() => FormattableString.Invariant($"{Agent?.Name}, step {Step}: {Breakpoint} (it is {Value:G6})");
    }
}
