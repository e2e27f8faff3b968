using System;

namespace Recurrent.Diagnostics
{
    /// <summary>The one playhead of all views, and which steps are in sight.</summary>
    public sealed class ViewerTimeline
    {
        private const long LeastSpan = 16, FirstSpan = 128;

        private long _capacity = StateRecorder.DefaultCapacity, _left;
        private int _width = 4096;    // until the picture's is known: fine enough to name a step
        private bool _isLive, _fits = true;

        /// <summary>The oldest step that is there.</summary>
        public long First { get; private set; }

        /// <summary>The number after the newest step.</summary>
        public long End { get; private set; }

        /// <summary>The step that all views speak of; −1 while there is none.</summary>
        public long Playhead { get; private set; } = -1;

        /// <summary>Whether the playhead goes along with the newest step.</summary>
        public bool IsFollowing { get; private set; } = true;

        /// <summary>How many steps the picture's width has room for.</summary>
        public long Span { get; private set; } = FirstSpan;

        /// <summary>The range that was selected, first and last step; null for none.</summary>
        public (long From, long To)? Range { get; private set; }

        /// <summary>The first step in sight.</summary>
        public long From => Columns(_width).StepsOf(Columns(_width).Left).First;

        /// <summary>The playhead jumps to a step and stays there.</summary>
        public void MoveTo(long step)
        {
            Detach();
            Playhead = Math.Max(First, Math.Min(End - 1, step));
            Show();
        }

        /// <summary>The playhead moves by some steps, and stays.</summary>
        public void MoveBy(long steps) => MoveTo(Playhead + steps);

        /// <summary>The playhead jumps to the oldest step.</summary>
        public void Home() => MoveTo(First);

        /// <summary>The playhead jumps to the newest step, and goes along with it from now on.</summary>
        public void Follow()
        {
            IsFollowing = true;
            Playhead = End - 1;
        }

        /// <summary>Shows the selected range over the whole width, or, without one, everything.</summary>
        public void Fit()
        {
            if (Range is (long from, long to))
            {
                Detach();
                _fits = false;
                SetSpan(Math.Max(LeastSpan, to - from + 1));
                _left = At(0).FirstOf(from);
                return;
            }
            _fits = true;
            SetSpan(Fitting());
            _left = At(0).FirstOf(First);
        }

        /// <summary>Shows fewer steps (a factor below 1) or more, with one of them staying where it is.</summary>
        public void Zoom(double factor, long around)
        {
            StepColumns before = Columns(_width);
            long place = before.FirstOf(around) - before.Left;
            _fits = false;
            SetSpan((long)Math.Round(Math.Max(LeastSpan, Math.Min(Math.Max(_capacity, 2 * LeastSpan), Span * factor))));
            _left = At(0).FirstOf(around) - place;
        }

        /// <summary>Moves what is in sight, by a share of the width.</summary>
        public void Pan(double share)
        {
            Detach();
            _left += (long)Math.Round(share * _width);
            long first = At(0).FirstOf(First), last = At(0).LastOf(End - 1) + 1 - _width;
            _left = Math.Max(first, Math.Min(Math.Max(first, last), _left));
        }

        /// <summary>Selects the steps from one to the other, in either order; what of them is not there is left out.</summary>
        public void Select(long a, long b)
        {
            long from = Math.Max(First, Math.Min(a, b)), to = Math.Min(End - 1, Math.Max(a, b));
            Range = from <= to ? (from, to) : ((long, long)?)null;
        }

        /// <summary>Selects nothing.</summary>
        public void SelectNothing() => Range = null;

        /// <summary>Another recording, or the same with more steps.</summary>
        internal void SetBounds(long first, long end, long capacity, bool isLive)
        {
            (First, End, _capacity, _isLive) = (first, end, capacity, isLive);
            if (_fits && Span != Fitting())
            {
                if (!IsFollowing) Remember();
                SetSpan(Fitting());
            }
            if (Range is (long from, long to)) Select(from, to);
            if (end <= first) Playhead = -1;
            else if (IsFollowing || Playhead >= end) Playhead = end - 1;
            else if (Playhead < first)
            {
                Playhead = first;
                Show();
            }
        }

        /// <summary>Another recording: as if nothing had been looked at yet.</summary>
        internal void Begin(long first, long end, long capacity, bool isLive)
        {
            (_fits, Range, _left) = (true, null, 0);
            SetBounds(first, end, capacity, isLive);
            Follow();
            Fit();
        }

        /// <summary>Puts back what was remembered.</summary>
        internal void Restore(long playhead, bool isFollowing, long from, long span, (long, long)? range)
        {
            _fits = span <= 0;
            SetSpan(_fits ? Fitting() : span);
            if (range is (long a, long b)) Select(a, b);
            IsFollowing = true;
            if (isFollowing)
            {
                Follow();
                return;
            }
            Detach();
            _left = At(0).FirstOf(from);
            Playhead = Math.Max(First, Math.Min(End - 1, playhead));
        }

        /// <summary>The span as it is remembered: 0 for one that fits by itself.</summary>
        internal long RememberedSpan => _fits ? 0 : Span;

        /// <summary>Where steps stand on a picture whose time is so wide.</summary>
        internal StepColumns Columns(int width)
        {
            if (width != _width)
            {
                long from = At(0).StepsOf(_left).First;
                _width = width;
                _left = At(0).FirstOf(from);
            }
            if (!IsFollowing) return At(_left);
            StepColumns columns = At(0);
            return At(Math.Max(columns.FirstOf(First), columns.LastOf(End - 1) + 1 - width));
        }

        private StepColumns At(long left) => new StepColumns(_width, Span, left, First, End);

        private void Detach()
        {
            if (!IsFollowing) return;
            Remember();
            IsFollowing = false;
        }

        private void Remember() => _left = Columns(_width).Left;

        private void SetSpan(long span)
        {
            long from = At(0).StepsOf(_left).First;
            Span = span;
            _left = At(0).FirstOf(from);
        }

        // All of a recording that is done; of a running one room to grow, so that the picture is at least half full and seldom painted anew.
        private long Fitting()
        {
            long count = Math.Max(LeastSpan, End - First), span = FirstSpan;
            if (!_isLive) return count;
            while (span < count) span *= 2;
            return Math.Min(span, Math.Max(_capacity, LeastSpan));
        }

        private void Show()
        {
            StepColumns columns = At(_left);
            if (columns.FirstOf(Playhead) < _left) _left = columns.FirstOf(Playhead);
            if (columns.LastOf(Playhead) >= _left + _width) _left = columns.LastOf(Playhead) + 1 - _width;
        }
    }
}
