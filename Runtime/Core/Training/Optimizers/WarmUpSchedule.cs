using System;

namespace Recurrent
{
    internal sealed class WarmUpSchedule : LearningRateSchedule
    {
        private readonly LearningRateSchedule _inner;
        private readonly long _duration;
        private readonly double _startFactor;
        private readonly ScheduleUnit _unit;

        internal WarmUpSchedule(LearningRateSchedule inner, long duration, double startFactor, ScheduleUnit unit)
        {
            _inner = inner;
            _duration = (long)Checked(duration >= 1, duration, "WarmUp", nameof(duration), "at least 1");
            _startFactor = Checked(startFactor > 0.0 && startFactor <= 1.0, startFactor, "WarmUp", nameof(startFactor), "a value in (0, 1]");
            _unit = unit;
        }

        public override float LearningRate(float baseRate, int epoch, long step)
        {
            float rate = _inner.LearningRate(baseRate, epoch, step);
            long done = _unit == ScheduleUnit.Epoch ? epoch : step;
            return done >= _duration ? rate : (float)(rate * (_startFactor + (1.0 - _startFactor) * done / _duration));
        }

        public override void EndEpoch(double validationLoss) => _inner.EndEpoch(validationLoss);

        public override double[] GetState() => _inner.GetState();

        public override void SetState(ReadOnlySpan<double> state) => _inner.SetState(state);

        public override string ToString() => $"{_inner}.WithWarmUp(duration={_duration}, startFactor={Text(_startFactor)}, unit={_unit})";
    }
}
