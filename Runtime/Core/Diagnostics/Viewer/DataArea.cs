using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The picture of a viewer's data: lanes under one ruler, and over them what moves with the pointer. A step more costs its columns, the rest is moved; another size, order,
    /// scale or skin costs all of it. Both give the same pixels.
    /// </summary>
    internal sealed class DataArea
    {
        private const int LeftSide = 84, RightSide = 132, CaptionHeight = 20, RulerHeight = 24, Gap = 6, Padding = 8, LeastHeight = 20;    // in design units

        private readonly List<(Lane Lane, PixelRect Area, int Version)> _lanes = new List<(Lane, PixelRect, int)>();
        private StateCanvas? _base, _front;
        private Skin? _skin;
        private StepColumns _columns;
        private int _layout = -1;
        private string _caption = "";

        /// <summary>The columns of time within the picture.</summary>
        public PixelRect Plot { get; private set; }

        /// <summary>The ruler above the lanes.</summary>
        public PixelRect Ruler { get; private set; }

        /// <summary>Where steps stand.</summary>
        public StepColumns Columns => _columns;

        /// <summary>How many columns were painted by the last call, of all lanes together; what a full repaint would take is shown by the first.</summary>
        public long PaintedColumns { get; private set; }

        /// <summary>The columns that time gets in a picture of this width.</summary>
        public static int WidthOf(int width, Skin skin) => Math.Max(1, width - (LeftSide + RightSide) * skin.Scale);

        /// <summary>The lane under a row, and where it stands; null for none.</summary>
        public Lane? LaneAt(int y, out PixelRect area)
        {
            foreach ((Lane lane, PixelRect at, int _) in _lanes)
                if (y >= at.Y && y < at.Bottom)
                {
                    area = at;
                    return lane;
                }
            area = default;
            return null;
        }

        /// <summary>How many lanes stand in the picture.</summary>
        public int Count => _lanes.Count;

        /// <summary>A lane, and where it stands.</summary>
        public (Lane Lane, PixelRect Area) this[int index] => (_lanes[index].Lane, _lanes[index].Area);

        /// <summary>Where a lane stands; empty if it does not.</summary>
        public PixelRect AreaOf(Lane lane)
        {
            foreach ((Lane other, PixelRect area, int _) in _lanes)
                if (other == lane) return area;
            return default;
        }

        /// <summary>Paints what has changed since the last time; <see cref="Finish"/> then gives the picture.</summary>
        /// <param name="width">Pixels.</param>
        /// <param name="height">Pixels.</param>
        /// <param name="skin">The colours and the density.</param>
        /// <param name="caption">The line on top.</param>
        /// <param name="lanes">What is shown.</param>
        /// <param name="layout">Rises whenever other lanes are shown.</param>
        /// <param name="columns">Where steps stand, by <see cref="WidthOf"/>.</param>
        /// <param name="changed">The first step that was not there the last time.</param>
        /// <param name="playhead">The step whose numbers stand at the right.</param>
        public void Paint(int width, int height, Skin skin, string caption, IReadOnlyList<Lane> lanes, int layout, in StepColumns columns, long changed, long playhead)
        {
            PaintedColumns = 0;
            bool all = _base == null || _base.Width != width || _base.Height != height || _skin != skin || _layout != layout || _columns.Span != columns.Span || _columns.Width != columns.Width
                || columns.Left < _columns.Left || columns.Left - _columns.Left >= columns.Width || columns.End < _columns.End;
            if (_base == null || _base.Width != width || _base.Height != height)
            {
                _base = new StateCanvas(width, height);
                _front = new StateCanvas(width, height);
            }
            StepColumns before = _columns;
            _columns = columns;
            _skin = skin;
            _layout = layout;
            if (all) Arrange(lanes, skin);
            if (all || caption != _caption) PaintCaption(caption, skin);
            if (all || before.Left != columns.Left) PaintRuler(skin);
            for (int i = 0; i < _lanes.Count; i++)
            {
                (Lane lane, PixelRect area, int version) = _lanes[i];
                if (all || version != lane.Version)
                {
                    PaintAll(lane, area, skin);
                    _lanes[i] = (lane, area, lane.Version);
                }
                else if (!(lane is PictureLane)) PaintNew(lane, area, before, changed, skin);
                if (!(lane is PictureLane)) PaintReadings(lane, area, playhead, skin);
            }
        }

        /// <summary>What was painted, with what moves over it.</summary>
        public StateCanvas Finish(in ViewerOverlay overlay)
        {
            _base!.Pixels.AsSpan().CopyTo(_front!.Pixels);
            overlay.Draw(_front, this, _skin!);
            return _front;
        }

        private void Arrange(IReadOnlyList<Lane> lanes, Skin skin)
        {
            int s = skin.Scale, width = _base!.Width, height = _base.Height;
            _base.Clip = _base.Bounds;
            _base.Clear(skin.Background);
            Plot = new PixelRect(LeftSide * s, Padding * s, WidthOf(width, skin), Math.Max(0, height - 2 * Padding * s));
            Ruler = new PixelRect(Plot.X, Plot.Y + CaptionHeight * s, Plot.Width, RulerHeight * s);
            _lanes.Clear();
            int space = Plot.Bottom - Ruler.Bottom - lanes.Count * Gap * s;
            float weights = 0;
            foreach (Lane lane in lanes)
            {
                space -= lane.Height * s;
                if (lane.Height == 0) weights += lane.Weight;
            }
            double y = Ruler.Bottom;
            foreach (Lane lane in lanes)
            {
                double rows = lane.Height > 0 ? lane.Height * s : Math.Max(LeastHeight * s, space * lane.Weight / weights);
                var area = PixelRect.FromEdges(Plot.X, (int)Math.Round(y), Plot.Right, (int)Math.Round(y + rows));
                y += rows + Gap * s;
                // What has no room any more is left out.
                if (area.Bottom > height) continue;
                _lanes.Add((lane, area, lane.Version));
            }
        }

        private PixelRect Left(PixelRect area) => PixelRect.FromEdges(0, area.Y, area.X, area.Bottom);

        private PixelRect Right(PixelRect area) => PixelRect.FromEdges(area.Right, area.Y, _base!.Width, area.Bottom);

        private void PaintAll(Lane lane, PixelRect area, Skin skin)
        {
            PixelRect row = PixelRect.FromEdges(0, area.Y, _base!.Width, area.Bottom);
            _base.Clip = row;
            if (lane is PictureLane picture)
            {
                picture.Paint(_base, row, skin);
                return;
            }
            _base.FillRect(row, skin.Background);
            lane.PaintSides(_base, Left(area), area, Right(area), skin);
            PaintColumns(lane, area, _columns.Left, _columns.Right, skin);
        }

        private void PaintNew(Lane lane, PixelRect area, in StepColumns before, long changed, Skin skin)
        {
            int reach = lane.IsDrawn ? Lane.Reach * skin.Scale : 0;
            long moved = _columns.Left - before.Left;
            if (moved > 0) _base!.Scroll(area, (int)moved);
            // What was lost at the old end, and the piece of a curve that led away from it.
            if (_columns.First > before.First) PaintColumns(lane, area, _columns.Left, _columns.LastOf(_columns.First) + 1 + reach, skin);
            // A curve's last piece ends in the middle of the step before the first new one. Beyond the newest step only columns that came into sight are new.
            long from = before.Right;
            if (changed < _columns.End) from = Math.Min(from, _columns.FirstOf(changed - lane.Late - (lane.IsDrawn ? 1 : 0)) - reach);
            PaintColumns(lane, area, from, moved > 0 ? _columns.Right : _columns.LastOf(_columns.End - 1) + 1 + reach, skin);
        }

        private void PaintColumns(Lane lane, PixelRect area, long from, long to, Skin skin)
        {
            from = Math.Max(from, _columns.Left);
            to = Math.Min(to, _columns.Right);
            if (from >= to) return;
            PaintedColumns += to - from;
            _base!.Clip = new PixelRect(area.X + (int)(from - _columns.Left), area.Y, (int)(to - from), area.Height);
            lane.Paint(_base, area, _columns, from, to, skin);
        }

        private void PaintReadings(Lane lane, PixelRect area, long playhead, Skin skin)
        {
            PixelRect right = Right(area);
            _base!.Clip = right;
            if (lane is GateLane) _base.FillRect(right.Inset(44 * skin.Scale, 0, 0, 0), skin.Background);
            else if (lane is LineLane) _base.FillRect(right, skin.Background);
            lane.PaintReadings(_base, right, _columns, playhead, skin);
        }

        private void PaintCaption(string caption, Skin skin)
        {
            PixelRect row = PixelRect.FromEdges(0, 0, _base!.Width, Ruler.Y - 4 * skin.Scale);
            _caption = caption;
            _base.Clip = row;
            _base.FillRect(row, skin.Background);
            _base.Text(skin.Font, skin.Font.Shorten(caption, _base.Width - Plot.X - Padding * skin.Scale), Plot.X, Plot.Y - 2 * skin.Scale, skin.Text);
        }

        // Round step numbers, far enough apart for their labels.
        private void PaintRuler(Skin skin)
        {
            int s = skin.Scale;
            PixelRect row = PixelRect.FromEdges(0, Ruler.Y, _base!.Width, Ruler.Bottom);
            _base.Clip = row;
            _base.FillRect(row, skin.Background);
            _base.FillRect(new PixelRect(Ruler.X, Ruler.Bottom - 3 * s, Ruler.Width, s), skin.Axis);
            long every = 1, least = Math.Max(1, 84L * s * _columns.Span / _columns.Width);
            for (int digit = 0; every < least; digit++) every = digit % 3 == 1 ? every / 2 * 5 : every * 2;
            (long first, long last) = (Math.Max(0, _columns.StepsOf(_columns.Left).First), _columns.StepsOf(_columns.Right - 1).Last);
            Span<char> text = stackalloc char[24];
            int reached = row.X;
            for (long step = (first + every - 1) / every * every; step <= last; step += every)
            {
                int x = Ruler.X + (int)_columns.MiddleOf(step);
                step.TryFormat(text, out int length, provider: CultureInfo.InvariantCulture);
                int half = skin.Font.Measure(text.Slice(0, length)) / 2;
                _base.FillRect(new PixelRect(x, Ruler.Bottom - 7 * s, s, 4 * s), skin.Axis);
                if (x - half < reached || x + half >= _base.Width) continue;
                _base.Text(skin.Font, text.Slice(0, length), x, Ruler.Y + 2 * s, skin.MutedText, 0.5f);
                reached = x + half + 8 * s;
            }
            _base.Text(skin.Font, "step", Ruler.X - 8 * s, Ruler.Y + 2 * s, skin.MutedText, 1f);
        }
    }
}
