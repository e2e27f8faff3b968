using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>The charts of a training run: its losses, and the size of its gradient.</summary>
    internal static class TrainingCharts
    {
        // Losses that differ by less are clearer on a linear axis.
        private const double LeastRatioOfLogarithm = 30;

        /// <summary>The losses by epoch; other runs behind them, thinner and without a legend of their own but for the name.</summary>
        /// <param name="epochs">The run's.</param>
        /// <param name="bestEpoch">Is marked; 0 for none.</param>
        /// <param name="others">Other runs to compare with: a name, and its epochs.</param>
        /// <param name="skin">What it will be drawn with; only needed to compare.</param>
        public static LineChart Losses(IReadOnlyList<EpochRecord> epochs, int bestEpoch = 0, IReadOnlyList<(string Name, IReadOnlyList<EpochRecord> Epochs)>? others = null, Skin? skin = null)
        {
            float[] x = Of(epochs, epoch => epoch.Epoch), train = Of(epochs, epoch => epoch.TrainLoss), validation = Of(epochs, epoch => epoch.ValidationLoss);
            bool validated = Array.Exists(validation, float.IsFinite);
            var all = new List<float[]?> { train, validated ? validation : null };
            double first = x.Length > 0 ? x[0] : 1, last = x.Length > 0 ? x[x.Length - 1] : 1;
            var curves = new List<LineSeries>();
            for (int i = 0; others != null && i < others.Count; i++)
            {
                LineSeries curve = Judged(others[i].Name, others[i].Epochs);
                curve.Color = skin!.LineColor(2 + i);
                curve.Width = 1.25f;
                curves.Add(curve);
                all.Add(curve.Y);
                if (others[i].Epochs.Count == 0) continue;
                first = Math.Min(first, others[i].Epochs[0].Epoch);
                last = Math.Max(last, others[i].Epochs[others[i].Epochs.Count - 1].Epoch);
            }
            Axis y = Axis.FitLogarithmic("loss", all.ToArray());
            if (y.High / y.Low < LeastRatioOfLogarithm) y = Axis.Fit("loss", all.ToArray());
            var chart = new LineChart(Axis.Counting("epoch", first, (int)(last - first) + 1), y) { Title = "Loss" };
            MarkerShape marker = train.Length == 1 ? MarkerShape.Circle : MarkerShape.None;
            if (train.Length > 0) chart.Add(new LineSeries("training", x, train) { Value = Last(train), Marker = marker });
            if (validated) chart.Add(new LineSeries("validation", x, validation) { Value = Last(validation), Marker = marker });
            foreach (LineSeries curve in curves) chart.Add(curve);
            if (bestEpoch > 0 && train.Length > 1) chart.MarkAt(bestEpoch);
            return chart;
        }

        /// <summary>The norm of the gradient of optimizer steps, on a log axis.</summary>
        /// <param name="x">The steps' numbers; null for 1, 2, 3, …</param>
        /// <param name="norms">The norms.</param>
        public static LineChart GradientNorms(float[]? x, float[] norms)
        {
            double first = x != null && x.Length > 0 ? x[0] : 1, last = x != null && x.Length > 0 ? x[x.Length - 1] : norms.Length;
            var chart = new LineChart(Axis.Counting("optimizer step", first, (int)Math.Max(1, last - first + 1)), Axis.FitLogarithmic("‖gradient‖", norms)) { Title = "Norm of the gradient, before clipping" };
            chart.Add(x == null ? new LineSeries("", norms) { First = 1, Width = 1f } : new LineSeries("", x, norms) { Width = 1f });
            return chart;
        }

        /// <summary>The norm of the gradient at every time step, of every cell, on a log axis.</summary>
        public static LineChart Profile(GradientProfile profile)
        {
            var norms = new float[profile.Cells.Count][];
            int steps = 1;
            for (int cell = 0; cell < norms.Length; cell++)
            {
                norms[cell] = Array.ConvertAll(profile.Norms(cell).ToArray(), norm => (float)norm);
                steps = Math.Max(steps, norms[cell].Length);
            }
            var chart = new LineChart(Axis.Counting("time step", 0, steps), Axis.FitLogarithmic("‖∂L/∂h‖", norms)) { Title = "Gradient at each time step" };
            for (int cell = 0; cell < norms.Length; cell++)
            {
                float[] curve = norms[cell];
                string value = curve.Length > 1 && curve[curve.Length - 1] > 0 ? $"first/last {Axis.Short(curve[0] / (double)curve[curve.Length - 1])}" : "";
                chart.Add(new LineSeries(profile.Cells[cell], curve) { Value = value, Marker = curve.Length <= 32 ? MarkerShape.Circle : MarkerShape.None, MarkerSize = 4f });
            }
            return chart;
        }

        private static LineSeries Judged(string name, IReadOnlyList<EpochRecord> epochs)
        {
            float[] validation = Of(epochs, epoch => epoch.ValidationLoss), judged = Array.Exists(validation, float.IsFinite) ? validation : Of(epochs, epoch => epoch.TrainLoss);
            return new LineSeries(name, Of(epochs, epoch => epoch.Epoch), judged) { Value = Last(judged) };
        }

        private static string Last(float[] values) => values.Length > 0 ? Axis.Short(values[values.Length - 1]) : "";

        private static float[] Of(IReadOnlyList<EpochRecord> epochs, Func<EpochRecord, double> value)
        {
            var values = new float[epochs.Count];
            for (int i = 0; i < values.Length; i++) values[i] = (float)value(epochs[i]);
            return values;
        }
    }
}
