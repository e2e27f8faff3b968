using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UnityEngine;
using UnityEngine.TestTools;
using Object = UnityEngine.Object;

namespace Recurrent.Components.Tests
{
    [TestFixture]
    public sealed class NpcCrowdTests
    {
        private readonly List<GameObject> _made = new List<GameObject>();

        [TearDown]
        public void CleanUp()
        {
            foreach (GameObject made in _made) Object.DestroyImmediate(made);
            _made.Clear();
        }

        [Test]
        public void EachDoesWhatItWouldDoAlone([Values(1, 2)] int threads)
        {
            SequenceModel model = Puppets.Model();
            NpcCrowd crowd = Crowd(SequenceModelAsset.Create(model));
            crowd.Threads = threads;
            var random = new RandomSource(3);
            var alone = new Dictionary<Walker, Policy>();
            var there = new List<Walker>();
            float worst = 0f;
            int[] discrete = new int[1];
            float[] continuous = new float[1];
            for (int t = 0; t < 60; t++)
            {
                for (int i = random.Next(8); i > 0; i--)
                {
                    var walker = new Walker(alone.Count);
                    alone.Add(walker, Policy.Open(model));
                    there.Add(walker);
                    crowd.Join(walker.Agent);
                }
                for (int i = random.Next(4); i > 0 && there.Count > 0; i--)
                {
                    int leaving = random.Next(there.Count);
                    crowd.Leave(there[leaving].Agent);
                    there.RemoveAt(leaving);
                }
                foreach (Walker walker in there) walker.Time = t;
                crowd.Step();
                Assert.That(crowd.Count, Is.EqualTo(there.Count));
                foreach (Walker walker in there)
                {
                    alone[walker].Act(Puppets.Perceive(t, walker.Number), discrete, continuous);
                    Assert.That(walker.Discrete, Is.EqualTo(discrete[0]));
                    worst = Math.Max(worst, Math.Abs(walker.Continuous - continuous[0]));
                }
            }
            Assert.That(there.Count, Is.GreaterThan(64), "the test has become one of a small crowd");
            Assert.That(worst, Is.LessThan(1e-6f));
            foreach (Policy policy in alone.Values) policy.Dispose();
        }

        [Test]
        public void TheyJoinAndLeaveWhileOthersAct()
        {
            SequenceModel model = Puppets.Model();
            NpcCrowd crowd = Crowd(SequenceModelAsset.Create(model));
            List<Walker> walkers = Enumerable.Range(0, 6).Select(number => new Walker(number)).ToList();
            foreach (Walker walker in walkers) crowd.Join(walker.Agent);
            var late = new Walker(9);
            walkers[2].Acting = () =>
            {
                walkers[2].Acting = null;
                crowd.Leave(walkers[0].Agent);
                crowd.Leave(walkers[2].Agent);
                crowd.Leave(walkers[4].Agent);
                crowd.Join(late.Agent);
            };
            for (int t = 0; t < 5; t++)
            {
                foreach (Walker walker in walkers) walker.Time = t;
                late.Time = t - 1;
                crowd.Step();
            }
            Assert.That(walkers.Select(walker => walker.Acts.Count), Is.EqualTo(new[] { 1, 5, 1, 5, 0, 5 }));
            foreach (int stayed in new[] { 1, 3, 5 }) Assert.That(walkers[stayed].Acts, Is.EqualTo(Puppets.Alone(model, 5, stayed)));
            Assert.That(late.Acts, Is.EqualTo(Puppets.Alone(model, 4, 9)));
            Assert.That(crowd.Count, Is.EqualTo(4));
        }

