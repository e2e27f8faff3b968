using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>Numbers over time as curves: prediction and truth, inputs, probes, the distance of two agents. NaN is a hatch at the top.</summary>
    internal sealed class LineLane : Lane
    {
        private const int MarkerEvery = 192, HatchRows = 5;

        private readonly List<Curve> _curves = new List<Curve>();
        private readonly IRecordedSteps _steps;
        private float[] _x = new float[64], _y = new float[64];
        private double _low, _high;
        private bool _atZero;

        public LineLane(IRecordedSteps steps, string name)
        {
            _steps = steps;
            Name = name;
        }

        public override bool IsDrawn => true;

        public override int Late => _curves.Count > 0 && _curves[0].IsTruth ? _curves[0].Track.Length : 0;

        /// <summary>What stands under the name at the left.</summary>
        public string Note { get; set; } = "";

        /// <summary>Whether the axis begins at 0.</summary>
        public bool AtZero { set => _atZero = value; }

        /// <summary>What a forecaster saw ahead at the playhead; null for none.</summary>
        public HorizonFan? Fan { get; set; }

        /// <summary>The lower end of the axis.</summary>
        public double Low => _low;

        /// <summary>The upper end.</summary>
        public double High => _high;

        private sealed class Curve
        {
            internal string Name = "";
            internal RecordedTrack Track = null!;
            internal int Unit, Number;
            internal bool IsTruth;
            internal Func<long, float>? Of;
        }

        /// <summary>Adds one number of a track.</summary>
        public LineLane Add(string name, RecordedTrack track, int unit, bool truth = false) => Add(new Curve { Name = name, Track = track, Unit = unit, IsTruth = truth });

        /// <summary>Adds what a function makes of a step; <paramref name="track"/> is what it is of.</summary>
        public LineLane Add(string name, RecordedTrack track, Func<long, float> of) => Add(new Curve { Name = name, Track = track, Of = of });

        private LineLane Add(Curve curve)
        {
            foreach (Curve other in _curves)
                if (!other.IsTruth) curve.Number++;
            _curves.Add(curve);
            return this;
        }

        private float Value(Curve curve, long step) => curve.Of != null ? curve.Of(step) : _steps.Frame(step)[curve.Track.Offset + curve.Unit];

        public override void Fit()
        {
            (_low, _high) = (double.PositiveInfinity, double.NegativeInfinity);
            Widen(_steps.FirstStep);
            Version++;
        }

        public override void Update(long from)
        {
            (double low, double high) = (_low, _high);
            Widen(Math.Max(from - Late, _steps.FirstStep));
            if (low != _low || high != _high) Version++;
        }

        // To round numbers, so that a curve that grows is painted anew only now and then.
        private void Widen(long from)
        {
            double low = _atZero ? 0 : double.PositiveInfinity, high = _atZero ? 0 : double.NegativeInfinity;
            for (long step = from; step < _steps.EndStep; step++)
                foreach (Curve curve in _curves)
                {
                    float value = Value(curve, step);
                    if (!float.IsFinite(value)) continue;
                    low = Math.Min(low, value);
                    high = Math.Max(high, value);
                }
            if (low >= _low && high <= _high || low > high) return;
            low = Math.Min(low, _low);
            high = Math.Max(high, _high);
            double range = Math.Max(high - low, Math.Max(1e-6, Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-5)), decade = Math.Pow(10, Math.Floor(Math.Log10(range / 8)));
            double steps = range / 8 / decade, round = decade * (steps > 5 ? 10 : steps > 2 ? 5 : steps > 1 ? 2 : 1);
            _low = Math.Floor(low / round) * round;
            _high = Math.Ceiling(high / round) * round;
            if (_high == _low) _high += round;
        }

        internal float RowOf(PixelRect area, float value, int s)
        {
            double inside = area.Height - 6 * s, y = area.Bottom - 3 * s - (value - _low) / (_high - _low) * inside;
            return float.IsFinite(value) ? (float)Math.Max(-20000, Math.Min(20000, y)) : float.NaN;
        }

        public override void Paint(StateCanvas canvas, PixelRect area, in StepColumns columns, long from, long to, Skin skin)
        {
            int s = skin.Scale;
            canvas.FillRect(new PixelRect(area.X + (int)(from - columns.Left), area.Y, (int)(to - from), area.Height), skin.Empty);
            if (!(_low < _high)) return;
            if (_low < 0 && _high > 0) canvas.FillRect(new PixelRect(area.X, (int)RowOf(area, 0, s), area.Width, 1), skin.Grid);
            for (int i = 0; i < _curves.Count; i++) Paint(canvas, area, columns, from, to, _curves[i], i, skin);
        }

        private void Paint(StateCanvas canvas, PixelRect area, in StepColumns columns, long from, long to, Curve curve, int index, Skin skin)
        {
            int s = skin.Scale, count = 0;
            Rgba color = ColorOf(curve, skin);
            float width = (curve.IsTruth ? 1.25f : 1.5f) * s;
            long first = Math.Max(_steps.FirstStep, columns.StepsOf(from - Reach * s).First - 1), end = Math.Min(_steps.EndStep, columns.StepsOf(to + Reach * s).Last + 2);
            if (end - first > _x.Length) (_x, _y) = (new float[end - first + 64], new float[end - first + 64]);
            for (long step = first; step < end; step++)
            {
                float value = Value(curve, step);
                _x[count] = area.X + columns.MiddleOf(step);
                _y[count++] = RowOf(area, value, s);
                if (!float.IsFinite(value)) Hatch(canvas, area, columns, step, curve, skin);
            }
            canvas.Polyline(_x.AsSpan(0, count), _y.AsSpan(0, count), color, width);
            if (_curves.Count < 2 || curve.IsTruth) return;
            // A marker now and then, so that curves can be told apart without colour; at fixed columns, so that it moves with its curve.
            long every = MarkerEvery * s, at = every / 2 + index * every / _curves.Count, left = from - Reach * s;
            for (long column = left + ((at - left) % every + every) % every; column < to + Reach * s; column += every)
            {
                long step = columns.StepsOf(column).First;
                if (step < _steps.FirstStep || step >= _steps.EndStep) continue;
                canvas.Marker(ShapeOf(curve), area.X + columns.MiddleOf(step), RowOf(area, Value(curve, step), s), 7 * s, color);
            }
        }

        // A target that nobody knows is no fault.
        private static void Hatch(StateCanvas canvas, PixelRect area, in StepColumns columns, long step, Curve curve, Skin skin)
        {
            if (curve.IsTruth) return;
            long first = columns.FirstOf(step), last = columns.LastOf(step);
            for (long column = first; column <= last; column++)
                for (int y = 0; y < HatchRows * skin.Scale; y++)
                    canvas.FillRect(new PixelRect(area.X + (int)(column - columns.Left), area.Y + y, 1, 1), StateCanvas.IsHatched((int)(column & 0xFFFFF), y, skin.Scale) ? skin.Hatch : skin.Background);
        }

        private static MarkerShape ShapeOf(Curve curve) => (MarkerShape)(1 + curve.Number % 6);

        private Rgba ColorOf(Curve curve, Skin skin) => curve.IsTruth ? skin.Truth : skin.LineColor(_curves.Exists(other => other.IsTruth) ? curve.Number + 1 : curve.Number);

        public override void PaintSides(StateCanvas canvas, PixelRect left, PixelRect area, PixelRect right, Skin skin)
        {
            int s = skin.Scale;
            if (left.Height >= 4 * skin.Font.LineHeight && _low < _high)
            {
                canvas.Text(skin.Font, Round(_high), left.Right - 8 * s, left.Y, skin.MutedText, 1f);
                canvas.Text(skin.Font, Round(_low), left.Right - 8 * s, left.Bottom - skin.Font.CapHeight - 1, skin.MutedText, 1f);
            }
            WriteName(canvas, left, Name, left.Height >= 6 * skin.Font.LineHeight ? Note : "", skin);
        }

        private static string Round(double value) => Math.Abs(value) >= 1e5 || value != 0 && Math.Abs(value) < 1e-3 ? Axis.Short(value) : value.ToString("0.###", CultureInfo.InvariantCulture).Replace('-', '−');

        public override void PaintReadings(StateCanvas canvas, PixelRect right, in StepColumns columns, long playhead, Skin skin)
        {
            int s = skin.Scale, line = skin.Font.LineHeight, shown = Math.Min(_curves.Count, Math.Max(1, (right.Height + line - skin.Font.CapHeight - skin.Font.Descent) / line));
            int y = right.Y + Math.Max(0, (right.Height - (shown - 1) * line - skin.Font.CapHeight) / 2);
            bool there = playhead >= _steps.FirstStep && playhead < _steps.EndStep;
            Span<char> text = stackalloc char[24];
            for (int i = 0; i < shown; i++, y += line)
            {
                Curve curve = _curves[i];
                float middle = y + skin.Font.CapHeight * 0.5f;
                int x = right.X + 10 * s;
                canvas.Line(x, middle, x + 16 * s, middle, ColorOf(curve, skin), (curve.IsTruth ? 1.25f : 1.5f) * s);
                if (_curves.Count > 1 && !curve.IsTruth) canvas.Marker(ShapeOf(curve), x + 8 * s, middle, 7 * s, ColorOf(curve, skin));
                x = canvas.Text(skin.Font, curve.Name, x + 22 * s, y, skin.Text).Right + (curve.Name.Length > 0 ? 6 * s : 0);
                if (!there) continue;
                ReadOnlySpan<char> number = Write(text, Value(curve, playhead));
                if (x + skin.Font.Measure(number) <= right.Right) canvas.Text(skin.Font, number, x, y, skin.MutedText);
            }
        }

        // Three digits, without garbage.
        private static ReadOnlySpan<char> Write(Span<char> text, float value)
        {
            if (float.IsNaN(value)) return "NaN".AsSpan();
            float magnitude = Math.Abs(value);
            ReadOnlySpan<char> format = (magnitude < 10 ? "0.00" : magnitude < 100 ? "0.0" : magnitude < 1e5f ? "0" : "0.0e0").AsSpan();
            if (!value.TryFormat(text, out int length, format, CultureInfo.InvariantCulture)) return default;
            if (text[0] == '-') text[0] = '−';
            return text.Slice(0, length);
        }

        public override bool Read(PixelRect area, int y, long step, Skin skin, out StateReading reading)
        {
            reading = default;
            float best = float.PositiveInfinity;
            if (step < _steps.FirstStep || step >= _steps.EndStep) return false;
            foreach (Curve curve in _curves)
            {
                float value = Value(curve, step), distance = Math.Abs(RowOf(area, value, skin.Scale) - y - 0.5f);
                if (!(distance < best)) continue;
                best = distance;
                reading = new StateReading(curve.Track, curve.Unit, step, value, curve.Of != null);
            }
            return best < float.PositiveInfinity;
        }
    }
}
