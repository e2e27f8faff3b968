using System;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The way of a state through a plane, such as its first two principal components: a line that changes colour with time, a disc where it
    /// begins, a square where it ends. Both axes have the same scale, so that a circle is round.
    /// </summary>
    public sealed class Trajectory : Panel
    {
        private readonly float[] _x, _y;
        private readonly Axis _across, _upwards;

        /// <summary>The number of the first step.</summary>
        public double FirstStep { get; set; }

        /// <summary>What a step is, for the legend: "step".</summary>
        public string StepName { get; set; } = "step";

        /// <summary>A step that is marked on the way, such as a viewer's playhead; −1 for none.</summary>
        public long MarkedStep { get; set; } = -1;

        /// <summary>A way through the points (x[t], y[t]). A point that is not finite leaves a gap.</summary>
        /// <exception cref="ArgumentException">There are not as many x as y.</exception>
        public Trajectory(string xTitle, string yTitle, float[] x, float[] y)
        {
            if (x.Length != y.Length) throw new ArgumentException($"Trajectory: {x.Length} x, but {y.Length} y.", nameof(y));
            _x = x;
            _y = y;
            _across = Axis.Fit(xTitle, x);
            _upwards = Axis.Fit(yTitle, y);
        }

        /// <inheritdoc/>
        public override (int Left, int Right) MeasureSides(int width, int height, Skin skin)
        {
            int left = SideOf(_upwards, height, skin);
            return (left, Math.Max(Overhang(_across, width - left, skin), ColorBarSide(Time(), height, skin)));
        }

        /// <inheritdoc/>
        public override (int Above, int Below) MeasureEnds(int plotWidth, Skin skin) => (HeaderHeight(MakeLegend(skin), plotWidth, skin), BelowOf(_across, true, skin));

        /// <inheritdoc/>
        public override void Draw(StateCanvas canvas, PixelRect area, PixelRect plot, Skin skin)
        {
            DrawHeader(canvas, area, plot, MakeLegend(skin), skin);
            double pixels = Math.Min(plot.Width / (_across.High - _across.Low), plot.Height / (_upwards.High - _upwards.Low));
            int width = Math.Max(1, (int)(pixels * (_across.High - _across.Low))), height = Math.Max(1, (int)(pixels * (_upwards.High - _upwards.Low)));
            plot = new PixelRect(plot.X, plot.Y + (plot.Height - height) / 2, width, height);

            DrawGrid(canvas, plot, _across, _upwards, skin);
            ColorScale scale = TimeScale(skin);
            int s = skin.Scale, first = -1, last = -1;
            for (int t = 0; t < _x.Length; t++)
            {
                if (!float.IsFinite(_x[t] + _y[t])) continue;
                if (first < 0) first = t;
                if (last == t - 1 && last >= 0) canvas.Line(Column(plot, t - 1), RowOf(plot, t - 1), Column(plot, t), RowOf(plot, t), ColorAt(scale, t), 1.75f * s);
                else canvas.Marker(MarkerShape.Circle, Column(plot, t), RowOf(plot, t), 1.75f * s, ColorAt(scale, t));
                last = t;
            }
            if (first >= 0)
            {
                DrawEnd(canvas, plot, MarkerShape.Circle, first, scale, skin);
                DrawEnd(canvas, plot, MarkerShape.Square, last, scale, skin);
            }
            DrawMarked(canvas, plot, skin);
            DrawAxisAcross(canvas, plot, _across, true, skin);
            DrawAxisUpwards(canvas, area, plot, _upwards, skin);
            DrawColorBar(canvas, plot, scale, Time(), skin);
        }

        private void DrawEnd(StateCanvas canvas, PixelRect plot, MarkerShape shape, int step, ColorScale scale, Skin skin)
        {
            canvas.Marker(shape, Column(plot, step), RowOf(plot, step), 12f * skin.Scale, skin.Text);
            canvas.Marker(shape, Column(plot, step), RowOf(plot, step), 8f * skin.Scale, ColorAt(scale, step));
        }

        private void DrawMarked(StateCanvas canvas, PixelRect plot, Skin skin)
        {
            int step = (int)Math.Max(-1, Math.Min(_x.Length, MarkedStep - FirstStep));
            if (step < 0 || step >= _x.Length || MarkedStep < 0 || !float.IsFinite(_x[step] + _y[step])) return;
            canvas.Marker(MarkerShape.Diamond, Column(plot, step), RowOf(plot, step), 16f * skin.Scale, skin.Background);
            canvas.Marker(MarkerShape.Diamond, Column(plot, step), RowOf(plot, step), 13f * skin.Scale, skin.LineColor(1));
        }

        private float Column(PixelRect plot, int step) => (float)(plot.X + _across.Fraction(_x[step]) * plot.Width);

        private float RowOf(PixelRect plot, int step) => (float)(plot.Bottom - _upwards.Fraction(_y[step]) * plot.Height);

        private Rgba ColorAt(ColorScale scale, int step) => scale.Map[scale.IndexOf((float)(FirstStep + step))];

        private Axis Time() => Axis.Counting("", FirstStep, _x.Length);

        // The end of the map that would sink into the ground is left out.
        private ColorScale TimeScale(Skin skin)
        {
            double low = FirstStep - 0.5, high = FirstStep + Math.Max(1, _x.Length) - 0.5, span = high - low;
            return skin.IsDark ? new ColorScale(ColorMap.Cividis, low - 0.6 * span, high) : new ColorScale(ColorMap.Cividis, low, high + 0.35 * span);
        }

        private Legend MakeLegend(Skin skin)
        {
            var legend = new Legend();
            string At(double step) => StepName + " " + step.ToString(CultureInfo.InvariantCulture);
            legend.Add(Legend.Sample.Marker, "start", At(FirstStep), skin.Text, MarkerShape.Circle);
            if (MarkedStep >= FirstStep && MarkedStep < FirstStep + _x.Length) legend.Add(Legend.Sample.Marker, "playhead", At(MarkedStep), skin.LineColor(1), MarkerShape.Diamond);
            legend.Add(Legend.Sample.Marker, "end", At(FirstStep + Math.Max(0, _x.Length - 1)), skin.Text, MarkerShape.Square);
            return legend;
        }
    }
}
