using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Analysis;
using Recurrent.Diagnostics;

namespace RecurrentEditor.Analysis
{
    /// <summary>
    /// In which rhythms a state varies, and beside it what went in and came out: which share of the variance, taken over all values of a step, has which period.
    /// </summary>
    public sealed class PeriodogramView : IStateView
    {
        private const int FewestSteps = 8;

        /// <inheritdoc/>
        public string Name => "Periodogram";

        /// <inheritdoc/>
        public StateViewPicture Measure(Recording recording, RecordedTrack track)
        {
            if (recording.Steps < FewestSteps) throw new ArgumentException($"{track}: {recording.Steps} steps are there, and a periodogram takes {FewestSteps}.", nameof(recording));
            IReadOnlyList<LineSeries> curves = Curves(recording, track);
            int last = recording.Steps;
            Axis y = Axis.Fit("share of the variance, %", curves.Select(curve => curve.Y).ToArray());
            string title = $"{recording.Agent}: rhythms of {track}", subtitle = FormattableString.Invariant($"steps {recording.FirstStep} … {recording.FirstStep + last - 1}");
            return (skin, playhead) =>
            {
                var chart = new LineChart(Axis.Logarithmic("period, steps", 2, last), y);
                foreach (LineSeries curve in curves) chart.Add(curve);
                var grid = new PanelGrid(1, 1) { Title = title, Subtitle = subtitle };
                grid[0, 0] = chart;
                return grid;
            };
        }

        /// <summary>The state's shares of the variance by period, then those of what went in and came out, where they vary.</summary>
        /// <exception cref="ArgumentException">The state stands still, or is not finite.</exception>
        public static IReadOnlyList<LineSeries> Curves(Recording recording, RecordedTrack track)
        {
            var curves = new List<LineSeries> { SharesOf(recording, track) ?? throw new ArgumentException($"{track} stands still.", nameof(recording)) };
            foreach (string name in new[] { "input", "output" })
                if (recording.Layout.Find(name) is RecordedTrack beside && beside != track && IsFinite(recording, beside) && SharesOf(recording, beside) is LineSeries curve) curves.Add(curve);
            return curves;
        }

        /// <summary>The share of each period; null where nothing varies.</summary>
        private static LineSeries? SharesOf(Recording recording, RecordedTrack track)
        {
            int bins = recording.Steps / 2;
            float[] periods = new float[bins], shares = new float[bins];
            var power = new double[bins];
            double total = 0;
            for (int unit = 0; unit < track.Length; unit++)
            {
                Periodogram one = Periodogram.Of(recording.Values(track, unit));
                for (int k = 0; k < bins; k++)
                {
                    power[k] += one.Power[k];
                    total += one.Power[k];
                    periods[k] = (float)(1 / one.Frequencies[k]);
                }
            }
            if (!(total > 0)) return null;
            int peak = 0;
            for (int k = 0; k < bins; k++)
            {
                shares[k] = (float)(100 * power[k] / total);
                if (power[k] > power[peak]) peak = k;
            }
            return new LineSeries(track.Name, periods, shares) { Value = FormattableString.Invariant($"strongest {periods[peak]:0.#} steps, {shares[peak]:0} %") };
        }

        private static bool IsFinite(Recording recording, RecordedTrack track) => Array.TrueForAll(recording.Values(track), float.IsFinite);
    }
}
