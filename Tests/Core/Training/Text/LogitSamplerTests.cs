using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class LogitSamplerTests
    {
        // Probabilities 0.1, 0.2, 0.3, 0.4.
        private static readonly float[] s_logits = { MathF.Log(1), MathF.Log(2), MathF.Log(3), MathF.Log(4) };

        private static double[] Shares(LogitSampler sampler, float[] logits)
        {
            var random = new RandomSource(5);
            var shares = new double[logits.Length];
            for (int i = 0; i < 20000; i++) shares[sampler.Sample(logits, random)] += 1.0 / 20000;
            return shares;
        }

        [TestCase(1f, 0, 0.1, 0.2, 0.3, 0.4)]
        [TestCase(0.5f, 0, 1 / 30.0, 4 / 30.0, 9 / 30.0, 16 / 30.0)]
        [TestCase(1f, 2, 0, 0, 3 / 7.0, 4 / 7.0)]
        [TestCase(0.5f, 3, 0, 4 / 29.0, 9 / 29.0, 16 / 29.0)]
        [TestCase(1f, 9, 0.1, 0.2, 0.3, 0.4)]
        [TestCase(0f, 0, 0, 0, 0, 1)]
        [TestCase(3f, 1, 0, 0, 0, 1)]
        public void DrawsByTheSoftmaxOfWhatIsLeftIn(float temperature, int topK, double a, double b, double c, double d)
        {
            // Four standard errors of a share of one half.
            Assert.That(Shares(new LogitSampler { Temperature = temperature, TopK = topK }, s_logits), Is.EqualTo(new[] { a, b, c, d }).Within(0.0142));
        }

        [Test]
        public void NeverDrawsWhatIsMaskedAndBearsLargeLogits()
        {
            double[] shares = Shares(new LogitSampler(), new[] { float.NegativeInfinity, 1000f, 1000f, -1000f });
            Assert.That(shares, Is.EqualTo(new[] { 0, 0.5, 0.5, 0 }).Within(0.0142));
            Assert.That(shares[0] + shares[3], Is.Zero);
        }

        [Test]
        public void TheSameSeedDrawsTheSame()
        {
            var sampler = new LogitSampler { Temperature = 1.3f, TopK = 3 };
            RandomSource a = new RandomSource(7), b = new RandomSource(7);
            for (int i = 0; i < 50; i++) Assert.That(sampler.Sample(s_logits, a), Is.EqualTo(sampler.Sample(s_logits, b)));
        }

        [Test]
        public void DrawingAllocatesNothing()
        {
            var sampler = new LogitSampler { TopK = 2 };
            var random = new RandomSource(1);
            sampler.Sample(s_logits, random);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) sampler.Sample(s_logits, random);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        [Test]
        public void RefusesWhatCannotBeDrawn()
        {
            var sampler = new LogitSampler();
            var random = new RandomSource(1);
            Assert.That(() => sampler.Sample(new[] { 0, float.NaN }, random), Throws.ArgumentException.With.Message.Contains("logit 1 is NaN"));
            Assert.That(() => sampler.Sample(new[] { float.PositiveInfinity }, random), Throws.ArgumentException.With.Message.Contains("logit 0 is"));
            Assert.That(() => sampler.Sample(new[] { float.NegativeInfinity }, random), Throws.ArgumentException.With.Message.Contains("at least one class"));
            Assert.That(() => sampler.Sample(Array.Empty<float>(), random), Throws.ArgumentException.With.Message.Contains("at least one class"));
            Assert.That(() => sampler.Temperature = -1, Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => sampler.Temperature = float.NaN, Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => sampler.TopK = -1, Throws.TypeOf<ArgumentOutOfRangeException>());
        }
    }
}
