using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UnityEngine;
using UnityEngine.TestTools;

namespace Recurrent.Components.Tests
{
    [TestFixture]
    public sealed class RecurrentNpcTests
    {
        private readonly List<GameObject> _made = new List<GameObject>();

        [TearDown]
        public void CleanUp()
        {
            foreach (GameObject made in _made) Object.DestroyImmediate(made);
            _made.Clear();
        }

        [Test]
        public void ItDoesWhatAPolicyOfTheModelDoes()
        {
            SequenceModel model = Puppets.Model();
            RecurrentNpc npc = Make(SequenceModelAsset.Create(model.ToBytes()));
            Puppets.Walk(npc, 0, 20);
            Assert.That(npc.Body().Acts, Is.EqualTo(Puppets.Alone(model, 20)));
            Assert.That(npc.Body().Acts.Distinct().Count(), Is.GreaterThan(10), "the actions would not show a mistake");
            Assert.That(npc.IsDrivenByModel, Is.True);
        }

        [Test]
        public void ItScalesAsTheModelWasTrained()
        {
            SequenceModel model = Puppets.Model();
            model.InputScaler = new StandardScaler();
            model.InputScaler.Fit(new[] { 1f, 10f, 3f, 30f, 8f, -5f }, 2);
            RecurrentNpc npc = Make(SequenceModelAsset.Create(model.ToBytes()));
            Puppets.Walk(npc, 0, 10);
            Assert.That(npc.Body().Acts, Is.EqualTo(Puppets.Alone(model, 10)));
        }

        [TestCase(1, 0, true, "DDDDDDDD")]
        [TestCase(3, 0, true, "DrrDrrDr")]
        [TestCase(3, 1, true, "-DrrDrrD")]
        [TestCase(3, 2, false, "--D--D--")]
        [TestCase(3, 5, true, "--DrrDrr")]
        public void ItDecidesAndRepeatsByItsPeriod(int period, int offset, bool repeat, string expected)
        {
            RecurrentNpc npc = Make(SequenceModelAsset.Create(Puppets.Model()));
            (npc.DecisionPeriod, npc.DecisionOffset, npc.RepeatAction) = (period, offset, repeat);
            int decisions = 0;
            npc.Decided += _ => decisions++;
            string got = "";
            for (int t = 0; t < expected.Length; t++)
            {
                int decided = decisions, acted = npc.Body().Count;
                Puppets.Walk(npc, t, t + 1);
                got += decisions > decided ? 'D' : npc.Body().Count > acted ? 'r' : '-';
                Assert.That(npc.Body().Count - acted, Is.LessThanOrEqualTo(1));
            }
            Assert.That(got, Is.EqualTo(expected));
        }

        [Test]
        public void ADecisionCanBeAskedFor()
        {
            RecurrentNpc npc = Make(SequenceModelAsset.Create(Puppets.Model()));
            npc.DecisionPeriod = 20;
            npc.DecisionOffset = 19;
            Puppets.Walk(npc, 0, 3);
            Assert.That(npc.Body().Count, Is.Zero);
            npc.RequestDecision();
            Assert.That(npc.Body().Count, Is.EqualTo(1));
        }

        [Test]
        public void ItsHeuristicDecidesUntilThereIsAModel()
        {
            SequenceModelAsset asset = ScriptableObject.CreateInstance<SequenceModelAsset>();
            RecurrentNpc npc = Make(asset);
            npc.gameObject.AddComponent<Routine>();
            npc.Actions = Puppets.Actions;
            npc.Body().Perceived = new[] { 0.25f, 1f };
            npc.Step();
            Assert.That(npc.Body().Acts.Last(), Is.EqualTo("2 2.5000"));
            Assert.That(npc.IsDrivenByModel, Is.False);

            SequenceModel model = Puppets.Model();
            asset.SetBytes(model.ToBytes(), ModelFormat.Safetensors);
            npc.Body().Acts.Clear();
            Puppets.Walk(npc, 0, 8);
            Assert.That(npc.Body().Acts, Is.EqualTo(Puppets.Alone(model, 8)));
            Assert.That(npc.IsDrivenByModel, Is.True);

            npc.Control = NpcControl.Heuristic;
            npc.Step();
            Assert.That(npc.GetComponent<Routine>().Calls, Is.EqualTo(2));
            Assert.That(npc.IsDrivenByModel, Is.False);
        }