        [Test]
        public void WhoComesBackRemembers()
        {
            SequenceModel model = Puppets.Model();
            NpcCrowd crowd = Crowd(SequenceModelAsset.Create(model));
            Walker walker = new Walker(0), other = new Walker(1);
            crowd.Join(other.Agent);
            crowd.Join(walker.Agent);
            for (int t = 0; t < 10; t++)
            {
                if (t == 4) crowd.Leave(walker.Agent);
                if (t == 6) crowd.Join(walker.Agent);
                walker.Time = walker.Acts.Count;
                other.Time = t;
                crowd.Step();
            }
            Assert.That(walker.Acts, Is.EqualTo(Puppets.Alone(model, 8)));
            Assert.That(other.Acts, Is.EqualTo(Puppets.Alone(model, 10, 1)));
            crowd.Forget(walker.Agent);
            walker.Acts.Clear();
            for (int t = 0; t < 3; t++)
            {
                walker.Time = t;
                crowd.Step();
            }
            Assert.That(walker.Acts, Is.EqualTo(Puppets.Alone(model, 3)));
        }

        [Test]
        public void WhoPerceivesNoNumberIsPassedOver()
        {
            SequenceModel model = Puppets.Model();
            NpcCrowd crowd = Crowd(SequenceModelAsset.Create(model));
            Walker[] walkers = Enumerable.Range(0, 3).Select(number => new Walker(number)).ToArray();
            foreach (Walker walker in walkers) crowd.Join(walker.Agent);
            LogAssert.Expect(LogType.Error, "Walker 1: observation 'o0' is NaN, expected a finite number.");
            for (int t = 0; t < 9; t++)
            {
                bool isBad = t >= 3 && t < 6;
                foreach (Walker walker in walkers) walker.Time = t;
                walkers[1].Time = isBad ? -1 : walkers[1].Acts.Count;
                crowd.Step();
            }
            Assert.That(walkers[0].Acts, Is.EqualTo(Puppets.Alone(model, 9, 0)));
            Assert.That(walkers[1].Acts, Is.EqualTo(Puppets.Alone(model, 6, 1)), "the state was touched");
            Assert.That(walkers[2].Acts, Is.EqualTo(Puppets.Alone(model, 9, 2)));
        }

        [Test]
        public void WhatOneThrowsDoesNotStopTheOthers()
        {
            SequenceModel model = Puppets.Model();
            NpcCrowd crowd = Crowd(SequenceModelAsset.Create(model));
            Walker[] walkers = Enumerable.Range(0, 3).Select(number => new Walker(number)).ToArray();
            foreach (Walker walker in walkers) crowd.Join(walker.Agent);
            walkers[0].Acting = () => throw new InvalidOperationException("no legs");
            walkers[1].Time = -2;
            LogAssert.Expect(LogType.Exception, new Regex("no eyes"));
            LogAssert.Expect(LogType.Exception, new Regex("no legs"));
            crowd.Step();
            Assert.That(walkers[2].Acts, Is.EqualTo(Puppets.Alone(model, 1, 2)));
        }

        [Test]
        public void WhoDoesNotFitSaysSoAndTheOthersGoOn()
        {
            SequenceModel model = Puppets.Model();
            NpcCrowd crowd = Crowd(SequenceModelAsset.Create(model));
            Walker good = new Walker(0), bad = new Walker(1, 3);
            crowd.Join(bad.Agent);
            crowd.Join(good.Agent);
            LogAssert.Expect(LogType.Error, "Walker 1: the model expects 2 observations, the sources give 3.");
            crowd.Step();
            crowd.Step();
            Assert.That(good.Acts.Count, Is.EqualTo(2));
            Assert.That(bad.Acts, Is.Empty);
        }

