using System;

namespace Recurrent.Diagnostics
{
    /// <summary>What a recorded step of a network amounts to, in four figures.</summary>
    public readonly struct StepSummary
    {
        private const float OpenAbove = 0.9f, ShutBelow = 0.1f;

        private StepSummary(float norm, int saturated, int gateValues, int notFinite)
        {
            HiddenNorm = norm;
            Saturated = saturated;
            GateValues = gateValues;
            NotFinite = notFinite;
        }

        /// <summary>The largest ‖h‖ of the cells; not a number where a state is not. 0 where no h was recorded.</summary>
        public float HiddenNorm { get; }

        /// <summary>How many gate values are above 0.9 or below 0.1; see <see cref="Saturation"/>.</summary>
        public int Saturated { get; }

        /// <summary>How many gate values there are.</summary>
        public int GateValues { get; }

        /// <summary>How many values of states and gates are not finite.</summary>
        public int NotFinite { get; }

        /// <summary>Sums a step up. Allocates nothing.</summary>
        /// <param name="layout">What it consists of.</param>
        /// <param name="step">Its numbers.</param>
        /// <exception cref="ArgumentException">The step has another width.</exception>
        public static StepSummary Of(RecordingLayout layout, ReadOnlySpan<float> step)
        {
            if (step.Length != layout.Width) throw new ArgumentException($"StepSummary: the step has {step.Length} numbers, expected {layout.Width}.", nameof(step));
            double largest = 0;
            int saturated = 0, gateValues = 0, notFinite = 0;
            for (int i = 0; i < layout.Tracks.Count; i++)
            {
                RecordedTrack track = layout.Tracks[i];
                if (track.Cell == null) continue;
                double squares = 0;
                foreach (float value in step.Slice(track.Offset, track.Length))
                {
                    if (!float.IsFinite(value)) notFinite++;
                    squares += (double)value * value;
                    if (!track.IsGate) continue;
                    gateValues++;
                    if (value > OpenAbove || value < ShutBelow) saturated++;
                }
                // Math.Max keeps what is not a number.
                if (track.Symbol == "h") largest = Math.Max(largest, Math.Sqrt(squares));
            }
            return new StepSummary((float)largest, saturated, gateValues, notFinite);
        }
    }
}
