using System;

namespace Recurrent.Diagnostics
{
    /// <summary>Where two recordings of networks of one shape differ: A − B, number by number, and how far their states are apart. T common steps.</summary>
    public sealed class RecordingComparison
    {
        private RecordingComparison(Recording difference, Recording a, Recording b, int firstDifference)
        {
            Difference = difference;
            A = a;
            B = b;
            FirstDifference = firstDifference;
        }

        /// <summary>A − B at the steps that both have, under A's numbers: 0 exactly where they are equal; NaN where one of them is not a number.</summary>
        public Recording Difference { get; }

        /// <summary>A's common steps.</summary>
        public Recording A { get; }

        /// <summary>B's common steps.</summary>
        public Recording B { get; }

        /// <summary>The first index at which anything differs; −1 if nothing does.</summary>
        public int FirstDifference { get; }

        /// <summary>Compares step by step.</summary>
        /// <param name="a">One.</param>
        /// <param name="b">The other.</param>
        /// <param name="alignStarts">Whether the first steps of both are compared with each other; otherwise steps of the same number.</param>
        /// <exception cref="ArgumentException">The networks have different shapes or other channels were recorded, or no step is common.</exception>
        public static RecordingComparison Of(Recording a, Recording b, bool alignStarts = false)
        {
            if (!a.Layout.Matches(b.Layout)) throw new ArgumentException($"RecordingComparison: {a.Agent} and {b.Agent} have networks of different shapes, or different channels of them were recorded.");
            if (alignStarts) b = new Recording(b.Agent, b.Layout, a.FirstStep, b.Frames);
            long from = Math.Max(a.FirstStep, b.FirstStep), to = Math.Min(a.FirstStep + a.Steps, b.FirstStep + b.Steps);
            if (from >= to)
                throw new ArgumentException($"RecordingComparison: {a.Agent} has the steps {a.FirstStep} … {a.FirstStep + a.Steps - 1}, {b.Agent} {b.FirstStep} … {b.FirstStep + b.Steps - 1}; expected some in common.");
            a = a.Range(from, to);
            b = b.Range(from, to);
            var frames = new float[a.Frames.Length];
            int first = -1;
            for (int i = 0; i < frames.Length; i++)
            {
                // Equal infinities are no difference, and neither are targets that nobody knew.
                bool equal = a.Frames[i].Equals(b.Frames[i]);
                frames[i] = equal ? 0f : a.Frames[i] - b.Frames[i];
                if (!equal && first < 0) first = i / a.Layout.Width;
            }
            return new RecordingComparison(new Recording($"{a.Agent} − {b.Agent}", a.Layout, from, frames), a, b, first);
        }

        /// <summary>(T): the Euclidean distance of a track of both, such as ‖h_A − h_B‖.</summary>
        public float[] Distance(RecordedTrack track)
        {
            var distance = new float[Difference.Steps];
            for (int t = 0; t < distance.Length; t++)
            {
                double sum = 0;
                foreach (float d in Difference.At(track, t)) sum += (double)d * d;
                distance[t] = (float)Math.Sqrt(sum);
            }
            return distance;
        }
    }
}
