using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// Curves, points and bands over two axes: losses, truth against prediction, a forecast's fan, gradient norms on a log axis, scatter.
    /// Values that are not finite leave a gap, and a hatched strip with the word NaN on top; values beyond the axis are flagged by a triangle at its end.
    /// </summary>
    public sealed class LineChart : Panel
    {
        private readonly List<LineSeries> _series = new List<LineSeries>();
        private readonly List<Fan> _fans = new List<Fan>();
        private readonly List<double> _marks = new List<double>();

        /// <summary>The axis from left to right.</summary>
        public Axis X { get; }

        /// <summary>The axis upwards.</summary>
        public Axis Y { get; }

        /// <summary>Whether numbers and title stand below; false where the chart beneath has the same axis.</summary>
        public bool ShowXLabels { get; set; } = true;

        /// <summary>A chart without curves.</summary>
        public LineChart(Axis x, Axis y)
        {
            X = x;
            Y = y;
        }

        /// <summary>Adds a curve; later ones are drawn over earlier ones.</summary>
        public LineChart Add(LineSeries series)
        {
            _series.Add(series);
            return this;
        }

        /// <summary>Adds bands, which are drawn beneath all curves.</summary>
        public LineChart Add(Fan fan)
        {
            _fans.Add(fan);
            return this;
        }

        /// <summary>Adds an upright line at a place of the X axis, such as the best epoch or the end of the past.</summary>
        public LineChart MarkAt(double x)
        {
            _marks.Add(x);
            return this;
        }

        /// <inheritdoc/>
        public override (int Left, int Right) MeasureSides(int width, int height, Skin skin)
        {
            int left = SideOf(Y, height, skin);
            return (left, Overhang(X, width - left, skin));
        }

        /// <inheritdoc/>
        public override (int Above, int Below) MeasureEnds(int plotWidth, Skin skin) => (HeaderHeight(MakeLegend(skin), plotWidth, skin), BelowOf(X, ShowXLabels, skin));

        /// <inheritdoc/>
        public override void Draw(StateCanvas canvas, PixelRect area, PixelRect plot, Skin skin)
        {
            DrawHeader(canvas, area, plot, MakeLegend(skin), skin);
            DrawGrid(canvas, plot, X, Y, skin);
            PixelRect clip = canvas.Clip;
            canvas.Clip = plot.Intersect(clip);
            foreach (Fan fan in _fans) DrawFan(canvas, plot, fan, skin);
            foreach (double mark in _marks)
            {
                float column = (float)(plot.X + X.Fraction(mark) * plot.Width);
                canvas.Line(column, plot.Y, column, plot.Bottom, skin.MutedText, skin.Scale, Legend.Scaled(new[] { 2f, 4f }, skin.Scale));
            }
            int bars = _series.FindAll(series => series.ShowBars).Count, bar = 0;
            for (int i = 0; i < _series.Count; i++) DrawSeries(canvas, plot, i, bars, _series[i].ShowBars ? bar++ : 0, skin);
            canvas.Clip = clip;
            for (int i = 0; i < _series.Count; i++) FlagOutside(canvas, plot, _series[i], ColorOf(i, skin), skin.Scale);
            DrawAxisAcross(canvas, plot, X, ShowXLabels, skin);
            DrawAxisUpwards(canvas, area, plot, Y, skin);
        }

        private Rgba ColorOf(int index, Skin skin) => _series[index].Color ?? skin.LineColor(index);

        private float[] DashesOf(int index) => _series[index].Dashes ?? Skin.LineDashes(index);

        private Rgba ColorOf(Fan fan, Skin skin) => fan.Color ?? (_series.Count > 0 ? ColorOf(0, skin) : skin.LineColor(0));

        private Legend MakeLegend(Skin skin)
        {
            var legend = new Legend();
            for (int i = 0; i < _series.Count; i++)
            {
                LineSeries series = _series[i];
                string value = series.Value;
                int broken = 0;
                foreach (float y in series.Y)
                {
                    if (float.IsNaN(y)) broken++;
                }
                if (broken > 0) value += (value.Length > 0 ? ", " : "") + broken.ToString(CultureInfo.InvariantCulture) + " NaN";
                if (series.ShowBars) legend.Add(Legend.Sample.Square, series.Name, value, ColorOf(i, skin));
                else if (series.ShowLine) legend.AddLine(series.Name, value, ColorOf(i, skin), series.Width, DashesOf(i), series.Marker);
                else legend.Add(Legend.Sample.Marker, series.Name, value, ColorOf(i, skin), series.Marker);
            }
            foreach (Fan fan in _fans) legend.Add(Legend.Sample.Area, fan.Name, "", skin.Background.Mix(ColorOf(fan, skin), 0.4f));
            return legend;
        }

        private void DrawFan(StateCanvas canvas, PixelRect plot, Fan fan, Skin skin)
        {
            Rgba color = ColorOf(fan, skin).WithOpacity(0.55f / (fan.Low.Length + 1));
            float[] x = Array.ConvertAll(fan.X, value => ColumnOf(plot, value));
            for (int band = 0; band < fan.Low.Length; band++)
                canvas.Band(x, Array.ConvertAll(fan.Low[band], value => RowOf(plot, value)), Array.ConvertAll(fan.High[band], value => RowOf(plot, value)), color);
        }

        private void DrawSeries(StateCanvas canvas, PixelRect plot, int index, int bars, int bar, Skin skin)
        {
            LineSeries series = _series[index];
            Rgba color = ColorOf(index, skin);
            int s = skin.Scale, count = series.Y.Length;
            var x = new float[count];
            var y = new float[count];
            for (int i = 0; i < count; i++)
            {
                x[i] = ColumnOf(plot, series.XAt(i));
                y[i] = RowOf(plot, series.Y[i]);
            }
            if (series.ShowBars) DrawBars(canvas, plot, series, x, y, color, bars, bar);
            else if (series.ShowLine) canvas.Polyline(x, y, color, series.Width * s, Legend.Scaled(DashesOf(index), s));
            if (series.Marker != MarkerShape.None)
            {
                for (int i = 0; i < count; i++) canvas.Marker(series.Marker, x[i], y[i], series.MarkerSize * s, color);
            }
            FlagNotANumber(canvas, plot, series, x, skin);
        }

        private void DrawBars(StateCanvas canvas, PixelRect plot, LineSeries series, float[] x, float[] y, Rgba color, int bars, int bar)
        {
            float foot = Math.Min(plot.Bottom, Math.Max(plot.Y, Y.IsLogarithmic ? plot.Bottom : RowOf(plot, 0.0)));
            float space = Math.Abs(ColumnOf(plot, series.XAt(0) + 1.0) - ColumnOf(plot, series.XAt(0))), width = Math.Max(1f, space * 0.76f / bars);
            for (int i = 0; i < x.Length; i++)
            {
                if (!float.IsFinite(y[i])) continue;
                float left = x[i] + (bar - bars * 0.5f) * width;
                float top = Math.Min(plot.Bottom, Math.Max(plot.Y, y[i]));
                canvas.FillRect(PixelRect.FromEdges((int)Math.Round(left), (int)Math.Round(Math.Min(top, foot)), (int)Math.Round(left + width), (int)Math.Round(Math.Max(top, foot))), color);
            }
        }

        // Triangles just outside the data area, pointing away from it; where many values are outside, one every few pixels.
        private void FlagOutside(StateCanvas canvas, PixelRect plot, LineSeries series, Rgba color, int scale)
        {
            float last = float.NegativeInfinity;
            for (int i = 0; i < series.Y.Length; i++)
            {
                float value = series.Y[i], x = ColumnOf(plot, series.XAt(i));
                bool above = value > Y.High, below = value < Y.Low && !(Y.IsLogarithmic && value == 0f);
                if (!(above || below) || x - last < 9 * scale || !(x >= plot.X && x < plot.Right)) continue;
                last = x;
                for (int row = 0; row < 6 * scale; row++)
                    canvas.FillRect(new PixelRect((int)x - row / 2, above ? plot.Y - 7 * scale + row : plot.Bottom + 6 * scale - row, row / 2 * 2 + 1, 1), color);
            }
        }

        private void FlagNotANumber(StateCanvas canvas, PixelRect plot, LineSeries series, float[] x, Skin skin)
        {
            int s = skin.Scale;
            for (int i = 0; i < x.Length; i++)
            {
                if (!float.IsNaN(series.Y[i])) continue;
                int end = i;
                while (end + 1 < x.Length && float.IsNaN(series.Y[end + 1])) end++;
                float half = x.Length > 1 ? Math.Abs(x[x.Length - 1] - x[0]) / (x.Length - 1) * 0.5f : 2f;
                int left = (int)Math.Max(plot.X, x[i] - half), right = (int)Math.Min(plot.Right, Math.Max(x[i] + 2 * s, x[end] + half));
                var strip = PixelRect.FromEdges(left, plot.Y, right, Math.Min(plot.Bottom, plot.Y + 6 * s));
                canvas.HatchRect(strip, skin.Hatch, skin.Empty, s);
                if (skin.Font.Measure("NaN") + 4 * s <= strip.Width && plot.Height > 24 * s)
                    canvas.Text(skin.Font, "NaN", strip.X + strip.Width / 2, strip.Bottom + 2 * s, skin.MutedText, 0.5f);
                i = end;
            }
        }

        private float ColumnOf(PixelRect plot, double value) => Limit(plot.X + X.Fraction(value) * plot.Width);

        private float RowOf(PixelRect plot, double value) => Limit(plot.Bottom - Y.Fraction(value) * plot.Height);

        // Far outside is far enough: single precision must still tell the pixels of a line that comes from there.
        private static float Limit(double coordinate) => !double.IsFinite(coordinate) ? float.NaN : (float)Math.Min(20000.0, Math.Max(-20000.0, coordinate));
    }
}
