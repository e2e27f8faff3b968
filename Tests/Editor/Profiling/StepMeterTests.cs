using System;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Recurrent.Components;

namespace RecurrentEditor.Tests
{
    public sealed class StepMeterTests
    {
        [Test]
        public void OnlyWhileSomebodyLooksStepsAreTimed()
        {
            var meter = new StepMeter(() => null);
            Assert.That(meter.Begin(), Is.Zero);
            meter.End(0);
            Assert.That(meter.Microseconds, Is.NaN);
            meter.IsWatched = true;
            long begun = meter.Begin();
            Thread.Sleep(3);
            meter.End(begun);
            Assert.That(meter.Microseconds, Is.GreaterThan(2000));
            double slow = meter.Microseconds;
            for (int i = 0; i < 200; i++) meter.End(meter.Begin());
            Assert.That(meter.Microseconds, Is.LessThan(slow / 2), "it follows");
            meter.IsWatched = false;
            double last = meter.Microseconds;
            meter.End(meter.Begin());
            Assert.That(meter.Microseconds, Is.EqualTo(last));
        }

        [Test]
        public void TheModuleHasACounterForEachFigure()
        {
            string[] expected = { RnnCounters.StepTime, RnnCounters.TrainingTime, RnnCounters.Loss, RnnCounters.GradientNorm, RnnCounters.StateNorm, RnnCounters.Saturated, RnnCounters.NotFinite };
            Assert.That(RnnProfilerModule.Counters, Is.EqualTo(expected));
            Assert.That(RnnProfilerModule.Counters.Distinct(StringComparer.Ordinal).Count(), Is.EqualTo(7));
        }
    }
}
