using System.Linq;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using Recurrent.Diagnostics;
using UnityEditor.Double;
using UnityEditor.Networking.PlayerConnection;
using UnityEngine;
using UnityEngine.Networking.PlayerConnection;
using UnityPlayer;

namespace RecurrentEditor.Tests
{
    /// <summary>A game and an editor in one process, on the double's wire.</summary>
    public sealed class PlayerStateLinkTests
    {
        [TearDown]
        public void TearDown() => Session.End();

        [Test]
        public void TheEditorSeesPausesAndLetsGoAGameElsewhere()
        {
            using var player = new Player();
            player.Begin();
            GameObject owner = Npc();
            owner.AddComponent<StateProbe>().IsRecording = false;
            new GameObject("Broadcast").AddComponent<StateBroadcast>();
            player.Step(3);

            ConnectionWire.Connect(3);
            ConnectedPlayer connected = EditorConnection.instance.ConnectedPlayers.Single();
            using var link = new PlayerStateLink(connected.playerId, connected.name);
            Run(player, 30);
            Assert.That(link.Agents.Select(agent => agent.Name), Is.EqualTo(new[] { "Guard" }));
            IRecordedSteps steps = link.Attach("Guard");
            Run(player, 60);
            AgentRecorder there = owner.GetComponent<StateProbe>().Recorder!;
            Assert.That(steps.EndStep, Is.InRange(there.StepCount - 20, there.StepCount).And.GreaterThan(20));
            Assert.That(steps.Frame(steps.EndStep - 1).ToArray(), Is.EqualTo(there.Frame(steps.EndStep - 1).ToArray()));

            BreakpointHit? hit = null;
            link.BreakpointHit += got => hit = got;
            link.SetBreakpoints("Guard", new[] { Breakpoint.Parse("norm(h) > -1") });
            Run(player, 30);
            Assert.That(hit!.Value.Agent, Is.SameAs(steps));
            Assert.That((Time.timeScale, link.IsPaused), Is.EqualTo((0f, true)));
            link.StepOnce();
            int stepped = 0;
            for (int i = 0; i < 30; i++)
            {
                Run(player, 1);
                if (Time.deltaTime > 0) stepped++;
            }
            Assert.That(stepped, Is.EqualTo(1), "a frame of the game's time goes by");
            link.IsPaused = false;
            Run(player, 10);
            Assert.That(Time.timeScale, Is.EqualTo(1f));

            link.IsPaused = true;
            Run(player, 10);
            ConnectionWire.Disconnect();
            Run(player, 3);
            Assert.That(link.Agents, Is.Empty);
            Assert.That((Time.timeScale, owner.GetComponent<StateProbe>().IsConnected), Is.EqualTo((1f, false)), "the game goes on by itself");
            ConnectionWire.Connect(3);
            Run(player, 30);
            Assert.That(link.Agents.Count, Is.EqualTo(1));
            Assert.That(player.Errors, Is.Empty);
            link.Dispose();
            Run(player, 3);
            Object.Destroy(owner);
            Run(player, 3);
        }

        [TestCase(true, 7)]
        [TestCase(false, 30)]
        public void ABreakpointPausesTheEditorAndOnlyTellsInABuild(bool isEditor, int steps)
        {
            using var player = new Player(new UnityPlayer.PlayerSettings { IsEditor = isEditor });
            player.Begin();
            GameObject owner = Npc();
            var probe = owner.AddComponent<StateProbe>();
            int told = 0;
            probe.BreakpointHit += (_, _) => told++;
            probe.Breakpoints = new[] { "input[0] > 6.5" };
            player.Step(30);
            Assert.That((probe.Recorder!.StepCount, told), Is.EqualTo(((long)steps, 1)), "the input counts the steps from 1");
            player.Pause(false);
            player.Step(3);
            Assert.That(probe.Recorder.StepCount, Is.EqualTo(steps + 3));
        }

        private static GameObject Npc()
        {
            var owner = new GameObject("Guard");
            owner.AddComponent<Body>();
            var npc = owner.AddComponent<RecurrentNpc>();
            npc.Model = SequenceModelAsset.Create(Policy.Describe(new SequenceModel(new GRU(1, 4, seed: 1), new Linear(4, 2, seed: 2)), new EpisodeLayout(1, new int[0], 1)));
            (npc.DecisionPeriod, npc.StepTime) = (1, StepTime.Update);
            return owner;
        }

        private static void Run(Player player, int frames)
        {
            for (; frames > 0; frames--)
            {
                player.Step();
                Session.Advance(20);
            }
        }

        private sealed class Body : MonoBehaviour, IObservationSource, IActionSink
        {
            private int _count;

            public int ObservationSize => 1;

            public void Observe(System.Span<float> observation) => observation[0] = ++_count;

            public void Act(System.ReadOnlySpan<int> discrete, System.ReadOnlySpan<float> continuous)
            {
            }
        }
    }
}
