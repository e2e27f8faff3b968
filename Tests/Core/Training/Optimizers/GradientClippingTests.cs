using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class GradientClippingTests
    {
        [Test]
        public void ByNormScalesToTheNormAndReturnsWhatItWas()
        {
            float[] gradients = { 3f, -4f, 12f };
            Assert.That(GradientClipping.ByNorm(gradients, 2.0), Is.EqualTo(13.0).Within(1e-12));
            double coefficient = 2.0 / (13.0 + 1e-6);
            Assert.That(gradients[0], Is.EqualTo(3.0 * coefficient).Within(1e-7));
            Assert.That(gradients[1], Is.EqualTo(-4.0 * coefficient).Within(1e-7));
            Assert.That(gradients[2], Is.EqualTo(12.0 * coefficient).Within(2e-7));
        }

        [Test]
        public void ByNormLeavesShortGradientsAlone()
        {
            float[] gradients = { 3f, -4f };
            Assert.That(GradientClipping.ByNorm(gradients, 5.1), Is.EqualTo(5.0));
            Assert.That(gradients, Is.EqualTo(new[] { 3f, -4f }));
        }

        [Test]
        public void SmallGradientsMeetThePaddingOfTheDenominator()
        {
            // PyTorch divides by the norm + 1e-6: at such a limit that halves the result.
            float[] gradients = { 1e-6f };
            GradientClipping.ByNorm(gradients, 1e-6);
            Assert.That(gradients[0], Is.EqualTo(0.5e-6).Within(1e-12));
        }

        [Test]
        public void TheNormOfHugeGradientsIsFinite()
        {
            float[] gradients = { 3e38f, 3e38f };
            Assert.That(GradientClipping.ByNorm(gradients, 1.0), Is.EqualTo(3e38 * Math.Sqrt(2.0)).Within(1e32));
            Assert.That(gradients[0], Is.EqualTo(Math.Sqrt(0.5)).Within(1e-6));
        }

        [TestCase(float.NaN)]
        [TestCase(float.PositiveInfinity)]
        [TestCase(float.NegativeInfinity)]
        public void ADivergedGradientIsReportedAndLeftAsItIs(float value)
        {
            float[] gradients = { 2f, value };
            double norm = GradientClipping.ByNorm(gradients, 1.0);
            Assert.That(double.IsNaN(norm) || double.IsInfinity(norm));
            Assert.That(gradients[0], Is.EqualTo(2f));
        }

        [Test]
        public void ByValueLimitsEachGradient()
        {
            float[] gradients = { 0.5f, -0.75f, 0.25f, -0.1f, float.NegativeInfinity, float.NaN };
            GradientClipping.ByValue(gradients, 0.3f);
            Assert.That(gradients, Is.EqualTo(new[] { 0.3f, -0.3f, 0.25f, -0.1f, -0.3f, float.NaN }));
        }

        [Test]
        public void LimitsAreChecked()
        {
            Assert.That(() => GradientClipping.ByNorm(new float[1], -1.0), Throws.ArgumentException.With.Message.StartsWith("GradientClipping: maxNorm is -1, expected at least 0."));
            Assert.That(() => GradientClipping.ByNorm(new float[1], double.NaN), Throws.ArgumentException);
            Assert.That(() => GradientClipping.ByValue(new float[1], -0.5f), Throws.ArgumentException.With.Message.StartsWith("GradientClipping: limit is -0.5, expected at least 0."));
        }

        [Test]
        public void ClippingAllocatesNothing()
        {
            var gradients = new float[100];
            long before = 0;
            for (int round = 0; round < 2; round++)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 10; i++)
                {
                    gradients[i] = 10f * i;
                    GradientClipping.ByNorm(gradients, 2.0);
                    GradientClipping.ByValue(gradients, 1f);
                }
            }
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }
    }
}
