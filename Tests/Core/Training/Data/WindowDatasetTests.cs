using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class WindowDatasetTests
    {
        // Row t of the series is (t, 10 t, 100 t).
        private static float[] Series(int rows)
        {
            var series = new float[rows * 3];
            for (int t = 0; t < rows; t++) (series[3 * t], series[3 * t + 1], series[3 * t + 2]) = (t, 10 * t, 100 * t);
            return series;
        }

        [Test]
        public void AWindowIsFollowedByItsHorizon()
        {
            var data = new WindowDataset(Series(7), columns: 3, lookBack: 3, horizon: 2, inputColumns: new[] { 2, 0 }, targetColumns: new[] { 1, 2 });

            Assert.That(data.Count, Is.EqualTo(3)); // targets (3,4), (4,5), (5,6)
            Assert.That((data.InputSize, data.TargetSize, data.MaxSteps, data.MaxTargetSteps), Is.EqualTo((2, 4, 3, 1)));
            var input = new float[6];
            var target = new float[4];
            data.Read(2, input, target);
            Assert.That(input, Is.EqualTo(new[] { 200f, 2, 300, 3, 400, 4 }));
            Assert.That(target, Is.EqualTo(new[] { 50f, 500, 60, 600 }));
        }

        [Test]
        public void AllColumnsAreSeenAndForecastByDefault()
        {
            var data = new WindowDataset(Series(4), columns: 3, lookBack: 2);
            Assert.That((data.Count, data.InputSize, data.TargetSize), Is.EqualTo((2, 3, 3)));
            var input = new float[6];
            var target = new float[3];
            data.Read(1, input, target);
            Assert.That(input, Is.EqualTo(new[] { 1f, 10, 100, 2, 20, 200 }));
            Assert.That(target, Is.EqualTo(new[] { 3f, 30, 300 }));
        }

        [Test]
        public void IsAViewThatSeesASliceOfTheSeries()
        {
            float[] series = { 0, 1, 2, 3, 4, 5 };
            var data = new WindowDataset(series.AsMemory(2), columns: 1, lookBack: 2);
            series[3] = 33;
            var input = new float[2];
            var target = new float[1];
            data.Read(0, input, target);
            Assert.That(data.Count, Is.EqualTo(2));
            Assert.That(input, Is.EqualTo(new[] { 2f, 33 }));
            Assert.That(target[0], Is.EqualTo(4f));
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            Assert.That(() => new WindowDataset(new float[4], 1, lookBack: 3, horizon: 2), Throws.ArgumentException.With.Message.Contains("has 4 rows, expected at least 5 (look-back 3 + horizon 2)"));
            Assert.That(new WindowDataset(new float[5], 1, lookBack: 3, horizon: 2).Count, Is.EqualTo(1));
            Assert.That(() => new WindowDataset(new float[4], 3, 1), Throws.ArgumentException.With.Message.Contains("4 values, expected a multiple of its 3 columns"));
            Assert.That(() => new WindowDataset(new float[6], 3, 1, targetColumns: new[] { 3 }), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("expected a column below 3, got 3"));
            Assert.That(() => new WindowDataset(new float[6], 3, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new WindowDataset(new float[6], 3, 1, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new WindowDataset(new[] { 0f, 1, 2, float.PositiveInfinity }, 2, 1), Throws.ArgumentException.With.Message.Contains("row 1, column 1 holds Infinity"));
        }

        [Test]
        public void ReadAllocatesNothing()
        {
            var windows = new WindowDataset(Series(50), columns: 3, lookBack: 8, inputColumns: new[] { 0, 2 });
            var stream = new StreamDataset(Series(50), columns: 3, tracks: 4, steps: 8);
            float[] input = new float[24], target = new float[24];
            long Allocated()
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 100; i++)
                {
                    windows.Read(5, input.AsSpan(0, 16), target.AsSpan(0, 3));
                    stream.Read(3, input, target);
                }
                return GC.GetAllocatedBytesForCurrentThread() - before;
            }
            Allocated(); // the first call of anything may allocate once
            long allocated = Allocated();
            Assert.That(allocated, Is.EqualTo(0));
        }
    }
}