        [Test]
        public void WithoutAModelItDoesNothingWhereTheModelIsToDecide()
        {
            RecurrentNpc npc = Make(null);
            npc.gameObject.AddComponent<Routine>();
            npc.Actions = Puppets.Actions;
            npc.Control = NpcControl.Model;
            npc.Step();
            Assert.That(npc.Body().Count, Is.Zero);
        }

        [Test]
        public void AMaskForbids()
        {
            SequenceModel model = Puppets.Model();
            int likeliest = Puppets.Alone(model, 1)[0][0] - '0';
            RecurrentNpc npc = Make(SequenceModelAsset.Create(model));
            Fence fence = npc.gameObject.AddComponent<Fence>();
            fence.Only = (likeliest + 1) % 3;
            npc.Actions = Puppets.Actions;
            Puppets.Walk(npc, 0, 1);
            Assert.That(npc.Body().LastDiscrete, Is.EqualTo((likeliest + 1) % 3));
            fence.ForbidsAll = true;
            LogAssert.Expect(LogType.Error, "RecurrentNpc 'Guard': the masks forbid all 3 actions of branch 'a0'.");
            Puppets.Walk(npc, 1, 4);
            Assert.That(npc.Body().Count, Is.EqualTo(1), "a forbidden action was taken");
        }

        [Test]
        public void SourcesAreOneBehindTheOther()
        {
            var layout = new EpisodeLayout(5, new[] { 3 }, 1);
            RecurrentNpc npc = Make(SequenceModelAsset.Create(Puppets.Model(1, layout)));
            npc.Body().Perceived = new[] { 1f, 2f };
            npc.gameObject.AddComponent<Puppet>().Perceived = new[] { 3f };
            var below = new GameObject("Ear");
            below.transform.SetParent(npc.transform);
            below.AddComponent<Puppet>().Perceived = new[] { 4f, 5f };
            npc.IncludeChildren = true;
            npc.Step();
            Assert.That(npc.Agent.Observation.ToArray(), Is.EqualTo(new[] { 1f, 2f, 3f, 4f, 5f }));
            Assert.That(below.GetComponent<Puppet>().Count, Is.EqualTo(1), "all sinks are told");
        }

        [Test]
        public void AModelOfOtherSizesIsToldOnce()
        {
            RecurrentNpc npc = Make(SequenceModelAsset.Create(Puppets.Model(1, new EpisodeLayout(6, new[] { 3 }, 1))));
            LogAssert.Expect(LogType.Error, "RecurrentNpc 'Guard': the model expects 6 observations, the sources give 2.");
            Puppets.Walk(npc, 0, 5);
            Assert.That(npc.Body().Count, Is.Zero);

            RecurrentNpc other = Make(SequenceModelAsset.Create(Puppets.Model(1, new EpisodeLayout(2, new[] { 4 }, 1))));
            other.Actions = Puppets.Actions;
            LogAssert.Expect(LogType.Error, new Regex("RecurrentNpc 'Guard': the model gives actions of .*4 actions.*expected .*3 actions"));
            Puppets.Walk(other, 0, 5);
        }

        [Test]
        public void AModelThatSaysNothingOfItsActionsTakesThoseOfTheFields()
        {
            SequenceModel model = Puppets.Model();
            List<string> expected = Puppets.Alone(model, 5);
            model.Metadata.Clear();
            RecurrentNpc npc = Make(SequenceModelAsset.Create(model.ToBytes()));
            LogAssert.Expect(LogType.Error, new Regex("RecurrentNpc 'Guard': the model '.*' does not say what its actions are"));
            npc.Step();
            npc.Actions = Puppets.Actions;
            Puppets.Walk(npc, 0, 5);
            Assert.That(npc.Body().Acts, Is.EqualTo(expected));
        }

