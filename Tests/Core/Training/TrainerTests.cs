using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class TrainerTests
    {
        private static Trainer Trainer(SequenceModel model, TrainingOptions options, Optimizer? optimizer = null, Loss? loss = null) =>
            new Trainer(model, loss ?? Losses.MeanSquaredError, optimizer ?? new Adam(0.01f), options);

        // The same bits

        [Test]
        public void TheNumberOfThreadsChangesNoBit([Values(2, 3, 5)] int threads, [Values] bool stream)
        {
            string Train(int count)
            {
                var options = new TrainingOptions { BatchSize = 40, Threads = count, ClipNorm = 0.5, Seed = 7 };
                using Trainer trainer = Trainer(stream ? TrainingExamples.Follower(0.3f) : TrainingExamples.Forecaster(0.3f), options);
                if (stream) trainer.Fit(TrainingExamples.Stream(700, tracks: 37, steps: 5), TrainingExamples.Stream(90, tracks: 2, steps: 8), 2);
                else trainer.Fit(TrainingExamples.Sequences(100, 6, 2, 1, perStep: false, ragged: true), TrainingExamples.Sequences(70, 6, 2, 1, perStep: false, seed: 3), 2);
                return TrainingExamples.Trace(trainer);
            }
            string one = Train(1);
            Assert.That(one, Does.StartWith("Completed"));
            Assert.That(Train(threads), Is.EqualTo(one));
        }

        // Where there are many parameters, the threads also share out what is done for each of them.
        [Test]
        public void TheNumberOfThreadsChangesNoBitOfALargeModel([Range(0, 2)] int kind)
        {
            string Train(int threads, bool slices)
            {
                RecurrentLayer layer = kind == 0 ? new LSTM(2, 130, seed: 1) : kind == 1 ? (RecurrentLayer)new GRU(2, 105, bidirectional: true, seed: 1) : new RNN(2, 256, seed: 1);
                var model = new SequenceModel(layer, new LastStep(), new Linear(layer.OutputSize, 1, seed: 2));
                Assert.That(model.Store.Length, Is.GreaterThanOrEqualTo(WorkerTeam.WorthSharing));
                using Trainer trainer = Trainer(model, new TrainingOptions { BatchSize = 20, Threads = threads, ClipNorm = 0.5, Seed = 7 });
                trainer.Begin(TrainingExamples.Sequences(40, 4, 2, 1, perStep: false, ragged: true), null, 2);
                if (slices)
                    while (trainer.Advance(TimeSpan.FromMilliseconds(1)))
                    {
                    }
                trainer.Run();
                return TrainingExamples.Trace(trainer);
            }
            string one = Train(1, slices: false);
            Assert.That(one, Does.StartWith("Completed"));
            Assert.That(Train(2, slices: false), Is.EqualTo(one));
            Assert.That(Train(3, slices: false), Is.EqualTo(one));
            Assert.That(Train(1, slices: true), Is.EqualTo(one));
        }

        [Test]
        public void ARunInPiecesIsARunInOneGo([Values] bool stream)
        {
            SequenceDataset train = stream ? (SequenceDataset)TrainingExamples.Stream(100, 4, 6) : TrainingExamples.Sequences(21, 5, 2, 1, perStep: false, ragged: true);
            SequenceDataset validation = stream ? (SequenceDataset)TrainingExamples.Stream(50, 2, 6) : TrainingExamples.Sequences(70, 5, 2, 1, perStep: false, seed: 2);
            SequenceModel Model() => stream ? TrainingExamples.Follower(0.2f) : TrainingExamples.Forecaster(0.2f);
            var options = new TrainingOptions { BatchSize = 8, Threads = 1 };
            using Trainer whole = Trainer(Model(), options), pieces = Trainer(Model(), options);
            whole.Fit(train, validation, 3);
            pieces.Begin(train, validation, 3);
            int count = 1;
            while (pieces.AdvanceBatch()) count++;
            Assert.That(TrainingExamples.Trace(pieces), Is.EqualTo(TrainingExamples.Trace(whole)));
            // Validation is 70 sequences of 64 a batch, or 2 tracks of 24 steps in chunks of 6.
            Assert.That(count, Is.EqualTo(3 * ((stream ? 4 : 3) + (stream ? 4 : 2))));
            Assert.That(pieces.Advance(TimeSpan.MaxValue), Is.False);
        }

        [Test]
        public void ATimeBudgetIsUsedUp()
        {
            using Trainer trainer = Trainer(TrainingExamples.Forecaster(), new TrainingOptions { BatchSize = 4, Threads = 1 });
            trainer.Begin(TrainingExamples.Sequences(20, 5, 2, 1, perStep: false), null, 2);
            Assert.That(trainer.Advance(TimeSpan.FromSeconds(-1)), Is.True);
            Assert.That(trainer.Progress.Step, Is.Zero);
            Assert.That(trainer.AdvanceBatch(), Is.True);
            Assert.That(trainer.Progress.Step, Is.EqualTo(1));
            Assert.That(trainer.Advance(TimeSpan.MaxValue), Is.False);
            Assert.That(trainer.Progress.Step, Is.EqualTo(10));
        }

        [Test]
        public void ADifferentSeedGivesAnotherOrderAndOtherMasks()
        {
            string Train(ulong seed, bool shuffle, float dropout)
            {
                using Trainer trainer = Trainer(TrainingExamples.Forecaster(dropout), new TrainingOptions { BatchSize = 4, Threads = 1, Seed = seed, Shuffle = shuffle });
                trainer.Fit(TrainingExamples.Sequences(12, 5, 2, 1, perStep: false), null, 1);
                return TrainingExamples.Trace(trainer);
            }
            Assert.That(Train(2, true, 0), Is.Not.EqualTo(Train(1, true, 0)));
            Assert.That(Train(2, false, 0), Is.EqualTo(Train(1, false, 0)));
            Assert.That(Train(2, false, 0.3f), Is.Not.EqualTo(Train(1, false, 0.3f)));
        }

        [Test]
        public void EverySequenceIsSeenOnceAnEpochInANewOrder()
        {
            var inputs = Enumerable.Range(0, 10).Select(i => new[] { (float)i }).ToList();
            var seen = new Recording(new ArrayDataset(inputs, inputs, 1, 1));
            using Trainer trainer = Trainer(new SequenceModel(new Linear(1, 1)), new TrainingOptions { BatchSize = 3, Threads = 1 });
            trainer.Begin(seen, null, 3);
            seen.Indices.Clear();
            trainer.Run();
            List<int[]> epochs = Enumerable.Range(0, 3).Select(epoch => seen.Indices.Skip(10 * epoch).Take(10).ToArray()).ToList();
            Assert.That(seen.Indices.Count, Is.EqualTo(30));
            foreach (int[] epoch in epochs) Assert.That(epoch, Is.EquivalentTo(Enumerable.Range(0, 10)));
            Assert.That(epochs[0], Is.Not.EqualTo(Enumerable.Range(0, 10)));
            Assert.That(epochs[1], Is.Not.EqualTo(epochs[0]));
        }

        // Memory

        [Test]
        public void AfterTheFirstStepTheThreadThatTrainsAllocatesNothing([Values(1, 2)] int threads, [Values] bool stream)
        {
            var options = new TrainingOptions { BatchSize = 16, Threads = threads, ClipNorm = 1, ClipValue = 0.5f, Schedule = LearningRateSchedule.Plateau().WithWarmUp(5) };
            using Trainer trainer = Trainer(stream ? TrainingExamples.Follower(0.2f) : TrainingExamples.Forecaster(0.2f), options);
            if (stream) trainer.Begin(TrainingExamples.Stream(700, tracks: 18, steps: 5), TrainingExamples.Stream(90, tracks: 2, steps: 8), 100);
            else trainer.Begin(TrainingExamples.Sequences(40, 6, 2, 1, perStep: false, ragged: true), TrainingExamples.Sequences(70, 6, 2, 1, perStep: false), 100);
            // Past one whole epoch: a step, a validation and an epoch's end are all in it.
            while (trainer.Progress.Epoch < 2) trainer.AdvanceBatch();
            long bytes = trainer.Bytes, before = GC.GetAllocatedBytesForCurrentThread();
            while (trainer.Progress.Epoch < 5) trainer.AdvanceBatch();
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            Assert.That(trainer.Bytes, Is.EqualTo(bytes).And.GreaterThan(1000));
        }

        // Truncated back-propagation through time

        [Test]
        public void CarriedStatesGiveTheLossOfTheWholeStreamAndBeginAnewEveryEpoch()
        {
            // Rows 0 … 60: three tracks of 20 steps, in chunks of 6, 6, 6 and 2.
            StreamDataset data = TrainingExamples.Stream(61, tracks: 3, steps: 6), whole = TrainingExamples.Stream(61, tracks: 3, steps: 20);
            var model = TrainingExamples.Follower();
            using Trainer trainer = Trainer(model, new TrainingOptions { Threads = 1 }, new SGD(0));
            TrainingResult result = trainer.Fit(data, data, 2);

            using var pass = new SequencePass(model, 3, 20);
            float[] input = Enumerable.Range(0, 3).SelectMany(track => TrainingExamples.Input(whole, track, out _)).ToArray();
            float[] target = Enumerable.Range(0, 3).SelectMany(track =>
            {
                TrainingExamples.Input(whole, track, out float[] values);
                return values;
            }).ToArray();
            pass.Forward(input, 3, 20);
            var output = new float[60];
            pass.CopyOutput(output);
            double expected = output.Zip(target, (p, t) => (double)(p - t) * (p - t)).Sum() / 60;
            Assert.That(result.History[0].TrainLoss, Is.EqualTo(expected).Within(1e-6));
            Assert.That(result.History[1].TrainLoss, Is.EqualTo(result.History[0].TrainLoss));
            Assert.That(result.History[1].ValidationLoss, Is.EqualTo(result.History[0].TrainLoss));

            // Each chunk on its own, from a state of zero, is another loss.
            var inputs = Enumerable.Range(0, data.Count).Select(i => TrainingExamples.Input(data, i, out _)).ToList();
            var targets = Enumerable.Range(0, data.Count).Select(i =>
            {
                TrainingExamples.Input(data, i, out float[] values);
                return values;
            }).ToList();
            Assert.That(trainer.Evaluate(new ArrayDataset(inputs, targets, 1, 1)), Is.Not.EqualTo(expected).Within(1e-4));
            Assert.That(trainer.Evaluate(data), Is.EqualTo(expected).Within(1e-6));
        }

        [Test]
        public void StatesCannotBeCarriedThroughALayerThatReadsFromTheEnd()
        {
            using Trainer trainer = Trainer(new SequenceModel(new GRU(1, 3, bidirectional: true), new Linear(6, 1)), new TrainingOptions { Threads = 1 });
            Assert.That(() => trainer.Begin(TrainingExamples.Stream(40, 2, 5), null, 1), Throws.ArgumentException.With.Message.Contains("model that reads sequences from their end too"));
        }

        // How a run ends

        /// <summary>
        /// y = w x with the targets 0 and x = 1: the validation loss of an epoch is the square of the weight that the script gives for its one step.
        /// </summary>
        private static Trainer Scripted(TrainingOptions options, params float[] script)
        {
            var model = new SequenceModel(new Linear(1, 1, bias: false));
            model.Store["0.weight"].Fill(10);
            options.Threads = 1;
            return new Trainer(model, Losses.MeanSquaredError, new Script(script), options);
        }

        private static readonly ArrayDataset Unit = new ArrayDataset(new[] { new[] { 1f } }, new[] { new[] { 0f } }, 1, 1);

        [Test]
        public void StopsWhenPatienceIsOutAndRestoresTheBestWeights()
        {
            using Trainer trainer = Scripted(new TrainingOptions { Patience = 2 }, 5, 4, 3, 3.5f, 3, 1, 1);
            TrainingResult result = trainer.Fit(Unit, Unit, 7);
            Assert.That(result.Outcome, Is.EqualTo(TrainingOutcome.StoppedEarly));
            Assert.That(result.Message, Is.EqualTo("Stopped after epoch 5: no better validation loss since epoch 3."));
            Assert.That(result.BestEpoch, Is.EqualTo(3));
            Assert.That(result.BestLoss, Is.EqualTo(9));
            Assert.That(result.History.Select(epoch => epoch.ValidationLoss), Is.EqualTo(new[] { 25, 16, 9, 12.25, 9 }));
            // The training loss is that of the weight before the step.
            Assert.That(result.History.Select(epoch => epoch.TrainLoss), Is.EqualTo(new[] { 100, 25, 16, 9, 12.25 }));
            Assert.That(trainer.Model.Store.Values[0], Is.EqualTo(3f));
            Assert.That(trainer.AdvanceBatch(), Is.False);
        }

        [Test]
        public void KeepsTheBestWeightsOnlyWhereAskedAndJudgedByValidation()
        {
            float Last(bool keepBest, SequenceDataset? validation)
            {
                using Trainer trainer = Scripted(new TrainingOptions { KeepBest = keepBest }, 5, 2, 4);
                TrainingResult result = trainer.Fit(Unit, validation, 3);
                Assert.That(result.Outcome, Is.EqualTo(TrainingOutcome.Completed));
                Assert.That(result.Message, Is.EqualTo("All 3 epochs are done."));
                Assert.That(result.BestEpoch, Is.EqualTo(validation == null ? 3 : 2));
                return trainer.Model.Store.Values[0];
            }
            Assert.That(Last(true, Unit), Is.EqualTo(2f));
            Assert.That(Last(false, Unit), Is.EqualTo(4f));
            Assert.That(Last(true, null), Is.EqualTo(4f));
        }

        [Test]
        public void ADivergenceNamesTheStepAndBringsTheBestWeightsBack([Values] bool validated, [Values] bool keepBest)
        {
            // The gradient of 3e38² is beyond a float, which the fourth step finds. Without validation the third epoch has the lowest loss,
            // by the weight 2 that it began with: what its step made of it must not pass for the best.
            using Trainer trainer = Scripted(new TrainingOptions { KeepBest = keepBest }, 5, 2, 3e38f, 7);
            TrainingResult result = trainer.Fit(Unit, validated ? Unit : null, 9);
            Assert.That(result.Outcome, Is.EqualTo(TrainingOutcome.Diverged));
            Assert.That(result.Message, Is.EqualTo("Diverged in step 4 (epoch 4, batch 1): the gradient is not finite. The weights are those "
                + (validated ? "of epoch 2" : "with which epoch 3 began") + "; a lower learning rate or ClipNorm may help."));
            Assert.That(result.BestEpoch, Is.EqualTo(validated ? 2 : 3));
            Assert.That(result.BestLoss, Is.EqualTo(4));
            Assert.That(trainer.Model.Store.Values[0], Is.EqualTo(2f));
        }

        [TestCase(float.NaN)]
        [TestCase(float.PositiveInfinity)]
        public void BrokenWeightsAreADivergenceInTheStepThatBrokeThem(float broken)
        {
            using Trainer trainer = Scripted(new TrainingOptions(), 5, 2, broken, 7);
            TrainingResult result = trainer.Fit(Unit, Unit, 9);
            Assert.That(result.Outcome, Is.EqualTo(TrainingOutcome.Diverged));
            Assert.That(result.Message, Is.EqualTo("Diverged in step 3 (epoch 3, batch 1): the weights are not finite. The weights are those of epoch 2; a lower learning rate or ClipNorm may help."));
            Assert.That(result.BestLoss, Is.EqualTo(4));
            Assert.That(result.History.Count, Is.EqualTo(2));
            Assert.That(trainer.Model.Store.Values[0], Is.EqualTo(2f));
        }

        [Test]
        public void AValidationLossThatIsNotFiniteIsADivergence()
        {
            var huge = new ArrayDataset(new[] { new[] { 3e38f } }, new[] { new[] { 0f } }, 1, 1);
            using Trainer trainer = Scripted(new TrainingOptions { Patience = 5 }, 5, 2);
            TrainingResult result = trainer.Fit(Unit, huge, 2);
            Assert.That(result.Outcome, Is.EqualTo(TrainingOutcome.Diverged));
            Assert.That(result.Message, Is.EqualTo("Diverged in epoch 1 (step 1): the validation loss is not finite. The weights are those of the start; a lower learning rate or ClipNorm may help."));
            Assert.That(trainer.Model.Store.Values[0], Is.EqualTo(10f));
            Assert.That(result.BestEpoch, Is.Zero);
            Assert.That(result.BestLoss, Is.EqualTo(double.PositiveInfinity));
        }

        [Test]
        public void ALearningRateFarTooHighDivergesWithFiniteWeights([Values] bool validated, [Values(0, 1)] int optimizer)
        {
            var model = TrainingExamples.Forecaster();
            int[] start = TrainingExamples.Bits(model);
            using Trainer trainer = Trainer(model, new TrainingOptions { BatchSize = 4, Threads = 2 }, optimizer == 0 ? new SGD(1e30f) : (Optimizer)new Adam(1e30f));
            SequenceDataset data = TrainingExamples.Sequences(12, 5, 2, 1, perStep: false);
            TrainingResult result = trainer.Fit(data, validated ? data : null, 3);
            Assert.That(result.Outcome, Is.EqualTo(TrainingOutcome.Diverged), result.Message);
            Assert.That(result.Message, Does.StartWith("Diverged in step 2 (epoch 1, batch 2): the "));
            Assert.That(TrainingExamples.Bits(model), Is.EqualTo(start));
        }

        [Test]
        public void CancellingEndsTheRunWithTheBestWeights()
        {
            using var source = new CancellationTokenSource();
            using Trainer trainer = Scripted(new TrainingOptions(), 5, 2, 4, 1);
            // Two reports an epoch: one of training, one of validation.
            TrainingResult result = trainer.Fit(Unit, Unit, 4, new Reports(progress =>
            {
                if (progress.Epoch == 3) source.Cancel();
            }), source.Token);
            Assert.That(result.Outcome, Is.EqualTo(TrainingOutcome.Cancelled));
            Assert.That(result.Message, Is.EqualTo("Cancelled in epoch 4 of 4."));
            Assert.That(result.History.Count, Is.EqualTo(3));
            Assert.That(trainer.Model.Store.Values[0], Is.EqualTo(2f));

            trainer.Cancel();
            Assert.That(trainer.Result().Message, Is.EqualTo("Cancelled in epoch 4 of 4."));
        }

        [Test]
        public void ACancelledTokenStopsBeforeTheFirstBatch()
        {
            using Trainer trainer = Scripted(new TrainingOptions(), 5);
            Assert.That(trainer.Fit(Unit, null, 1, cancellation: new CancellationToken(true)).Outcome, Is.EqualTo(TrainingOutcome.Cancelled));
            Assert.That(trainer.Progress.Step, Is.Zero);
            Assert.That(trainer.Model.Store.Values[0], Is.EqualTo(10f));
        }

        [Test]
        public void ProgressIsToldAfterEveryBatch()
        {
            var reports = new List<TrainingProgress>();
            using Trainer trainer = Trainer(TrainingExamples.Forecaster(), new TrainingOptions { BatchSize = 4, Threads = 1, Schedule = LearningRateSchedule.StepDecay(1, 0.5) });
            trainer.Fit(TrainingExamples.Sequences(10, 5, 2, 1, perStep: false), TrainingExamples.Sequences(70, 5, 2, 1, perStep: false), 2, new Reports(reports.Add));
            Assert.That(reports.Select(p => p.Epoch), Is.EqualTo(new[] { 0, 0, 0, 0, 1, 1, 1, 1, 1, 2 }));
            Assert.That(reports.Select(p => p.Batch), Is.EqualTo(new[] { 1, 2, 3, 3, 0, 1, 2, 3, 3, 0 }));
            Assert.That(reports.Select(p => p.Step), Is.EqualTo(new long[] { 1, 2, 3, 3, 3, 4, 5, 6, 6, 6 }));
            Assert.That(reports.Select(p => p.Batches), Is.All.EqualTo(3));
            Assert.That(reports.Select(p => p.LearningRate), Is.EqualTo(new[] { 0.01f, 0.01f, 0.01f, 0.01f, 0.01f, 0.005f, 0.005f, 0.005f, 0.005f, 0.005f }));
            Assert.That(reports.Take(4).Select(p => p.ValidationLoss), Is.All.NaN);
            Assert.That(reports[4].ValidationLoss, Is.EqualTo(trainer.History[0].ValidationLoss));
            Assert.That(reports[4].TrainLoss, Is.EqualTo(trainer.History[0].TrainLoss));
            Assert.That(reports[5].Fraction, Is.EqualTo(4.0 / 6).Within(1e-12));
            Assert.That(reports[9].Fraction, Is.EqualTo(1));
            Assert.That(reports[9].Elapsed, Is.GreaterThan(reports[0].Elapsed));
            Assert.That(reports.Select(p => p.GradientNorm), Is.All.GreaterThan(0));
        }

        [Test]
        public void ABatchOfIgnoredTargetsIsNoStep()
        {
            // Batches of one: the first and the last have no target that counts.
            var inputs = new[] { new[] { 1f }, new[] { 2f }, new[] { 3f } };
            var data = new ArrayDataset(inputs, new[] { new[] { -100f }, new[] { 1f }, new[] { -100f } }, 1, 1);
            var model = new SequenceModel(new Linear(1, 2, seed: 4));
            using Trainer trainer = Trainer(model, new TrainingOptions { BatchSize = 1, Shuffle = false, Threads = 1 }, loss: Losses.CrossEntropy());
            trainer.Begin(data, data, 1);
            int[] start = TrainingExamples.Bits(model);
            trainer.AdvanceBatch();
            Assert.That(trainer.Progress.Step, Is.Zero);
            Assert.That(trainer.Progress.TrainLoss, Is.NaN);
            Assert.That(TrainingExamples.Bits(model), Is.EqualTo(start));
            double expected = trainer.Evaluate(data);
            trainer.AdvanceBatch();
            Assert.That(trainer.Progress.Step, Is.EqualTo(1));
            Assert.That(trainer.Progress.TrainLoss, Is.EqualTo(expected));
            TrainingResult result = trainer.Run();
            Assert.That(result.Outcome, Is.EqualTo(TrainingOutcome.Completed));
            Assert.That(trainer.Progress.Step, Is.EqualTo(1));
            Assert.That(result.History[0].TrainLoss, Is.EqualTo(expected));
            Assert.That(result.History[0].ValidationLoss, Is.LessThan(expected));
        }

        // Bad input

        [Test]
        public void RefusesOptionsOutOfRange()
        {
            void Refuses(Action<TrainingOptions> set, string message)
            {
                var options = new TrainingOptions();
                set(options);
                Assert.That(() => Trainer(TrainingExamples.Forecaster(), options), Throws.ArgumentException.With.Message.StartsWith(message));
            }
            Refuses(o => o.BatchSize = 0, "Trainer: BatchSize is 0, expected at least 1.");
            Refuses(o => o.Threads = -1, "Trainer: Threads is -1, expected at least 0.");
            Refuses(o => o.Patience = -2, "Trainer: Patience is -2, expected at least 0.");
            Refuses(o => o.ClipNorm = 0, "Trainer: ClipNorm is 0, expected a number above 0.");
            Refuses(o => o.ClipNorm = double.NaN, "Trainer: ClipNorm is NaN, expected a number above 0.");
            Refuses(o => o.ClipValue = -0.5f, "Trainer: ClipValue is -0.5, expected a number above 0.");
            Refuses(o => o.Schedule = null!, "Trainer: Schedule is null, expected a schedule");
            Assert.That(() => new Trainer(new SequenceModel(new Linear(1, 3)), Losses.CrossEntropy(classWeights: new[] { 1f, 2f }), new SGD()),
                Throws.ArgumentException.With.Message.Contains("2 class weights do not fit predictions of 3 classes"));
        }

        [Test]
        public void OptionsAreCopied()
        {
            var options = new TrainingOptions { BatchSize = 2, Threads = 1 };
            using Trainer trainer = Trainer(TrainingExamples.Forecaster(), options);
            options.BatchSize = 0;
            trainer.Fit(TrainingExamples.Sequences(5, 3, 2, 1, perStep: false), null, 1);
            Assert.That(trainer.Progress.Batches, Is.EqualTo(3));
        }

        private static IEnumerable<TestCaseData> Unfit()
        {
            SequenceDataset Good() => TrainingExamples.Sequences(3, 4, 2, 1, perStep: false);
            var none = new ArrayDataset(Array.Empty<float[]>(), Array.Empty<float[]>(), 2, 1);
            TestCaseData Case(SequenceDataset train, SequenceDataset? validation, string message) => new TestCaseData(train, validation, message);
            yield return Case(none, null, "the training data is empty, expected at least one sequence.");
            yield return Case(TrainingExamples.Sequences(3, 4, 3, 1, perStep: false), null, "the training data has 3 features, expected 2.");
            yield return Case(Good(), TrainingExamples.Sequences(3, 4, 1, 1, perStep: false), "the validation data has 1 features, expected 2.");
            yield return Case(TrainingExamples.Sequences(3, 4, 2, 2, perStep: false), null, "the training data has 2 values in a target, expected 1 for MeanSquaredError.");
            yield return Case(TrainingExamples.Sequences(3, 4, 2, 1, perStep: true), null, "the training data has 4 target steps in sequence 0, expected 1 for 4 steps of input.");
            yield return Case(Good(), new Altered(Good(), 1, input => input[5] = float.NaN), "the validation data holds NaN in sequence 1, step 2, feature 1; expected finite values.");
            yield return Case(new Altered(Good(), 2, input => input[0] = float.NegativeInfinity), null, "the training data holds -Infinity in sequence 2, step 0, feature 0; expected finite values.");
            yield return Case(new Altered(Good(), 2, target: target => target[0] = float.NaN), null, "sequence 2 of the training data: MeanSquaredError: target of row 0: expected finite values, got NaN.");
            yield return Case(new Altered(Good(), 0) { Added = 1 }, null, "the training data has 5 steps in sequence 0, expected 1 to 4.");
        }

        [TestCaseSource(nameof(Unfit))]
        public void RefusesDataThatDoesNotFitAndChangesNothing(SequenceDataset train, SequenceDataset? validation, string message)
        {
            SequenceDataset good = TrainingExamples.Sequences(9, 4, 2, 1, perStep: false);
            using Trainer trainer = Trainer(TrainingExamples.Forecaster(), new TrainingOptions { BatchSize = 4, Threads = 1 }), untouched = Trainer(TrainingExamples.Forecaster(), new TrainingOptions { BatchSize = 4, Threads = 1 });
            trainer.Begin(good, good, 2);
            trainer.AdvanceBatch();
            Assert.That(() => trainer.Begin(train, validation, 1), Throws.ArgumentException.With.Message.StartsWith("LSTM(2→6, 2 layers) → Dropout(0) → LastStep → Linear(6→1): " + message));
            trainer.Run();
            untouched.Fit(good, good, 2);
            Assert.That(TrainingExamples.Trace(trainer), Is.EqualTo(TrainingExamples.Trace(untouched)));
        }

        [Test]
        public void RefusesLabelsThatAreNoClass()
        {
            var data = new ArrayDataset(new[] { new[] { 1f, 2f }, new[] { 1f, 2f } }, new[] { new[] { 0f, 1f }, new[] { 2f, 3f } }, 1, 1);
            using Trainer trainer = Trainer(new SequenceModel(new RNN(1, 3)), new TrainingOptions { Threads = 1 }, loss: Losses.CrossEntropy());
            Assert.That(() => trainer.Begin(data, null, 1), Throws.ArgumentException.With.Message.Contains("sequence 1 of the training data: CrossEntropy(ignoreIndex=-100): target of row 1: expected a class index 0 … 2 or the ignored -100, got 3."));
            Assert.That(trainer.Outcome, Is.EqualTo(TrainingOutcome.NotStarted));
        }

        [Test]
        public void RefusesTargetsOfWhichNoneCounts()
        {
            var data = new ArrayDataset(new[] { new[] { 1f } }, new[] { new[] { -100f } }, 1, 1);
            using Trainer trainer = Trainer(new SequenceModel(new RNN(1, 3)), new TrainingOptions { Threads = 1 }, loss: Losses.CrossEntropy());
            Assert.That(() => trainer.Begin(data, null, 1), Throws.ArgumentException.With.Message.Contains("the training data has no target that counts"));
            Assert.That(() => trainer.Evaluate(data), Throws.ArgumentException.With.Message.Contains("the given data has no target that counts"));
        }

        [Test]
        public void AnEmptyPartOfASplitIsNoValidation()
        {
            SequenceDataset data = TrainingExamples.Sequences(4, 3, 2, 1, perStep: false), none = new ArrayDataset(Array.Empty<float[]>(), Array.Empty<float[]>(), 2, 1);
            using Trainer trainer = Trainer(TrainingExamples.Forecaster(), new TrainingOptions { Threads = 1 }), patient = Trainer(TrainingExamples.Forecaster(), new TrainingOptions { Threads = 1, Patience = 3 });
            Assert.That(trainer.Fit(data, none, 1).History[0].ValidationLoss, Is.NaN);
            Assert.That(() => patient.Begin(data, none, 1), Throws.ArgumentException.With.Message.StartsWith("Trainer: Patience needs validation data, got none."));
            Assert.That(() => trainer.Begin(data, null, 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Trainer: expected at least 1 epoch, got 0."));
            Assert.That(() => trainer.Begin(null!, null, 1), Throws.ArgumentNullException);
        }

        [Test]
        public void WhatALayerRefusesOnAWorkerReachesTheCaller([Values(1, 3)] int threads)
        {
            // Symbol 5 of 5 stands in the last chunk of the batch.
            List<float[]> inputs = Enumerable.Range(0, 30).Select(i => new[] { (float)(i % 5), i == 29 ? 5f : 2f }).ToList(), targets = inputs.Select(_ => new[] { 0.5f }).ToList();
            var model = new SequenceModel(new Embedding(5, 3), new RNN(3, 4), new LastStep(), new Linear(4, 1));
            int[] start = TrainingExamples.Bits(model);
            using Trainer trainer = Trainer(model, new TrainingOptions { BatchSize = 30, Threads = threads, Shuffle = false });
            trainer.Begin(new ArrayDataset(inputs, targets, 1, 1), null, 2);
            for (int attempt = 0; attempt < 2; attempt++)
            {
                Assert.That(() => trainer.AdvanceBatch(), Throws.ArgumentException.With.Message.Contains("expected a symbol 0 … 4, got 5"));
                Assert.That(trainer.Outcome, Is.EqualTo(TrainingOutcome.Running));
                Assert.That(trainer.Progress.Step, Is.Zero);
                Assert.That(TrainingExamples.Bits(model), Is.EqualTo(start));
            }

            inputs[29] = new[] { 4f, 4f };
            Assert.That(trainer.Fit(new ArrayDataset(inputs, targets, 1, 1), null, 2).Outcome, Is.EqualTo(TrainingOutcome.Completed));
        }

        [Test]
        public void WithoutARunThereIsNothingToAdvance()
        {
            using Trainer trainer = Trainer(TrainingExamples.Forecaster(), new TrainingOptions { Threads = 1 });
            Assert.That(trainer.Outcome, Is.EqualTo(TrainingOutcome.NotStarted));
            Assert.That(trainer.History, Is.Empty);
            Assert.That(trainer.Progress.Fraction, Is.Zero);
            Assert.That(trainer.Result().Message, Is.EqualTo("No run was begun."));
            Assert.That(() => trainer.AdvanceBatch(), Throws.InvalidOperationException);
            Assert.That(() => trainer.Run(), Throws.InvalidOperationException);
            trainer.Cancel();
            Assert.That(trainer.Outcome, Is.EqualTo(TrainingOutcome.NotStarted));
        }

        [Test]
        public void ADisposedTrainerTrainsNoMoreButRemembers()
        {
            SequenceDataset data = TrainingExamples.Sequences(8, 3, 2, 1, perStep: false);
            Trainer trainer = Trainer(TrainingExamples.Forecaster(), new TrainingOptions { BatchSize = 4, Threads = 2 });
            trainer.Begin(data, null, 2);
            trainer.AdvanceBatch();
            trainer.AdvanceBatch();
            trainer.Dispose();
            trainer.Dispose();
            Assert.That(trainer.History.Count, Is.EqualTo(1));
            Assert.That(trainer.Progress.Step, Is.EqualTo(2));
            Assert.That(() => trainer.AdvanceBatch(), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => trainer.Begin(data, null, 1), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => trainer.Evaluate(data), Throws.TypeOf<ObjectDisposedException>());
        }

        // Learning

        private static readonly Func<SequenceModel>[] s_learners =
        {
            () => new SequenceModel(new RNN(1, 16, seed: 1), new Linear(16, 1, seed: 2)),
            () => new SequenceModel(new RNN(1, 16, nonlinearity: Nonlinearity.ReLU, seed: 1), new Linear(16, 1, seed: 2)),
            () => new SequenceModel(new LSTM(1, 16, seed: 1), new Linear(16, 1, seed: 2)),
            () => new SequenceModel(new LSTM(1, 16, projSize: 8, seed: 1), new Linear(8, 1, seed: 2)),
            () => new SequenceModel(new GRU(1, 16, seed: 1), new Linear(16, 1, seed: 2)),
            () => new SequenceModel(new GRU(1, 16, resetAfter: false, updateKeepsState: false, seed: 1), new Linear(16, 1, seed: 2)),
            () => new SequenceModel(new RNNCell(1, 16, seed: 1), new Linear(16, 1, seed: 2)),
            () => new SequenceModel(new LSTMCell(1, 16, seed: 1), new Linear(16, 1, seed: 2)),
            () => new SequenceModel(new GRUCell(1, 16, seed: 1), new Linear(16, 1, seed: 2)),
            () => new SequenceModel(new LSTM(1, 8, numLayers: 2, bidirectional: true, seed: 1), new Linear(16, 1, seed: 2)),
        };

        [Test]
        public void LearnsAShortPatternByHeart([Range(0, 9)] int learner)
        {
            // One impulse, then nothing: every later number has to come out of the state.
            var data = new ArrayDataset(new[] { new[] { 1f, 0, 0, 0, 0, 0 } }, new[] { new[] { 0.5f, -0.3f, 0.8f, -0.6f, 0.1f, 0.7f } }, 1, 1);
            using Trainer trainer = Trainer(s_learners[learner](), new TrainingOptions { Threads = 1, ClipNorm = 1 }, new Adam(0.02f));
            TrainingResult result = trainer.Fit(data, null, 400);
            Assert.That(result.History[0].TrainLoss, Is.GreaterThan(0.1));
            Assert.That(trainer.Evaluate(data), Is.LessThan(1e-3));
        }

        [Test]
        public void LearnsToContinueSymbols()
        {
            // After 1 comes 2 or 3, by what came before it.
            var data = new ArrayDataset(new[] { new[] { 2f, 1, 3, 1 }, new[] { 3f, 1, 2, 1 } }, new[] { new[] { 1f, 3, 1, 2 }, new[] { 1f, 2, 1, 3 } }, 1, 1);
            var model = new SequenceModel(new Embedding(4, 5, paddingIndex: 0, seed: 1), new GRU(5, 12, seed: 2), new Linear(12, 4, seed: 3));
            using Trainer trainer = Trainer(model, new TrainingOptions { Threads = 1 }, new Adam(0.02f), Losses.CrossEntropy());
            trainer.Fit(data, null, 200);
            Assert.That(trainer.Evaluate(data), Is.LessThan(1e-2));
            Assert.That(model.Store["0.weight"].Value.Slice(0, 5).ToArray(), Is.All.EqualTo(0f));
        }

        private sealed class Script : Optimizer
        {
            private readonly float[] _weights;

            public Script(float[] weights)
                : base(1) => _weights = weights;

            public override string Name => "Script";

            protected override void Update(Span<float> parameters, ReadOnlySpan<float> gradients, float[][] state, int start) => parameters[0] = _weights[StepCount - 1];
        }

        private sealed class Reports : IProgress<TrainingProgress>
        {
            private readonly Action<TrainingProgress> _report;

            public Reports(Action<TrainingProgress> report) => _report = report;

            public void Report(TrainingProgress value) => _report(value);
        }

        /// <summary>Another data set, noting which sequences are read.</summary>
        private sealed class Recording : SequenceDataset
        {
            private readonly SequenceDataset _data;

            public Recording(SequenceDataset data) => _data = data;

            public List<int> Indices { get; } = new List<int>();

            public override int Count => _data.Count;

            public override int InputSize => _data.InputSize;

            public override int TargetSize => _data.TargetSize;

            public override int MaxSteps => _data.MaxSteps;

            public override int MaxTargetSteps => _data.MaxTargetSteps;

            protected override void Copy(int index, Span<float> input, Span<float> target)
            {
                Indices.Add(index);
                _data.Read(index, input, target);
            }
        }

        /// <summary>Another data set with one sequence changed.</summary>
        private sealed class Altered : SequenceDataset
        {
            private readonly SequenceDataset _data;
            private readonly int _index;
            private readonly Action<float[]>? _input, _target;

            public Altered(SequenceDataset data, int index, Action<float[]>? input = null, Action<float[]>? target = null)
            {
                _data = data;
                _index = index;
                _input = input;
                _target = target;
            }

            public int Added { get; set; }

            public override int Count => _data.Count;

            public override int InputSize => _data.InputSize;

            public override int TargetSize => _data.TargetSize;

            public override int MaxSteps => _data.MaxSteps;

            public override int MaxTargetSteps => _data.MaxTargetSteps;

            protected override int StepsOf(int index) => _data.Steps(index) + Added;

            protected override void Copy(int index, Span<float> input, Span<float> target)
            {
                float[] x = TrainingExamples.Input(_data, index, out float[] y);
                if (index == _index)
                {
                    _input?.Invoke(x);
                    _target?.Invoke(y);
                }
                x.CopyTo(input);
                y.CopyTo(target);
            }
        }
    }
}
