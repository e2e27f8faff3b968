using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    /// <summary>Training in pieces of a frame.</summary>
    public sealed class TrainerAdvanceTests
    {
        /// <summary>What is trained: all layers, all cells, and everything that a batch can have.</summary>
        public enum Task
        {
            RaggedForecast,
            CarriedStates,
            BothDirections,
            Projection,
            Peepholes,
            ResetBefore,
            ResetAfter,
            LoneRows,
            Symbols,
            PerStep,
            Translation,
            TranslationWithItsOwnSymbols,
        }

        private static SequenceDataset Data(Task task, ulong seed)
        {
            switch (task)
            {
                case Task.CarriedStates:
                    return TrainingExamples.Stream(110 + (int)seed, tracks: 9, steps: 5);
                case Task.BothDirections:
                    return TrainingExamples.Sequences(21, 6, 2, 2, perStep: false, ragged: true, seed: seed);
                case Task.LoneRows:
                    return TrainingExamples.Sequences(3, 9, 2, 1, perStep: false, seed: seed);
                case Task.Symbols:
                    return Symbols(seed);
                case Task.Translation:
                case Task.TranslationWithItsOwnSymbols:
                    return Pairs(seed);
                case Task.PerStep:
                    return TrainingExamples.Sequences(21, 6, 2, 1, perStep: true, ragged: true, seed: seed, classes: 4);
                default:
                    return TrainingExamples.Sequences(37, 6, 2, 1, perStep: false, ragged: true, seed: seed);
            }
        }

        private static SequenceDataset Symbols(ulong seed)
        {
            var random = new RandomSource(seed);
            List<float[]> inputs = Enumerable.Range(0, 20).Select(i => Enumerable.Range(0, 1 + random.Next(6)).Select(t => (float)random.Next(5)).ToArray()).ToList();
            return new ArrayDataset(inputs, inputs.ConvertAll(input => new[] { input[0] - 0.3f * input.Length }), 1, 1);
        }

        /// <summary>A source symbol and the symbol that the decoder is fed at every step, and the symbol that follows.</summary>
        private static SequenceDataset Pairs(ulong seed)
        {
            var random = new RandomSource(seed);
            List<float[]> inputs = new List<float[]>(), targets = new List<float[]>();
            for (int i = 0; i < 21; i++)
            {
                int source = 1 + random.Next(5), target = 1 + random.Next(6), steps = Math.Max(source, target);
                inputs.Add(Enumerable.Range(0, 2 * steps).Select(n => n / 2 < (n % 2 == 0 ? source : target) ? (float)(1 + random.Next(4)) : 0).ToArray());
                targets.Add(Enumerable.Range(0, steps).Select(t => t < target ? (float)random.Next(5) : -100).ToArray());
            }
            return new ArrayDataset(inputs, targets, 2, 1);
        }

        private static SequenceModel Model(Task task)
        {
            LSTM Lstm(int size, int proj = 0, CellOptions? options = null) => new LSTM(2, size, numLayers: 2, dropout: 0.2f, projSize: proj, seed: 1, options: options);
            switch (task)
            {
                case Task.CarriedStates:
                    return new SequenceModel(new LSTM(1, 7, numLayers: 2, dropout: 0.3f, seed: 1), new Dropout(0.2f), new Linear(7, 1, seed: 2));
                case Task.BothDirections:
                    return new SequenceModel(new LSTM(2, 5, numLayers: 2, bidirectional: true, dropout: 0.3f, seed: 5), new FinalStates(), new Linear(10, 2, seed: 6));
                case Task.Projection:
                    return new SequenceModel(Lstm(9, 4), new LastStep(), new Linear(4, 1, seed: 2));
                case Task.Peepholes:
                    return new SequenceModel(Lstm(9, 0, new CellOptions { Peepholes = true }), new LastStep(), new Linear(9, 1, seed: 2));
                case Task.ResetBefore:
                case Task.ResetAfter:
                    return new SequenceModel(new GRU(2, 18, numLayers: 2, resetAfter: task == Task.ResetAfter, dropout: 0.2f, seed: 1), new LastStep(), new Linear(18, 1, seed: 2));
                case Task.Symbols:
                    return new SequenceModel(new Embedding(5, 3, seed: 1), new Reverse(), new RNN(3, 6, numLayers: 2, seed: 2), new Activation(Nonlinearity.Tanh), new LastStep(), new Linear(6, 1, seed: 3));
                case Task.PerStep:
                    return new SequenceModel(new RNN(2, 20, numLayers: 2, nonlinearity: Nonlinearity.ReLU, bidirectional: true, seed: 2), new Dropout(0.1f), new Linear(40, 4, seed: 3), new Softmax(logarithm: true));
                case Task.Translation:
                    return new SequenceModel(new EncoderDecoder(5, 5, new LSTM(3, 5, numLayers: 2, bidirectional: true, dropout: 0.2f, seed: 1), new LSTM(4, 10, numLayers: 2, dropout: 0.2f, seed: 2),
                        new EncoderDecoderOptions { SourceEmbedding = 3, TargetEmbedding = 4, SourcePadding = 0, TargetPadding = 0, Attention = AttentionScore.General }, seed: 3));
                case Task.TranslationWithItsOwnSymbols:
                    return new SequenceModel(new EncoderDecoder(5, 5, new GRU(5, 9, seed: 1), new GRU(5 + 9, 9, seed: 2),
                        new EncoderDecoderOptions { RepeatsEncoder = true, SourcePadding = 0, TargetPadding = 0, Attention = AttentionScore.Dot }, seed: 3));
                default:
                    // 4 × 36 columns of gates: more than a piece may have.
                    return new SequenceModel(Lstm(36), new Dropout(0.1f), new LastStep(), new Linear(36, 1, seed: 2));
            }
        }

        private static Trainer Make(Task task, KernelSet kernels, int threads, bool fine = false)
        {
            var options = new TrainingOptions { BatchSize = task == Task.LoneRows ? 1 : 18, Threads = threads, Kernels = kernels, ClipNorm = 0.5, ClipValue = 0.2f, Seed = 3 };
            if (task == Task.TranslationWithItsOwnSymbols) options.TeacherForcing = TeacherForcingSchedule.Linear(1, 0, 3, ScheduleUnit.Step);
            var trainer = new Trainer(Model(task), task >= Task.PerStep ? Losses.CrossEntropy() : Losses.MeanSquaredError, new Adam(0.01f, amsgrad: true), options);
            // The finest pieces that there are.
            if (fine) trainer.Slicer = new WorkSlicer(1e-9);
            return trainer;
        }

        [Test]
        public void APieceAtATimeGivesTheBitsOfOneGo([Values] Task task, [Values(0, 1, -1)] int set)
        {
            IReadOnlyList<KernelSet> available = KernelSet.Available;
            KernelSet kernels = available[set < 0 ? available.Count - 1 : set];
            using Trainer whole = Make(task, kernels, 1), threads = Make(task, kernels, 2), pieces = Make(task, kernels, 2, fine: true);
            whole.Fit(Data(task, 11), Data(task, 12), 2);
            threads.Fit(Data(task, 11), Data(task, 12), 2);
            pieces.Begin(Data(task, 11), Data(task, 12), 2);
            int calls = 1;
            while (pieces.Advance(TimeSpan.Zero)) calls++;
            Assert.That(TrainingExamples.Trace(pieces), Is.EqualTo(TrainingExamples.Trace(whole)));
            Assert.That(TrainingExamples.Trace(threads), Is.EqualTo(TrainingExamples.Trace(whole)));
            Assert.That(calls, Is.GreaterThan(500));
            Assert.That(whole.Outcome, Is.EqualTo(TrainingOutcome.Completed));
        }

        [Test]
        public void BudgetsBatchesAndARunMayFollowOneAnother([Values] Task task)
        {
            KernelSet kernels = KernelSet.Default;
            using Trainer whole = Make(task, kernels, 1), mixed = Make(task, kernels, 2);
            whole.Fit(Data(task, 11), null, 4);
            mixed.Begin(Data(task, 11), null, 4);
            var random = new RandomSource(8);
            while (mixed.Progress.Epoch < 3)
            {
                if (random.Next(3) == 0) mixed.AdvanceBatch();
                else mixed.Advance(TimeSpan.FromMilliseconds(0.05 * random.Next(4)));
            }
            mixed.Run();
            Assert.That(TrainingExamples.Trace(mixed), Is.EqualTo(TrainingExamples.Trace(whole)));
        }

        [Test]
        public void BetweenCallsTheModelHasTheWeightsOfAWholeStep()
        {
            using Trainer whole = Make(Task.RaggedForecast, KernelSet.Default, 1), pieces = Make(Task.RaggedForecast, KernelSet.Default, 1, fine: true);
            whole.Begin(Data(Task.RaggedForecast, 11), null, 2);
            pieces.Begin(Data(Task.RaggedForecast, 11), null, 2);
            using SequenceStream stream = new SequenceModel(new Linear(1, 1)).OpenStream(), running = pieces.Model.OpenStream(), expected = whole.Model.OpenStream();
            float[] input = { 0.3f, -1.2f }, output = new float[1], expectedOutput = new float[1];
            int step = 0, calls = 0;
            do
            {
                // A stream packs the weights for itself, in the middle of a step; its outputs are those of the last step's weights.
                if (calls++ % 20 == 0)
                {
                    while (step < pieces.Progress.Step)
                    {
                        whole.AdvanceBatch();
                        step++;
                    }
                    Assert.That(TrainingExamples.Bits(pieces.Model), Is.EqualTo(TrainingExamples.Bits(whole.Model)));
                    running.Step(input, output);
                    expected.Step(input, expectedOutput);
                    Assert.That(output[0], Is.EqualTo(expectedOutput[0]));
                }
            }
            while (pieces.Advance(TimeSpan.Zero));
            whole.Run();
            Assert.That(TrainingExamples.Trace(pieces), Is.EqualTo(TrainingExamples.Trace(whole)));
        }

        [Test]
        public void WhatIsCalledBestIsWholeAtEveryMoment()
        {
            using Trainer whole = Make(Task.RaggedForecast, KernelSet.Default, 1), pieces = Make(Task.RaggedForecast, KernelSet.Default, 1, fine: true);
            SequenceDataset train = Data(Task.RaggedForecast, 11), validation = Data(Task.RaggedForecast, 12);
            var best = new List<int[]> { TrainingExamples.Bits(whole.Model) };
            whole.Begin(train, validation, 3);
            do
            {
                if (whole.Progress.BestEpoch == best.Count) best.Add(TrainingExamples.Bits(whole.BestWeights!));
            }
            while (whole.AdvanceBatch());
            pieces.Begin(train, validation, 3);
            int seen = 0;
            do
            {
                if (pieces.Progress.BestEpoch == seen) continue;
                seen = pieces.Progress.BestEpoch;
                Assert.That(TrainingExamples.Bits(pieces.BestWeights!), Is.EqualTo(best[seen]));
            }
            while (pieces.Advance(TimeSpan.Zero));
            Assert.That(seen, Is.GreaterThan(0));
        }

        [Test]
        public void TheWeightsOfTheStartAreJudgedWhereAsked([Values] bool better)
        {
            // y = w, judged by w²: the first step along −2 w goes to 5, or with a rate too high beyond −10.
            var data = new ArrayDataset(new[] { new[] { 1f } }, new[] { new[] { 0f } }, 1, 1);
            var model = new SequenceModel(new Linear(1, 1, bias: false));
            model.Store["0.weight"].Fill(10);
            using var trainer = new Trainer(model, Losses.MeanSquaredError, new SGD(better ? 0.25f : 1.25f), new TrainingOptions { Threads = 1, JudgeStart = true, Patience = 2 });
            trainer.Begin(data, data, 2);
            while (double.IsPositiveInfinity(trainer.Progress.BestLoss)) trainer.Advance(TimeSpan.Zero);
            Assert.That(trainer.Progress.BestLoss, Is.EqualTo(100));
            Assert.That(trainer.Progress.BestEpoch + trainer.Progress.Epoch + trainer.Progress.Step, Is.Zero);
            TrainingResult result = trainer.Run();
            Assert.That(result.History.Count, Is.EqualTo(2));
            Assert.That(result.BestEpoch, Is.EqualTo(better ? 2 : 0));
            Assert.That(result.BestLoss, Is.EqualTo(better ? 6.25 : 100));
            Assert.That(model.Store.Values[0], Is.EqualTo(better ? 2.5f : 10f));
            Assert.That(result.Outcome, Is.EqualTo(TrainingOutcome.Completed));
        }

        [Test]
        public void TheRemainingTimeIsThatOfTheRestOfTheEpochs()
        {
            using Trainer trainer = Make(Task.RaggedForecast, KernelSet.Default, 1);
            Assert.That(trainer.Progress.Remaining, Is.Null);
            trainer.Begin(Data(Task.RaggedForecast, 11), null, 4);
            Assert.That(trainer.Progress.Remaining, Is.Null);
            while (trainer.Progress.Epoch < 1) trainer.AdvanceBatch();
            TrainingProgress progress = trainer.Progress;
            Assert.That(progress.Remaining!.Value.TotalSeconds, Is.EqualTo(3 * progress.Elapsed.TotalSeconds).Within(1e-6));
            trainer.Run();
            Assert.That(trainer.Progress.Remaining, Is.EqualTo(TimeSpan.Zero));
        }

        [Test]
        public void NothingIsAllocated()
        {
            using Trainer trainer = Make(Task.RaggedForecast, KernelSet.Default, 1);
            trainer.Begin(Data(Task.RaggedForecast, 11), Data(Task.RaggedForecast, 12), 50);
            TimeSpan budget = TimeSpan.FromMilliseconds(0.1);
            while (trainer.Progress.Epoch < 2) trainer.Advance(budget);
            long before = GC.GetAllocatedBytesForCurrentThread();
            while (trainer.Progress.Epoch < 6) trainer.Advance(budget);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        [Test]
        public void WeightsThatAreChangedMeanwhileAreTakenUp()
        {
            var data = new ArrayDataset(new[] { new[] { 1f } }, new[] { new[] { 0f } }, 1, 1);
            var model = new SequenceModel(new Linear(1, 1, bias: false));
            using var trainer = new Trainer(model, Losses.MeanSquaredError, new SGD(0.25f), new TrainingOptions { Threads = 1 });
            model.Store["0.weight"].Fill(10);
            trainer.Begin(data, null, 2);
            // y = w, and the gradient of w² is 2w: a step halves the weight, whichever it is.
            for (int i = 0; i < 4; i++) trainer.Advance(TimeSpan.Zero);
            model.Store["0.weight"].Fill(6);
            trainer.AdvanceBatch();
            Assert.That(model.Store.Values[0], Is.EqualTo(3f));
        }

        [Test]
        public void AStepThatWouldBreakTheWeightsNeverReachesThem()
        {
            var data = new ArrayDataset(new[] { new[] { 1f } }, new[] { new[] { 0f } }, 1, 1);
            var model = new SequenceModel(new Linear(1, 1, bias: false));
            model.Store["0.weight"].Fill(10);
            using var trainer = new Trainer(model, Losses.MeanSquaredError, new SGD(3e38f), new TrainingOptions { Threads = 1 });
            trainer.Begin(data, null, 2);
            while (trainer.Advance(TimeSpan.Zero)) Assert.That(model.Store.Values[0], Is.EqualTo(10f));
            Assert.That(trainer.Result().Message, Is.EqualTo("Diverged in step 1 (epoch 1, batch 1): the weights are not finite. The weights are those of the start; a lower learning rate or ClipNorm may help."));
            Assert.That(model.Store.Values[0], Is.EqualTo(10f));
        }

        [Test]
        public void ACancelledRunLeavesAWholeStep()
        {
            // Wherever it is cancelled, the weights and the optimizer are those after some whole number of steps.
            var after = new List<string>();
            string State(Trainer trainer) => string.Join(" ", TrainingExamples.Bits(trainer.Model)) + string.Join(";", trainer.Optimizer.GetState().Select(pair => string.Join(" ", TrainingExamples.Bits(pair.Value))));
            using (Trainer whole = Make(Task.ResetAfter, KernelSet.Default, 1))
            {
                whole.Begin(Data(Task.ResetAfter, 11), null, 1);
                do after.Add(State(whole));
                while (whole.AdvanceBatch());
                after.Add(State(whole));
            }
            var seen = new HashSet<int>();
            for (int calls = 1; calls < 3000; calls = calls * 5 / 4 + 1)
            {
                using Trainer trainer = Make(Task.ResetAfter, KernelSet.Default, 1, fine: true);
                trainer.Begin(Data(Task.ResetAfter, 11), null, 1);
                for (int i = 0; i < calls; i++) trainer.Advance(TimeSpan.Zero);
                trainer.Cancel();
                int step = after.LastIndexOf(State(trainer));
                Assert.That(step, Is.EqualTo((int)trainer.Optimizer.StepCount), $"after {calls} calls");
                seen.Add(step);
            }
            Assert.That(seen, Is.SupersetOf(new[] { 0, 1 }));
        }
    }
}
