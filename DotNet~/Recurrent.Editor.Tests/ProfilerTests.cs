using System;
using System.Linq;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using Recurrent.Diagnostics;
using Unity.Profiling.LowLevel.Unsafe;
using UnityEngine;
using UnityEngine.Profiling;
using UnityPlayer;

namespace RecurrentEditor.Tests
{
    /// <summary>What the module "RNN" shows of a game.</summary>
    public sealed class ProfilerTests
    {
        private Player _player = null!;

        [SetUp]
        public void SetUp()
        {
            _player = new Player(new UnityPlayer.PlayerSettings { IsEditor = true });
            Profiler.enabled = true;
            _player.Step(2);
        }

        [TearDown]
        public void TearDown()
        {
            Profiler.enabled = false;
            _player.Dispose();
        }

        private static double Last(string counter) => ProfilerUnsafeUtility.ReadLast(counter);

        private static OnnxSequence Sequence(float scale = 1f, string name = "Sequence")
        {
            var model = new SequenceModel(("lstm", new LSTM(1, 3, seed: 5)), ("head", new Linear(3, 1, seed: 6)));
            for (int i = 0; i < model.Store.Length; i++) model.Store.Values[i] *= scale;
            var sequence = new GameObject(name).AddComponent<OnnxSequence>();
            sequence.Backend = SequenceBackend.Managed;
            sequence.Model = SequenceModelAsset.Create(model);
            sequence.Stepping += one => one.Set(one.Inputs[0], new[] { 0.7f });
            return sequence;
        }

        [Test]
        public void TheModuleShowsTheCountersThatAreCounted()
        {
            var module = new RnnProfilerModule();
            Assert.That(module.DisplayName, Is.EqualTo("RNN"));
            Assert.That(module.ChartCounters.Select(counter => counter.Name), Is.EqualTo(new[] { "RNN Step Time", "RNN Training Time", "RNN Loss", "RNN Gradient Norm", "RNN Max State Norm", "RNN Saturated Gates", "RNN NaN Count" }));
            Assert.That(module.ChartCounters.Select(counter => counter.CategoryName).Distinct(), Is.EqualTo(new[] { "Ai" }));
            foreach (string name in RnnProfilerModule.Counters) Assert.That(() => Last(name), Throws.Nothing, name);
        }

        [Test]
        public void AFrameHasTheTimeAndTheStatesOfItsSteps()
        {
            OnnxSequence sequence = Sequence();
            var recorder = new AgentRecorder("", Layout(sequence), 4);
            _player.Step(3);
            using IDisposable recording = sequence.Watch()!.Attach(recorder);
            _player.Step();
            Assert.That(recorder.StepCount, Is.EqualTo(1));
            StepSummary expected = StepSummary.Of(recorder.Layout, recorder.Frame(0));
            Assert.That(expected.HiddenNorm, Is.GreaterThan(0f));
            Assert.That(Last("RNN Max State Norm"), Is.EqualTo(expected.HiddenNorm));
            Assert.That(Last("RNN Saturated Gates"), Is.EqualTo(100.0 * expected.Saturated / expected.GateValues));
            Assert.That(Last("RNN NaN Count"), Is.Zero);
            Assert.That(Last("RNN Step Time"), Is.GreaterThan(0));
            sequence.enabled = false;
            _player.Step();
            Assert.That((Last("RNN Step Time"), Last("RNN Max State Norm"), Last("RNN Saturated Gates")), Is.EqualTo((0.0, 0.0, 0.0)), "a frame without a step");
        }

