using System;
using System.Collections.Generic;
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
            var curves = new List<LineSeries>();
            foreach (RecordedTrack? each in new[] { track, recording.Layout.Find("input"), recording.Layout.Find("output") })
            {
                if (each == null || each.Length == 0 || each == track && curves.Count > 0) continue;
                if (each != track && !IsFinite(recording, each)) continue;
                if (SharesOf(recording, each) is LineSeries curve) curves.Add(curve);
                else if (each == track) throw new ArgumentException($"{track} stands still.", nameof(recording));
            }
            int last = recording.Steps;
            Axis y = Axis.Fit("share of the variance, %", curves.ConvertAll(curve => curve.Y).ToArray());
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
            return new LineSeries(track.Name, periods, shares) { Value = FormattableString.Invariant($"strongest {Axis.Short(periods[peak])} steps, {shares[peak]:0} %") };
        }

        private static bool IsFinite(Recording recording, RecordedTrack track) => Array.TrueForAll(recording.Values(track), float.IsFinite);
    }
}
