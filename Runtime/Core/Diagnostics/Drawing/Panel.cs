using System;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// One chart: a data area, and around it the title, legend and axes for which it asks room. A <see cref="PanelGrid"/> gives the
    /// panels of a column the same left and right edges, so that a time axis means the same in all of them.
    /// </summary>
    public abstract class Panel
    {
        /// <summary>What is shown, in bold above; empty for none.</summary>
        public string Title { get; set; } = "";

        /// <summary>The columns that it needs left and right of the data area, when the whole panel has about this size.</summary>
        public abstract (int Left, int Right) MeasureSides(int width, int height, Skin skin);

        /// <summary>The rows that it needs above and below the data area, when that area has this width.</summary>
        public abstract (int Above, int Below) MeasureEnds(int plotWidth, Skin skin);

        /// <summary>Draws the data into <paramref name="plot"/>, and titles, legend and axes between it and the edge of <paramref name="area"/>.</summary>
        public abstract void Draw(StateCanvas canvas, PixelRect area, PixelRect plot, Skin skin);

        /// <summary>Draws the panel alone into an area.</summary>
        public void Draw(StateCanvas canvas, PixelRect area, Skin skin)
        {
            (int left, int right) = MeasureSides(area.Width, area.Height, skin);
            (int above, int below) = MeasureEnds(area.Width - left - right, skin);
            PixelRect plot = area.Inset(left, above, right, below);
            if (!plot.IsEmpty) Draw(canvas, area, plot, skin);
        }

        // Distances in design units, one rhythm for all panels.
        private protected const int TickLength = 4, LabelGap = 8, TitleGap = 7, HeaderGap = 8;
        private const int BarWidth = 10, BarGap = 12;

        // The legend stands under the title, or, where a panel asks for it and there is room, behind it on the same line.
        private bool IsInline(Legend legend, int plotWidth, Skin skin, bool inline)
            => inline && Title.Length > 0 && legend.Rows(plotWidth - InlineStart(skin), skin) <= 1;

        private int InlineStart(Skin skin) => skin.TitleFont.Measure(Title) + Legend.EntryGap * skin.Scale;

        private protected int HeaderHeight(Legend legend, int plotWidth, Skin skin, bool inline = false)
        {
            int lines = IsInline(legend, plotWidth, skin, inline) ? 1 : (Title.Length > 0 ? 1 : 0) + legend.Rows(plotWidth, skin);
            return lines == 0 ? HeaderGap * skin.Scale : lines * Legend.RowHeight * skin.Scale + (HeaderGap - 2) * skin.Scale;
        }

        private protected void DrawHeader(StateCanvas canvas, PixelRect area, PixelRect plot, Legend legend, Skin skin, bool inline = false)
        {
            int y = area.Y, x = plot.X;
            bool behind = IsInline(legend, plot.Width, skin, inline);
            if (Title.Length > 0)
            {
                canvas.Text(skin.TitleFont, skin.TitleFont.Shorten(Title, area.Right - plot.X), plot.X, y, skin.Text);
                if (behind) x += InlineStart(skin);
                else y += Legend.RowHeight * skin.Scale;
            }
            legend.Draw(canvas, x, y, plot.Right - x, skin);
        }

        private protected static int SideOf(Axis vertical, int height, Skin skin)
        {
            int widest = 0;
            foreach (AxisTick tick in vertical.TicksUpwards(height, skin.Font)) widest = Math.Max(widest, skin.Font.Measure(tick.Label));
            return widest + LabelGap * skin.Scale + TitleSide(vertical.Title, skin);
        }

        private protected static int TitleSide(string title, Skin skin) => title.Length > 0 ? skin.Font.CapHeight + skin.Font.Descent + TitleGap * skin.Scale : 0;

        // The last label may reach beyond the data area by half its width.
        private protected static int Overhang(Axis across, int width, Skin skin)
        {
            int half = 0;
            foreach (AxisTick tick in across.TicksAcross(Math.Max(1, width), skin.Font)) half = Math.Max(half, skin.Font.Measure(tick.Label) / 2);
            return half + 2 * skin.Scale;
        }

        private protected static int BelowOf(Axis across, bool labels, Skin skin)
        {
            if (!labels) return 4 * skin.Scale;
            int line = skin.Font.CapHeight + skin.Font.Descent;
            return (LabelGap + 1) * skin.Scale + line + (across.Title.Length > 0 ? TitleGap * skin.Scale + line : 0);
        }

        private protected static void DrawGrid(StateCanvas canvas, PixelRect plot, Axis across, Axis upwards, Skin skin)
        {
            foreach (AxisTick tick in across.TicksAcross(plot.Width, skin.Font))
            {
                if (tick.Label.Length > 0) canvas.FillRect(new PixelRect(Column(plot, tick.Fraction, skin), plot.Y, skin.Scale, plot.Height), skin.Grid);
            }
            foreach (AxisTick tick in upwards.TicksUpwards(plot.Height, skin.Font))
            {
                if (tick.Label.Length > 0) canvas.FillRect(new PixelRect(plot.X, Row(plot, tick.Fraction, skin), plot.Width, skin.Scale), skin.Grid);
            }
        }

        private protected static void DrawAxisAcross(StateCanvas canvas, PixelRect plot, Axis axis, bool labels, Skin skin)
        {
            int s = skin.Scale;
            canvas.FillRect(new PixelRect(plot.X, plot.Bottom, plot.Width, s), skin.Axis);
            foreach (AxisTick tick in axis.TicksAcross(plot.Width, skin.Font))
            {
                int x = Column(plot, tick.Fraction, skin), length = tick.Label.Length > 0 ? TickLength : TickLength / 2;
                canvas.FillRect(new PixelRect(x, plot.Bottom + s, s, (labels ? length : 2) * s), skin.Axis);
                if (labels) canvas.Text(skin.Font, tick.Label, x, plot.Bottom + (LabelGap + 1) * s, skin.MutedText, 0.5f);
            }
            if (!labels || axis.Title.Length == 0) return;
            int y = plot.Bottom + (LabelGap + 1 + TitleGap) * s + skin.Font.CapHeight + skin.Font.Descent;
            canvas.Text(skin.Font, skin.Font.Shorten(axis.Title, plot.Width), plot.X + plot.Width / 2, y, skin.MutedText, 0.5f);
        }

        private protected static void DrawAxisUpwards(StateCanvas canvas, PixelRect area, PixelRect plot, Axis axis, Skin skin)
        {
            int s = skin.Scale;
            canvas.FillRect(new PixelRect(plot.X - s, plot.Y, s, plot.Height + s), skin.Axis);
            foreach (AxisTick tick in axis.TicksUpwards(plot.Height, skin.Font))
            {
                int y = Row(plot, tick.Fraction, skin), length = (tick.Label.Length > 0 ? TickLength : TickLength / 2) * s;
                canvas.FillRect(new PixelRect(plot.X - s - length, y, length, s), skin.Axis);
                canvas.Text(skin.Font, tick.Label, plot.X - LabelGap * s, y + s / 2 - skin.Font.CapHeight / 2, skin.MutedText, 1f);
            }
            DrawTitleUpwards(canvas, area, plot, axis.Title, skin);
        }

        private protected static void DrawTitleUpwards(StateCanvas canvas, PixelRect area, PixelRect plot, string title, Skin skin)
            => canvas.TextUpwards(skin.Font, skin.Font.Shorten(title, plot.Height), area.X, plot.Y + plot.Height / 2, skin.MutedText, 0.5f);

        // The bar shows the colours of `range`: all of the scale's, or a part of them.
        private protected static int ColorBarSide(Axis range, int height, Skin skin)
        {
            int widest = 0;
            foreach (AxisTick tick in range.TicksUpwards(height, skin.Font)) widest = Math.Max(widest, skin.Font.Measure(tick.Label));
            return (BarGap + BarWidth + LabelGap) * skin.Scale + widest;
        }

        private protected static void DrawColorBar(StateCanvas canvas, PixelRect plot, ColorScale scale, Axis range, Skin skin)
        {
            int s = skin.Scale;
            var bar = new PixelRect(plot.Right + BarGap * s, plot.Y, BarWidth * s, plot.Height);
            for (int y = 0; y < bar.Height; y++)
                canvas.FillRect(new PixelRect(bar.X, bar.Bottom - 1 - y, bar.Width, 1), scale.Map[scale.IndexOf((float)range.Value((y + 0.5) / bar.Height))]);
            foreach (AxisTick tick in range.TicksUpwards(plot.Height, skin.Font))
            {
                if (tick.Label.Length == 0) continue;
                int y = Row(plot, tick.Fraction, skin);
                canvas.FillRect(new PixelRect(bar.Right, y, (TickLength - 1) * s, s), skin.Axis);
                canvas.Text(skin.Font, tick.Label, bar.Right + LabelGap * s, y + s / 2 - skin.Font.CapHeight / 2, skin.MutedText);
            }
        }

        private protected static Axis RangeOf(ColorScale scale) => scale.IsLogarithmic ? Axis.Logarithmic("", scale.Low, scale.High) : Axis.Linear("", scale.Low, scale.High);

        // The pixel column or row on which a mark's line lies, kept inside the data area.
        private protected static int Column(PixelRect plot, double fraction, Skin skin)
            => Math.Min(plot.Right - skin.Scale, Math.Max(plot.X, plot.X + (int)Math.Round(fraction * plot.Width - 0.5 * skin.Scale)));

        private protected static int Row(PixelRect plot, double fraction, Skin skin)
            => Math.Min(plot.Bottom - skin.Scale, Math.Max(plot.Y, plot.Bottom - (int)Math.Round(fraction * plot.Height + 0.5 * skin.Scale)));
    }
}