        [Test]
        public void TheLargestOfSeveralCountsAndSharesAddUp()
        {
            OnnxSequence calm = Sequence(0.1f, "Calm"), wild = Sequence(60f, "Wild");
            _player.Step(3);
            AgentRecorder[] recorders = { new AgentRecorder("", Layout(calm), 4), new AgentRecorder("", Layout(wild), 4) };
            using IDisposable first = calm.Watch()!.Attach(recorders[0]), second = wild.Watch()!.Attach(recorders[1]);
            _player.Step();
            StepSummary[] steps = recorders.Select(recorder => StepSummary.Of(recorder.Layout, recorder.Frame(0))).ToArray();
            Assert.That(Last("RNN Max State Norm"), Is.EqualTo(Math.Max(steps[0].HiddenNorm, steps[1].HiddenNorm)));
            Assert.That(Last("RNN Saturated Gates"), Is.EqualTo(100.0 * (steps[0].Saturated + steps[1].Saturated) / (steps[0].GateValues + steps[1].GateValues)));
            Assert.That(steps[1].Saturated, Is.GreaterThan(steps[0].Saturated));
        }

        [Test]
        public void NumbersThatAreNoneAreCounted()
        {
            OnnxSequence sequence = Sequence();
            _player.Step(3);
            float[] state = sequence.Snapshot();
            Array.Fill(state, float.NaN);
            sequence.Restore(state);
            _player.Step();
            // h and four gates of three units.
            Assert.That(Last("RNN NaN Count"), Is.EqualTo(15));
            Assert.That(Last("RNN Max State Norm"), Is.NaN);
        }

        [Test]
        public void TrainingIsCounted()
        {
            SequenceTrainer trainer = RecordedPlay.Trainer("Teacher", epochs: 1000);
            trainer.Begin();
            double nanoseconds = 0;
            for (int frame = 0; frame < 2000 && trainer.Progress.Epoch < 2; frame++)
            {
                _player.Step();
                nanoseconds += Last("RNN Training Time");
            }
            Assert.That(nanoseconds, Is.GreaterThan(0).And.EqualTo(trainer.Progress.Elapsed.Ticks * 100.0));
            Assert.That(Last("RNN Loss"), Is.EqualTo(trainer.Progress.TrainLoss));
            Assert.That(Last("RNN Gradient Norm"), Is.EqualTo(trainer.Progress.GradientNorm));
        }

        [Test]
        public void ACrowdIsCountedByItsFirst()
        {
            var model = new SequenceModel(("memory", new GRU(2, 5, seed: 3)), ("head", new Linear(5, 4, seed: 4)));
            Policy.Describe(model, RecordedPlay.Layout);
            var crowd = new GameObject("Crowd").AddComponent<NpcCrowd>();
            (crowd.Model, crowd.DecisionPeriod) = (SequenceModelAsset.Create(model), 1);
            crowd.Join(new NpcAgent(new IObservationSource[] { new Constant(0.4f) }, Array.Empty<IActionSink>()));
            crowd.Join(new NpcAgent(new IObservationSource[] { new Constant(-2f) }, Array.Empty<IActionSink>()));
            _player.Step(4);
            Assert.That(Last("RNN Step Time"), Is.GreaterThan(0));
            Assert.That(Last("RNN Max State Norm"), Is.GreaterThan(0));
        }

        [Test]
        public void WhileTheProfilerIsOffNothingIsCountedOrRecorded()
        {
            OnnxSequence sequence = Sequence();
            _player.Step(3);
            Profiler.enabled = false;
            _player.Step(3);
            Assert.That((Last("RNN Step Time"), Last("RNN Max State Norm")), Is.EqualTo((0.0, 0.0)));
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) sequence.Meter.End(sequence.Meter.Begin());
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            Assert.That(sequence.Meter.Begin(), Is.Zero);
        }

        private static RecordingLayout Layout(OnnxSequence sequence)
        {
            _ = sequence.IsOpen;
            return sequence.Watch()!.Describe(RecordChannels.Hidden | RecordChannels.Gates, 0);
        }

        private sealed class Constant : IObservationSource
        {
            private readonly float _value;

            public Constant(float value) => _value = value;

            public int ObservationSize => 2;

            public void Observe(Span<float> observation) => observation.Fill(_value);
        }
    }
}
