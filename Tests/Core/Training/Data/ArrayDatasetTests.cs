using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class ArrayDatasetTests
    {
        private static readonly float[][] Inputs = { new[] { 1f, 2, 3, 4, 5, 6 }, new[] { 7f, 8 } };

        [Test]
        public void ReadsRaggedSequencesWithATargetForEveryStep()
        {
            var data = new ArrayDataset(Inputs, new[] { new[] { 10f, 20, 30 }, new[] { 40f } }, inputSize: 2, targetSize: 1);

            Assert.That(data.Count, Is.EqualTo(2));
            Assert.That(data.MaxSteps, Is.EqualTo(3));
            Assert.That(data.MaxTargetSteps, Is.EqualTo(3));
            Assert.That(new[] { data.Steps(0), data.Steps(1), data.TargetSteps(0), data.TargetSteps(1) }, Is.EqualTo(new[] { 3, 1, 3, 1 }));
            Assert.That(data.Tracks, Is.EqualTo(0));
            var input = new float[2];
            var target = new float[1];
            data.Read(1, input, target);
            Assert.That(input, Is.EqualTo(new[] { 7f, 8 }));
            Assert.That(target, Is.EqualTo(new[] { 40f }));
        }

        [Test]
        public void ReadsOneTargetForEachSequence()
        {
            var data = new ArrayDataset(Inputs, new[] { new[] { 1f, 0, 0 }, new[] { 0f, 0, 1 } }, inputSize: 2, targetSize: 3);
            Assert.That(data.MaxTargetSteps, Is.EqualTo(1));
            Assert.That(data.TargetSteps(0), Is.EqualTo(1));
            var input = new float[6];
            var target = new float[3];
            data.Read(0, input, target);
            Assert.That(input, Is.EqualTo(Inputs[0]));
            Assert.That(target, Is.EqualTo(new[] { 1f, 0, 0 }));
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            Refuses("as many targets as inputs (2), got 1", Inputs, new[] { new[] { 1f } }, 2, 1);
            Refuses("inputs[0] has 6 values, expected a multiple of 4", Inputs, new[] { new[] { 1f }, new[] { 1f } }, 4, 1);
            Refuses("inputs[1] is empty", new[] { new[] { 1f }, new float[0] }, new[] { new[] { 1f }, new[] { 1f } }, 1, 1);
            Refuses("got 2 for the 3 steps of sequence 0", Inputs, new[] { new[] { 1f, 2 }, new[] { 1f } }, 2, 1);
            Refuses("inputs[1] holds NaN in row 1, column 0", new[] { new[] { 1f, 2 }, new[] { 1f, 2, float.NaN, 4 } }, new[] { new[] { 1f }, new[] { 1f } }, 2, 1);
        }

        [Test]
        public void ReadChecksIndexAndLengths()
        {
            var data = new ArrayDataset(Inputs, new[] { new[] { 1f }, new[] { 1f } }, inputSize: 2, targetSize: 1);
            Assert.That(() => data.Read(2, new float[2], new float[1]), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("ArrayDataset: expected an index below 2 (the number of sequences), got 2."));
            Assert.That(() => data.Steps(-1), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => data.TargetSteps(2), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => data.Read(0, new float[5], new float[1]), Throws.ArgumentException.With.Message.Contains("the input of sequence 0 has 3 × 2 values, got room for 5."));
            Assert.That(() => data.Read(1, new float[2], new float[2]), Throws.ArgumentException.With.Message.Contains("the target of sequence 1 has 1 × 1 values, got room for 2."));
        }

        private static void Refuses(string message, float[][] inputs, float[][] targets, int inputSize, int targetSize) =>
            Assert.That(() => new ArrayDataset(inputs, targets, inputSize, targetSize), Throws.ArgumentException.With.Message.Contains(message));
    }
}
