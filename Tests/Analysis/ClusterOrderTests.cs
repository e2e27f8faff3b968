using System;
using System.Linq;
using NUnit.Framework;
using Recurrent.Analysis;

namespace Recurrent.Tests.Analysis
{
    public class ClusterOrderTests
    {
        [Test]
        public void UnitsThatBehaveAlikeStandTogether()
        {
            // Unit c follows signal c % 3, with a level, a size and a little noise of its own.
            const int rows = 300, columns = 12;
            var random = new RandomSource(3);
            var states = new float[rows * columns];
            for (int r = 0; r < rows; r++)
            {
                float[] signals = { MathF.Sin(0.1f * r), MathF.Cos(0.37f * r), random.NextGaussian() };
                for (int c = 0; c < columns; c++) states[r * columns + c] = c + (1 + c) * (signals[c % 3] + 0.1f * random.NextGaussian());
            }
            int[] order = ClusterOrder.ByCorrelation(states, columns);
            Assert.That(order.OrderBy(c => c), Is.EqualTo(Enumerable.Range(0, columns)));
            int changes = Enumerable.Range(1, columns - 1).Count(i => order[i] % 3 != order[i - 1] % 3);
            Assert.That(changes, Is.EqualTo(2));
        }

        [Test]
        public void AChainIsLaidOutInItsOrder()
        {
            // Unit c is a wave that lags by 12° × its place; the order can only be the places, from one end or the other.
            int[] places = { 3, 0, 5, 1, 4, 2 };
            var states = new float[360 * 6];
            for (int r = 0; r < 360; r++)
                for (int c = 0; c < 6; c++) states[r * 6 + c] = MathF.Sin(MathF.PI / 180 * (r - 12 * places[c]));
            int[] found = ClusterOrder.ByCorrelation(states, 6).Select(c => places[c]).ToArray();
            Assert.That(found, Is.EqualTo(Enumerable.Range(0, 6)).Or.EqualTo(Enumerable.Range(0, 6).Reverse()));
        }

        [Test]
        public void ConstantAndOppositeColumns()
        {
            // 0 and 3 rise, 1 is constant, 2 falls: the constant one parts what is opposite.
            float[] states = { 0, 7, 3, 0, 1, 7, 2, 2, 2, 7, 1, 4, 3, 7, 0, 6 };
            Assert.That(ClusterOrder.ByCorrelation(states, 4), Is.EqualTo(new[] { 0, 3, 1, 2 }));
            Assert.That(ClusterOrder.ByCorrelation(new float[] { 1, 2 }, 1), Is.EqualTo(new[] { 0 }));
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            Assert.That(() => ClusterOrder.ByCorrelation(new float[3], 3), Throws.ArgumentException.With.Message.Contains("at least 2 rows, got 1"));
            Assert.That(() => ClusterOrder.ByCorrelation(new float[5], 2), Throws.ArgumentException);
            Assert.That(() => ClusterOrder.ByCorrelation(new[] { 0, 0, 0, float.NaN }, 2), Throws.ArgumentException);
        }
    }
}
