using System;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// A track as units × time, of one agent or as the difference of two. Where several cells share a pixel, one that is not a number wins, then the one of the largest magnitude
    /// (the largest value, if the scale is not symmetric), as in <see cref="Heatmap"/>.
    /// </summary>
    internal class HeatLane : Lane
    {
        private const int Block = 16;    // columns painted together, so that the canvas is walked in short strides
        private const int Missing = -1, NotANumber = -2;
        private const int MostMeasured = 1 << 16;

        private static readonly float[] Limits = { 0.1f, 0.2f, 0.5f, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3f, 1e4f, 1e5f, 1e6f };

        private readonly IRecordedSteps _steps;
        private readonly IRecordedSteps? _against;
        private readonly long _ahead;    // B's step number less A's
        private readonly bool _isBounded;
        private readonly float[] _difference;
        private readonly int[] _cells, _order;    // _cells: (units, Block) of colours
        private readonly ColorMap _map;
        private long _fitted;
        private bool _hasMissing;

        public HeatLane(IRecordedSteps steps, RecordedTrack track, int[] order, Skin skin, string name, IRecordedSteps? against = null, long ahead = 0)
        {
            Name = name;
            Track = track;
            _steps = steps;
            _against = against;
            _ahead = ahead;
            _order = order;
            _difference = new float[against == null ? 0 : track.Length];
            _cells = new int[track.Length * Block];
            _map = track.IsGate && against == null ? ColorMap.Cividis : skin.Diverging;
            _isBounded = against != null || track.Channel == RecordChannels.Gates || track.Channel == RecordChannels.Hidden && track.Cell?.Kind != "RNN";
            Scale = track.IsGate && against == null ? ColorScale.Gate() : new ColorScale(_map, -1, 1);
            Fit();
        }

        public RecordedTrack Track { get; }

        public ColorScale Scale { get; private set; }

        /// <summary>Which unit stands at which place.</summary>
        public int[] Order => _order;

        /// <summary>What stands under the name at the left.</summary>
        public string Note { get; set; } = "";

        protected long End => _steps.EndStep;

        protected long First => _steps.FirstStep;

        protected ReadOnlySpan<float> Values(long step)
        {
            ReadOnlySpan<float> a = _steps.Frame(step).Slice(Track.Offset, Track.Length);
            if (_against == null) return a;
            if (step + _ahead < _against.FirstStep || step + _ahead >= _against.EndStep) return default;
            ReadOnlySpan<float> b = _against.Frame(step + _ahead).Slice(Track.Offset, Track.Length);
            // Equal infinities are no difference.
            for (int i = 0; i < a.Length; i++) _difference[i] = a[i].Equals(b[i]) ? 0f : a[i] - b[i];
            return _difference;
        }

        /// <summary>The row of pixels in the middle of a unit's cells.</summary>
        public int MiddleOf(PixelRect area, int place, Skin skin)
        {
            PixelRect cells = CellsOf(area, skin);
            return cells.Y + (int)((2L * place + 1) * cells.Height / (2 * Track.Length));
        }

        private protected virtual PixelRect CellsOf(PixelRect area, Skin skin) => area;

        public override void Update(long from)
        {
            for (long step = Math.Max(from, First); step < End && !_hasMissing; step++)
                foreach (float value in Values(step))
                    if (float.IsNaN(value))
                    {
                        _hasMissing = true;
                        Version++;
                        break;
                    }
            if (_isBounded || End - _fitted < 64) return;
            Limit();
        }

        public override void Fit()
        {
            _hasMissing = false;
            if (!_isBounded) Limit();
            Update(First);
        }

        // The smallest round limit within which 99 of 100 values lie, so that one spike does not wash out the rest.
        private void Limit()
        {
            _fitted = End;
            Span<int> within = stackalloc int[Limits.Length];
            within.Clear();
            int count = 0;
            long stride = Math.Max(1, (End - First) * Track.Length / MostMeasured);
            for (long step = First; step < End; step += stride)
                foreach (float value in Values(step))
                {
                    if (!float.IsFinite(value)) continue;
                    count++;
                    int limit = 0;
                    while (limit < Limits.Length - 1 && Math.Abs(value) > Limits[limit]) limit++;
                    within[limit]++;
                }
            int best = 0, seen = within[0];
            while (best < Limits.Length - 1 && seen < 0.99 * count) seen += within[++best];
            float high = count == 0 ? 1 : Limits[best];
            if (high == (float)Scale.High) return;
            Scale = new ColorScale(_map, -high, high);
            Version++;
        }

        public override void Paint(StateCanvas canvas, PixelRect area, in StepColumns columns, long from, long to, Skin skin) => PaintCells(canvas, area, columns, from, to, skin);

        private protected void PaintCells(StateCanvas canvas, PixelRect area, in StepColumns columns, long from, long to, Skin skin)
        {
            for (long column = from; column < to; column += Block) PaintBlock(canvas, area, columns, column, (int)Math.Min(Block, to - column), skin);
        }

        private void PaintBlock(StateCanvas canvas, PixelRect area, in StepColumns columns, long from, int count, Skin skin)
        {
            int units = Track.Length, middle = ColorMap.Length - 1;
            bool symmetric = Scale.IsSymmetric;
            for (int i = 0; i < count; i++)
            {
                (long first, long last) = columns.StepsOf(from + i);
                for (int place = 0; place < units; place++) _cells[place * Block + i] = Missing;
                for (long step = Math.Max(first, First); step <= last && step < End; step++)
                {
                    ReadOnlySpan<float> values = Values(step);
                    if (values.IsEmpty) continue;
                    for (int place = 0; place < units; place++)
                    {
                        ref int cell = ref _cells[place * Block + i];
                        cell = Stronger(cell, IndexOf(values[_order[place]]), symmetric, middle);
                    }
                }
            }

            uint[] colors = Scale.Map.Packed;
            uint ink = skin.Hatch.Packed, paper = skin.Empty.Packed;
            int x = area.X + (int)(from - columns.Left);
            Span<int> row = stackalloc int[Block];
            (int First, int Last) painted = (-1, -1);
            for (int y = 0; y < area.Height; y++)
            {
                (int First, int Last) places = ((int)((long)y * units / area.Height), (int)((long)(y + 1) * units / area.Height) - 1);
                places.Last = Math.Max(places.First, places.Last);
                if (places != painted)
                {
                    painted = places;
                    _cells.AsSpan(places.First * Block, count).CopyTo(row);
                    for (int place = places.First + 1; place <= places.Last; place++)
                        for (int i = 0; i < count; i++) row[i] = Stronger(row[i], _cells[place * Block + i], symmetric, middle);
                }
                Span<uint> pixels = canvas.Pixels.AsSpan((area.Y + y) * canvas.Width + x, count);
                for (int i = 0; i < count; i++)
                    pixels[i] = row[i] >= 0 ? colors[row[i]] : row[i] == NotANumber && StateCanvas.IsHatched((int)((from + i) & 0xFFFFF), y, skin.Scale) ? ink : paper;
            }
        }

        private int IndexOf(float value)
        {
            int index = Scale.IndexOf(value);
            return index < 0 ? NotANumber : index;
        }

        private static int Stronger(int a, int b, bool symmetric, int middle)
        {
            if (a == NotANumber || b == Missing) return a;
            if (b == NotANumber || a == Missing) return b;
            return symmetric ? Math.Abs(2 * b - middle) > Math.Abs(2 * a - middle) ? b : a : Math.Max(a, b);
        }

        public override void PaintSides(StateCanvas canvas, PixelRect left, PixelRect area, PixelRect right, Skin skin)
        {
            WriteName(canvas, left, Name, Note, skin);
            PaintBar(canvas, right, skin);
        }

        // The colours with their numbers, and the hatch with its word.
        private protected void PaintBar(StateCanvas canvas, PixelRect right, Skin skin)
        {
            int s = skin.Scale, line = skin.Font.CapHeight + skin.Font.Descent + 2 * s;
            var bar = new PixelRect(right.X + 10 * s, right.Y, 8 * s, right.Height);
            for (int y = 0; y < bar.Height; y++) canvas.FillRect(new PixelRect(bar.X, bar.Y + y, bar.Width, 1), Scale.Map[(int)((bar.Height - 0.5 - y) / bar.Height * ColorMap.Length)]);
            int x = bar.Right + 5 * s;
            if (right.Height < 2 * line) return;
            canvas.Text(skin.Font, Text(Scale.High), x, bar.Y, skin.MutedText);
            canvas.Text(skin.Font, Text(Scale.Low), x, bar.Bottom - skin.Font.CapHeight, skin.MutedText);
            if (Scale.IsSymmetric && right.Height >= 4 * line) canvas.Text(skin.Font, "0", x, bar.Y + (bar.Height - skin.Font.CapHeight) / 2, skin.MutedText);
            if (!_hasMissing || right.Height < 6 * line) return;
            var hatch = new PixelRect(x, bar.Y + bar.Height * 3 / 4 - 6 * s, 12 * s, 11 * s);
            canvas.HatchRect(hatch, skin.Hatch, skin.Empty, s);
            canvas.Text(skin.Font, "NaN", hatch.Right + 5 * s, hatch.Y, skin.Text);
        }

        private string Text(double value)
        {
            string text = value.ToString("0.###", CultureInfo.InvariantCulture).Replace('-', '−');
            return Scale.IsSymmetric && value > 0 ? "+" + text : text;
        }

        public override bool Read(PixelRect area, int y, long step, Skin skin, out StateReading reading)
        {
            reading = default;
            if (step < First || step >= End) return false;
            ReadOnlySpan<float> values = Values(step);
            if (values.IsEmpty) return false;
            area = CellsOf(area, skin);
            int unit = _order[Math.Max(0, Math.Min(Track.Length - 1, (int)((long)(y - area.Y) * Track.Length / area.Height)))];
            reading = new StateReading(Track, unit, step, values[unit], _against != null);
            return true;
        }
    }
}
