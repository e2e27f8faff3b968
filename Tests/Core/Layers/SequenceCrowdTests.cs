using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace Recurrent.Tests
{
    [TestFixture]
    public sealed class SequenceCrowdTests
    {
        [Test]
        public void WhoeverComesAndGoesEveryoneGetsWhatAStreamOfTheirOwnGives([Values(1, 3)] int threads)
        {
            var model = new SequenceModel(new GRU(3, 9, numLayers: 2, seed: 1), new Linear(9, 2, seed: 2));
            var random = new RandomSource(3);
            using var crowd = new SequenceCrowd(model, capacity: 4, threads);
            var alone = new Dictionary<int, SequenceStream>();
            var output = new float[2];
            for (int step = 0; step < 60; step++)
            {
                for (int i = random.Next(12); i > 0; i--)
                {
                    int member = crowd.Join();
                    Assert.That(alone.ContainsKey(member), Is.False, "a number belongs to one member at a time");
                    alone.Add(member, model.OpenStream());
                }
                var present = new List<int>(alone.Keys);
                for (int i = random.Next(6); i > 0 && present.Count > 1; i--)
                {
                    int member = present[random.Next(present.Count)];
                    present.Remove(member);
                    crowd.Leave(member);
                    alone[member].Dispose();
                    alone.Remove(member);
                }
                foreach (int member in present)
                    for (int i = 0; i < 3; i++) crowd.Input(member)[i] = random.NextGaussian();
                crowd.Step();
                Assert.That(crowd.Count, Is.EqualTo(present.Count));
                foreach (int member in present)
                {
                    alone[member].Step(crowd.Input(member), output);
                    Assert.That(crowd.Output(member).ToArray(), Is.EqualTo(output).Within(1e-6), $"step {step}, member {member} of {present.Count}");
                    Assert.That(crowd.State(member).ToArray(), Is.EqualTo(alone[member].State.ToArray()).Within(1e-6));
                }
            }
            Assert.That(crowd.Capacity, Is.GreaterThan(64), "the crowd has grown several times");
            foreach (SequenceStream stream in alone.Values) stream.Dispose();
        }

        [Test]
        public void ThreadsChangeNoBit()
        {
            var model = new LSTM(4, 17, seed: 5);
            using var one = new SequenceCrowd(model, 200, 1);
            using var three = new SequenceCrowd(model, 200, 3);
            var random = new RandomSource(6);
            for (int i = 0; i < 200; i++)
            {
                Assert.That(one.Join(), Is.EqualTo(three.Join()));
                for (int k = 0; k < 4; k++) one.Input(i)[k] = three.Input(i)[k] = random.NextGaussian();
            }
            for (int step = 0; step < 5; step++)
            {
                one.Step();
                three.Step();
            }
            for (int i = 0; i < 200; i++) Assert.That(three.Output(i).ToArray(), Is.EqualTo(one.Output(i).ToArray()));
        }

        [Test]
        public void ANewMemberBeginsWithNothing()
        {
            var model = new RNN(2, 3, seed: 7);
            using var crowd = new SequenceCrowd(model, 2);
            int first = crowd.Join(), second = crowd.Join();
            crowd.Input(second)[0] = 1;
            crowd.Step();
            float[] kept = crowd.State(second).ToArray();
            crowd.Leave(first);
            Assert.That(crowd.State(second).ToArray(), Is.EqualTo(kept));
            int third = crowd.Join();
            Assert.That(third, Is.EqualTo(first));
            Assert.That(crowd.State(third).ToArray(), Is.All.EqualTo(0));
            Assert.That(crowd.Input(third).ToArray(), Is.All.EqualTo(0));
            Assert.That(crowd.Output(third).ToArray(), Is.All.EqualTo(0));
            Assert.That(crowd.Output(second).ToArray(), Is.Not.All.EqualTo(0));
        }

        [Test]
        public void NewWeightsCountFromTheNextStep()
        {
            var model = new SequenceModel(new GRU(1, 4, seed: 8));
            using var crowd = new SequenceCrowd(model, 100, 2);
            for (int i = 0; i < 100; i++) crowd.Input(crowd.Join())[0] = 0.1f * i;
            crowd.Step();
            model.Initialize(9);
            using SequenceStream alone = model.OpenStream();
            for (int i = 0; i < 100; i++) crowd.State(i).Clear();
            crowd.Step();
            var output = new float[4];
            alone.Step(crowd.Input(77), output);
            Assert.That(crowd.Output(77).ToArray(), Is.EqualTo(output).Within(1e-6));
        }

        [Test]
        public void AStepAllocatesNothing([Values(1, 2)] int threads)
        {
            using var crowd = new SequenceCrowd(new LSTM(3, 8), 300, threads);
            for (int i = 0; i < 300; i++) crowd.Join();
            for (int i = 0; i < 5; i++) crowd.Step();
            // The runtime sometimes counts something of its own; what a step allocates, it allocates in every round.
            long least = long.MaxValue;
            for (int round = 0; round < 3; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 20; i++) crowd.Step();
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            Assert.That(least, Is.Zero);
        }

        [Test]
        public void RefusesWhatIsNotThere()
        {
            using var crowd = new SequenceCrowd(new GRU(1, 2));
            int member = crowd.Join();
            crowd.Leave(member);
            crowd.Step();
            Assert.That(() => crowd.Leave(member), Throws.ArgumentException.With.Message.Contains($"there is no member {member}"));
            Assert.That(() => { crowd.Input(99); }, Throws.ArgumentException.With.Message.Contains("there is no member 99"));
            Assert.That(() => { crowd.State(-1); }, Throws.ArgumentException);
            Assert.That(() => new SequenceCrowd(new GRU(1, 2, bidirectional: true)), Throws.ArgumentException.With.Message.Contains("reads the sequence from its end too"));
            Assert.That(() => new SequenceCrowd(new GRU(1, 2), 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => new SequenceCrowd(new GRU(1, 2), 1, 0), Throws.InstanceOf<ArgumentOutOfRangeException>());
            crowd.Dispose();
            Assert.That(() => crowd.Step(), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => crowd.Join(), Throws.InstanceOf<ObjectDisposedException>());
        }
    }
}
