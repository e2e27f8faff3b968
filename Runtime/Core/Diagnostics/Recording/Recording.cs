using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Diagnostics
{
    /// <summary>Some steps of one agent's network, one after the other: what views, statistics and files work on. T steps, W numbers a step.</summary>
    public sealed class Recording : IRecordedSteps
    {
        /// <summary>Puts a recording together. The frames are used as they are, not copied.</summary>
        /// <param name="agent">Whose network it is.</param>
        /// <param name="layout">What a step consists of.</param>
        /// <param name="firstStep">The number of the first step.</param>
        /// <param name="frames">(T, W).</param>
        /// <exception cref="ArgumentException">The frames are no whole number of steps.</exception>
        public Recording(string agent, RecordingLayout layout, long firstStep, float[] frames)
        {
            if (frames.Length % layout.Width != 0) throw new ArgumentException($"Recording({agent}): {frames.Length} numbers are no whole number of steps of {layout.Width}.", nameof(frames));
            if (firstStep < 0) throw new ArgumentException($"Recording({agent}): expected a first step of at least 0, got {firstStep}.", nameof(firstStep));
            Agent = agent;
            Layout = layout;
            FirstStep = firstStep;
            Frames = frames;
        }

        /// <summary>Whose network it is.</summary>
        public string Agent { get; }

        /// <summary>What a step consists of.</summary>
        public RecordingLayout Layout { get; }

        /// <summary>The number of the first step.</summary>
        public long FirstStep { get; }

        /// <summary>T.</summary>
        public int Steps => Frames.Length / Layout.Width;

        long IRecordedSteps.EndStep => FirstStep + Steps;

        /// <summary>(T, W).</summary>
        public float[] Frames { get; }

        int IRecordedSteps.MarkCount => Marks.Count;

        StateMark IRecordedSteps.GetMark(int index) => Marks[index];

        /// <summary>Where a step does not follow from the one before it, in order.</summary>
        public IReadOnlyList<StateMark> Marks { get; internal set; } = Array.Empty<StateMark>();

        /// <summary>All numbers of a step.</summary>
        /// <param name="index">0 … <see cref="Steps"/> − 1, whatever the number of the first step.</param>
        public ReadOnlySpan<float> Frame(int index) => Frames.AsSpan(index * Layout.Width, Layout.Width);

        ReadOnlySpan<float> IRecordedSteps.Frame(long step)
        {
            if (step < FirstStep || step >= FirstStep + Steps)
                throw new ArgumentOutOfRangeException(nameof(step), FormattableString.Invariant($"Recording({Agent}): has the steps {FirstStep} … {FirstStep + Steps - 1}, got {step}."));
            return Frame((int)(step - FirstStep));
        }

        /// <summary>What a track holds at a step.</summary>
        public ReadOnlySpan<float> At(RecordedTrack track, int index) => Frames.AsSpan(index * Layout.Width + track.Offset, track.Length);

        /// <summary>A copy of one track: (T, its length).</summary>
        public float[] Values(RecordedTrack track)
        {
            var values = new float[Steps * track.Length];
            for (int t = 0; t < Steps; t++) At(track, t).CopyTo(values.AsSpan(t * track.Length));
            return values;
        }

        /// <summary>One number of a track over time: (T).</summary>
        public float[] Values(RecordedTrack track, int unit)
        {
            if ((uint)unit >= (uint)track.Length) throw new ArgumentOutOfRangeException(nameof(unit), $"Recording({Agent}): {track} has {track.Length} units, got the number {unit}.");
            var values = new float[Steps];
            for (int t = 0; t < values.Length; t++) values[t] = Frames[t * Layout.Width + track.Offset + unit];
            return values;
        }

        /// <summary>A copy of some steps, which keep their numbers; what of the range is not there is left out.</summary>
        /// <param name="from">The number of the first step.</param>
        /// <param name="to">The number after the last.</param>
        /// <exception cref="ArgumentException">No step is left.</exception>
        public Recording Range(long from, long to)
        {
            long first = Math.Max(from, FirstStep), end = Math.Min(to, FirstStep + Steps);
            if (first >= end) throw new ArgumentException($"Recording({Agent}): has the steps {FirstStep} … {FirstStep + Steps - 1}, of which none lies in {from} … {to - 1}.");
            var frames = Frames.AsSpan((int)(first - FirstStep) * Layout.Width, (int)(end - first) * Layout.Width).ToArray();
            return new Recording(Agent, Layout, first, frames) { Marks = Marks.Where(mark => mark.Step >= first && mark.Step < end).ToArray() };
        }
    }
}
