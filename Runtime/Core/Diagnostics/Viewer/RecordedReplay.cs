using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>Some recorded steps of a network at hand, to be run through it once more: what it was fed, and the states that it began with where they were recorded.</summary>
    internal readonly struct RecordedReplay
    {
        /// <summary>Steps that are looked back over.</summary>
        public const int LookBack = 64;

        private RecordedReplay(float[] input, float[] state, long first)
        {
            Input = input;
            State = state;
            First = first;
        }

        /// <summary>(T, input features).</summary>
        public float[] Input { get; }

        /// <summary>As a <see cref="SequencePass"/> takes it; empty for zeros.</summary>
        public float[] State { get; }

        /// <summary>The number of the first step.</summary>
        public long First { get; }

        /// <summary>The steps up to one, as many as are kept and at most <see cref="LookBack"/>.</summary>
        /// <exception cref="ArgumentException">The input was not recorded, is another network's, or is not finite.</exception>
        public static RecordedReplay Of(IRecordedSteps steps, Layer network, long last)
        {
            RecordedTrack input = steps.Layout.Find("input") ?? throw new ArgumentException("The input was not recorded.");
            if (input.Length != network.InputSize) throw new ArgumentException($"{network} takes {network.InputSize} inputs, {input.Length} were recorded.");
            long first = Math.Max(steps.FirstStep, last + 1 - LookBack);
            var values = new float[(last + 1 - first) * input.Length];
            for (long step = first; step <= last; step++) steps.Frame(step).Slice(input.Offset, input.Length).CopyTo(values.AsSpan((int)(step - first) * input.Length));
            if (Array.Exists(values, value => !float.IsFinite(value))) throw new ArgumentException(FormattableString.Invariant($"Among the inputs of the steps {first} … {last} are some that are not finite."));
            return new RecordedReplay(values, first > steps.FirstStep ? Before(steps, network, first) : Array.Empty<float>(), first);
        }

        // The states after the step before: of each layer first h of all its cells, then c.
        private static float[] Before(IRecordedSteps steps, Layer network, long first)
        {
            ReadOnlySpan<float> frame = steps.Frame(first - 1);
            var state = new List<float>(network.StateSize);
            IReadOnlyList<RecordedCell> cells = steps.Layout.Cells;
            for (int i = 0; i < cells.Count;)
            {
                int end = i;
                while (end < cells.Count && LayerOf(cells[end]) == LayerOf(cells[i])) end++;
                foreach (string symbol in new[] { "h", "c" })
                    for (int k = i; k < end; k++)
                    {
                        if (symbol == "c" && !cells[k].HasCellState) continue;
                        if (!(steps.Layout.Find(cells[k], symbol) is RecordedTrack track)) return Array.Empty<float>();
                        state.AddRange(frame.Slice(track.Offset, track.Length).ToArray());
                    }
                i = end;
            }
            return state.Count == network.StateSize && !state.Exists(value => !float.IsFinite(value)) ? state.ToArray() : Array.Empty<float>();
        }

        private static string LayerOf(RecordedCell cell) => cell.Name.Substring(0, cell.Name.LastIndexOf('.') + 1);
    }
}
