using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>Sees what a crowd's network computes for one member. A member has a number as long as it belongs to the crowd; the row it stands in changes.</summary>
    internal abstract class CrowdObserver
    {
        protected CrowdObserver(int member)
        {
            Member = member;
        }

        public int Member { get; }

        /// <summary>Sees the member's step, before the cells go on to other rows: on the thread that computed it, while others compute.</summary>
        /// <param name="taps">The cells.</param>
        /// <param name="row">The row of the taps that is the member's.</param>
        /// <param name="input">What it was fed.</param>
        /// <param name="output">What it gave.</param>
        public abstract void Observe(IReadOnlyList<CellTap> taps, int row, ReadOnlySpan<float> input, ReadOnlySpan<float> output);

        /// <summary>Hears that the step of all is done, on the thread that steps the crowd.</summary>
        public abstract void End();
    }
}
