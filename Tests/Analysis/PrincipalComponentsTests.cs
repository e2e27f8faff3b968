using System;
using System.Linq;
using NUnit.Framework;
using Recurrent.Analysis;

namespace Recurrent.Tests.Analysis
{
    public class PrincipalComponentsTests
    {
        [Test]
        public void ACircleInManyDimensionsHasTwoComponents()
        {
            const int rows = 200, columns = 64;
            var random = new RandomSource(7);
            float[] u = Enumerable.Range(0, columns).Select(_ => random.NextGaussian()).ToArray();
            float[] v = Enumerable.Range(0, columns).Select(_ => random.NextGaussian()).ToArray();
            var states = new float[rows * columns];
            for (int r = 0; r < rows; r++)
            {
                double angle = 2 * Math.PI * r / rows;
                for (int c = 0; c < columns; c++)
                    states[r * columns + c] = (float)(5 + Math.Cos(angle) * u[c] + Math.Sin(angle) * v[c] + 0.01 * random.NextGaussian());
            }
            PrincipalComponents components = PrincipalComponents.Fit(states, columns, 3);
            Assert.That(components.ExplainedVarianceRatio[0] + components.ExplainedVarianceRatio[1], Is.GreaterThan(0.999));
            Assert.That(components.ExplainedVarianceRatio[2], Is.LessThan(0.001));
            Assert.That(components.Mean[9], Is.EqualTo(5).Within(0.01));
        }

        [Test]
        public void AxesAndVariancesByHand()
        {
            // Along (3, 4)/5 at ±10, across it, along (4, -3)/5, at ±5; centre (1, 2). Six rows: two at the centre.
            float[] states = { 7, 10, -5, -6, 5, -1, -3, 5, 1, 2, 1, 2 };
            PrincipalComponents components = PrincipalComponents.Fit(states, 2, 2);
            Assert.That(components.Mean.ToArray(), Is.EqualTo(new[] { 1.0, 2 }).Within(1e-12));
            Assert.That(components.Axes.ToArray(), Is.EqualTo(new[] { 0.6, 0.8, 0.8, -0.6 }).Within(1e-12));
            Assert.That(components.Variance.ToArray(), Is.EqualTo(new[] { 200 / 6.0, 50 / 6.0 }).Within(1e-12));
            Assert.That(components.ExplainedVarianceRatio.ToArray(), Is.EqualTo(new[] { 0.8, 0.2 }).Within(1e-12));
            var path = new float[12];
            components.Project(states, path);
            Assert.That(path, Is.EqualTo(new float[] { 10, 0, -10, 0, 0, 5, 0, -5, 0, 0, 0, 0 }).Within(1e-5f));
        }

        [Test]
        public void AxesKeepTheirDirectionFromFitToFit()
        {
            float[] states = { 7, 10, -5, -6, 5, -1, -3, 5, 1, 2, 1, 2 };
            PrincipalComponents first = PrincipalComponents.Fit(states, 2, 2);
            // The negated cloud has the same axes; turned slowly by half a turn, each step follows the one before and both axes end up opposite.
            Assert.That(PrincipalComponents.Fit(states.Select(x => -x).ToArray(), 2, 2, first).Axes.ToArray(), Is.EqualTo(first.Axes.ToArray()).Within(1e-12));
            PrincipalComponents turned = first;
            for (int step = 1; step <= 18; step++)
            {
                double angle = Math.PI * step / 18;
                var cloud = new float[states.Length];
                for (int r = 0; r < cloud.Length; r += 2)
                {
                    cloud[r] = (float)(Math.Cos(angle) * states[r] - Math.Sin(angle) * states[r + 1]);
                    cloud[r + 1] = (float)(Math.Sin(angle) * states[r] + Math.Cos(angle) * states[r + 1]);
                }
                turned = PrincipalComponents.Fit(cloud, 2, 2, turned);
            }
            Assert.That(turned.Axes.ToArray(), Is.EqualTo(new[] { -0.6, -0.8, -0.8, 0.6 }).Within(1e-5));
        }

        [Test]
        public void FewerRowsThanColumnsAndNoVariance()
        {
            float[] line = { 1, 0, 0, 0, 3, 0, 0, 0 };
            PrincipalComponents components = PrincipalComponents.Fit(line, 4, 2);
            Assert.That(components.Axes.Slice(0, 4).ToArray(), Is.EqualTo(new[] { 1.0, 0, 0, 0 }).Within(1e-12));
            Assert.That(components.Variance.ToArray(), Is.EqualTo(new[] { 1.0, 0 }).Within(1e-12));

            PrincipalComponents still = PrincipalComponents.Fit(Enumerable.Repeat(0.1f, 30).ToArray(), 3, 2);
            Assert.That(still.ExplainedVarianceRatio.ToArray(), Is.EqualTo(new[] { 0.0, 0 }));
            var point = new float[2];
            still.Project(new[] { 0.1f, 0.1f, 0.1f }, point);
            Assert.That(point, Is.EqualTo(new[] { 0f, 0 }).Within(1e-7f));
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            Assert.That(() => PrincipalComponents.Fit(new float[3], 3, 1), Throws.ArgumentException.With.Message.Contains("at least 2 rows, got 1"));
            Assert.That(() => PrincipalComponents.Fit(new float[7], 3), Throws.ArgumentException);
            Assert.That(() => PrincipalComponents.Fit(new float[6], 3, 3), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("expected 1 … 2 components for 2 states of 3 values, got 3"));
            Assert.That(() => PrincipalComponents.Fit(new[] { 0, 0, 0, float.NaN }, 2), Throws.ArgumentException.With.Message.Contains("row 1, column 1"));
            PrincipalComponents components = PrincipalComponents.Fit(new float[6], 3);
            Assert.That(() => PrincipalComponents.Fit(new float[6], 2, 2, components), Throws.ArgumentException.With.Message.Contains("states of 2 values, got one of 3"));
            Assert.That(() => components.Project(new float[4], new float[2]), Throws.ArgumentException);
            Assert.That(() => components.Project(new float[6], new float[2]), Throws.ArgumentException.With.Message.Contains("2 × 2 values, got 2"));
        }
    }
}
