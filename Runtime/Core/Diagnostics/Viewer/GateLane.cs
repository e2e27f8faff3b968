using System;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>A gate over time: its units as colours, under them the share of units that are open or shut at each step, and at the right the shares over the steps in sight.</summary>
    internal sealed class GateLane : HeatLane
    {
        private const int ShareHeight = 11, ShareGap = 2;    // in design units

        private readonly float _openAbove, _shutBelow;
        private readonly int[] _open, _shut;    // of each step that is kept, at its number modulo the length

        public GateLane(IRecordedSteps steps, int capacity, RecordedTrack track, int[] order, Skin skin, float openAbove, float shutBelow)
            : base(steps, track, order, skin, track.Symbol)
        {
            Note = track.IsCandidate ? "candidate" : "gate";
            _openAbove = openAbove;
            _shutBelow = track.IsCandidate ? -openAbove : shutBelow;
            _open = new int[capacity];
            _shut = new int[capacity];
            Count(First);
        }

        /// <summary>Whether only the cells are shown, on few rows.</summary>
        public bool IsFolded { get; set; }

        public override void Update(long from)
        {
            base.Update(from);
            if (_open != null) Count(from);
        }

        private void Count(long from)
        {
            for (long step = Math.Max(from, First); step < End; step++)
            {
                int open = 0, shut = 0;
                foreach (float value in Values(step))
                {
                    if (value > _openAbove) open++;
                    else if (value < _shutBelow) shut++;
                }
                _open[step % _open.Length] = open;
                _shut[step % _open.Length] = shut;
            }
        }

        private int ShareRows(PixelRect area, Skin skin) => !IsFolded && area.Height >= 3 * ShareHeight * skin.Scale ? ShareHeight * skin.Scale : 0;

        private protected override PixelRect CellsOf(PixelRect area, Skin skin)
        {
            int rows = ShareRows(area, skin);
            return area.Inset(0, 0, 0, rows > 0 ? rows + ShareGap * skin.Scale : 0);
        }

        // Of each column, the share of open units grows upwards from the foot, and that of shut units downwards from the top.
        public override void Paint(StateCanvas canvas, PixelRect area, in StepColumns columns, long from, long to, Skin skin)
        {
            PixelRect cells = CellsOf(area, skin);
            PaintCells(canvas, cells, columns, from, to, skin);
            int rows = ShareRows(area, skin);
            if (rows == 0) return;
            canvas.FillRect(new PixelRect(area.X + (int)(from - columns.Left), cells.Bottom, (int)(to - from), area.Bottom - cells.Bottom - rows), skin.Background);
            for (long column = from; column < to; column++)
            {
                int x = area.X + (int)(column - columns.Left);
                canvas.FillRect(new PixelRect(x, area.Bottom - rows, 1, rows), skin.Empty);
                (long first, long last) = columns.StepsOf(column);
                (long open, long shut, long all) = Shares(first, last + 1);
                if (all == 0) continue;
                int opens = (int)((2 * open * rows + all) / (2 * all)), shuts = Math.Min(rows - opens, (int)((2 * shut * rows + all) / (2 * all)));
                canvas.FillRect(new PixelRect(x, area.Bottom - opens, 1, opens), skin.LineColor(1));
                canvas.FillRect(new PixelRect(x, area.Bottom - rows, 1, shuts), skin.LineColor(0));
            }
        }

        private (long Open, long Shut, long All) Shares(long from, long to)
        {
            from = Math.Max(from, First);
            to = Math.Min(to, End);
            long open = 0, shut = 0;
            for (long step = from; step < to; step++)
            {
                open += _open[step % _open.Length];
                shut += _shut[step % _shut.Length];
            }
            return (open, shut, Math.Max(0, to - from) * Track.Length);
        }

        /// <summary>The shares over some steps, as the picture gives them.</summary>
        public (double Open, double Shut) Share(long from, long to)
        {
            (long open, long shut, long all) = Shares(from, to);
            return all == 0 ? (0, 0) : ((double)open / all, (double)shut / all);
        }

        public override void PaintReadings(StateCanvas canvas, PixelRect right, in StepColumns columns, long playhead, Skin skin)
        {
            (long first, long last) = (columns.StepsOf(columns.Left).First, columns.StepsOf(columns.Right - 1).Last);
            (double open, double shut) = Share(first, last + 1);
            int s = skin.Scale, x = right.X + 46 * s, line = skin.Font.LineHeight;
            bool both = right.Height >= 2 * line - 2 * s;
            int y = right.Y + Math.Max(0, (right.Height - skin.Font.CapHeight - (both ? line : 0)) / 2);
            Span<char> text = stackalloc char[24];
            canvas.Text(skin.Font, Write(text, open, Track.IsCandidate ? " % high" : " % open"), x, y, skin.LineColor(1));
            if (both) canvas.Text(skin.Font, Write(text, shut, Track.IsCandidate ? " % low" : " % shut"), x, y + line, skin.LineColor(0));
        }

        private static ReadOnlySpan<char> Write(Span<char> text, double share, string what)
        {
            ((int)Math.Round(100 * share)).TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
            what.AsSpan().CopyTo(text.Slice(length));
            return text.Slice(0, length + what.Length);
        }
    }
}
