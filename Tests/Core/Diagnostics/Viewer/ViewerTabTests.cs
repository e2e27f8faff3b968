using System;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class ViewerTabTests
    {
        private const int Width = 800, Height = 600;

        private sealed class Plane : IStateView
        {
            public Recording? Seen { get; private set; }

            public int Calls { get; private set; }

            public long Marked { get; private set; } = -1;

            public bool Fails { get; set; }

            public string Name => StateViewer.PcaTab;

            public StateViewPicture Measure(Recording recording, RecordedTrack track)
            {
                if (Fails) throw new ArgumentException("The state stands still.");
                Seen = recording;
                Calls++;
                return (skin, playhead) =>
                {
                    Marked = playhead;
                    var grid = new PanelGrid(1, 1);
                    grid[0, 0] = new Trajectory("one", "two", recording.Values(track, 0), recording.Values(track, 1)) { FirstStep = recording.FirstStep, MarkedStep = playhead };
                    return grid;
                };
            }
        }

        [Test]
        public void WithoutAViewTheTabSaysWhatToInstall()
        {
            using var viewer = new StateViewer(Array.Empty<IUnitOrder>(), Array.Empty<IStateView>());
            viewer.Connect(new FileStateLink("f", new[] { PlayedLink.Record("a", 0, 50) }));
            Assert.That(viewer.Tabs, Is.EqualTo(new[] { "Gates", "PCA", "Training", "Attribution" }));
            viewer.Tab = StateViewer.PcaTab;
            Assert.That(viewer.TabWords, Does.Contain("MathNet.Numerics").And.Contain("Recurrent > Set-up"));
            viewer.Tab = StateViewer.TrainingTab;
            Assert.That(viewer.TabWords, Does.Contain("Nothing is known of this network's training"));
            viewer.Tab = StateViewer.AttributionTab;
            Assert.That(viewer.TabWords, Does.Contain("needs the network at hand"));
            viewer.Tab = StateViewer.GatesTab;
            Assert.That(viewer.TabWords, Is.Empty);
        }

        [Test]
        public void ARegisteredViewWorksBesideOnASnapshotAndMarksThePlayhead()
        {
            var plane = new Plane();
            using var viewer = new StateViewer(Array.Empty<IUnitOrder>(), new[] { plane });
            var game = new PlayedLink(128, PlayedLink.Wave, "NPC_07");
            viewer.Connect(game);
            game.Run(30);
            viewer.Tab = StateViewer.PcaTab;
            viewer.FinishWork();
            viewer.Paint(Width, Height, Skin.Dark);
            Assert.That((plane.Calls, plane.Seen!.Steps, plane.Marked), Is.EqualTo((1, 30, 29L)));
            game.Run(63);
            viewer.FinishWork();
            Assert.That(plane.Calls, Is.EqualTo(1), "not for every step");
            game.Run(1);
            viewer.FinishWork();
            Assert.That((plane.Calls, plane.Seen!.Steps), Is.EqualTo((2, 94)));
            viewer.Press(ViewerKey.Home);
            viewer.Paint(Width, Height, Skin.Dark);
            Assert.That(plane.Marked, Is.EqualTo(0));
        }

        [Test]
        public void WhatAViewCannotShowItSays()
        {
            using var viewer = new StateViewer(Array.Empty<IUnitOrder>(), new[] { new Plane { Fails = true } });
            viewer.Connect(new FileStateLink("f", new[] { PlayedLink.Record("a", 0, 50) }));
            viewer.Tab = StateViewer.PcaTab;
            viewer.FinishWork();
            Assert.That(viewer.TabWords, Is.EqualTo("The state stands still."));
        }

        [Test]
        public void AttributionIsMeasuredAtThePlayheadFromTheStateThatWasRecorded()
        {
            var model = new SequenceModel(new LSTM(2, 4, numLayers: 2, seed: 5), new Linear(4, 1, seed: 6));
            using var stream = new SequenceStream(model);
            using var recorder = new StateRecorder();
            AgentRecorder agent = recorder.Watch("NPC_07", stream);
            var random = new RandomSource(3);
            var output = new float[1];
            float[] inputs = GradientCheck.Draw(random, 2 * 90);
            for (int t = 0; t < 90; t++) stream.Step(inputs.AsSpan(2 * t, 2), output);

            using var viewer = new StateViewer(Array.Empty<IUnitOrder>(), Array.Empty<IStateView>());
            var game = new PlayedLink(128, PlayedLink.Wave, "nobody");
            viewer.Connect(game);
            RecordedReplay replay = RecordedReplay.Of(agent, model, 85);
            Assert.That((replay.First, replay.Input.Length, replay.State.Length), Is.EqualTo((22L, 128, 16)));
            // The whole of the past gives the same gradient by the last inputs as the recorded state does.
            InputAttribution whole = InputAttribution.Measure(model, inputs.AsSpan(0, 2 * 86)), part = InputAttribution.Measure(model, replay.Input, 0, replay.State);
            for (int i = 0; i < 128; i++) Assert.That(part.Gradient[i], Is.EqualTo(whole.Gradient[44 + i]).Within(1e-6));
            using var pass = new SequencePass(model, 1, 64);
            pass.Forward(replay.Input, 1, 64, replay.State);
            var outputs = new float[64];
            pass.CopyOutput(outputs);
            Assert.That(outputs[63], Is.EqualTo(agent.Frame(85)[agent.Layout.Find("output")!.Offset]).Within(1e-6));
        }

        [Test]
        public void InAGameTheOpenTabsAreMeasuredWhenThePlayheadStands()
        {
            var model = new SequenceModel(new LSTM(1, 5, seed: 5), new Linear(5, 1, seed: 6));
            using var viewer = new StateViewer(Array.Empty<IUnitOrder>(), Array.Empty<IStateView>());
            var game = new PlayedLink(128, PlayedLink.Wave, "NPC_08");
            game.Add(new LinkedAgent("NPC_07", "", model));
            viewer.Connect(game);
            viewer.Show("NPC_07");
            game.Run(80);
            foreach (string tab in new[] { StateViewer.AttributionTab, StateViewer.TrainingTab })
            {
                viewer.Tab = tab;
                viewer.Press(ViewerKey.Home);
                viewer.Update();
                Assert.That(viewer.TabWords, Is.Empty, tab);
                uint[] first = viewer.Paint(Width, Height, Skin.Light).Pixels.ToArray();
                viewer.Timeline.MoveTo(50);
                viewer.Update();
                uint[] later = viewer.Paint(Width, Height, Skin.Light).Pixels.ToArray();
                int changed = Enumerable.Range(0, first.Length).Count(i => first[i] != later[i]);
                Assert.That(changed, Is.GreaterThan(1500), $"{tab} shows another step");
            }
        }

        [Test]
        public void TrainingIsReadFromTheTablesOfTheLink()
        {
            var log = new TrainingLog();
            log.Report(new TrainingProgress(1, 1, 0, 4, 4, 0.5, 0.6, 0.6, 1, 0.01f, 2.5, TimeSpan.Zero, 0));
            using var viewer = new StateViewer(Array.Empty<IUnitOrder>(), Array.Empty<IStateView>());
            viewer.Connect(new FileStateLink("f", new[] { PlayedLink.Record("a", 0, 50) }, log.ToTables()));
            viewer.Tab = StateViewer.TrainingTab;
            viewer.Update();
            Assert.That(viewer.TabWords, Is.Empty);
            viewer.Paint(Width, Height, Skin.Dark);
        }
    }
}