        [Test]
        public void NpcsJoinByTheirField()
        {
            SequenceModelAsset asset = SequenceModelAsset.Create(Puppets.Model());
            NpcCrowd crowd = Crowd(asset);
            RecurrentNpc alone = Npc(asset), member = Npc(null);
            member.Crowd = crowd;
            for (int t = 0; t < 4; t++)
            {
                Puppets.Walk(alone, t, t + 1);
                member.Body().Perceived = Puppets.Perceive(t);
                member.Step();
                crowd.Step();
            }
            Assert.That(member.Body().Acts, Is.EqualTo(alone.Body().Acts));
            Assert.That(member.IsDrivenByModel, Is.True);
            Assert.That(member.Snapshot().State, Is.EqualTo(alone.Snapshot().State).Within(1e-6f));

            // Off and on: it goes on where it was.
            member.gameObject.SetActive(false);
            Assert.That(crowd.Count, Is.Zero);
            crowd.Step();
            member.gameObject.SetActive(true);
            member.Body().Perceived = Puppets.Perceive(4);
            crowd.Step();
            Puppets.Walk(alone, 4, 5);
            Assert.That(member.Body().Acts, Is.EqualTo(alone.Body().Acts));

            // What was saved alone goes on in the crowd, and an episode begins anew.
            NpcSnapshot saved = alone.Snapshot();
            Puppets.Walk(alone, 9, 10);
            member.Restore(saved);
            member.Body().Perceived = Puppets.Perceive(9);
            crowd.Step();
            Assert.That(member.Body().Acts, Is.EqualTo(alone.Body().Acts));
            member.BeginEpisode();
            Assert.That(member.Snapshot().State, Has.All.Zero);

            // Without its crowd it steps itself.
            member.Crowd = null;
            member.Model = asset;
            member.Step();
            Assert.That(member.Body().Acts.Count, Is.EqualTo(alone.Body().Acts.Count + 1));
        }

        [UnityTest]
        public IEnumerator ItsEndIsNotTheirs()
        {
            NpcCrowd crowd = Crowd(SequenceModelAsset.Create(Puppets.Model()));
            RecurrentNpc npc = Npc(null);
            npc.Crowd = crowd;
            crowd.StepTime = StepTime.Update;
            yield return null;
            yield return null;
            Assert.That(npc.Body().Count, Is.GreaterThan(0));
            Object.Destroy(npc.gameObject);
            yield return null;
            Assert.That(crowd.Count, Is.Zero);

            RecurrentNpc last = Npc(SequenceModelAsset.Create(Puppets.Model()));
            last.Crowd = crowd;
            Object.Destroy(crowd.gameObject);
            yield return null;
            last.Step();
            Assert.That(last.Body().Count, Is.GreaterThan(0), "it steps itself");
            last.enabled = false;
            last.enabled = true;
        }

        [Test]
        public void HeuristicsDecideUntilThereIsAModel()
        {
            SequenceModelAsset asset = ScriptableObject.CreateInstance<SequenceModelAsset>();
            NpcCrowd crowd = Crowd(asset);
            RecurrentNpc npc = Npc(null);
            npc.gameObject.AddComponent<Routine>();
            npc.Actions = Puppets.Actions;
            npc.Crowd = crowd;
            npc.Body().Perceived = new[] { 0.5f, 0f };
            crowd.Step();
            Assert.That(npc.Body().Acts.Last(), Is.EqualTo("2 5.0000"));
            SequenceModel model = Puppets.Model();
            asset.SetBytes(model.ToBytes(), ModelFormat.Safetensors);
            npc.Body().Perceived = Puppets.Perceive(0);
            crowd.Step();
            Assert.That(npc.Body().Acts.Last(), Is.EqualTo(Puppets.Alone(model, 1)[0]));
            npc.Control = NpcControl.Heuristic;
            npc.Body().Perceived = new[] { -0.5f, 0f };
            crowd.Step();
            Assert.That(npc.Body().Acts.Last(), Is.EqualTo("2 -5.0000"));
        }

        [Test]
        public void AnotherModelBeginsWithZeros()
        {
            SequenceModel first = Puppets.Model(), second = Puppets.Model(4);
            NpcCrowd crowd = Crowd(SequenceModelAsset.Create(first));
            var walker = new Walker(0);
            crowd.Join(walker.Agent);
            for (int t = 0; t < 3; t++, walker.Time = t) crowd.Step();
            crowd.Model = SequenceModelAsset.Create(second);
            walker.Time = 0;
            walker.Acts.Clear();
            for (int t = 0; t < 3; t++, walker.Time = t) crowd.Step();
            Assert.That(walker.Acts, Is.EqualTo(Puppets.Alone(second, 3)));
        }

