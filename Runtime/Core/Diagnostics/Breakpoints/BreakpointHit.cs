using System;

namespace Recurrent.Diagnostics
{
    /// <summary>A breakpoint came to hold.</summary>
    public readonly struct BreakpointHit
    {
        internal BreakpointHit(IRecordedSteps agent, long step, Breakpoint breakpoint, double value)
        {
            Agent = agent;
            Step = step;
            Breakpoint = breakpoint;
            Value = value;
        }

        /// <summary>In whose steps: an <see cref="AgentRecorder"/>, or what a link gives of one in another process.</summary>
        public IRecordedSteps Agent { get; }

        /// <summary>In which step.</summary>
        public long Step { get; }

        /// <summary>Which.</summary>
        public Breakpoint Breakpoint { get; }

        /// <summary>What was measured; for <c>nan</c>, how many values are not finite.</summary>
        public double Value { get; }

        /// <summary>One line for a log.</summary>
        public override string ToString() => FormattableString.Invariant($"{Agent?.Agent}, step {Step}: {Breakpoint} (it is {Value:G6})");
    }
}
