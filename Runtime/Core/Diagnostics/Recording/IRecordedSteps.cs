using System;

namespace Recurrent.Diagnostics
{
    /// <summary>The steps of one agent's network, whether they are still being added to (<see cref="AgentRecorder"/>) or all there (<see cref="Recording"/>).</summary>
    public interface IRecordedSteps
    {
        /// <summary>Whose network it is.</summary>
        public string Agent { get; }

        /// <summary>What a step consists of.</summary>
        public RecordingLayout Layout { get; }

        /// <summary>The number of the oldest step that is there.</summary>
        public long FirstStep { get; }

        /// <summary>The number after the newest step; <see cref="FirstStep"/> while there is none.</summary>
        public long EndStep { get; }

        /// <summary>How many marks there are.</summary>
        public int MarkCount { get; }

        /// <summary>A mark, in the order of the steps: where one does not follow from the one before it. Of the oldest, steps may be gone by now.</summary>
        /// <param name="index">0 … <see cref="MarkCount"/> − 1.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such mark.</exception>
        public StateMark GetMark(int index);

        /// <summary>All numbers of a step, without garbage.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The step is not there.</exception>
        public ReadOnlySpan<float> Frame(long step);

        /// <summary>A copy of some steps; what of the range is not there is left out.</summary>
        /// <param name="from">The number of the first step.</param>
        /// <param name="to">The number after the last.</param>
        /// <exception cref="ArgumentException">No step is left.</exception>
        public Recording Range(long from, long to);
    }
}
