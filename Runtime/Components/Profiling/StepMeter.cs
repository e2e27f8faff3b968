using System;
using System.Diagnostics;
using Recurrent.Diagnostics;

namespace Recurrent.Components
{
    /// <summary>
    /// How long the steps of a component take, while its Inspector or Unity's Profiler looks, and for the Profiler what its states amount to. Otherwise a step pays two branches.
    /// </summary>
    internal sealed class StepMeter
    {
        // The mean forgets half within some ten steps.
        private const double Forgetting = 1 / 16.0;

        private readonly Func<IStateSource?>? _findSource;
        private IStateSource? _source;
        private IDisposable? _connection;
        private AgentRecorder? _recorder;
        private bool _isStale = true;

        /// <param name="findSource">Whose states the Profiler is told of; asked anew when its network is another. Null for nobody's.</param>
        public StepMeter(Func<IStateSource?>? findSource) => _findSource = findSource;

        /// <summary>Whether somebody looks at <see cref="Microseconds"/>.</summary>
        public bool IsWatched { get; set; }

        /// <summary>How long a step takes, a mean of the last few; not a number before one was measured.</summary>
        public double Microseconds { get; private set; } = double.NaN;

        /// <summary>Before a step.</summary>
        /// <returns>What <see cref="End"/> is given; 0 where nobody looks.</returns>
        public long Begin()
        {
            bool isProfiled = RnnCounters.IsOn;
            if (isProfiled && _isStale) Connect();
            else if (!isProfiled && _connection != null) Disconnect();
            return isProfiled || IsWatched ? Stopwatch.GetTimestamp() : 0;
        }

        /// <summary>After a step.</summary>
        /// <param name="begun">What <see cref="Begin"/> gave.</param>
        public void End(long begun)
        {
            if (begun == 0) return;
            long ticks = Stopwatch.GetTimestamp() - begun;
            double microseconds = ticks * 1e6 / Stopwatch.Frequency;
            Microseconds = double.IsNaN(Microseconds) ? microseconds : Microseconds + Forgetting * (microseconds - Microseconds);
            if (!RnnCounters.IsOn) return;
            RnnCounters.CountStep(ticks);
            if (_recorder == null || _recorder.StepCount == 0) return;
            RnnCounters.CountState(StepSummary.Of(_recorder.Layout, _recorder.Frame(_recorder.StepCount - 1)));
            // Each step counts once.
            _recorder.Clear();
        }

        private void Connect()
        {
            Disconnect();
            _source = _findSource?.Invoke();
            _isStale = _source == null;
            if (_source == null) return;
            _source.StateChanged += Hear;
            try
            {
                if (!(_source.Watch() is StateFeed feed)) return;
                _recorder = new AgentRecorder("", feed.Describe(RecordChannels.Hidden | RecordChannels.Gates), 2);
                _connection = feed.Attach(_recorder);
            }
            catch (ArgumentException)
            {
                // It has nothing to record: only its time is counted.
            }
        }

        private void Disconnect()
        {
            if (_source != null) _source.StateChanged -= Hear;
            _connection?.Dispose();
            _source = null;
            _connection = null;
            _recorder = null;
            _isStale = true;
        }

        private void Hear(StateMarkKind kind) => _isStale |= kind == StateMarkKind.Reopened;
    }
}
