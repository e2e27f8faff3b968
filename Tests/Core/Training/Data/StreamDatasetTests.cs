using System;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class StreamDatasetTests
    {
        [Test]
        public void BatchesContinueOneAnotherRowByRow()
        {
            // 23 rows: 22 steps with a next value; 2 tracks of 11 steps, chunks of 4, 4 and 3.
            var data = new StreamDataset(Enumerable.Range(0, 23).Select(t => (float)t).ToArray(), columns: 1, tracks: 2, steps: 4);

            Assert.That((data.Tracks, data.ChunksPerTrack, data.Count, data.MaxSteps, data.MaxTargetSteps), Is.EqualTo((2, 3, 6, 4, 4)));
            float[][] inputs = Enumerable.Range(0, 6).Select(i => Read(data, i).Input).ToArray();
            Assert.That(inputs[0].Concat(inputs[2]).Concat(inputs[4]), Is.EqualTo(Enumerable.Range(0, 11)));
            Assert.That(inputs[1].Concat(inputs[3]).Concat(inputs[5]), Is.EqualTo(Enumerable.Range(11, 11)));
            Assert.That(Enumerable.Range(0, 6).Select(data.Steps), Is.EqualTo(new[] { 4, 4, 4, 4, 3, 3 }));
            Assert.That(Enumerable.Range(0, 6).Select(data.TargetSteps), Is.EqualTo(new[] { 4, 4, 4, 4, 3, 3 }));
            Assert.That(Read(data, 5).Target, Is.EqualTo(new[] { 20f, 21, 22 }));
        }

        [Test]
        public void EveryStepForecastsTheNextRowsOfTheTargetColumns()
        {
            // Row t is (t, -t).
            float[] series = Enumerable.Range(0, 8).SelectMany(t => new[] { (float)t, -t }).ToArray();
            var data = new StreamDataset(series, columns: 2, tracks: 1, steps: 3, horizon: 2, inputColumns: new[] { 0 }, targetColumns: new[] { 1 });
            Assert.That((data.Count, data.InputSize, data.TargetSize), Is.EqualTo((2, 1, 2)));
            (float[] input, float[] target) = Read(data, 1);
            Assert.That(input, Is.EqualTo(new[] { 3f, 4, 5 }));
            Assert.That(target, Is.EqualTo(new[] { -4f, -5, -5, -6, -6, -7 }));
        }

        [Test]
        public void GivenTargetsBelongToTheirOwnRow()
        {
            float[] inputs = { 0, 1, 2, 3, 4 };
            float[] targets = { 0, 1, 10, 11, 20, 21, 30, 31, 40, 41 };
            var data = new StreamDataset(inputs, 1, targets, 2, tracks: 2, steps: 10); // 2 tracks of 2; row 4 is left out
            Assert.That((data.Count, data.MaxSteps), Is.EqualTo((2, 2)));
            (float[] input, float[] target) = Read(data, 1);
            Assert.That(input, Is.EqualTo(new[] { 2f, 3 }));
            Assert.That(target, Is.EqualTo(new[] { 20f, 21, 30, 31 }));
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            Assert.That(new StreamDataset(new float[5], 1, tracks: 3, steps: 4, horizon: 2).Count, Is.EqualTo(3));
            Assert.That(() => new StreamDataset(new float[5], 1, tracks: 4, steps: 4, horizon: 2), Throws.ArgumentException.With.Message.Contains("has 5 rows, expected at least 6 for 4 tracks"));
            Assert.That(() => new StreamDataset(new float[5], 1, new float[4], 1, 1, 1), Throws.ArgumentException.With.Message.Contains("as many target rows as input rows (5), got 4"));
            Assert.That(() => new StreamDataset(new float[5], 1, 0, 1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new StreamDataset(new float[5], 1, 1, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
        }

        private static (float[] Input, float[] Target) Read(SequenceDataset data, int index)
        {
            var input = new float[data.Steps(index) * data.InputSize];
            var target = new float[data.TargetSteps(index) * data.TargetSize];
            data.Read(index, input, target);
            return (input, target);
        }
    }
}
