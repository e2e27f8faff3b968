using System;

namespace Recurrent.Diagnostics
{
    public sealed partial class StateViewer
    {
        /// <summary>A key.</summary>
        public void Press(ViewerKey key, bool shift = false)
        {
            TakeIn();
            if (Timeline.End <= Timeline.First && key != ViewerKey.Escape) return;
            switch (key)
            {
                case ViewerKey.Left: Timeline.MoveBy(shift ? -10 : -1); break;
                case ViewerKey.Right: Timeline.MoveBy(shift ? 10 : 1); break;
                case ViewerKey.Home: Timeline.Home(); break;
                case ViewerKey.End: Timeline.Follow(); break;
                case ViewerKey.Up: MoveUnit(-1); break;
                case ViewerKey.Down: MoveUnit(1); break;
                case ViewerKey.Escape: Timeline.SelectNothing(); break;
                case ViewerKey.Fit:
                    Timeline.Fit();
                    Order();
                    Rebuild();
                    break;
            }
            Touch();
        }

        private void MoveUnit(int by)
        {
            if (_scene?.State == null) return;
            int[] order = _scene.State.Order;
            int place = Selected is ViewerProbe unit && unit.Track == _scene.State.Track.Name ? Array.IndexOf(order, unit.Unit) + by : 0;
            _selected = new ViewerProbe(_scene.State.Track.Name, order[Math.Max(0, Math.Min(order.Length - 1, place))]);
        }

        /// <summary>The pointer was pressed, in pixels of the picture from its top left: on the ruler the playhead goes along, elsewhere a click sets it, and a drag selects a range.</summary>
        public void PointerDown(int x, int y)
        {
            _pressed = null;
            TakeIn();
            if (Timeline.End <= Timeline.First) return;
            if (x < _data.Plot.X)
            {
                if (_data.LaneAt(y, out _) is Lane lane && !(lane is PictureLane)) Fold(lane.Name);
                return;
            }
            if (x >= _data.Plot.Right) return;
            _isScrubbing = _data.Ruler.Contains(x, y);
            _isDragging = false;
            long step = StepAt(x);
            _pressed = (step, x);
            if (_isScrubbing) Timeline.MoveTo(step);
            Touch();
        }

        /// <summary>The pointer moved.</summary>
        public void PointerMove(int x, int y)
        {
            _pointer = (x, y);
            if (_pressed is (long from, int at))
            {
                _isDragging |= Math.Abs(x - at) >= DragPixels;
                if (_isScrubbing) Timeline.MoveTo(StepAt(x));
                else if (_isDragging) Timeline.Select(from, StepAt(x));
            }
            Touch();
        }

        /// <summary>The pointer was let go at a row: a click selects the unit under it.</summary>
        public void PointerUp(int y)
        {
            if (_pressed is (long step, int _) && !_isDragging && !_isScrubbing)
            {
                Timeline.SelectNothing();
                if (_data.LaneAt(y, out PixelRect area) is Lane lane && lane.Read(area, y, step, _skin, out StateReading reading)) _selected = new ViewerProbe(reading.Track.Name, reading.Unit);
                Timeline.MoveTo(step);
            }
            _pressed = null;
            Touch();
        }

        /// <summary>The pointer left the picture.</summary>
        public void PointerLeave()
        {
            _pointer = null;
            Touch();
        }

        /// <summary>The wheel was turned: by one notch up (−1) or down (1) it shows fewer or more steps around the pointer; with Shift it moves what is in sight.</summary>
        public void Wheel(int x, double notches, bool shift)
        {
            if (Timeline.End <= Timeline.First) return;
            if (shift) Timeline.Pan(0.1 * notches);
            else Timeline.Zoom(Math.Pow(1.25, notches), StepAt(x));
            Touch();
        }

        /// <summary>What lies under the pointer; null for nothing.</summary>
        public StateReading? Hover => Read(_data, _skin);

        private StateReading? Read(DataArea data, Skin skin)
        {
            if (!(_pointer is (int x, int y)) || !data.Plot.Contains(x, y) || Timeline.End <= Timeline.First) return null;
            StepColumns columns = Timeline.Columns(data.Plot.Width);
            long step = columns.StepsOf(columns.Left + x - data.Plot.X).First;
            if (step < Timeline.First || step >= Timeline.End) return null;
            return data.LaneAt(y, out PixelRect area) is Lane lane && lane.Read(area, y, step, skin, out StateReading reading) ? reading : (StateReading?)null;
        }

        private long StepAt(int x) => Timeline.Columns(Math.Max(1, _data.Plot.Width)).StepAt(x - _data.Plot.X);
    }
}
