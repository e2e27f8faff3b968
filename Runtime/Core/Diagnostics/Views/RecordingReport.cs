using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>A recording as one page: what a diagnosis says, every view as a picture, and the figures as tables.</summary>
    public static class RecordingReport
    {
        /// <summary>Builds the page.</summary>
        /// <param name="recording">The steps.</param>
        /// <param name="diagnosis">What was found.</param>
        /// <param name="views">What is drawn.</param>
        /// <param name="skin">With what.</param>
        public static HtmlReport Build(Recording recording, Diagnosis diagnosis, IReadOnlyList<RecordingView> views, Skin skin)
        {
            var report = new HtmlReport($"{recording.Agent}: hidden states");
            report.Paragraph(FormattableString.Invariant($"Steps {recording.FirstStep} to {recording.FirstStep + recording.Steps - 1}, {recording.Layout.Width} numbers a step."));
            report.Heading("Diagnosis");
            if (diagnosis.Findings.Count == 0) report.Paragraph("No fault was found.");
            else report.Table(new[] { "fault", "where", "evidence", "what may help" }, Rows(diagnosis));
            report.Heading("Views");
            foreach (RecordingView view in views) report.Picture(view.Draw(skin), view.Caption, skin.Scale);
            report.Heading("Tracks");
            report.Table(new[] { "track", "numbers", "lowest", "highest", "mean", "mean deviation", "still", "not finite" }, Tracks(recording));
            List<string[]> gates = Gates(recording);
            if (gates.Count > 0) report.Heading("Gates").Table(new[] { "gate", "open (above 0.9)", "shut (below 0.1)", "between" }, gates);
            report.Heading("Units of the hidden states");
            report.Table(new[] { "track", "unit", "lowest", "highest", "mean", "deviation", "mean change a step" }, Units(recording));
            return report;
        }

        private static IEnumerable<string[]> Rows(Diagnosis diagnosis)
        {
            foreach (Finding finding in diagnosis.Findings) yield return new[] { finding.Title, finding.Place, finding.Evidence, finding.Advice };
        }

        private static IEnumerable<string[]> Tracks(Recording recording)
        {
            foreach (RecordedTrack track in recording.Layout.Tracks)
            {
                UnitStatistics units = UnitStatistics.Of(recording.Values(track), track.Length);
                float low = float.PositiveInfinity, high = float.NegativeInfinity;
                double mean = 0, deviation = 0;
                int missing = 0;
                for (int u = 0; u < units.Units; u++)
                {
                    low = Math.Min(low, units.Low[u]);
                    high = Math.Max(high, units.High[u]);
                    mean += units.Mean[u] / units.Units;
                    deviation += units.Deviation[u] / units.Units;
                    missing += units.NotFinite[u];
                }
                yield return new[] { track.Name, Text(track.Length), Text(low), Text(high), Text(mean), Text(deviation), Text(units.Still(1e-3f).Length), Text(missing) };
            }
        }

        private static List<string[]> Gates(Recording recording)
        {
            var rows = new List<string[]>();
            foreach (RecordedTrack track in recording.Layout.Tracks)
            {
                if (!track.IsGate) continue;
                Saturation saturation = Saturation.Of(recording.Values(track));
                rows.Add(new[] { track.Name, Percent(saturation.Open), Percent(saturation.Shut), Percent(saturation.Between) });
            }
            return rows;
        }

        private static IEnumerable<string[]> Units(Recording recording)
        {
            foreach (RecordedTrack track in recording.Layout.Tracks)
            {
                if (track.Channel != RecordChannels.Hidden) continue;
                UnitStatistics units = UnitStatistics.Of(recording.Values(track), track.Length);
                for (int u = 0; u < units.Units; u++)
                    yield return new[] { track.Name, Text(u), Text(units.Low[u]), Text(units.High[u]), Text(units.Mean[u]), Text(units.Deviation[u]), Text(units.Change[u]) };
            }
        }

        private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

        private static string Text(double number) => double.IsNaN(number) || double.IsInfinity(number) ? "–" : Axis.Short(number);

        private static string Percent(float share) => (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";
    }
}
