using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;
using UnityEngine;
using Object = UnityEngine.Object;

namespace Recurrent.Components.Tests
{
    [TestFixture]
    public sealed class PlayModeStateLinkTests
    {
        private readonly List<GameObject> _made = new List<GameObject>();

        [TearDown]
        public void CleanUp()
        {
            foreach (GameObject made in _made)
                if (made != null) Object.DestroyImmediate(made);
            _made.Clear();
        }

        [Test]
        public void ProbesWithANetworkAreListedUnderNamesOfTheirOwn()
        {
            using var link = new PlayModeStateLink();
            int told = 0;
            link.AgentsChanged += () => told++;
            RecurrentNpc a = Npc("Guard"), b = Npc("Guard"), c = Npc("Cook");
            Assert.That(link.Agents, Is.Empty, "none has a network before its first step");
            foreach (RecurrentNpc npc in new[] { a, b, c }) npc.Step();
            Assert.That(Names(link), Is.EqualTo(new[] { "Guard", "Guard (2)", "Cook" }));
            Assert.That(told, Is.GreaterThanOrEqualTo(3));
            Assert.That(link.Agents[1].Network, Is.SameAs(b.Model!.Model));
            a.GetComponent<StateProbe>().enabled = false;
            Assert.That(Names(link), Is.EqualTo(new[] { "Guard (2)", "Cook" }), "who is there keeps his name");
            Object.DestroyImmediate(c.gameObject);
            a.GetComponent<StateProbe>().enabled = true;
            Assert.That(Names(link), Is.EqualTo(new[] { "Guard (2)", "Guard" }));
            Assert.That(() => link.Attach("Cook"), Throws.ArgumentException.With.Message.Contains("there is no agent 'Cook' (Guard (2), Guard)"));
            Assert.That((link.Name, link.IsLive, link.DroppedSteps, link.Tables.Count), Is.EqualTo(("Play Mode", true, 0L, 0)));
        }

        [Test]
        public void WhoIsLookedAtRecordsAndIsAfterwardsAsBefore()
        {
            using var link = new PlayModeStateLink();
            RecurrentNpc npc = Npc("Guard");
            StateProbe probe = npc.GetComponent<StateProbe>();
            probe.IsRecording = false;
            Puppets.Walk(npc, 0, 3);
            Assert.That(probe.Recorder, Is.Null);
            IRecordedSteps steps = link.Attach("Guard");
            Assert.That(steps.EndStep, Is.Zero);
            Puppets.Walk(npc, 3, 7);
            Assert.That(steps.EndStep, Is.EqualTo(4));
            Assert.That(link.Attach("Guard"), Is.SameAs(steps));
            link.IsRecording = false;
            Puppets.Walk(npc, 7, 9);
            link.IsRecording = true;
            Puppets.Walk(npc, 9, 10);
            Assert.That(steps.EndStep, Is.EqualTo(5));
            link.Detach("Guard");
            Puppets.Walk(npc, 10, 12);
            Assert.That((probe.IsConnected, probe.IsRecording, steps.EndStep), Is.EqualTo((false, false, 5L)));

            probe.IsRecording = true;
            link.IsRecording = false;
            link.Attach("Guard");
            Puppets.Walk(npc, 12, 13);
            Assert.That(steps.EndStep, Is.EqualTo(5), "the window says that it does not record");
            link.Detach("Guard");
            link.Detach("Guard");
            Puppets.Walk(npc, 13, 14);
            Assert.That(steps.EndStep, Is.EqualTo(6));
        }

        [Test]
        public void ItBreaksWhereTheViewerSaysAndWhereTheProbeSays()
        {
            using PlayModeStateLink link = new PlayModeStateLink(), other = new PlayModeStateLink();
            RecurrentNpc npc = Npc("Guard");
            StateProbe probe = npc.GetComponent<StateProbe>();
            probe.PausesGame = false;
            probe.Breakpoints = new[] { "|Δh| > -1" };
            npc.Step();
            link.Attach("Guard");
            other.Attach("Guard");
            List<string> mine = new List<string>(), others = new List<string>(), probes = new List<string>();
            link.BreakpointHit += hit => mine.Add($"{hit.Breakpoint} {hit.Step}");
            other.BreakpointHit += hit => others.Add($"{hit.Breakpoint} {hit.Step}");
            probe.BreakpointHit += (_, hit) => probes.Add($"{hit.Breakpoint} {hit.Step}");
            link.SetBreakpoints("Guard", new[] { Breakpoint.Parse("norm(h) > -1") });
            Puppets.Walk(npc, 1, 4);
            Assert.That(probes, Is.EqualTo(new[] { "|Δh| > -1 1" }));
            Assert.That(mine, Is.EqualTo(new[] { "|Δh| > -1 1", "norm(h) > -1 1" }));
            Assert.That(others, Is.EqualTo(probes));
            Assert.That(() => link.SetBreakpoints("Guard", new[] { Breakpoint.Parse("h[99] > 0") }), Throws.ArgumentException.With.Message.Contains("has 5 units"));
            Assert.That(probe.Recorder!.Breakpoints.Count, Is.EqualTo(4), "its own, one of the viewer, and one of each that looks for numbers that are none");
            link.Detach("Guard");
            other.Dispose();
            Assert.That(probe.Recorder.Breakpoints.Select(breakpoint => breakpoint.Text), Is.EqualTo(new[] { "|Δh| > -1" }));
        }

