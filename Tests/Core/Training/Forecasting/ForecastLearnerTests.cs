using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    [TestFixture]
    public sealed class ForecastLearnerTests
    {
        private const int LookBack = 12, Horizon = 4;

        private static ForecastLearner Make(int history = 200, ulong seed = 1)
        {
            SequenceModel model = ForecastLearner.NewModel(columns: 1, hiddenSize: 24, Horizon, seed: seed);
            return new ForecastLearner(new Forecaster(model, LookBack, Horizon), new ForecastLearnerOptions { History = history, LearningRate = 5e-3f });
        }

        private static float Signal(int t, bool changed, RandomSource random) =>
            (changed ? 5 + 0.5f * MathF.Sin(t * 0.9f) : 2 * MathF.Sin(t * 0.3f)) + 0.05f * random.NextGaussian();

        /// <summary>The one-step errors' root mean square over so many samples, learning going on.</summary>
        private static double Run(ForecastLearner learner, int from, int count, bool changed, RandomSource random, out double surprise)
        {
            double sum = 0;
            surprise = 0;
            for (int t = from; t < from + count; t++)
            {
                float value = Signal(t, changed, random);
                double error = learner.Forecaster.Ready ? value - learner.Forecaster.Forecast[0] : 0;
                sum += error * error;
                learner.Push(new[] { value });
                surprise = Math.Max(surprise, learner.Forecaster.Surprise);
                learner.Train(8);
            }
            return Math.Sqrt(sum / count);
        }

        [Test]
        public void ForecastsWhatItSeesAndAdaptsToAChange()
        {
            using ForecastLearner learner = Make();
            var random = new RandomSource(3);
            Run(learner, 0, 300, changed: false, random, out _);
            double before = Run(learner, 300, 100, changed: false, random, out double calm);
            Assert.That(before, Is.LessThan(0.15), "twice the signal's step of 0.6 is 1.2, its noise 0.05");
            double shock = Run(learner, 400, 5, changed: true, random, out double surprise);
            Assert.That(shock, Is.GreaterThan(10 * before));
            Assert.That(surprise, Is.GreaterThan(calm + 3));
            Run(learner, 405, 295, changed: true, random, out _);
            Assert.That(Run(learner, 700, 100, changed: true, random, out _), Is.LessThan(1.3 * before));

            // The band comes from forecasts made beforehand, and so holds what comes next about as often as it says.
            int inside = 0;
            for (int t = 800; t < 1000; t++)
            {
                float value = Signal(t, true, random);
                if (value >= learner.Forecaster.Low[0] && value <= learner.Forecaster.High[0]) inside++;
                learner.Push(new[] { value });
                learner.Train(2);
            }
            Assert.That(inside / 200.0, Is.InRange(0.8, 0.97));
        }

        [Test]
        public void TheSameSamplesAndStepsGiveTheSameForecasts()
        {
            float[] Forecast()
            {
                using ForecastLearner learner = Make();
                Run(learner, 0, 90, changed: false, new RandomSource(5), out _);
                Assert.That(learner.Rounds, Is.GreaterThan(3));
                return learner.Forecaster.Forecast.ToArray();
            }
            Assert.That(Forecast(), Is.EqualTo(Forecast()));
        }

        [Test]
        public void NothingIsLearnedBeforeThereIsEnoughAndNothingTwiceFromTheSame()
        {
            using ForecastLearner learner = Make();
            Assert.That(learner.MinSamples, Is.EqualTo(LookBack + Horizon + 32));
            for (int t = 0; t < learner.MinSamples - 1; t++) learner.Push(new[] { 1f + t % 3 });
            Assert.That(learner.Tick(TimeSpan.FromSeconds(1)), Is.False);
            Assert.That(learner.Forecaster.Model.InputScaler, Is.Null);
            learner.Push(new[] { 2f });
            while (learner.Rounds == 0) Assert.That(learner.Tick(TimeSpan.FromMilliseconds(2)), Is.True);
            Assert.That(learner.Tick(TimeSpan.FromMilliseconds(2)), Is.False, "the round has seen all samples");
            Assert.That(learner.Loss, Is.GreaterThan(0));
            Assert.That(learner.Forecaster.Model.InputScaler!.Offset[0], Is.EqualTo(2f).Within(0.1f));
        }

        [Test]
        public void APushAllocatesNothing()
        {
            using ForecastLearner learner = Make();
            var sample = new float[1];
            for (int t = 0; t < 60; t++) learner.Push(sample);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int t = 0; t < 100; t++) learner.Push(sample);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        [Test]
        public void BadSamplesAndOptionsAreRefused()
        {
            using ForecastLearner learner = Make();
            Assert.That(() => learner.Push(new[] { float.NaN }), Throws.ArgumentException);
            Assert.That(() => Make(history: 20), Throws.ArgumentException.With.Message.Contains("a history of at least 48 samples"));
            learner.Dispose();
            Assert.That(() => learner.Push(new[] { 1f }), Throws.InstanceOf<ObjectDisposedException>());
        }
    }
}
