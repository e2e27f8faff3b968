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

        private readonly StateFollower _states;
        private bool _isFollowing;

        /// <param name="find">Whose states the Profiler is told of.</param>
        public StepMeter(Func<IStateSource?> find) => _states = new StateFollower(find, RecordChannels.Hidden | RecordChannels.Gates, 2);

        /// <summary>Whether somebody looks at <see cref="Microseconds"/>.</summary>
        public bool IsWatched { get; set; }

        /// <summary>How long a step takes, a mean of the last few; not a number before one was measured.</summary>
        public double Microseconds { get; private set; } = double.NaN;

        /// <summary>Before a step.</summary>
        /// <returns>What <see cref="End"/> is given; 0 where nobody looks.</returns>
        public long Begin()
        {
            bool isProfiled = RnnCounters.IsOn;
            if (isProfiled) _states.Follow();
            else if (_isFollowing) _states.Dispose();
            _isFollowing = isProfiled;
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
            if (!_isFollowing) return;
            RnnCounters.CountStep(ticks);
            AgentRecorder? recorder = _states.Recorder;
            if (recorder == null || recorder.StepCount == 0) return;
            RnnCounters.CountState(StepSummary.Of(recorder.Layout, recorder.Frame(recorder.StepCount - 1)));
            // Each step counts once.
            recorder.Clear();
        }
    }
}