        [Test]
        public void WhatIsNotFiniteIsPassedOverAndToldOnce()
        {
            SequenceModel model = Puppets.Model();
            RecurrentNpc npc = Make(SequenceModelAsset.Create(model));
            Puppets.Walk(npc, 0, 4);
            npc.Body().Perceived = new[] { 1f, float.NaN };
            LogAssert.Expect(LogType.Error, "RecurrentNpc 'Guard': observation 'o1' is NaN, expected a finite number.");
            for (int i = 0; i < 3; i++) npc.Step();
            Assert.That(npc.Body().Count, Is.EqualTo(4));
            Puppets.Walk(npc, 4, 8);
            Assert.That(npc.Body().Acts, Is.EqualTo(Puppets.Alone(model, 8)), "the state was touched");
            npc.Body().Perceived = new[] { float.PositiveInfinity, 0f };
            LogAssert.Expect(LogType.Error, "RecurrentNpc 'Guard': observation 'o0' is Infinity, expected a finite number.");
            npc.Step();
        }

        [Test]
        public void ASourceThatChangesItsLengthIsTold()
        {
            RecurrentNpc npc = Make(SequenceModelAsset.Create(Puppets.Model()));
            npc.Step();
            npc.Body().Perceived = new float[4];
            LogAssert.Expect(LogType.Error, new Regex("RecurrentNpc 'Guard': .*Puppet.* gives 4 observations, expected 2 as at first"));
            npc.Step();
            npc.Step();
            Assert.That(npc.Body().Count, Is.EqualTo(1));
        }

        [Test]
        public void AnotherAssetAndOtherBytesAreTakenWhileItRuns()
        {
            SequenceModel first = Puppets.Model(), second = Puppets.Model(7), third = Puppets.Model(9);
            SequenceModelAsset asset = SequenceModelAsset.Create(first.ToBytes());
            RecurrentNpc npc = Make(asset);
            Puppets.Walk(npc, 0, 3);
            npc.Model = SequenceModelAsset.Create(second.ToBytes());
            Puppets.Walk(npc, 0, 3);
            npc.Model!.SetBytes(third.ToBytes(), ModelFormat.Safetensors);
            Puppets.Walk(npc, 0, 3);
            asset.SetBytes(new byte[3], ModelFormat.Safetensors);
            Puppets.Walk(npc, 3, 4);
            Assert.That(npc.Body().Acts, Is.EqualTo(Puppets.Alone(first, 3).Concat(Puppets.Alone(second, 3)).Concat(Puppets.Alone(third, 4)).ToList()));
        }

        [Test]
        public void ABrokenFileIsToldOnce()
        {
            SequenceModelAsset asset = SequenceModelAsset.Create(new byte[] { 1, 2, 3 });
            asset.name = "Broken";
            RecurrentNpc npc = Make(asset);
            LogAssert.Expect(LogType.Error, new Regex("RecurrentNpc 'Guard': .*Broken"));
            Puppets.Walk(npc, 0, 3);
            asset.SetBytes(Puppets.Model().ToBytes(), ModelFormat.Safetensors);
            Puppets.Walk(npc, 0, 3);
            Assert.That(npc.Body().Count, Is.EqualTo(3));
        }

        [Test]
        public void WithoutSourcesItSaysSoOnce()
        {
            var owner = new GameObject("Blind");
            _made.Add(owner);
            var npc = owner.AddComponent<RecurrentNpc>();
            npc.Model = SequenceModelAsset.Create(Puppets.Model());
            LogAssert.Expect(LogType.Error, new Regex("RecurrentNpc 'Blind': nothing gives it observations"));
            npc.Step();
            npc.Step();
        }

        [Test]
        public void AnEpisodeBeginsWithAStateOfZero()
        {
            SequenceModel model = Puppets.Model();
            RecurrentNpc npc = Make(SequenceModelAsset.Create(model));
            (int begun, int ended, bool whole) = (0, 0, true);
            npc.OnEpisodeBegin.AddListener(() => begun++);
            npc.EpisodeEnded += (_, isWhole) => (ended, whole) = (ended + 1, isWhole);
            Puppets.Walk(npc, 0, 6);
            npc.BeginEpisode(endedWhole: false);
            npc.Body().Acts.Clear();
            Puppets.Walk(npc, 0, 6);
            Assert.That(npc.Body().Acts, Is.EqualTo(Puppets.Alone(model, 6)));
            Assert.That((begun, ended, whole), Is.EqualTo((1, 1, false)));
        }