        [Test]
        public void ANetworkOfAnotherShapeIsAttachedToAnew()
        {
            using var link = new PlayModeStateLink();
            RecurrentNpc npc = Npc("Guard");
            npc.Step();
            IRecordedSteps before = link.Attach("Guard");
            link.SetBreakpoints("Guard", new[] { Breakpoint.Parse("h[4] > -2") });
            int told = 0, hits = 0;
            link.AgentsChanged += () => told++;
            link.BreakpointHit += _ => hits++;
            npc.Model = SequenceModelAsset.Create(Policy.Describe(new SequenceModel(new LSTM(2, 7), new Linear(7, PolicyLoss.OutputSizeOf(Puppets.Layout))), Puppets.Layout));
            npc.Step();
            Assert.That(told, Is.GreaterThan(0));
            IRecordedSteps after = link.Attach("Guard");
            Assert.That(after, Is.Not.SameAs(before));
            Assert.That((after.Layout.Cells[0].Kind, after.EndStep, before.EndStep), Is.EqualTo(("LSTM", 1L, 1L)));
            Assert.That(hits, Is.EqualTo(1), "the breakpoints go along");
        }

        [Test]
        public void NumbersThatAreNoneAreWarnedOf()
        {
            using var link = new PlayModeStateLink();
            RecurrentNpc npc = Npc("Guard");
            Puppets.Walk(npc, 0, 2);
            link.Attach("Guard");
            int hits = 0, told = 0;
            link.BreakpointHit += _ => hits++;
            link.AgentsChanged += () => told++;
            Puppets.Walk(npc, 2, 4);
            SequenceModel model = npc.Model!.Model;
            model.Store.Values[0] = float.NaN;
            model.Store.Touch();
            UnityEngine.TestTools.LogAssert.ignoreFailingMessages = true;
            Puppets.Walk(npc, 4, 6);
            UnityEngine.TestTools.LogAssert.ignoreFailingMessages = false;
            Assert.That((link.Agents[0].Warning, hits, told), Is.EqualTo(("NaN since step 4", 0, 1)));
        }

        [Test]
        public void TheEditorPausesTheGame()
        {
            bool isPaused = false;
            int steps = 0;
            using var link = new PlayModeStateLink(() => isPaused, value => isPaused = value, () => steps++);
            Assert.That(link.IsPaused, Is.False);
            link.IsPaused = true;
            link.StepOnce();
            Assert.That((link.IsPaused, isPaused, steps), Is.EqualTo((true, true, 1)));
            using var alone = new PlayModeStateLink { IsPaused = true };
            alone.StepOnce();
            Assert.That(alone.IsPaused, Is.False);
        }

        [Test]
        public void EightAtATimeAndNobodyAfterwards()
        {
            var link = new PlayModeStateLink();
            RecurrentNpc[] npcs = Enumerable.Range(0, 9).Select(i => Npc($"NPC {i}")).ToArray();
            foreach (RecurrentNpc npc in npcs)
            {
                npc.GetComponent<StateProbe>().IsRecording = false;
                npc.Step();
            }
            for (int i = 0; i < 8; i++) link.Attach($"NPC {i}");
            Assert.That(() => link.Attach("NPC 8"), Throws.InvalidOperationException.With.Message.Contains("8 agents are looked at"));
            Object.DestroyImmediate(npcs[0].gameObject);
            link.Attach("NPC 8");
            link.Dispose();
            Assert.That(StateProbe.Enabled.Any(probe => probe.IsConnected), Is.False);
            Assert.That(link.Agents, Is.Empty);
            npcs[1].Model = SequenceModelAsset.Create(Puppets.Model(3));
            npcs[1].Step();
            Assert.That(link.Agents, Is.Empty, "it still listens");
        }

        private static IEnumerable<string> Names(IStateLink link) => link.Agents.Select(agent => agent.Name);

        private RecurrentNpc Npc(string name)
        {
            RecurrentNpc npc = Puppets.Npc(SequenceModelAsset.Create(Puppets.Model()), name);
            _made.Add(npc.gameObject);
            npc.gameObject.AddComponent<StateProbe>();
            return npc;
        }
    }
}
