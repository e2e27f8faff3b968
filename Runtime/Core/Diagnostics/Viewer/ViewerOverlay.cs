using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>What lies over the lanes and moves with the pointer: the playhead, the range, what the pointer is over, the steps in which a breakpoint came to hold.</summary>
    internal readonly struct ViewerOverlay
    {
        public ViewerOverlay(long playhead, bool isLive, (long From, long To)? range, (int X, int Y, StateReading Reading)? hover, ViewerProbe? selected, List<long> hits, List<long> marks)
        {
            Playhead = playhead;
            IsLive = isLive;
            Range = range;
            Hover = hover;
            Selected = selected;
            Hits = hits;
            Marks = marks;
        }

        public long Playhead { get; }

        public bool IsLive { get; }

        /// <summary>The first step and the last.</summary>
        public (long From, long To)? Range { get; }

        public (int X, int Y, StateReading Reading)? Hover { get; }

        public ViewerProbe? Selected { get; }

        public List<long> Hits { get; }

        public List<long> Marks { get; }

        public void Draw(StateCanvas canvas, DataArea data, Skin skin)
        {
            PixelRect plot = data.Plot, ruler = data.Ruler;
            DrawOver(canvas, PixelRect.FromEdges(plot.X, ruler.Y, plot.Right, ruler.Bottom), data, skin);
            for (int i = 0; i < data.Count; i++)
            {
                (Lane lane, PixelRect area) = data[i];
                // Down to the next lane, so that a line is one line; a tab's picture has an axis of its own.
                int bottom = i + 1 < data.Count ? data[i + 1].Area.Y : area.Bottom;
                if (!(lane is PictureLane)) DrawOver(canvas, PixelRect.FromEdges(plot.X, i == 0 ? ruler.Bottom : area.Y, plot.Right, bottom), data, skin);
                if (lane is LineLane { Fan: HorizonFan fan } line) fan.Draw(canvas, area, data.Columns, line, Playhead, skin);
                canvas.Clip = canvas.Bounds;
                if (lane is HeatLane heat && Selected is ViewerProbe unit && heat.Track.Name == unit.Track) DrawUnit(canvas, area, heat, unit.Unit, skin);
            }
            canvas.Clip = canvas.Bounds;
            foreach (long hit in Hits) DrawHit(canvas, plot, data.Columns.MiddleOf(hit), ruler.Bottom - 4 * skin.Scale, skin);
            if (IsSeen(data)) DrawFlag(canvas, data, skin);
            if (Hover is (int x, int y, StateReading reading)) DrawHover(canvas, plot, x, y, reading.ToString(), skin);
        }

        private void DrawOver(StateCanvas canvas, PixelRect area, DataArea data, Skin skin)
        {
            StepColumns columns = data.Columns;
            int s = skin.Scale;
            canvas.Clip = area;
            if (Range is (long from, long to))
            {
                int x = area.X + ToPixel(columns.FirstOf(from) - columns.Left), end = area.X + ToPixel(columns.LastOf(to) + 1 - columns.Left);
                // One that fills all that is in sight says nothing, and would colour every value.
                if (x > area.X || end < area.Right) canvas.FillRect(PixelRect.FromEdges(x, area.Y, end, area.Bottom), skin.LineColor(0).WithOpacity(0.16f));
                canvas.FillRect(new PixelRect(x, area.Y, s, area.Height), skin.LineColor(0));
                canvas.FillRect(new PixelRect(end - s, area.Y, s, area.Height), skin.LineColor(0));
            }
            foreach (long mark in Marks) canvas.FillRect(new PixelRect(area.X + ToPixel(columns.FirstOf(mark) - columns.Left), area.Y, s, area.Height), skin.MutedText.WithOpacity(0.7f));
            if (!IsSeen(data) || area.Y < data.Ruler.Bottom) return;
            int head = HeadOf(data);
            canvas.FillRect(new PixelRect(head - s, area.Y, 3 * s, area.Height), skin.Background.WithOpacity(0.55f));
            canvas.FillRect(new PixelRect(head, area.Y, s, area.Height), skin.Text);
        }

        private int HeadOf(DataArea data) => data.Plot.X + ToPixel((long)Math.Floor(data.Columns.MiddleOf(Playhead)));

        private bool IsSeen(DataArea data) => Playhead >= data.Columns.First && Playhead < data.Columns.End && HeadOf(data) >= data.Plot.X && HeadOf(data) < data.Plot.Right;

        private static int ToPixel(long column) => (int)Math.Max(-20000, Math.Min(20000, column));

        // A triangle that points down at its step.
        private static void DrawHit(StateCanvas canvas, PixelRect plot, float column, int foot, Skin skin)
        {
            if (column < 0 || column >= plot.Width) return;
            for (int row = 0; row < 7 * skin.Scale; row++)
                canvas.FillRect(new PixelRect(plot.X + (int)column - row / 2, foot - row, row / 2 * 2 + 1, 1), skin.IsDark ? skin.LineColor(5) : skin.LineColor(1));
        }

        // The number of the selected unit, beside its row.
        private static void DrawUnit(StateCanvas canvas, PixelRect area, HeatLane lane, int unit, Skin skin)
        {
            int s = skin.Scale, place = Array.IndexOf(lane.Order, unit), y = lane.MiddleOf(area, place, skin);
            Span<char> text = stackalloc char[16];
            unit.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
            int width = skin.TitleFont.Measure(text.Slice(0, length)), height = skin.Font.CapHeight;
            canvas.FillRect(new PixelRect(area.X - width - 14 * s, y - height / 2 - 3 * s, width + 12 * s, height + 6 * s), skin.Background);
            canvas.Text(skin.TitleFont, text.Slice(0, length), area.X - 9 * s, y - height / 2, skin.LineColor(1), 1f);
            for (int column = 0; column < 5 * s; column++) canvas.FillRect(new PixelRect(area.X - 6 * s + column, y - (5 * s - column), 1, 2 * (5 * s - column)), skin.LineColor(1));
        }

        private void DrawFlag(StateCanvas canvas, DataArea data, Skin skin)
        {
            int s = skin.Scale, x = HeadOf(data);
            Span<char> text = stackalloc char[32];
            Playhead.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
            int width = skin.TitleFont.Measure(text.Slice(0, length)) + 12 * s, left = Math.Max(0, Math.Min(x - width / 2, canvas.Width - width));
            Rgba paper = IsLive ? skin.LineColor(2) : skin.Text, ink = IsLive ? Rgba.FromRgb(0xFFFFFF) : skin.Background;
            var flag = new PixelRect(left, data.Ruler.Y - 2 * s, width, skin.Font.CapHeight + 8 * s);
            canvas.FillRect(flag, paper);
            canvas.Text(skin.TitleFont, text.Slice(0, length), left + 6 * s, flag.Y + 4 * s, ink);
            for (int row = 0; row < 5 * s; row++) canvas.FillRect(new PixelRect(x - (5 * s - row) + s, flag.Bottom + row, 2 * (5 * s - row) - s, 1), paper);
        }

        private static void DrawHover(StateCanvas canvas, PixelRect plot, int x, int y, string text, Skin skin)
        {
            int s = skin.Scale, width = skin.Font.Measure(text) + 16 * s, height = skin.Font.CapHeight + 12 * s;
            canvas.FillRect(new PixelRect(x, plot.Y, 1, plot.Height), skin.Text.WithOpacity(0.25f));
            canvas.FillRect(new PixelRect(plot.X, y, plot.Width, 1), skin.Text.WithOpacity(0.25f));
            int left = x + 14 * s + width <= canvas.Width ? x + 14 * s : Math.Max(0, x - 14 * s - width), top = y - 12 * s - height >= 0 ? y - 12 * s - height : y + 14 * s;
            var box = new PixelRect(left, top, width, height);
            canvas.FillRect(box, skin.Background);
            canvas.StrokeRect(box, skin.Axis, s);
            canvas.Text(skin.Font, text, left + 8 * s, top + 6 * s, skin.Text);
        }
    }
}
