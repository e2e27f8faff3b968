namespace Recurrent.Components
{
    /// <summary>At which steps a decision is due: at step offset, offset + period, offset + 2 × period, …</summary>
    internal struct DecisionSchedule
    {
        /// <summary>Steps taken since the begin.</summary>
        public int Step { get; set; }

        /// <summary>Takes a step; says whether a decision is due in it.</summary>
        public bool Next(int period, int offset) => Step++ % period == offset % period;
    }
}
