using System;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// What a classifier takes for what: a row for each true class, a column for each predicted one. A cell shows how many, and its colour the share of its row.
    /// </summary>
    public sealed class ConfusionMatrix : Panel
    {
        private readonly int[] _counts;
        private readonly string[] _classes;

        /// <summary>A matrix of counts.</summary>
        /// <param name="counts">Row after row: of the examples of true class i, how many were predicted as class j stands at i · classes + j.</param>
        /// <param name="classes">The names of the classes.</param>
        /// <exception cref="ArgumentException">The counts are not classes × classes, or one is negative.</exception>
        public ConfusionMatrix(int[] counts, string[] classes)    // (classes, classes)
        {
            if (classes.Length == 0 || counts.Length != classes.Length * classes.Length)
                throw new ArgumentException($"ConfusionMatrix: expected {classes.Length * classes.Length} counts for {classes.Length} classes, got {counts.Length}.", nameof(counts));
            if (Array.Exists(counts, count => count < 0)) throw new ArgumentException("ConfusionMatrix: expected counts of 0 or more, got a negative one.", nameof(counts));
            _counts = counts;
            _classes = classes;
        }

        /// <summary>The share of examples whose class was predicted, 0 … 1; "not a number" when there are none.</summary>
        public double Accuracy
        {
            get
            {
                long hits = 0, all = 0;
                for (int i = 0; i < _counts.Length; i++)
                {
                    all += _counts[i];
                    if (i / _classes.Length == i % _classes.Length) hits += _counts[i];
                }
                return (double)hits / all;
            }
        }

        /// <inheritdoc/>
        public override (int Left, int Right) MeasureSides(int width, int height, Skin skin)
            => (Math.Min(Widest(skin), width / 3) + LabelGap * skin.Scale + TitleSide("true class", skin), ColorBarSide(RangeOf(Shares()), height, skin));

        /// <inheritdoc/>
        public override (int Above, int Below) MeasureEnds(int plotWidth, Skin skin)
        {
            int names = Upright(plotWidth, skin) ? skin.Font.CapHeight : Widest(skin);
            return (HeaderHeight(MakeLegend(), plotWidth, skin), (LabelGap + 1 + TitleGap) * skin.Scale + names + skin.Font.CapHeight + 2 * skin.Font.Descent);
        }

        /// <inheritdoc/>
        public override void Draw(StateCanvas canvas, PixelRect area, PixelRect plot, Skin skin)
        {
            DrawHeader(canvas, area, plot, MakeLegend(), skin);
            int n = _classes.Length, s = skin.Scale, gap = plot.Width / n >= 12 * s ? s : 0;
            int cap = skin.Font.CapHeight, line = cap + skin.Font.Descent;
            bool upright = Upright(plot.Width, skin);
            ColorScale scale = Shares();
            for (int row = 0; row < n; row++)
            {
                long sum = 0;
                for (int column = 0; column < n; column++) sum += _counts[row * n + column];
                for (int column = 0; column < n; column++)
                {
                    PixelRect cell = Cell(plot, row, column).Inset(0, 0, gap, gap);
                    int count = _counts[row * n + column];
                    Rgba color = sum == 0 ? skin.Empty : scale.Map[scale.IndexOf((float)count / sum)];
                    canvas.FillRect(cell, color);
                    Rgba ink = Rgba.Contrast(color, Skin.Light.Text) > Rgba.Contrast(color, Skin.Dark.Text) ? Skin.Light.Text : Skin.Dark.Text;
                    DrawCount(canvas, cell, count, sum, ink, skin);
                }
                int middle = Cell(plot, row, 0).Y + (plot.Height / n - cap) / 2, end = plot.X - LabelGap * s, room = end - area.X - TitleSide("true class", skin);
                if (plot.Height / n >= line) canvas.Text(skin.Font, skin.Font.Shorten(_classes[row], room), end, middle, skin.MutedText, 1f);
                PixelRect under = Cell(plot, 0, row);
                if (upright) canvas.Text(skin.Font, _classes[row], under.X + under.Width / 2, plot.Bottom + LabelGap * s, skin.MutedText, 0.5f);
                else if (under.Width >= line) canvas.TextUpwards(skin.Font, _classes[row], under.X + (under.Width - cap) / 2, plot.Bottom + LabelGap * s, skin.MutedText, 1f);
            }
            int title = plot.Bottom + (LabelGap + TitleGap) * s + (upright ? line : Widest(skin) + skin.Font.Descent);
            canvas.Text(skin.Font, skin.Font.Shorten("predicted class", plot.Width), plot.X + plot.Width / 2, title, skin.MutedText, 0.5f);
            DrawTitleUpwards(canvas, area, plot, "true class", skin);
            DrawColorBar(canvas, plot, scale, RangeOf(scale), skin);
        }

        private static void DrawCount(StateCanvas canvas, PixelRect cell, int count, long sum, Rgba ink, Skin skin)
        {
            string number = count.ToString(CultureInfo.InvariantCulture), share = sum == 0 ? "" : (100.0 * count / sum).ToString("0", CultureInfo.InvariantCulture) + " %";
            int line = skin.Font.CapHeight + skin.Font.Descent, x = cell.X + cell.Width / 2, room = cell.Width - 4 * skin.Scale;
            if (skin.Font.Measure(number) > room || cell.Height < line) return;
            bool both = share.Length > 0 && skin.Font.Measure(share) <= room && cell.Height >= 2 * line + 6 * skin.Scale;
            int y = cell.Y + (cell.Height - (both ? 2 * line + 2 * skin.Scale - skin.Font.Descent : skin.Font.CapHeight)) / 2;
            canvas.Text(skin.Font, number, x, y, ink, 0.5f);
            if (both) canvas.Text(skin.Font, share, x, y + line + 2 * skin.Scale, ink, 0.5f);
        }

        private PixelRect Cell(PixelRect plot, int row, int column)
        {
            int n = _classes.Length;
            return PixelRect.FromEdges(plot.X + plot.Width * column / n, plot.Y + plot.Height * row / n, plot.X + plot.Width * (column + 1) / n, plot.Y + plot.Height * (row + 1) / n);
        }

        private int Widest(Skin skin)
        {
            int widest = 0;
            foreach (string name in _classes) widest = Math.Max(widest, skin.Font.Measure(name));
            return widest;
        }

        private bool Upright(int plotWidth, Skin skin) => Widest(skin) + 6 * skin.Scale <= plotWidth / _classes.Length;

        private static ColorScale Shares() => new ColorScale(ColorMap.Cividis, 0.0, 1.0);

        private Legend MakeLegend()
        {
            long all = 0;
            foreach (int count in _counts) all += count;
            var legend = new Legend();
            if (all > 0) legend.Add(Legend.Sample.None, "accuracy", FormattableString.Invariant($"{100.0 * Accuracy:0.0} % of {all}"));
            legend.Add(Legend.Sample.None, "colour", "share of the true class");
            return legend;
        }
    }
}
