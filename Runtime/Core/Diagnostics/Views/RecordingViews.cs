using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>The views of a recording and of a training run, as panels that a window paints and a command line writes.</summary>
    public static class RecordingViews
    {
        private const int MostLines = 6;

        /// <summary>All views that a recording and what goes with it allow.</summary>
        /// <param name="recording">The steps.</param>
        /// <param name="skin">What it will be drawn with.</param>
        /// <param name="training">Its training; null for none.</param>
        /// <param name="flow">The gradient through time; null for none.</param>
        /// <param name="attribution">A table of <see cref="InputAttribution"/>; null for none.</param>
        /// <param name="order">
        /// In which order the units of a track are shown, and what that order is called; null for the liveliest first.
        /// </param>
        public static List<RecordingView> All(Recording recording, Skin skin, TrainingLog? training = null, GradientFlow? flow = null, RecordedTable? attribution = null,
            Func<RecordedTrack, (int[] Order, string Name)>? order = null)
        {
            var views = new List<RecordingView>();
            RecordingLayout layout = recording.Layout;
            if (layout.Find("output") != null || layout.Find("input") != null) views.Add(Prediction(recording, skin));
            foreach (string symbol in new[] { "h", "c" })
                foreach (RecordedCell cell in layout.Cells)
                    if (layout.Find(cell, symbol) is RecordedTrack track) views.Add(States(recording, track, skin, order));
            foreach (RecordedCell cell in layout.Cells)
                if (HasGates(layout, cell)) views.Add(Gates(recording, cell));
            if (training != null && training.Epochs.Count > 0) views.Add(Training(training));
            if (flow != null) views.Add(Flow(flow));
            if (attribution != null) views.Add(Attribution(attribution));
            return views;
        }

        /// <summary>Prediction against truth, and under it the inputs: curves while they are few, a heatmap when they are many.</summary>
        /// <exception cref="ArgumentException">Neither input nor output was recorded.</exception>
        public static RecordingView Prediction(Recording recording, Skin skin)
        {
            RecordedTrack? output = recording.Layout.Find("output"), target = recording.Layout.Find("target"), input = recording.Layout.Find("input");
            if (output == null && input == null) throw new ArgumentException($"RecordingViews: neither input nor output of {recording.Agent} was recorded.", nameof(recording));
            bool paired = output != null && target != null && target.Length == output.Length && Known(recording, target);
            var grid = new PanelGrid((output != null ? 1 : 0) + (input != null ? 1 : 0), 1) { Title = $"{recording.Agent}: {(paired ? "prediction and truth" : "output and input")}", Subtitle = StepsOf(recording) };
            if (output != null) grid[0, 0] = Outputs(recording, output, paired ? target : null, skin);
            if (input != null) grid[output != null ? 1 : 0, 0] = Signals(recording, input, "input", skin);
            if (output != null && input != null) grid.RowWeights[0] = 1.4f;
            return new RecordingView("prediction", "What the network gave and, where it is known, what it should have given; under it what it was fed.", grid, 480);
        }

        /// <summary>A state over time as a heatmap of units × steps.</summary>
        /// <param name="recording">The steps.</param>
        /// <param name="track">h or c of a cell, or any other.</param>
        /// <param name="skin">What it will be drawn with.</param>
        /// <param name="order">In which order units stand; null for the liveliest first.</param>
        public static RecordingView States(Recording recording, RecordedTrack track, Skin skin, Func<RecordedTrack, (int[] Order, string Name)>? order = null)
        {
            float[] values = recording.Values(track);
            bool bounded = track.Symbol != "c" && track.Cell?.Kind != "RNN" || !Beyond(values, 1);
            (int[] rows, string name) = order != null ? order(track) : (UnitStatistics.Of(values, track.Length).ByDeviation(), "liveliest first");
            var grid = new PanelGrid(1, 1) { Title = $"{recording.Agent}: {track}", Subtitle = $"{StepsOf(recording)}; units {name}" };
            string[] numbers = Array.ConvertAll(Identity(track.Length), u => u.ToString(CultureInfo.InvariantCulture));
            grid[0, 0] = new Heatmap(values, track.Length, ScaleOf(track, values, bounded, skin), "step", recording.FirstStep, numbers) { RowOrder = rows, ValueName = track.Symbol };
            string what = track.Symbol == "c" ? "The cell state, which an LSTM keeps from step to step" : "The hidden state, which goes to the next layer and the next step";
            return new RecordingView($"{track.Symbol}-{FileName(track.Cell)}", $"{what}: a row a unit, a column a step.", grid, track.Length > 64 ? 480 : 340);
        }

        /// <summary>The gates of a cell over time, each with its share of open and shut units.</summary>
        public static RecordingView Gates(Recording recording, RecordedCell cell)
        {
            var strips = new GateStrips(recording.Steps, "step", recording.FirstStep);
            int shown = 0;
            foreach (RecordedTrack track in recording.Layout.Tracks)
            {
                if (track.Cell != cell || track.Channel != RecordChannels.Gates) continue;
                shown++;
                if (track.IsCandidate) strips.AddCandidate(track.Symbol, recording.Values(track));
                else strips.AddGate(track.Symbol, recording.Values(track));
            }
            if (shown == 0)
            {
                string[] names = cell.Kind == "GRU" ? new[] { "r", "z", "n" } : new[] { "i", "f", "g", "o" };
                string reason = cell.GatesUnseenBecause.Length > 0 ? cell.GatesUnseenBecause : "The gates were not recorded.";
                foreach (string name in names) strips.AddHidden(name, reason);
                shown = names.Length;
            }
            var grid = new PanelGrid(1, 1) { Title = $"{recording.Agent}: gates of {cell.Name} ({cell.Kind})", Subtitle = StepsOf(recording) };
            grid[0, 0] = strips;
            return new RecordingView($"gates-{FileName(cell)}", "Each gate, units × steps; a gate that is always open or always shut cannot react.", grid, 110 + 105 * shown);
        }

        /// <summary>Where two recordings differ: A − B as a heatmap, and the distance of the states over time.</summary>
        /// <param name="comparison">The two.</param>
        /// <param name="track">A track of their layout: h or c of a cell.</param>
        /// <param name="skin">What it will be drawn with.</param>
        public static RecordingView Difference(RecordingComparison comparison, RecordedTrack track, Skin skin)
        {
            Recording difference = comparison.Difference;
            var grid = new PanelGrid(2, 1)
            {
                Title = $"{difference.Agent}: {track}",
                Subtitle = comparison.FirstDifference < 0 ? $"{StepsOf(difference)}; no difference at all" : $"{StepsOf(difference)}; the first difference is at step {difference.FirstStep + comparison.FirstDifference}",
            };
            grid[0, 0] = new Heatmap(difference.Values(track), track.Length, ColorScale.Signed(skin), "step", difference.FirstStep) { Title = "A − B", ValueName = $"Δ{track.Symbol}", ShowXLabels = false };
            float[] distance = comparison.Distance(track);
            var chart = new LineChart(Axis.Counting("step", difference.FirstStep, distance.Length), Axis.Fit($"‖{track.Symbol}A − {track.Symbol}B‖", distance, new[] { 0f })) { Title = "Distance of the states" };
            chart.Add(new LineSeries("", distance) { First = difference.FirstStep });
            grid[1, 0] = chart;
            grid.RowWeights[1] = 0.45f;
            return new RecordingView($"difference-{FileName(track.Cell)}", "Two networks beside each other: no colour and a distance of 0 where they are alike.", grid, 480);
        }

        /// <summary>The losses, and the gradient's norm of every optimizer step on a log axis.</summary>
        public static RecordingView Training(TrainingLog log)
        {
            var grid = new PanelGrid(1, log.GradientNorms.Count > 0 ? 2 : 1) { Title = "Training", Subtitle = $"{log.Epochs.Count} epochs{(log.GradientNorms.Count > 0 ? $", {log.GradientNorms.Count} optimizer steps" : "")}{(log.NotFiniteSince > 0 ? $"; not finite since step {log.NotFiniteSince}" : "")}" };
            grid[0, 0] = TrainingCharts.Losses(log.Epochs);
            if (log.GradientNorms.Count > 0) grid[0, 1] = TrainingCharts.GradientNorms(null, new List<float>(log.GradientNorms).ToArray());
            return new RecordingView("training", "The loss of every epoch, and the size of the gradient in every optimizer step.", grid, 360);
        }

        /// <summary>The panels of two views in one row, under the heading of the first.</summary>
        internal static PanelGrid Beside(RecordingView? first, RecordingView? second)
        {
            if (first == null || second == null) return (first ?? second)!.Grid;
            PanelGrid a = first.Grid, b = second.Grid;
            var grid = new PanelGrid(1, a.ColumnWeights.Length + b.ColumnWeights.Length) { Title = a.Title, Subtitle = a.Subtitle };
            for (int i = 0; i < a.ColumnWeights.Length; i++) grid[0, i] = a[0, i];
            for (int i = 0; i < b.ColumnWeights.Length; i++)
            {
                grid[0, a.ColumnWeights.Length + i] = b[0, i];
                if (b[0, i] is Panel panel && panel.Title.Length == 0) panel.Title = b.Title;
            }
            return grid;
        }

        /// <summary>The gradient's norm at each time step, of every cell, on a log axis: the vanishing-gradient view.</summary>
        public static RecordingView Flow(GradientFlow flow) => Flow("Gradient through time", flow.Cells, flow.Norms);

        /// <summary>Gradient norms of several networks or cells beside each other.</summary>
        /// <param name="title">The heading.</param>
        /// <param name="names">The curves' names.</param>
        /// <param name="norms">(curves, T).</param>
        public static RecordingView Flow(string title, string[] names, float[][] norms)
        {
            var grid = new PanelGrid(1, 1) { Title = title, Subtitle = "the norm of the loss's gradient by the state after each step; the loss is taken at the last" };
            var chart = new LineChart(Axis.Counting("step", 0, norms[0].Length), Axis.FitLogarithmic("‖∂L/∂h‖", norms));
            for (int i = 0; i < names.Length; i++)
            {
                float last = norms[i][norms[i].Length - 1], first = norms[i][0];
                chart.Add(new LineSeries(names[i], norms[i]) { Value = last > 0 ? $"first/last {Axis.Short(first / (double)last)}" : "" });
            }
            grid[0, 0] = chart;
            return new RecordingView("gradient-flow", "How much of the gradient is left further back in time: a line that falls steeply to the left means that nothing is learned from there.", grid, 400);
        }

        /// <summary>|∂y/∂x| of the last output for every input at every step.</summary>
        public static RecordingView Attribution(RecordedTable table)
        {
            int steps = table.Rows, inputs = table.Columns.Length;
            var grid = new PanelGrid(1, 1) { Title = "Which inputs the last output hangs on", Subtitle = "|∂y/∂x(t − k)|: how much the output moves when that input is nudged" };
            if (inputs <= MostLines)
            {
                var columns = new float[inputs][];
                for (int i = 0; i < inputs; i++) columns[i] = table.Column(i);
                var chart = new LineChart(Axis.Counting("steps back (0 is the last)", 1 - steps, steps), Axis.Fit("|∂y/∂x|", Append(columns, new[] { 0f })));
                for (int i = 0; i < inputs; i++) chart.Add(new LineSeries(inputs == 1 ? "" : table.Columns[i], columns[i]) { First = 1 - steps, Marker = steps <= 64 ? MarkerShape.Circle : MarkerShape.None, MarkerSize = 4f });
                grid[0, 0] = chart;
            }
            else
            {
                float largest = 0;
                foreach (float value in table.Values) largest = Math.Max(largest, float.IsFinite(value) ? value : 0);
                float high = largest > 0 ? largest : 1;
                grid[0, 0] = new Heatmap(table.Values, inputs, ColorScale.Decades(high / 1e4, high), "steps back (0 is the last)", 1 - steps) { RowTitle = "input", ValueName = "|∂y/∂x|" };
            }
            return new RecordingView("attribution", "How far back, and at which inputs, the network looks.", grid, inputs <= MostLines ? 320 : 420);
        }

        /// <summary>The way of a state through a plane, such as that of its first two principal components.</summary>
        /// <param name="recording">Whose state.</param>
        /// <param name="track">Which.</param>
        /// <param name="x">(T).</param>
        /// <param name="y">(T).</param>
        /// <param name="xTitle">What goes across.</param>
        /// <param name="yTitle">What goes upwards.</param>
        public static RecordingView Path(Recording recording, RecordedTrack track, float[] x, float[] y, string xTitle, string yTitle)
        {
            var grid = new PanelGrid(1, 1) { Title = $"{recording.Agent}: the way of {track}", Subtitle = StepsOf(recording) };
            grid[0, 0] = new Trajectory(xTitle, yTitle, x, y) { FirstStep = recording.FirstStep };
            return new RecordingView($"trajectory-{FileName(track.Cell)}", "The state's way through the plane in which it varies most: a loop is a rhythm, a point a state that nothing moves.", grid, 620, 640);
        }

        private static bool HasGates(RecordingLayout layout, RecordedCell cell) =>
            cell.GatesUnseenBecause.Length > 0 || cell.Gates.Count > 0 && (layout.Channels & RecordChannels.Gates) != 0;

        private static ColorScale ScaleOf(RecordedTrack track, float[] values, bool bounded, Skin skin) =>
            track.IsGate ? ColorScale.Gate() : bounded ? ColorScale.Signed(skin) : ColorScale.SignedByPercentile(skin, values);

        private static bool Beyond(float[] values, float limit) => Array.Exists(values, value => Math.Abs(value) > limit);

        private static bool Known(Recording recording, RecordedTrack track)
        {
            for (int t = 0; t < recording.Steps; t++)
                foreach (float value in recording.At(track, t))
                    if (float.IsFinite(value)) return true;
            return false;
        }

        private static Panel Outputs(Recording recording, RecordedTrack output, RecordedTrack? target, Skin skin)
        {
            if (target == null || output.Length > 1) return Signals(recording, output, "output", skin);
            float[] truth = recording.Values(target, 0), prediction = recording.Values(output, 0);
            double sum = 0;
            int count = 0;
            for (int t = 0; t < truth.Length; t++)
            {
                double d = (double)prediction[t] - truth[t];
                if (double.IsNaN(d) || double.IsInfinity(d)) continue;
                sum += d * d;
                count++;
            }
            var chart = new LineChart(Axis.Counting("step", recording.FirstStep, recording.Steps), Axis.Fit("value", truth, prediction)) { ShowXLabels = recording.Layout.Find("input") == null };
            chart.Add(new LineSeries("truth", truth) { First = recording.FirstStep, Color = skin.Truth, Width = 1.25f, Dashes = Array.Empty<float>() });
            chart.Add(new LineSeries("prediction", prediction) { First = recording.FirstStep, Color = skin.LineColor(1), Dashes = Array.Empty<float>(), Value = count > 0 ? "RMSE " + Axis.Short(Math.Sqrt(sum / count)) : "" });
            return chart;
        }

        private static Panel Signals(Recording recording, RecordedTrack track, string title, Skin skin)
        {
            if (track.Length > MostLines)
            {
                float[] values = recording.Values(track);
                return new Heatmap(values, track.Length, ColorScale.SignedByPercentile(skin, values), "step", recording.FirstStep) { RowTitle = title, ValueName = title };
            }
            var columns = new float[track.Length][];
            for (int i = 0; i < columns.Length; i++) columns[i] = recording.Values(track, i);
            var chart = new LineChart(Axis.Counting("step", recording.FirstStep, recording.Steps), Axis.Fit(title, columns));
            for (int i = 0; i < columns.Length; i++)
                chart.Add(new LineSeries(columns.Length == 1 ? "" : $"{title} {i.ToString(CultureInfo.InvariantCulture)}", columns[i]) { First = recording.FirstStep, Width = 1.25f });
            return chart;
        }

        private static float[][] Append(float[][] arrays, float[] more)
        {
            var all = new float[arrays.Length + 1][];
            arrays.CopyTo(all, 0);
            all[arrays.Length] = more;
            return all;
        }

        private static int[] Identity(int count)
        {
            var numbers = new int[count];
            for (int i = 0; i < count; i++) numbers[i] = i;
            return numbers;
        }

        private static string StepsOf(Recording recording) => FormattableString.Invariant($"steps {recording.FirstStep} … {recording.FirstStep + recording.Steps - 1}");

        private static string FileName(RecordedCell? cell) => cell == null ? "all" : cell.Name.Replace('.', '-');
    }
}
