using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class InitializerTests
    {
        [Test]
        public void ConstantSetsEveryValue() => Assert.That(Draw(Initializer.Constant(-0.75f), 4, 3), Is.All.EqualTo(-0.75f));

        [Test]
        public void UniformFillsItsInterval()
        {
            float[] values = Draw(Initializer.Uniform(-1, 3), 100, 100);
            Assert.That(values.Min(), Is.InRange(-1f, -0.99f));
            Assert.That(values.Max(), Is.InRange(2.99f, 3f));
            Assert.That(values.Average(), Is.EqualTo(1).Within(0.05));
        }

        [Test]
        public void NormalHasItsMeanAndDeviation()
        {
            float[] values = Draw(Initializer.Normal(2, 0.5f), 100, 100);
            double mean = values.Average(v => (double)v);
            Assert.That(mean, Is.EqualTo(2).Within(0.02));
            Assert.That(Math.Sqrt(values.Average(v => (v - mean) * (v - mean))), Is.EqualTo(0.5).Within(0.015));
        }

        [Test]
        public void GlorotsBoundFollowsFromBothSides()
        {
            // √(6 / (90 + 60)) = 0.2
            float[] values = Draw(Initializer.GlorotUniform, 90, 60);
            Assert.That(values.Min(), Is.InRange(-0.2f, -0.199f));
            Assert.That(values.Max(), Is.InRange(0.199f, 0.2f));
            Assert.That(values.Average(), Is.EqualTo(0).Within(0.006));
        }

        [TestCase(5, 5)]
        [TestCase(3, 8)]
        [TestCase(1, 6)]
        public void OrthogonalRowsAreOrthonormal(int rows, int columns) =>
            CheckOrthonormal(Draw(Initializer.Orthogonal, rows, columns), rows, columns);

        [Test]
        public void OfATallMatrixTheColumnsAreOrthonormal()
        {
            float[] values = Draw(Initializer.Orthogonal, 8, 3), transposed = new float[24];
            for (int i = 0; i < 24; i++) transposed[i % 3 * 8 + i / 3] = values[i];
            CheckOrthonormal(transposed, 3, 8);
        }

        [Test]
        public void EveryGateGetsAnOrthogonalMatrixOfItsOwn()
        {
            var layer = new LSTM(3, 5);
            Parameter weight = layer.Store["weight_hh_l0"];
            Initializer.Orthogonal.Apply(weight, new RandomSource(4));
            float[] values = weight.Value.ToArray();
            for (int gate = 0; gate < 4; gate++)
            {
                float[] block = values.AsSpan(gate * 25, 25).ToArray();
                CheckOrthonormal(block, 5, 5);
                for (int other = 0; other < gate; other++) Assert.That(block, Is.Not.EqualTo(values.AsSpan(other * 25, 25).ToArray()));
            }
        }

        [Test]
        public void OrthogonalMatricesFavourNoDirection()
        {
            // Over many draws each entry of a rotation has mean 0 and mean square 1/n.
            var random = new RandomSource(5);
            var layer = new Linear(3, 3, bias: false);
            double[] sums = new double[9], squares = new double[9];
            const int draws = 2000;
            for (int i = 0; i < draws; i++)
            {
                Initializer.Orthogonal.Apply(layer.Store["weight"], random);
                for (int j = 0; j < 9; j++)
                {
                    double value = layer.Store.Values[j];
                    sums[j] += value / draws;
                    squares[j] += value * value / draws;
                }
            }
            for (int j = 0; j < 9; j++)
            {
                Assert.That(sums[j], Is.EqualTo(0).Within(0.055));
                Assert.That(squares[j], Is.EqualTo(1 / 3.0).Within(0.03));
            }
        }

        [Test]
        public void ASeedGivesTheSameValuesAgain([ValueSource(nameof(Random))] Initializer initializer)
        {
            float[] Values(ulong seed) => Draw(initializer, 6, 4, seed);
            Assert.That(Values(1), Is.EqualTo(Values(1)));
            Assert.That(Values(1), Is.Not.EqualTo(Values(2)));
        }

        [Test]
        public void TheLayerComputesWithTheNewValues()
        {
            var layer = new Linear(2, 1, bias: false);
            var output = new float[1];
            using (var pass = new SequencePass(layer, 1, 1))
            {
                pass.Forward(new float[] { 1, 1 }, 1, 1);
                Initializer.Constant(3).Apply(layer.Store["weight"], new RandomSource(0));
                pass.Forward(new float[] { 1, 1 }, 1, 1);
                pass.CopyOutput(output);
            }
            Assert.That(output[0], Is.EqualTo(6f));
        }

        public static IEnumerable<Initializer> Random() => new[] { Initializer.Uniform(-1, 1), Initializer.Normal(0, 1), Initializer.GlorotUniform, Initializer.Orthogonal };

        private static float[] Draw(Initializer initializer, int rows, int columns, ulong seed = 3)
        {
            Parameter weight = new Linear(columns, rows).Store["weight"];
            initializer.Apply(weight, new RandomSource(seed));
            return weight.Value.ToArray();
        }

        private static void CheckOrthonormal(float[] values, int rows, int columns)
        {
            for (int i = 0; i < rows; i++)
                for (int j = 0; j <= i; j++)
                {
                    double dot = 0;
                    for (int k = 0; k < columns; k++) dot += (double)values[i * columns + k] * values[j * columns + k];
                    Assert.That(dot, Is.EqualTo(i == j ? 1 : 0).Within(1e-6), $"rows {i} and {j}");
                }
        }
    }
}
