using System;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// Units × time as colours: hidden or cell states, gates, gradients, attribution. Time runs to the right, the first unit stands on top.
    /// A colour bar with numbers stands at the right. Cells that are "not a number" are hatched, and counted in words.
    /// Where several cells share a pixel, one that is not a number wins, then the one of the largest magnitude (the largest value, if the scale is not symmetric).
    /// </summary>
    public sealed class Heatmap : Panel
    {
        /// <summary>The values, step after step: step t of row r stands at t · Rows + r.</summary>
        public float[] Values { get; }    // (T, rows)

        /// <summary>How many values a step has.</summary>
        public int Rows { get; }

        /// <summary>How many steps there are.</summary>
        public int Steps => Values.Length / Rows;

        /// <summary>The axis of time.</summary>
        public Axis X { get; }

        /// <summary>What a row is, for the upright axis: "unit".</summary>
        public string RowTitle { get; set; } = "unit";

        /// <summary>Which row of the values stands at which place, from the top; null for 0, 1, 2, …</summary>
        public int[]? RowOrder { get; set; }

        /// <summary>A name for each row of the values, shown instead of numbers; null for numbers.</summary>
        public string[]? RowNames { get; }

        /// <summary>Which colour means which value.</summary>
        public ColorScale Scale { get; }

        /// <summary>What the colours measure, before the smallest and the largest value in the legend: "h". Empty to leave it out.</summary>
        public string ValueName { get; set; } = "";

        /// <summary>Whether numbers and title stand below; false where the chart beneath has the same axis.</summary>
        public bool ShowXLabels { get; set; } = true;

        /// <summary>A heatmap of values that begin at step <paramref name="firstStep"/>.</summary>
        /// <param name="values">Step after step, each with one value a row.</param>
        /// <param name="rows">How many values a step has.</param>
        /// <param name="scale">Which colour means which value.</param>
        /// <param name="xTitle">What the axis of time counts: "step".</param>
        /// <param name="firstStep">The number of the first step.</param>
        /// <param name="rowNames">A name for each row, shown instead of numbers; null for numbers.</param>
        /// <exception cref="ArgumentException">The values are no whole number of steps, or none; or names and rows differ in number.</exception>
        public Heatmap(float[] values, int rows, ColorScale scale, string xTitle = "step", double firstStep = 0.0, string[]? rowNames = null)
        {
            if (rows < 1 || values.Length == 0 || values.Length % rows != 0)
                throw new ArgumentException($"Heatmap: expected a whole number of steps of {rows} values, got {values.Length} values.", nameof(values));
            if (rowNames != null && rowNames.Length != rows) throw new ArgumentException($"Heatmap: expected {rows} row names, got {rowNames.Length}.", nameof(rowNames));
            Values = values;
            Rows = rows;
            Scale = scale;
            X = Axis.Counting(xTitle, firstStep, values.Length / rows);
            RowNames = rowNames;
        }

        /// <inheritdoc/>
        public override (int Left, int Right) MeasureSides(int width, int height, Skin skin)
        {
            int s = skin.Scale, left = 0;
            if (RowNames != null)
            {
                foreach (string name in RowNames) left = Math.Max(left, skin.Font.Measure(name));
                left = Math.Min(left, width / 4) + LabelGap * s + TitleSide(RowTitle, skin);
            }
            else left = SideOf(RowAxis(), height, skin);
            return (left, Math.Max(Overhang(X, width - left, skin), ColorBarSide(RangeOf(Scale), height, skin)));
        }

        /// <inheritdoc/>
        public override (int Above, int Below) MeasureEnds(int plotWidth, Skin skin) => (HeaderHeight(MakeLegend(), plotWidth, skin, inline: true), BelowOf(X, ShowXLabels, skin));

        /// <inheritdoc/>
        public override void Draw(StateCanvas canvas, PixelRect area, PixelRect plot, Skin skin)
        {
            DrawHeader(canvas, area, plot, MakeLegend(), skin, inline: true);
            Paint(canvas, plot, skin);
            DrawAxisAcross(canvas, plot, X, ShowXLabels, skin);
            DrawRowAxis(canvas, area, plot, skin);
            DrawColorBar(canvas, plot, Scale, RangeOf(Scale), skin);
        }

        private void DrawRowAxis(StateCanvas canvas, PixelRect area, PixelRect plot, Skin skin)
        {
            int s = skin.Scale, end = int.MinValue;
            canvas.FillRect(new PixelRect(plot.X - s, plot.Y, s, plot.Height + s), skin.Axis);
            DrawTitleUpwards(canvas, area, plot, RowTitle, skin);
            int widest = plot.X - LabelGap * s - area.X - TitleSide(RowTitle, skin);
            void Label(double fraction, string label)
            {
                int y = plot.Y + (int)Math.Round(fraction * plot.Height - 0.5 * s);
                canvas.FillRect(new PixelRect(plot.X - s - TickLength * s, y, TickLength * s, s), skin.Axis);
                int top = y + s / 2 - skin.Font.CapHeight / 2;
                if (top < end) return;
                end = top + skin.Font.CapHeight + skin.Font.Descent + 2 * s;
                canvas.Text(skin.Font, skin.Font.Shorten(label, widest), plot.X - LabelGap * s, top, skin.MutedText, 1f);
            }
            if (RowNames == null)
            {
                foreach (AxisTick tick in RowAxis().TicksUpwards(plot.Height, skin.Font)) Label(tick.Fraction, tick.Label);
                return;
            }
            for (int place = 0; place < Rows; place++) Label((place + 0.5) / Rows, RowNames[RowOrder == null ? place : RowOrder[place]]);
        }

        /// <summary>Only the cells, without axes: fills <paramref name="plot"/>.</summary>
        public void Paint(StateCanvas canvas, PixelRect plot, Skin skin)
        {
            PixelRect visible = plot.Intersect(canvas.Clip);
            if (visible.IsEmpty) return;
            int steps = Steps;
            uint[] colors = Scale.Map.Packed;
            uint ink = skin.Hatch.Packed, paper = skin.Empty.Packed;
            var indices = new int[visible.Width];    // of one row of cells, which may fill several rows of pixels
            (int First, int Last) painted = (-1, -1);
            for (int y = visible.Y; y < visible.Bottom; y++)
            {
                (int First, int Last) rows = Cells(y - plot.Y, plot.Height, Rows);
                if (rows != painted)
                {
                    painted = rows;
                    int row = RowOrder == null ? rows.First : RowOrder[rows.First];
                    for (int i = 0; i < indices.Length; i++)
                    {
                        (int first, int last) = Cells(visible.X + i - plot.X, plot.Width, steps);
                        indices[i] = first == last && rows.First == rows.Last ? Scale.IndexOf(Values[first * Rows + row]) : Strongest(first, last, rows.First, rows.Last);
                    }
                }
                Span<uint> pixels = canvas.Pixels.AsSpan(y * canvas.Width + visible.X, indices.Length);
                for (int i = 0; i < indices.Length; i++)
                    pixels[i] = indices[i] >= 0 ? colors[indices[i]] : StateCanvas.IsHatched(visible.X + i, y, skin.Scale) ? ink : paper;
            }
        }

        // The cells whose share of the side falls on this pixel: one where cells are larger than pixels.
        private static (int First, int Last) Cells(int pixel, int pixels, int cells)
        {
            int first = (int)((long)pixel * cells / pixels), next = (int)((long)(pixel + 1) * cells / pixels);
            return (first, Math.Max(first, next - 1));
        }

        private int Strongest(int firstStep, int lastStep, int firstRow, int lastRow)
        {
            int best = -1, bestWeight = -1;
            for (int step = firstStep; step <= lastStep; step++)
            {
                for (int place = firstRow; place <= lastRow; place++)
                {
                    int index = Scale.IndexOf(Values[step * Rows + (RowOrder == null ? place : RowOrder[place])]);
                    if (index < 0) return -1;
                    int weight = Scale.IsSymmetric ? Math.Abs(2 * index - (ColorMap.Length - 1)) : index;
                    if (weight > bestWeight) (best, bestWeight) = (index, weight);
                }
            }
            return best;
        }

        private Axis RowAxis() => Axis.Counting(RowTitle, 0.0, Rows);

        private Legend MakeLegend()
        {
            int missing = 0, outside = 0, count = 0;
            float low = float.PositiveInfinity, high = float.NegativeInfinity;
            int since = -1;
            for (int i = 0; i < Values.Length; i++)
            {
                float value = Values[i];
                if (float.IsNaN(value))
                {
                    if (missing++ == 0) since = i / Rows;
                    continue;
                }
                count++;
                if (Scale.IsOutside(value)) outside++;
                low = Math.Min(low, value);
                high = Math.Max(high, value);
            }
            var legend = new Legend();
            if (count > 0) legend.Add(Legend.Sample.None, ValueName, Axis.Short(low) + " … " + Axis.Short(high));
            if (outside > 0) legend.Add(Legend.Sample.None, "beyond the colours", Percent(outside, Values.Length));
            if (missing > 0) legend.Add(Legend.Sample.Hatch, "NaN", FormattableString.Invariant($"{Percent(missing, Values.Length)}, first at {X.Low + 0.5 + since}"));
            return legend;
        }

        private static string Percent(int part, int whole)
        {
            double percent = 100.0 * part / whole;
            return percent < 0.1 ? "<0.1 %" : percent.ToString(percent < 10.0 ? "0.0" : "0", CultureInfo.InvariantCulture) + " %";
        }
    }
}
