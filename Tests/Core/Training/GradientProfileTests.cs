using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests
{
    public sealed class GradientProfileTests
    {
        private static readonly SequenceDataset Data = TrainingExamples.Sequences(37, 6, 2, 1, perStep: false, ragged: true);

        private static Trainer Make(int threads, bool profiled, int batch = 18, bool fine = false)
        {
            var trainer = new Trainer(TrainingExamples.Forecaster(), Losses.MeanSquaredError, new Adam(0.01f), new TrainingOptions { BatchSize = batch, Threads = threads, Shuffle = false, Seed = 3 });
            if (fine) trainer.Slicer = new WorkSlicer(1e-9);
            trainer.ProfilesGradients = profiled;
            return trainer;
        }

        private static string Exact(GradientProfile profile) => string.Join("\n", Enumerable.Range(0, profile.Cells.Count)
            .Select(cell => $"{profile.Cells[cell]} {profile.Step}: " + string.Join(" ", profile.Norms(cell).ToArray().Select(norm => BitConverter.DoubleToInt64Bits(norm)))));

        /// <summary>Row by row through a pass of its own: squares add up over the rows.</summary>
        private static double[][] Expected(int rows)
        {
            using SequenceModelScope scope = new SequenceModelScope(TrainingExamples.Forecaster());
            var squares = new double[2][] { new double[6], new double[6] };
            Loss loss = Losses.MeanSquaredError;
            for (int row = 0; row < rows; row++)
            {
                float[] input = TrainingExamples.Input(Data, row, out float[] target), gradient = new float[1];
                loss.Evaluate(scope.Run(input), target, 1f / rows, gradient);
                GradientFlow flow = GradientFlow.Measure(scope.Model, input, 1, gradient);
                for (int cell = 0; cell < 2; cell++)
                    for (int t = 0; t < flow.Steps; t++) squares[cell][t] += (double)flow.Norms[cell][t] * flow.Norms[cell][t];
            }
            return Array.ConvertAll(squares, cell => Array.ConvertAll(cell, Math.Sqrt));
        }

        [Test]
        public void EveryTimeStepHasTheNormOfItsGradientOverAllRows([Values(1, 2)] int threads, [Values] bool pieces)
        {
            using Trainer trainer = Make(threads, true, fine: pieces);
            trainer.Begin(Data, null, 1);
            Assert.That(trainer.GradientProfile, Is.Null);
            if (pieces) while (trainer.Progress.Step < 1) trainer.Advance(TimeSpan.Zero);
            else trainer.AdvanceBatch();
            GradientProfile profile = trainer.GradientProfile!;
            double[][] expected = Expected(18);
            Assert.That(profile.Cells, Is.EqualTo(new[] { "0.l0", "0.l1" }));
            Assert.That(profile.Step, Is.EqualTo(1));
            for (int cell = 0; cell < 2; cell++)
            {
                Assert.That(profile.Norms(cell).Length, Is.EqualTo(Enumerable.Range(0, 18).Max(Data.Steps)));
                for (int t = 0; t < profile.Norms(cell).Length; t++) Assert.That(profile.Norms(cell)[t], Is.EqualTo(expected[cell][t]).Within(1e-5 * expected[cell][t]), $"cell {cell}, step {t}");
            }
        }

        [Test]
        public void WhatIsLearnedStaysTheSameBitForBit()
        {
            using Trainer plain = Make(1, false), profiled = Make(1, true), threads = Make(2, true), pieces = Make(1, true, fine: true);
            plain.Fit(Data, Data, 3);
            profiled.Fit(Data, Data, 3);
            threads.Fit(Data, Data, 3);
            pieces.Begin(Data, Data, 3);
            while (pieces.Advance(TimeSpan.Zero))
            {
            }
            foreach (Trainer trainer in new[] { profiled, threads, pieces })
            {
                Assert.That(TrainingExamples.Trace(trainer), Is.EqualTo(TrainingExamples.Trace(plain)));
                Assert.That(Exact(trainer.GradientProfile!), Is.EqualTo(Exact(profiled.GradientProfile!)));
            }
            Assert.That(plain.GradientProfile, Is.Null);
            Assert.That(profiled.GradientProfile!.Step, Is.EqualTo(9));
        }

        [Test]
        public void ItMayBeTurnedOnAndOffInTheMiddle()
        {
            using Trainer plain = Make(1, false), turned = Make(1, false, fine: true);
            plain.Fit(Data, null, 4);
            turned.Begin(Data, null, 4);
            for (int call = 0; turned.Advance(TimeSpan.Zero); call++) turned.ProfilesGradients = call / 37 % 2 == 1;
            Assert.That(TrainingExamples.Trace(turned), Is.EqualTo(TrainingExamples.Trace(plain)));
            Assert.That(turned.GradientProfile!.Step, Is.GreaterThan(0));
        }

        [Test]
        public void NothingIsAllocatedOnceAStepWasProfiled()
        {
            using Trainer trainer = Make(1, true);
            trainer.Begin(Data, null, 10);
            trainer.AdvanceBatch();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++) trainer.AdvanceBatch();
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        [Test]
        public void AModelWithoutRecurrentCellsHasNone()
        {
            var data = new ArrayDataset(new[] { new[] { 1f, 2f } }, new[] { new[] { 0f } }, 2, 1);
            using var trainer = new Trainer(new SequenceModel(new Linear(2, 1)), Losses.MeanSquaredError, new SGD(0.1f)) { ProfilesGradients = true };
            Assert.That(trainer.Fit(data, null, 2).Outcome, Is.EqualTo(TrainingOutcome.Completed));
            Assert.That(trainer.GradientProfile, Is.Null);
        }

        [Test]
        public void ATrainerBesideAGameTellsItAndItsEpochs([Values] bool thread)
        {
            var options = new BackgroundOptions { UseThread = thread };
            options.Training.BatchSize = 18;
            using var trainer = new BackgroundTrainer(TrainingExamples.Forecaster(), Losses.MeanSquaredError, new Adam(0.01f), options) { ProfilesGradients = true };
            trainer.Begin(Data, null, 4);
            var epochs = new List<EpochRecord>();
            long known = 0;
            for (var clock = Stopwatch.StartNew(); trainer.Tick(TimeSpan.FromMilliseconds(1)) && clock.Elapsed.TotalSeconds < 30; Thread.Sleep(1)) known = trainer.ReadEpochs(known, epochs);
            Assert.That(trainer.ReadEpochs(known, epochs), Is.EqualTo(4));
            Assert.That(epochs.ConvertAll(epoch => epoch.TrainLoss), Is.EqualTo(trainer.LastResult!.History.Select(epoch => epoch.TrainLoss)));
            GradientProfile profile = trainer.GradientProfile!;
            Assert.That(profile.Step, Is.EqualTo(12));
            Assert.That(profile.Norms(0).ToArray(), Has.All.GreaterThan(0));
            Assert.That(trainer.GradientProfile, Is.Not.SameAs(profile));
        }

        /// <summary>A model and its output for one sequence.</summary>
        private sealed class SequenceModelScope : IDisposable
        {
            private readonly SequencePass _pass;

            public SequenceModelScope(SequenceModel model)
            {
                Model = model;
                _pass = new SequencePass(model, 1, 6);
            }

            public SequenceModel Model { get; }

            public float[] Run(float[] input)
            {
                var output = new float[1];
                _pass.Forward(input, 1, input.Length / Model.InputSize);
                _pass.CopyOutput(output);
                return output;
            }

            public void Dispose() => _pass.Dispose();
        }
    }
}
