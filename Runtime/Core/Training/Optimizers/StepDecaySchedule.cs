using System;

namespace Recurrent
{
    internal sealed class StepDecaySchedule : LearningRateSchedule
    {
        private readonly long _period;
        private readonly double _gamma;
        private readonly ScheduleUnit _unit;

        internal StepDecaySchedule(long period, double gamma, ScheduleUnit unit)
        {
            _period = (long)Checked(period >= 1, period, "StepDecay", nameof(period), "at least 1");
            _gamma = Checked(gamma >= 0.0 && gamma <= double.MaxValue, gamma, "StepDecay", nameof(gamma), "a finite value of at least 0");
            _unit = unit;
        }

        public override float LearningRate(float baseRate, int epoch, long step) =>
            (float)(baseRate * Math.Pow(_gamma, (_unit == ScheduleUnit.Epoch ? epoch : step) / _period));

        public override string ToString() => $"StepDecay(period={_period}, gamma={Text(_gamma)}, unit={_unit})";
    }
}