        [Test]
        public void ABrokenModelIsToldOnce()
        {
            SequenceModelAsset asset = SequenceModelAsset.Create(new byte[] { 1, 2 });
            NpcCrowd crowd = Crowd(asset);
            crowd.Join(new Walker(0).Agent);
            LogAssert.Expect(LogType.Error, new Regex("NpcCrowd 'Square': "));
            crowd.Step();
            crowd.Step();
        }

        [Test]
        public void TheyDecideByThePeriodAndActBetween()
        {
            NpcCrowd crowd = Crowd(SequenceModelAsset.Create(Puppets.Model()));
            crowd.DecisionPeriod = 3;
            crowd.DecisionOffset = 1;
            var walker = new Walker(0);
            int decisions = 0;
            walker.Agent.Decided += _ => decisions++;
            crowd.Join(walker.Agent);
            for (int t = 0; t < 8; t++) crowd.Step();
            Assert.That((decisions, walker.Acts.Count), Is.EqualTo((3, 7)));
            crowd.RepeatAction = false;
            for (int t = 0; t < 3; t++) crowd.Step();
            Assert.That((decisions, walker.Acts.Count), Is.EqualTo((4, 8)));
        }

        [Test]
        public void SteppingAllocatesNothing()
        {
            NpcCrowd crowd = Crowd(SequenceModelAsset.Create(Puppets.Model()));
            crowd.DecisionPeriod = 2;
            for (int i = 0; i < 100; i++)
            {
                var walker = new Walker(i) { IsSilent = true };
                walker.Agent.Sampler = new ActionSampler(new RandomSource((ulong)i), 1f);
                crowd.Join(walker.Agent);
            }
            for (int i = 0; i < 10; i++) crowd.Step();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 50; i++) crowd.Step();
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            Assert.That(crowd.DecisionTime, Is.GreaterThan(TimeSpan.Zero));
        }

        private NpcCrowd Crowd(SequenceModelAsset model)
        {
            var owner = new GameObject("Square");
            _made.Add(owner);
            var crowd = owner.AddComponent<NpcCrowd>();
            crowd.Model = model;
            crowd.DecisionPeriod = 1;
            crowd.StepTime = StepTime.Manual;
            return crowd;
        }

        private RecurrentNpc Npc(SequenceModelAsset? model)
        {
            RecurrentNpc npc = Puppets.Npc(model);
            _made.Add(npc.gameObject);
            return npc;
        }

        /// <summary>One of a crowd, without a GameObject.</summary>
        private sealed class Walker : IObservationSource, IActionSink
        {
            public Walker(int number, int observations = 2)
            {
                Number = number;
                ObservationSize = observations;
                Agent = new NpcAgent(new IObservationSource[] { this }, new IActionSink[] { this }, name: $"Walker {number}");
            }

            public NpcAgent Agent { get; }

            public int Number { get; }

            /// <summary>-1: it perceives no number; -2: it throws.</summary>
            public int Time { get; set; }

            public bool IsSilent { get; set; }

            public int Discrete { get; private set; }

            public float Continuous { get; private set; }

            public List<string> Acts { get; } = new List<string>();

            public Action? Acting { get; set; }

            public int ObservationSize { get; }

            public void Observe(Span<float> observation)
            {
                if (Time == -2) throw new InvalidOperationException("no eyes");
                if (Time == -1) observation[0] = float.NaN;
                else if (IsSilent) observation[0] = Number;
                else Puppets.Perceive(Time, Number).CopyTo(observation);
            }

            public void Act(ReadOnlySpan<int> discrete, ReadOnlySpan<float> continuous)
            {
                Discrete = discrete[0];
                Continuous = continuous[0];
                if (!IsSilent) Acts.Add(FormattableString.Invariant($"{Discrete} {Continuous:0.0000}"));
                Acting?.Invoke();
            }
        }
    }
}
