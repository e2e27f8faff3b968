using System;

namespace Recurrent
{
    /// <summary>
    /// The teacher-forcing ratio over a training run: the share of its steps at which an <see cref="EncoderDecoder"/> is fed the right symbol, drawn for every
    /// row and step; at the others it is fed what it put out at the step before, as when it runs freely (scheduled sampling; Bengio et al., 2015).
    /// The ratio is a pure function of how far training has come, and the draws come from the trainer's seed.
    /// </summary>
    public sealed class TeacherForcingSchedule
    {
        private readonly float _first, _last;
        private readonly long _duration;
        private readonly ScheduleUnit _unit;

        private TeacherForcingSchedule(float first, float last, long duration, ScheduleUnit unit)
        {
            foreach (float ratio in new[] { first, last })
                if (!(ratio >= 0 && ratio <= 1)) throw new ArgumentException(FormattableString.Invariant($"TeacherForcing: expected a ratio of 0 to 1, got {ratio}."));
            if (duration < 1) throw new ArgumentException($"TeacherForcing: expected a duration of at least 1, got {duration}.", nameof(duration));
            _first = first;
            _last = last;
            _duration = duration;
            _unit = unit;
        }

        /// <summary>The right symbol at every step.</summary>
        public static TeacherForcingSchedule Always { get; } = Constant(1);

        /// <summary>One ratio for ever.</summary>
        /// <exception cref="ArgumentException">The ratio is not in 0 … 1.</exception>
        public static TeacherForcingSchedule Constant(float ratio) => new TeacherForcingSchedule(ratio, ratio, 1, ScheduleUnit.Epoch);

        /// <summary>From one ratio to another in a straight line, then no further.</summary>
        /// <param name="first">The ratio in the beginning.</param>
        /// <param name="last">The ratio after <paramref name="duration"/>.</param>
        /// <param name="duration">How many epochs or steps that takes.</param>
        /// <param name="unit">What is counted.</param>
        /// <exception cref="ArgumentException">A ratio is not in 0 … 1, or the duration is below 1.</exception>
        public static TeacherForcingSchedule Linear(float first, float last, long duration, ScheduleUnit unit = ScheduleUnit.Epoch) =>
            new TeacherForcingSchedule(first, last, duration, unit);

        /// <summary>The ratio of the next optimizer step.</summary>
        /// <param name="epoch">How many epochs are finished: 0 during the first.</param>
        /// <param name="step">How many optimizer steps are finished: 0 before the first.</param>
        public float Ratio(int epoch, long step)
        {
            long passed = _unit == ScheduleUnit.Epoch ? epoch : step;
            return passed >= _duration ? _last : _first + (_last - _first) * ((float)passed / _duration);
        }

        /// <summary>The schedule with its parameters.</summary>
        public override string ToString() => _first == _last
            ? FormattableString.Invariant($"Constant({_first:R})")
            : FormattableString.Invariant($"Linear({_first:R} to {_last:R} in {_duration} {(_unit == ScheduleUnit.Epoch ? "epochs" : "steps")})");

        internal bool IsAlways => _first == 1 && _last == 1;
    }
}
