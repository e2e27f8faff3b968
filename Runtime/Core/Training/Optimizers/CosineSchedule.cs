using System;

namespace Recurrent
{
    internal sealed class CosineSchedule : LearningRateSchedule
    {
        private readonly long _duration;
        private readonly float _minimum;
        private readonly ScheduleUnit _unit;

        internal CosineSchedule(long duration, float minimum, ScheduleUnit unit)
        {
            _duration = (long)Checked(duration >= 1, duration, "Cosine", nameof(duration), "at least 1");
            _minimum = (float)Checked(minimum >= 0f && minimum <= float.MaxValue, minimum, "Cosine", nameof(minimum), "a finite value of at least 0");
            _unit = unit;
        }

        public override float LearningRate(float baseRate, int epoch, long step)
        {
            long done = _unit == ScheduleUnit.Epoch ? epoch : step;
            if (done >= _duration) return _minimum;
            return (float)(_minimum + ((double)baseRate - _minimum) * (1.0 + Math.Cos(Math.PI * done / _duration)) / 2.0);
        }

        public override string ToString() => $"Cosine(duration={_duration}, minimum={Text(_minimum)}, unit={_unit})";
    }
}
