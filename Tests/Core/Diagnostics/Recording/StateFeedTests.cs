using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class StateFeedTests
    {
        // 150 members in pieces of 64: members of every piece, on one thread and on three, rows that move and a number that is given anew.
        [TestCase(1)]
        [TestCase(3)]
        public void AMemberIsSeenInWhicheverRowItStands(int threads)
        {
            var model = new SequenceModel(("body", new LSTM(2, 6, seed: 3)), ("head", new Linear(6, 1, seed: 4)));
            using var crowd = new SequenceCrowd(model, 8, threads);
            for (int i = 0; i < 150; i++) crowd.Join();
            int[] watched = { 0, 70, 149 };
            var recorders = new List<AgentRecorder>();
            var connections = new List<IDisposable>();
            var streams = watched.Select(_ => new SequenceStream(model)).ToArray();
            var alone = new List<AgentRecorder>();
            for (int w = 0; w < watched.Length; w++)
            {
                StateFeed feed = StateFeed.Of(crowd, watched[w]), own = StateFeed.Of(streams[w]);
                recorders.Add(new AgentRecorder("crowd", feed.Describe(), 64));
                alone.Add(new AgentRecorder("alone", own.Describe(), 64));
                connections.Add(feed.Attach(recorders[w]));
                own.Attach(alone[w]);
            }
            var random = new RandomSource(5);
            var output = new float[1];
            for (int t = 0; t < 12; t++)
            {
                if (t == 3) crowd.Leave(7);    // the last one moves there
                if (t == 5) crowd.Join();      // as number 7
                if (t == 8) crowd.Leave(1);
                for (int i = 0; i < 150; i++)
                    if ((i != 7 || t < 3 || t >= 5) && (i != 1 || t < 8)) new[] { random.NextGaussian(), i / 150f }.CopyTo(crowd.Input(i));
                for (int w = 0; w < watched.Length; w++) streams[w].Step(crowd.Input(watched[w]), output);
                crowd.Step();
            }
            for (int w = 0; w < watched.Length; w++)
            {
                Assert.That(recorders[w].StepCount, Is.EqualTo(12));
                Assert.That(recorders[w].Layout.Tracks.Select(track => track.Name), Is.EqualTo(alone[w].Layout.Tracks.Select(track => track.Name)));
                for (int t = 0; t < 12; t++) Assert.That(recorders[w].Frame(t).ToArray(), Is.EqualTo(alone[w].Frame(t).ToArray()).Within(1e-6f), $"member {watched[w]}, step {t}");
            }
            Assert.That(recorders[0].Frame(11).ToArray(), Is.Not.EqualTo(recorders[1].Frame(11).ToArray()).Within(1e-3f));

            connections[0].Dispose();
            crowd.Leave(70);
            int again = crowd.Join();
            Assert.That(again, Is.EqualTo(70), "the test is about a number that is given anew");
            crowd.Step();
            Assert.That(recorders.Select(recorder => recorder.StepCount), Is.EqualTo(new long[] { 12, 12, 13 }));
            foreach (SequenceStream stream in streams) stream.Dispose();
        }

        [Test]
        public void ACrowdThatIsWatchedGivesTheSameBitsAndAllocatesNothing()
        {
            var layer = new GRU(3, 9, seed: 2);
            using SequenceCrowd plain = new SequenceCrowd(layer), watched = new SequenceCrowd(layer);
            var recorders = new List<AgentRecorder>();
            for (int i = 0; i < 40; i++)
            {
                plain.Join();
                StateFeed feed = StateFeed.Of(watched, watched.Join());
                if (i % 10 != 0) continue;
                recorders.Add(new AgentRecorder("NPC", feed.Describe(), 16));
                feed.Attach(recorders[recorders.Count - 1]);
                recorders[recorders.Count - 1].Add(Breakpoint.Parse("norm(h) > 100"));
            }
            var random = new RandomSource(1);
            void Step()
            {
                for (int i = 0; i < 40; i++)
                    for (int k = 0; k < 3; k++) plain.Input(i)[k] = watched.Input(i)[k] = random.NextGaussian();
                plain.Step();
                watched.Step();
            }
            for (int t = 0; t < 30; t++) Step();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int t = 0; t < 30; t++) Step();
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            for (int i = 0; i < 40; i++) Assert.That(watched.State(i).ToArray(), Is.EqualTo(plain.State(i).ToArray()));
            Assert.That(recorders.All(recorder => recorder.StepCount == 60));
        }

        [Test]
        public void WhatIsUndoneIsNotRecorded()
        {
            using var crowd = new SequenceCrowd(new RNN(1, 2, seed: 1));
            StateFeed feed = StateFeed.Of(crowd, crowd.Join());
            var recorder = new AgentRecorder("NPC", feed.Describe());
            feed.Attach(recorder);
            crowd.Step();
            feed.IsPaused = true;
            crowd.Step();
            feed.IsPaused = false;
            recorder.IsRecording = false;
            crowd.Step();
            recorder.IsRecording = true;
            crowd.Step();
            Assert.That(recorder.StepCount, Is.EqualTo(2));
            Assert.That(() => StateFeed.Of(crowd, 5), Throws.ArgumentException.With.Message.Contains("member 5"));
        }

        // The network of a forecaster starts anew for every window: its states must be those of a pass over the last samples, and the truth must come to stand beside the forecast of it.
        [TestCase(true)]
        [TestCase(false)]
        public void AForecasterShowsItsWindowAndLearnsTheTruthLater(bool feedsBack)
        {
            const int LookBack = 5, Horizon = 3;
            var gru = new GRU(2, 4, seed: 7);
            var model = new SequenceModel(("gru", gru), ("last", new LastStep()), ("head", new Linear(4, feedsBack ? 1 : Horizon, seed: 8)));
            var scaler = new StandardScaler();
            scaler.Fit(new[] { 1f, 4f, 3f, 10f, 8f, -5f }, 2);
            model.InputScaler = scaler;
            using var forecaster = new Forecaster(model, LookBack, Horizon);
            Assert.That(forecaster.FeedsBack, Is.EqualTo(feedsBack));
            StateFeed feed = StateFeed.Of(forecaster);
            var recorder = new AgentRecorder("price", feed.Describe(), 8);
            feed.Attach(recorder);
            var samples = new List<float[]>();
            var forecasts = new List<float[]>();
            for (int t = 0; t < 20; t++)
            {
                samples.Add(new[] { MathF.Sin(0.6f * t), 0.1f * t });
                if (forecaster.Push(samples[t])) forecasts.Add(forecaster.Forecast.ToArray());
            }
            Assert.That(recorder.StepCount, Is.EqualTo(16).And.EqualTo(forecasts.Count));
            RecordingLayout layout = recorder.Layout;
            Assert.That(layout.Tracks.Select(track => $"{track.Name} {track.Length}"), Is.EqualTo(new[] { "input 2", "output 3", "target 3", "gru.l0.h 4", "gru.l0.r 4", "gru.l0.z 4", "gru.l0.n 4" }));
            using var pass = new SequencePass(gru, 1, LookBack);
            Recording recording = recorder.Snapshot();
            for (int i = 0; i < recording.Steps; i++)
            {
                int forecast = (int)recording.FirstStep + i, newest = forecast + LookBack - 1;
                float[] window = samples.Skip(forecast).Take(LookBack).SelectMany(sample => sample).ToArray();
                scaler.Transform(window, window);
                pass.Forward(window, 1, LookBack);
                Assert.That(recording.At(layout.Tracks[0], i).ToArray(), Is.EqualTo(window.Skip(2 * LookBack - 2)));
                Assert.That(recording.At(layout.Tracks[1], i).ToArray(), Is.EqualTo(forecasts[forecast]));
                float[] truth = Enumerable.Range(newest + 1, Horizon).Select(t => t < 20 ? samples[t][0] : float.NaN).ToArray();
                Assert.That(recording.At(layout.Tracks[2], i).ToArray(), Is.EqualTo(truth), $"the truth of forecast {forecast}");
                Assert.That(recording.At(layout.Tracks[3], i).ToArray(), Is.EqualTo(pass.FinalState.ToArray()).Within(1e-6f));
            }
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int t = 0; t < 20; t++) forecaster.Push(samples[t]);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            forecaster.Reset();
            for (int t = 0; t < LookBack; t++) forecaster.Push(samples[t]);
            Assert.That(recorder.GetMark(recorder.MarkCount - 1), Is.EqualTo(new StateMark(36, StateMarkKind.Reset)));
            forecaster.Push(new[] { 77f, 0f });
            Assert.That(recorder.Snapshot().At(layout.Tracks[2], 6)[0], Is.EqualTo(77f));
            Assert.That(recorder.Snapshot().At(layout.Tracks[2], 5)[0], Is.NaN, "what came after the gap is no truth of what was before");
        }

        [Test]
        public void ARecorderOfAnotherNetworkIsRefused()
        {
            using SequenceStream small = new SequenceStream(new GRU(1, 3)), large = new SequenceStream(new GRU(1, 4));
            var recorder = new AgentRecorder("NPC", StateFeed.Of(small).Describe());
            Assert.That(() => StateFeed.Of(large).Attach(recorder), Throws.ArgumentException.With.Message.Contains("steps of 19 numbers, expected the 24"));
            Assert.That(StateFeed.Find(small), Is.Not.Null);
            Assert.That(StateFeed.Find("nothing"), Is.Null);
        }

        [Test]
        public void MarksStandAtTheirStepsAndGoWithTheFile()
        {
            using var stream = new SequenceStream(new RNN(1, 2, seed: 1));
            using var recorder = new StateRecorder(capacity: 4);
            AgentRecorder agent = recorder.Watch("NPC", stream);
            var output = new float[2];
            agent.Mark(StateMarkKind.Reset);
            for (int t = 0; t < 9; t++)
            {
                if (t == 2 || t == 6) agent.Mark(StateMarkKind.Reset);
                if (t == 6) agent.Mark(StateMarkKind.Reset);
                if (t == 6) agent.Mark(StateMarkKind.Reopened);
                stream.Step(new[] { 0.3f * t }, output);
            }
            agent.Mark(StateMarkKind.Missed);
            var expected = new[] { new StateMark(6, StateMarkKind.Reset), new StateMark(6, StateMarkKind.Reopened) };
            Recording recording = agent.Snapshot();
            Assert.That(recording.Marks, Is.EqualTo(expected));
            Assert.That(recording.Range(7, 9).Marks, Is.Empty);
            string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".rnnstate");
            try
            {
                RecordingFile.Save(path, new[] { recording, new Recording("other", recording.Layout, 6, recording.Frames) });
                RecordingFile file = RecordingFile.Load(path);
                Assert.That(file.Recordings[0].Marks, Is.EqualTo(expected));
                Assert.That(file.Recordings[1].Marks, Is.Empty);
            }
            finally
            {
                File.Delete(path);
            }
            for (int i = 0; i < 2 * AgentRecorder.MaxMarks; i++)
            {
                agent.Mark(StateMarkKind.Restored);
                stream.Step(new[] { 1f }, output);
            }
            Assert.That(agent.MarkCount, Is.LessThanOrEqualTo(5), "marks of steps that are lost are kept");
            Assert.That(agent.GetMark(agent.MarkCount - 1).Step, Is.EqualTo(agent.StepCount - 1));
        }
    }
}
