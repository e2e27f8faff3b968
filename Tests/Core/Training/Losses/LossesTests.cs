using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class LossesTests
    {
        /// <summary>A loss beside the same loss written down a second time, in double precision and as plainly as its definition.</summary>
        public sealed class Case
        {
            public readonly Loss Loss;
            public readonly float[] Prediction;
            public readonly float[] Target;
            public readonly double Weight;
            public readonly Func<double[], double> Sum;

            public Case(Loss loss, float[] prediction, float[] target, double weight, Func<double[], double> sum)
            {
                Loss = loss;
                Prediction = prediction;
                Target = target;
                Weight = weight;
                Sum = sum;
            }

            public override string ToString() => $"{Loss} at [{string.Join(" ", Prediction)}]";
        }

        public static IEnumerable<Case> Cases()
        {
            var random = new RandomSource(17);
            for (int round = 0; round < 3; round++)
            {
                float[] p = Grid(random, 5, 4f), t = Grid(random, 5, 4f);
                yield return new Case(Losses.MeanSquaredError, p, t, 5, x => SumOf(x, i => (x[i] - t[i]) * (x[i] - t[i])));
                yield return new Case(Losses.MeanAbsoluteError, p, t, 5, x => SumOf(x, i => Math.Abs(x[i] - t[i])));
                foreach (float delta in new[] { 0.3f, 1f, 2.5f })
                    yield return new Case(Losses.Huber(delta), p, t, 5, x => SumOf(x, i => Huber(x[i] - t[i], delta)));

                int label = random.Next(5);
                float[] weights = { 0.5f, 1.5f, 2f, 0.25f, 3f };
                yield return new Case(Losses.CrossEntropy(), p, new float[] { label }, 1, x => -Math.Log(Softmax(x, label)));
                yield return new Case(Losses.CrossEntropy(classWeights: weights), p, new float[] { label }, weights[label], x => -weights[label] * Math.Log(Softmax(x, label)));
                yield return new Case(Losses.CrossEntropy(ignoreIndex: label), p, new float[] { label }, 0, x => 0.0);

                float[] y = { 0f, 1f, random.NextSingle(), 1f, 0f };
                yield return new Case(Losses.BinaryCrossEntropyWithLogits(), p, y, 5, x => SumOf(x, i => Bce(x[i], y[i], 1.0)));
                yield return new Case(Losses.BinaryCrossEntropyWithLogits(2.5f), p, y, 5, x => SumOf(x, i => Bce(x[i], y[i], 2.5)));
                yield return new Case(Losses.BinaryCrossEntropyWithLogits(weights), p, y, 5, x => SumOf(x, i => Bce(x[i], y[i], weights[i])));

                float[] meansAndLogVariances = Grid(random, 6, 2f), outcome = Grid(random, 3, 2f);
                yield return new Case(Losses.GaussianNegativeLogLikelihood, meansAndLogVariances, outcome, 3, x =>
                {
                    double sum = 0.0;
                    for (int i = 0; i < 3; i++) sum += 0.5 * (x[3 + i] + Math.Pow(outcome[i] - x[i], 2) / Math.Exp(x[3 + i]));
                    return sum;
                });
            }
        }

        [TestCaseSource(nameof(Cases))]
        public void ValueAndWeightAreThoseOfTheDefinition(Case c)
        {
            double expected = c.Sum(Array.ConvertAll(c.Prediction, x => (double)x));
            var gradient = new float[c.Prediction.Length];
            Assert.That(c.Loss.Evaluate(c.Prediction, c.Target), Is.EqualTo(expected).Within(1e-6 * (1.0 + Math.Abs(expected))));
            Assert.That(c.Loss.Evaluate(c.Prediction, c.Target, 1f, gradient), Is.EqualTo(c.Loss.Evaluate(c.Prediction, c.Target)));
            Assert.That(c.Loss.Weight(c.Prediction.Length, c.Target), Is.EqualTo(c.Weight));
            Assert.That(() => c.Loss.CheckTargets(c.Prediction.Length, c.Target), Throws.Nothing);
        }

        [TestCaseSource(nameof(Cases))]
        public void GradientIsTheCentralDifferenceOfTheDefinition(Case c)
        {
            const double H = 1e-5;
            const float Scale = 0.37f;
            double[] x = Array.ConvertAll(c.Prediction, p => (double)p);
            var gradient = new float[x.Length];
            c.Loss.Evaluate(c.Prediction, c.Target, Scale, gradient);
            for (int i = 0; i < x.Length; i++)
            {
                double at = x[i];
                x[i] = at + H;
                double above = c.Sum(x);
                x[i] = at - H;
                double below = c.Sum(x);
                x[i] = at;
                double expected = Scale * (above - below) / (2.0 * H);
                Assert.That(gradient[i], Is.EqualTo(expected).Within(2e-6 * (1.0 + Math.Abs(expected))), $"at {i}");
            }
        }

        [TestCaseSource(nameof(Cases))]
        public void GradientIsTheCentralDifferenceOfTheValue(Case c)
        {
            // Predictions are multiples of 2⁻¹⁰, so that these steps are exact in single precision.
            const float H = 1f / 1024f;
            var x = (float[])c.Prediction.Clone();
            var gradient = new float[x.Length];
            c.Loss.Evaluate(x, c.Target, 1f, gradient);
            for (int i = 0; i < x.Length; i++)
            {
                float at = x[i];
                x[i] = at + H;
                double above = c.Loss.Evaluate(x, c.Target);
                x[i] = at - H;
                double below = c.Loss.Evaluate(x, c.Target);
                x[i] = at;
                double expected = (above - below) / (2.0 * H);
                Assert.That(gradient[i], Is.EqualTo(expected).Within(2e-4 * (1.0 + Math.Abs(expected))), $"at {i}");
            }
        }

        [TestCaseSource(nameof(Cases))]
        public void EvaluatingAllocatesNothing(Case c)
        {
            var gradient = new float[c.Prediction.Length];
            double sum = 0.0;
            long before = 0;
            for (int round = 0; round < 2; round++)
            {
                before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 100; i++)
                    sum += c.Loss.Evaluate(c.Prediction, c.Target, 1f, gradient) + c.Loss.Evaluate(c.Prediction, c.Target) + c.Loss.Weight(c.Prediction.Length, c.Target);
            }
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            Assert.That(sum, Is.Not.NaN);
        }

        [TestCaseSource(nameof(Cases))]
        public void ADivergedPredictionShowsInTheValue(Case c)
        {
            float[] prediction = Array.ConvertAll(c.Prediction, _ => float.NaN);
            var gradient = new float[prediction.Length];
            double loss = c.Loss.Evaluate(prediction, c.Target, 1f, gradient);
            if (c.Weight == 0.0)
            {
                // An ignored row counts for nothing, whatever was predicted.
                Assert.That(loss, Is.Zero);
                Assert.That(gradient, Is.All.Zero);
                return;
            }
            Assert.That(loss, Is.NaN);
            Assert.That(gradient[0], Is.NaN);
        }

        [Test]
        public void HuberChangesItsFormAtDelta()
        {
            // Errors 0.5, 2 and −3 with δ = 2: ½·0.25, ½·4, 2·(3 − 1).
            var gradient = new float[3];
            Assert.That(Losses.Huber(2f).Evaluate(new[] { 0.5f, 2f, -3f }, new float[3], 1f, gradient), Is.EqualTo(0.125 + 2.0 + 4.0));
            Assert.That(gradient, Is.EqualTo(new[] { 0.5f, 2f, -2f }));
        }

        [Test]
        public void TheAbsoluteErrorHasNoSlopeWhereItIsZero()
        {
            var gradient = new float[3];
            Assert.That(Losses.MeanAbsoluteError.Evaluate(new[] { 1f, 2f, 3f }, new[] { 1f, 4f, 2.5f }, 1f, gradient), Is.EqualTo(2.5));
            Assert.That(gradient, Is.EqualTo(new[] { 0f, -1f, 1f }));
        }

        [Test]
        public void CrossEntropySurvivesLargeLogits()
        {
            var gradient = new float[3];
            Assert.That(Losses.CrossEntropy().Evaluate(new[] { 1000f, 990f, -1000f }, new[] { 1f }, 1f, gradient), Is.EqualTo(10.0 + Math.Log(1.0 + Math.Exp(-10.0))).Within(1e-6));
            Assert.That(gradient[0], Is.EqualTo(1.0 / (1.0 + Math.Exp(-10.0))).Within(1e-6));
            Assert.That(gradient[1], Is.EqualTo(-1.0 / (1.0 + Math.Exp(-10.0))).Within(1e-6));
            Assert.That(gradient[2], Is.Zero);
        }

        [Test]
        public void CrossEntropyKeepsTheSmallGradientOfASureAndRightAnswer()
        {
            // softmax − 1 in single precision would be 0 here, softmax itself e⁻²⁰ / (1 + e⁻²⁰).
            var gradient = new float[2];
            Losses.CrossEntropy().Evaluate(new[] { 20f, 0f }, new[] { 0f }, 1f, gradient);
            Assert.That(gradient[1], Is.EqualTo(Math.Exp(-20.0)).Within(1e-14));
            Assert.That(gradient[0], Is.EqualTo(-Math.Exp(-20.0)).Within(1e-14));
        }

        [Test]
        public void BinaryCrossEntropySurvivesLargeLogits()
        {
            var gradient = new float[4];
            double sum = Losses.BinaryCrossEntropyWithLogits().Evaluate(new[] { 200f, -200f, 200f, -30f }, new[] { 0f, 1f, 1f, 0f }, 1f, gradient);
            Assert.That(sum, Is.EqualTo(400.0).Within(1e-9));
            Assert.That(gradient[0], Is.EqualTo(1f));
            Assert.That(gradient[1], Is.EqualTo(-1f));
            Assert.That(gradient[2], Is.EqualTo(0f).Within(1e-30));
            Assert.That(gradient[3], Is.EqualTo(Math.Exp(-30.0)).Within(1e-18));
        }

        [Test]
        public void AnIgnoredRowHasNoGradient()
        {
            var gradient = new[] { 7f, 7f, 7f };
            Assert.That(Losses.CrossEntropy(ignoreIndex: 0).Evaluate(new[] { 1f, 2f, 3f }, new[] { 0f }, 1f, gradient), Is.Zero);
            Assert.That(gradient, Is.EqualTo(new float[3]));
        }

        [Test]
        public void ALabelThatNamesNoClassIsRefusedEverywhere()
        {
            Loss loss = Losses.CrossEntropy(classWeights: new[] { 1f, 2f, 3f });
            const string Who = "CrossEntropy(ignoreIndex=-100, classWeights=[1, 2, 3]): ";
            foreach (float label in new[] { 3f, -1f, 1.5f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 3e9f, -3e9f })
            {
                var target = new[] { label };
                Assert.That(() => loss.Evaluate(new float[3], target), Throws.ArgumentException.With.Message.StartsWith(Who + "expected a class index 0 … 2 or the ignored -100, got "));
                Assert.That(() => loss.Weight(3, target), Throws.ArgumentException);
                Assert.That(() => loss.CheckTargets(3, new[] { 2f, -100f, label }), Throws.ArgumentException.With.Message.StartsWith(Who + "target of row 2: expected a class index"));
            }
        }

        [Test]
        public void ParametersThatDoNotFitAreRefused()
        {
            Assert.That(() => Losses.Huber(0f), Throws.ArgumentException.With.Message.StartsWith("Huber: delta is 0, expected a finite value above 0."));
            Assert.That(() => Losses.Huber(float.NaN), Throws.ArgumentException);
            Assert.That(() => Losses.CrossEntropy(classWeights: new[] { 1f, -1f }), Throws.ArgumentException);
            Assert.That(() => Losses.BinaryCrossEntropyWithLogits(float.PositiveInfinity), Throws.ArgumentException);
            Assert.That(() => Losses.CrossEntropy(classWeights: new[] { 1f, 2f }).TargetSize(3),
                Throws.ArgumentException.With.Message.StartsWith("CrossEntropy: 2 class weights do not fit predictions of 3 classes."));
            Assert.That(() => Losses.BinaryCrossEntropyWithLogits(1f, 2f).TargetSize(3),
                Throws.ArgumentException.With.Message.StartsWith("BinaryCrossEntropyWithLogits: 2 positive weights do not fit predictions of 3 values."));
            Assert.That(() => Losses.GaussianNegativeLogLikelihood.TargetSize(5),
                Throws.ArgumentException.With.Message.StartsWith("GaussianNegativeLogLikelihood: predictions have 5 values, expected an even number (means, then log-variances)."));
        }

        [Test]
        public void TargetSizes()
        {
            Assert.That(Losses.MeanSquaredError.TargetSize(7), Is.EqualTo(7));
            Assert.That(Losses.BinaryCrossEntropyWithLogits().TargetSize(7), Is.EqualTo(7));
            Assert.That(Losses.CrossEntropy().TargetSize(7), Is.EqualTo(1));
            Assert.That(Losses.GaussianNegativeLogLikelihood.TargetSize(8), Is.EqualTo(4));
        }

        [Test]
        public void AVarianceBelowTheClampIsOnlyEverRaised()
        {
            Loss loss = Losses.GaussianNegativeLogLikelihood;
            var gradient = new float[4];
            // First target: the error is 0, more certainty would pay, but the clamp holds. Second: the error is 1, a million standard variances.
            double sum = loss.Evaluate(new[] { 0f, 1f, -50f, -50f }, new[] { 0f, 0f }, 1f, gradient);
            Assert.That(sum, Is.EqualTo(Math.Log(1e-6) + 0.5e6).Within(1.0));
            Assert.That(gradient[0], Is.Zero);
            Assert.That(gradient[1], Is.EqualTo(1e6).Within(1.0));
            Assert.That(gradient[2], Is.Zero);
            Assert.That(gradient[3], Is.EqualTo(0.5 - 0.5e6).Within(1.0));
        }

        [Test]
        public void EveryLossNamesItsParameters()
        {
            Assert.That(Losses.MeanSquaredError.ToString(), Is.EqualTo("MeanSquaredError"));
            Assert.That(Losses.MeanAbsoluteError.ToString(), Is.EqualTo("MeanAbsoluteError"));
            Assert.That(Losses.Huber(0.1f).ToString(), Is.EqualTo("Huber(delta=0.1)"));
            Assert.That(Losses.CrossEntropy().ToString(), Is.EqualTo("CrossEntropy(ignoreIndex=-100)"));
            Assert.That(Losses.CrossEntropy(-1, new[] { 0.25f, 3f }).ToString(), Is.EqualTo("CrossEntropy(ignoreIndex=-1, classWeights=[0.25, 3])"));
            Assert.That(Losses.BinaryCrossEntropyWithLogits().ToString(), Is.EqualTo("BinaryCrossEntropyWithLogits"));
            Assert.That(Losses.BinaryCrossEntropyWithLogits(2f, 0.5f).ToString(), Is.EqualTo("BinaryCrossEntropyWithLogits(posWeight=[2, 0.5])"));
            Assert.That(Losses.GaussianNegativeLogLikelihood.ToString(), Is.EqualTo("GaussianNegativeLogLikelihood"));
        }

        private static float[] Grid(RandomSource random, int length, float range)
        {
            var values = new float[length];
            for (int i = 0; i < length; i++) values[i] = MathF.Round(random.NextSingle(-range, range) * 1024f) / 1024f;
            return values;
        }

        private static double SumOf(double[] x, Func<int, double> element)
        {
            double sum = 0.0;
            for (int i = 0; i < x.Length; i++) sum += element(i);
            return sum;
        }

        private static double Huber(double error, double delta) =>
            Math.Abs(error) <= delta ? 0.5 * error * error : delta * (Math.Abs(error) - 0.5 * delta);

        private static double Softmax(double[] x, int label) => Math.Exp(x[label]) / SumOf(x, i => Math.Exp(x[i]));

        private static double Bce(double x, double y, double posWeight)
        {
            double sigmoid = 1.0 / (1.0 + Math.Exp(-x));
            return -posWeight * y * Math.Log(sigmoid) - (1.0 - y) * Math.Log(1.0 - sigmoid);
        }
    }
}
