using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class LearningRateScheduleTests
    {
        [Test]
        public void ConstantStaysAtTheBaseRate() =>
            Assert.That(LearningRateSchedule.Constant.LearningRate(0.3f, 7, 900), Is.EqualTo(0.3f));

        [Test]
        public void StepDecayFallsAtWholePeriods()
        {
            // torch.optim.lr_scheduler.StepLR(step_size=3, gamma=0.5) from 0.8.
            LearningRateSchedule schedule = LearningRateSchedule.StepDecay(3, 0.5);
            float[] expected = { 0.8f, 0.8f, 0.8f, 0.4f, 0.4f, 0.4f, 0.2f };
            for (int epoch = 0; epoch < expected.Length; epoch++)
                Assert.That(schedule.LearningRate(0.8f, epoch, 1000), Is.EqualTo(expected[epoch]));
        }

        [Test]
        public void CosineIsHalfACosine()
        {
            LearningRateSchedule schedule = LearningRateSchedule.Cosine(8, minimum: 0.2f);
            Assert.That(schedule.LearningRate(1f, 0, 0), Is.EqualTo(1f));
            Assert.That(schedule.LearningRate(1f, 2, 0), Is.EqualTo(0.2 + 0.8 * (1.0 + Math.Sqrt(0.5)) / 2.0).Within(1e-7));
            Assert.That(schedule.LearningRate(1f, 4, 0), Is.EqualTo(0.6f).Within(1e-7));
            Assert.That(schedule.LearningRate(1f, 7, 0), Is.EqualTo(0.2 + 0.8 * (1.0 + Math.Cos(7.0 * Math.PI / 8.0)) / 2.0).Within(1e-7));
            Assert.That(schedule.LearningRate(1f, 8, 0), Is.EqualTo(0.2f));
            Assert.That(schedule.LearningRate(1f, 12, 0), Is.EqualTo(0.2f));
        }

        [Test]
        public void CosineIsTheRecurrenceThatPyTorchSteps()
        {
            // CosineAnnealingLR's own recursive form, in double precision.
            LearningRateSchedule schedule = LearningRateSchedule.Cosine(20, minimum: 0.001f);
            double rate = 0.1;
            for (int epoch = 1; epoch < 20; epoch++)
            {
                rate = (1.0 + Math.Cos(Math.PI * epoch / 20)) / (1.0 + Math.Cos(Math.PI * (epoch - 1) / 20)) * (rate - 0.001) + 0.001;
                Assert.That(schedule.LearningRate(0.1f, epoch, 0), Is.EqualTo(rate).Within(1e-8));
            }
        }

        [Test]
        public void TheUnitSaysWhatIsCounted()
        {
            Assert.That(LearningRateSchedule.StepDecay(10, 0.5, ScheduleUnit.Step).LearningRate(1f, 3, 25), Is.EqualTo(0.25f));
            Assert.That(LearningRateSchedule.StepDecay(10, 0.5).LearningRate(1f, 3, 25), Is.EqualTo(1f));
            Assert.That(LearningRateSchedule.Cosine(50, unit: ScheduleUnit.Step).LearningRate(1f, 3, 25), Is.EqualTo(0.5f).Within(1e-7));
            Assert.That(LearningRateSchedule.Constant.WithWarmUp(4, 0.5, ScheduleUnit.Epoch).LearningRate(1f, 2, 1), Is.EqualTo(0.75f));
        }

        [Test]
        public void WarmUpRisesInAStraightLineAndMultiplies()
        {
            // LinearLR(start_factor=0.25, total_iters=4) per step, chained with StepLR(2, 0.5) per epoch; three steps an epoch.
            LearningRateSchedule schedule = LearningRateSchedule.StepDecay(2, 0.5).WithWarmUp(4, 0.25);
            float[] expected = { 0.25f, 0.4375f, 0.625f, 0.8125f, 1f, 1f, 0.5f };
            for (int step = 0; step < expected.Length; step++)
                Assert.That(schedule.LearningRate(1f, step / 3, step), Is.EqualTo(expected[step]));
        }

        [Test]
        public void PlateauReducesAfterMoreThanPatienceBadEpochs()
        {
            // ReduceLROnPlateau(factor=0.5, patience=1, threshold=0.1, cooldown=1, min_lr=0.2) from 1, one column per epoch:
            // best 10; 9.5 is not 10 % better: bad 1; 9.1: bad 2 > 1, reduce; cooling; bad 1; 8.9 is better; bad 1; bad 2, reduce; cooling; NaN bad 1; bad 2, reduce to the minimum.
            LearningRateSchedule schedule = LearningRateSchedule.Plateau(0.5, 1, 0.1, 1, 0.2f);
            double[] losses = { 10, 9.5, 9.1, 9.1, 9.1, 8.9, 8.9, 8.9, 8.9, double.NaN, 8.9 };
            float[] expected = { 1f, 1f, 0.5f, 0.5f, 0.5f, 0.5f, 0.5f, 0.25f, 0.25f, 0.25f, 0.2f };
            for (int epoch = 0; epoch < losses.Length; epoch++)
            {
                schedule.EndEpoch(losses[epoch]);
                Assert.That(schedule.LearningRate(1f, epoch + 1, 0), Is.EqualTo(expected[epoch]), $"after epoch {epoch}");
            }
        }

        [Test]
        public void PlateauTakesNegativeLosses()
        {
            // A Gaussian's log-likelihood: −1 → −1.005 is not 1 % better; PyTorch's best · (1 − threshold) = −0.99 would take it, and −0.995, as better.
            LearningRateSchedule schedule = LearningRateSchedule.Plateau(0.5, patience: 0, threshold: 0.01);
            schedule.EndEpoch(-1.0);
            Assert.That(schedule.LearningRate(1f, 1, 0), Is.EqualTo(1f));
            schedule.EndEpoch(-1.02);
            Assert.That(schedule.LearningRate(1f, 2, 0), Is.EqualTo(1f));
            schedule.EndEpoch(-1.025);
            Assert.That(schedule.LearningRate(1f, 3, 0), Is.EqualTo(0.5f));
        }

        [Test]
        public void PlateauLeavesATinyRateAlone()
        {
            // PyTorch's eps: a change of less than 1e-8 is not made.
            LearningRateSchedule schedule = LearningRateSchedule.Plateau(0.1, patience: 0);
            for (int epoch = 0; epoch < 5; epoch++) schedule.EndEpoch(1.0);
            Assert.That(schedule.LearningRate(1e-7f, 5, 0), Is.EqualTo(1e-8f).Within(1e-15f));
        }

        [Test]
        public void AResumedPlateauContinuesAsTheFirst()
        {
            var random = new RandomSource(5);
            var losses = new double[60];
            for (int i = 0; i < losses.Length; i++) losses[i] = i == 0 ? double.NaN : 1.0 + random.NextDouble() / i;
            for (int saved = 0; saved < losses.Length; saved++)
            {
                LearningRateSchedule whole = Create(), resumed = Create();
                for (int i = 0; i < saved; i++) whole.EndEpoch(losses[i]);
                double[] state = whole.GetState();
                foreach (double number in state) Assert.That(double.IsNaN(number) || double.IsInfinity(number), Is.False);
                resumed.SetState(state);
                for (int i = saved; i < losses.Length; i++)
                {
                    whole.EndEpoch(losses[i]);
                    resumed.EndEpoch(losses[i]);
                    Assert.That(resumed.LearningRate(0.1f, i, i), Is.EqualTo(whole.LearningRate(0.1f, i, i)));
                }
                Assert.That(resumed.GetState(), Is.EqualTo(whole.GetState()));
                Assert.That(whole.LearningRate(0.1f, 60, 60), Is.LessThan(0.1f));
            }

            static LearningRateSchedule Create() => LearningRateSchedule.Plateau(0.7, 2, 1e-3, 1).WithWarmUp(10);
        }

        [Test]
        public void AStateThatDoesNotFitIsRefused()
        {
            LearningRateSchedule plateau = LearningRateSchedule.Plateau();
            Assert.That(() => plateau.SetState(new double[2]), Throws.ArgumentException);
            Assert.That(() => plateau.SetState(new[] { 0.0, 0.5, 0.0 }), Throws.ArgumentException);
            Assert.That(() => plateau.SetState(new[] { 0.0, 0.0, -1.0 }), Throws.ArgumentException);
            Assert.That(() => plateau.SetState(new[] { 0.0, 0.0, 0.0, double.NaN }), Throws.ArgumentException);
            Assert.That(() => LearningRateSchedule.Constant.SetState(new double[1]),
                Throws.ArgumentException.With.Message.StartsWith("Constant: got a state of 1 numbers, expected none."));
        }

        [Test]
        public void ParametersAreChecked()
        {
            Assert.That(() => LearningRateSchedule.StepDecay(0), Throws.ArgumentException.With.Message.StartsWith("StepDecay: period is 0, expected at least 1."));
            Assert.That(() => LearningRateSchedule.StepDecay(1, double.NaN), Throws.ArgumentException);
            Assert.That(() => LearningRateSchedule.Cosine(0), Throws.ArgumentException);
            Assert.That(() => LearningRateSchedule.Cosine(1, -1f), Throws.ArgumentException);
            Assert.That(() => LearningRateSchedule.Plateau(factor: 1.0), Throws.ArgumentException);
            Assert.That(() => LearningRateSchedule.Plateau(patience: -1), Throws.ArgumentException);
            Assert.That(() => LearningRateSchedule.Constant.WithWarmUp(0), Throws.ArgumentException);
            Assert.That(() => LearningRateSchedule.Constant.WithWarmUp(5, 0.0), Throws.ArgumentException);
        }

        [Test]
        public void EveryScheduleNamesItsParameters()
        {
            Assert.That(LearningRateSchedule.Constant.ToString(), Is.EqualTo("Constant"));
            Assert.That(LearningRateSchedule.StepDecay(30, 0.5).ToString(), Is.EqualTo("StepDecay(period=30, gamma=0.5, unit=Epoch)"));
            Assert.That(LearningRateSchedule.Cosine(100, 0.001f).WithWarmUp(50, 0.1).ToString(),
                Is.EqualTo("Cosine(duration=100, minimum=0.001, unit=Epoch).WithWarmUp(duration=50, startFactor=0.1, unit=Step)"));
            Assert.That(LearningRateSchedule.Plateau().ToString(), Is.EqualTo("Plateau(factor=0.1, patience=10, threshold=0.0001, cooldown=0, minimum=0)"));
        }
    }
}