        [Test]
        public void ASnapshotGoesOnExactly()
        {
            SequenceModelAsset asset = SequenceModelAsset.Create(Puppets.Model());
            RecurrentNpc npc = Make(asset), other = Make(asset);
            (npc.Temperature, npc.Seed, npc.DecisionPeriod) = (1f, 5, 2);
            (other.Temperature, other.Seed, other.DecisionPeriod) = (1f, 6, 2);
            Puppets.Walk(npc, 0, 7);
            NpcSnapshot saved = npc.Snapshot();
            npc.Body().Acts.Clear();
            Puppets.Walk(npc, 7, 20);
            other.Restore(saved);
            Puppets.Walk(other, 7, 20);
            Assert.That(other.Body().Acts, Is.EqualTo(npc.Body().Acts));

            saved.State = new float[3];
            Assert.That(() => other.Restore(saved), Throws.ArgumentException);
            saved.Discrete = new int[2];
            Assert.That(() => other.Restore(saved), Throws.ArgumentException.With.Message.Contains("the snapshot has 2 discrete and 1 continuous actions, expected 1 and 1"));
        }

        [Test]
        public void RandomActionsAreOfTheSeed()
        {
            SequenceModel model = Puppets.Model();
            RecurrentNpc npc = Make(SequenceModelAsset.Create(model));
            (npc.Temperature, npc.TopK, npc.Seed) = (0.8f, 2, 11);
            Puppets.Walk(npc, 0, 12);
            Assert.That(npc.Body().Acts, Is.EqualTo(Puppets.Alone(model, 12, 0, new ActionSampler(new RandomSource(11), 0.8f, 2))));
        }

        [Test]
        public void SteppingAllocatesNothing()
        {
            RecurrentNpc npc = Make(SequenceModelAsset.Create(Puppets.Model()));
            npc.gameObject.AddComponent<Fence>();
            npc.Actions = Puppets.Actions;
            npc.Temperature = 1f;
            npc.DecisionPeriod = 2;
            npc.Body().IsSilent = true;
            npc.Decided += _ => { };
            for (int i = 0; i < 10; i++) npc.Step();
            long before = System.GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) npc.Step();
            Assert.That(System.GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        [UnityTest]
        public IEnumerator ItStepsByItselfWhileItIsEnabled()
        {
            RecurrentNpc npc = Make(SequenceModelAsset.Create(Puppets.Model()));
            npc.StepTime = StepTime.FixedUpdate;
            for (int i = 0; i < 5; i++) yield return new WaitForFixedUpdate();
            int fixedSteps = npc.Body().Count;
            Assert.That(fixedSteps, Is.InRange(4, 6));

            npc.StepTime = StepTime.Update;
            yield return null;
            int before = npc.Body().Count, frame = Time.frameCount;
            yield return null;
            yield return null;
            Assert.That(npc.Body().Count - before, Is.EqualTo(Time.frameCount - frame));

            npc.enabled = false;
            before = npc.Body().Count;
            yield return null;
            yield return null;
            Assert.That(npc.Body().Count, Is.EqualTo(before));
            NpcSnapshot asleep = npc.Snapshot();
            npc.enabled = true;
            Assert.That(npc.Snapshot().State, Is.EqualTo(asleep.State), "its memory is lost");
            yield return null;
            Assert.That(npc.Body().Count, Is.GreaterThan(before));

            Puppet body = npc.Body();
            Object.Destroy(npc);
            yield return null;
            before = body.Count;
            yield return null;
            Assert.That(body.Count, Is.EqualTo(before));
            npc.Step();
            npc.RequestDecision();
            Assert.That(body.Count, Is.EqualTo(before), "it acts after its end");
        }

        private RecurrentNpc Make(SequenceModelAsset? model)
        {
            RecurrentNpc npc = Puppets.Npc(model);
            _made.Add(npc.gameObject);
            return npc;
        }
    }
}
