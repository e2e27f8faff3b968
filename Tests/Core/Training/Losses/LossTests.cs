using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class LossTests
    {
        private static readonly float s_nan = float.NaN;

        [Test]
        public void TheMeanOfABatchMayBeCutIntoRows()
        {
            // F.cross_entropy(x, [2, 0, -100], weight=[1, 2, 0.5]) divides by 0.5 + 1, not by 3 rows.
            Loss loss = Losses.CrossEntropy(classWeights: new[] { 1f, 2f, 0.5f });
            float[][] predictions = { new[] { 0.1f, 0.7f, -0.4f }, new[] { 1.5f, 0.2f, 0.3f }, new[] { 9f, -9f, 0f } };
            float[][] targets = { new[] { 2f }, new[] { 0f }, new[] { -100f } };

            double sum = 0.0, weight = 0.0;
            for (int row = 0; row < 3; row++)
            {
                sum += loss.Evaluate(predictions[row], targets[row]);
                weight += loss.Weight(3, targets[row]);
            }

            double row0 = Math.Log(Math.Exp(0.1) + Math.Exp(0.7) + Math.Exp(-0.4)) + 0.4;
            double row1 = Math.Log(Math.Exp(1.5) + Math.Exp(0.2) + Math.Exp(0.3)) - 1.5;
            Assert.That(weight, Is.EqualTo(1.5));
            Assert.That(sum / weight, Is.EqualTo((0.5 * row0 + row1) / 1.5).Within(1e-6));
        }

        [Test]
        public void TheGradientIsWrittenNotAdded()
        {
            var gradient = new[] { 100f, -100f };
            Losses.MeanSquaredError.Evaluate(new[] { 3f, 1f }, new[] { 1f, 1.5f }, 0.5f, gradient);
            Assert.That(gradient, Is.EqualTo(new[] { 2f, -0.5f }));
        }

        [Test]
        public void LengthsAreChecked()
        {
            Loss loss = Losses.MeanSquaredError;
            Assert.That(() => loss.Evaluate(new float[3], new float[2]),
                Throws.ArgumentException.With.Message.StartsWith("MeanSquaredError: target of a prediction of 3 has 2 values, expected 3."));
            Assert.That(() => loss.Evaluate(new float[3], new float[3], 1f, new float[2]),
                Throws.ArgumentException.With.Message.StartsWith("MeanSquaredError: gradient has 2 values, expected 3, or none."));
            Assert.That(() => loss.CheckTargets(3, new float[4]),
                Throws.ArgumentException.With.Message.StartsWith("MeanSquaredError: 4 target values are not a multiple of the 3 of a row."));
        }

        [Test]
        public void ABadTargetIsNamedByItsRow()
        {
            Assert.That(() => Losses.MeanSquaredError.CheckTargets(2, new[] { 1f, 2f, 3f, s_nan }, firstRow: 10),
                Throws.ArgumentException.With.Message.StartsWith("MeanSquaredError: target of row 11: expected finite values, got NaN."));
            Assert.That(() => Losses.GaussianNegativeLogLikelihood.CheckTargets(4, new[] { 1f, float.PositiveInfinity }),
                Throws.ArgumentException.With.Message.StartsWith("GaussianNegativeLogLikelihood: target of row 0: expected finite values, got Infinity."));
            Assert.That(() => Losses.BinaryCrossEntropyWithLogits().CheckTargets(1, new[] { 0f, 0.3f, 1f, 1.01f }),
                Throws.ArgumentException.With.Message.StartsWith("BinaryCrossEntropyWithLogits: target of row 3: expected values in [0, 1], got 1.01."));
            Assert.That(() => Losses.MeanSquaredError.CheckTargets(2, new[] { 1f, 2f, 3f, -4f }), Throws.Nothing);
        }

        [Test]
        public void ALossOfOnesOwnFitsIn()
        {
            var loss = new Hinge();
            var gradient = new float[2];
            Assert.That(loss.Evaluate(new[] { 0.25f, -3f }, new[] { 1f, -1f }, 2f, gradient), Is.EqualTo(0.75));
            Assert.That(gradient, Is.EqualTo(new[] { -2f, 0f }));
            Assert.That(loss.Weight(2, new[] { 1f, -1f }), Is.EqualTo(2.0));
            Assert.That(loss.ToString(), Is.EqualTo("Hinge"));
            Assert.That(() => loss.CheckTargets(2, new[] { 1f, s_nan }), Throws.ArgumentException);
        }

        private sealed class Hinge : Loss
        {
            public override string Name => "Hinge";

            public override int TargetSize(int outputSize) => outputSize;

            protected override double EvaluateRow(ReadOnlySpan<float> prediction, ReadOnlySpan<float> target, float scale, Span<float> gradient)
            {
                double sum = 0.0;
                for (int i = 0; i < prediction.Length; i++)
                {
                    float margin = 1f - prediction[i] * target[i];
                    sum += Math.Max(margin, 0f);
                    if (!gradient.IsEmpty) gradient[i] = margin > 0f ? -target[i] * scale : 0f;
                }
                return sum;
            }
        }
    }
}
