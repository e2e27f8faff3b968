using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class EpisodeReplayTests
    {
        /// <summary>Steps of two inputs and one target that name their episode and their place in it.</summary>
        private static void Add(EpisodeReplay replay, int number, int steps)
        {
            float[] inputs = Enumerable.Range(0, 2 * steps).Select(i => number + 0.01f * i).ToArray();
            replay.Add(inputs, Enumerable.Range(0, steps).Select(t => -number - 0.5f * t).ToArray());
        }

        private static List<int> Numbers(SequenceDataset data) => Enumerable.Range(0, data.Count).Select(i => (int)TrainingExamples.Input(data, i, out _)[0]).ToList();

        [Test]
        public void GivesBackWhatWasAdded()
        {
            var replay = new EpisodeReplay(2, 1, 100, validationEvery: 3);
            for (int i = 0; i < 9; i++) Add(replay, i, 1 + i % 4);
            (SequenceDataset train, SequenceDataset validation) = replay.Snapshot();
            Assert.That(Numbers(train).Concat(Numbers(validation)), Is.EquivalentTo(Enumerable.Range(0, 9)));
            Assert.That(validation.Count, Is.EqualTo(3));
            Assert.That(replay.ValidationCount, Is.EqualTo(3));
            Assert.That(replay.Steps, Is.EqualTo(1 + 2 + 3 + 4 + 1 + 2 + 3 + 4 + 1));
            foreach (SequenceDataset part in new[] { train, validation })
                for (int i = 0; i < part.Count; i++)
                {
                    float[] input = TrainingExamples.Input(part, i, out float[] target);
                    int number = (int)input[0], steps = 1 + number % 4;
                    Assert.That(part.Steps(i), Is.EqualTo(steps));
                    Assert.That(input, Is.EqualTo(Enumerable.Range(0, 2 * steps).Select(k => number + 0.01f * k)).Within(1e-6));
                    Assert.That(target, Is.EqualTo(Enumerable.Range(0, steps).Select(t => -number - 0.5f * t)));
                }
            Assert.That(train.Tracks, Is.Zero);
        }

        [Test]
        public void DropsTheOldestWhenTheStepsExceedTheCapacity()
        {
            var replay = new EpisodeReplay(2, 1, 10);
            var held = new List<int>();
            int[] lengths = { 4, 3, 3, 1, 9, 1, 10, 2 };
            string[] expected = { "0", "0 1", "0 1 2", "1 2 3", "3 4", "4 5", "6", "7" };
            for (int i = 0; i < lengths.Length; i++)
            {
                Add(replay, i, lengths[i]);
                (SequenceDataset train, SequenceDataset validation) = replay.Snapshot();
                Assert.That(string.Join(" ", Numbers(train).Concat(Numbers(validation)).OrderBy(number => number)), Is.EqualTo(expected[i]));
                Assert.That(replay.Count, Is.EqualTo(train.Count + validation.Count));
                Assert.That(replay.ValidationCount, Is.EqualTo(validation.Count));
                Assert.That(replay.Steps, Is.EqualTo(expected[i].Split(' ').Sum(number => lengths[int.Parse(number, CultureInfo.InvariantCulture)])));
            }
            Assert.That(replay.Added, Is.EqualTo(8));
            replay.Clear();
            Assert.That(replay.Count + replay.Steps + replay.ValidationCount, Is.Zero);
            Assert.That(replay.Added, Is.EqualTo(8));
        }

        [Test]
        public void OneOfKInARowIsKeptForValidationAndStaysSo()
        {
            var replay = new EpisodeReplay(2, 1, 100000, validationEvery: 4, seed: 9);
            var chosen = new HashSet<int>();
            for (int i = 0; i < 200; i++)
            {
                Add(replay, i, 1);
                (SequenceDataset train, SequenceDataset validation) = replay.Snapshot();
                List<int> kept = Numbers(validation);
                chosen.UnionWith(kept);
                Assert.That(kept, Is.EquivalentTo(chosen));
                Assert.That(Numbers(train).Intersect(chosen), Is.Empty);
            }
            for (int block = 0; block < 50; block++) Assert.That(chosen.Count(number => number / 4 == block), Is.EqualTo(1));
            // Not always the same place: a game whose every fourth episode is special would be judged by those alone.
            int[] places = Enumerable.Range(0, 4).Select(place => chosen.Count(number => number % 4 == place)).ToArray();
            Assert.That(places, Has.All.InRange(4, 25));

            var other = new EpisodeReplay(2, 1, 100000, validationEvery: 4, seed: 10);
            for (int i = 0; i < 200; i++) Add(other, i, 1);
            Assert.That(Numbers(other.Snapshot().Validation), Is.Not.EquivalentTo(chosen));
        }

        [Test]
        public void ASnapshotDoesNotChange()
        {
            var replay = new EpisodeReplay(2, 1, 8, validationEvery: 2);
            for (int i = 0; i < 4; i++) Add(replay, i, 2);
            (SequenceDataset train, SequenceDataset validation) = replay.Snapshot();
            List<int> before = Numbers(train), judged = Numbers(validation);
            for (int i = 4; i < 20; i++) Add(replay, i, 2);
            Assert.That(Numbers(train), Is.EqualTo(before));
            Assert.That(Numbers(validation), Is.EqualTo(judged));
            Assert.That(before.Concat(judged), Is.EquivalentTo(new[] { 0, 1, 2, 3 }));
        }

        [Test]
        public void WhatWasAddedIsACopy()
        {
            var replay = new EpisodeReplay(1, 1, 8, targetEveryStep: false, validationEvery: 2);
            float[] inputs = { 1, 2, 3 }, targets = { 4 };
            for (int i = 0; i < 2; i++) replay.Add(inputs, targets);
            inputs[1] = targets[0] = 99;
            Assert.That(TrainingExamples.Input(replay.Snapshot().Train, 0, out float[] target), Is.EqualTo(new[] { 1f, 2, 3 }));
            Assert.That(target, Is.EqualTo(new[] { 4f }));
        }

        [Test]
        public void ManyThreadsMayAddWhileOthersLook()
        {
            var replay = new EpisodeReplay(2, 1, 300, validationEvery: 3);
            Thread[] threads = Enumerable.Range(0, 3).Select(who => new Thread(() =>
            {
                for (int i = 0; i < 300; i++) Add(replay, 1000 * who + i, 1 + i % 7);
            })).ToArray();
            foreach (Thread thread in threads) thread.Start();
            while (threads.Any(thread => thread.IsAlive))
            {
                (SequenceDataset train, SequenceDataset validation) = replay.Snapshot();
                int steps = 0;
                foreach (SequenceDataset part in new[] { train, validation })
                    for (int i = 0; i < part.Count; i++) steps += part.Steps(i);
                Assert.That(steps, Is.LessThanOrEqualTo(300));
            }
            foreach (Thread thread in threads) thread.Join();
            Assert.That(replay.Added, Is.EqualTo(900));
            Assert.That(replay.Steps, Is.InRange(294, 300));
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            var replay = new EpisodeReplay(2, 3, 5);
            var single = new EpisodeReplay(2, 3, 5, targetEveryStep: false);
            Assert.That(() => replay.Add(new float[0], new float[0]), Throws.ArgumentException.With.Message.StartsWith("EpisodeReplay: expected steps of 2 values, at least one, got 0 values."));
            Assert.That(() => replay.Add(new float[3], new float[3]), Throws.ArgumentException.With.Message.StartsWith("EpisodeReplay: expected steps of 2 values, at least one, got 3 values."));
            Assert.That(() => replay.Add(new float[4], new float[3]), Throws.ArgumentException.With.Message.StartsWith("EpisodeReplay: expected 2 × 3 target values for 2 steps, got 3."));
            Assert.That(() => single.Add(new float[4], new float[6]), Throws.ArgumentException.With.Message.StartsWith("EpisodeReplay: expected 1 × 3 target values for 2 steps, got 6."));
            Assert.That(() => replay.Add(new float[12], new float[18]), Throws.ArgumentException.With.Message.StartsWith("EpisodeReplay: the episode has 6 steps, expected at most 5"));
            Assert.That(() => replay.Add(new[] { 1, 2, 3, float.NaN }, new float[6]), Throws.ArgumentException.With.Message.StartsWith("EpisodeReplay: the input of step 1 holds NaN in column 1; expected a finite number."));
            Assert.That(() => replay.Add(new float[2], new[] { 0, float.NegativeInfinity, 0 }), Throws.ArgumentException.With.Message.StartsWith("EpisodeReplay: the target of step 0 holds -Infinity in column 1;"));
            Assert.That(replay.Count, Is.Zero);
            Assert.That(() => new EpisodeReplay(0, 1, 1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("EpisodeReplay: expected inputSize to be at least 1, got 0."));
            Assert.That(() => new EpisodeReplay(1, 1, 1, validationEvery: 1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("EpisodeReplay: expected validationEvery to be at least 2, got 1."));
        }
    }
}
