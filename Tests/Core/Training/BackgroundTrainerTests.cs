using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class BackgroundTrainerTests
    {
        private static readonly TimeSpan Frame = TimeSpan.FromMilliseconds(1);

        private static readonly SequenceDataset Train = TrainingExamples.Sequences(40, 6, 2, 1, perStep: false, ragged: true),
            Validation = TrainingExamples.Sequences(20, 6, 2, 1, perStep: false, seed: 12);

        private static BackgroundOptions Options(bool thread, Action<BackgroundOptions>? set = null)
        {
            var options = new BackgroundOptions { UseThread = thread };
            options.Training.BatchSize = 8;
            set?.Invoke(options);
            return options;
        }

        private static BackgroundTrainer Trainer(SequenceModel model, bool thread, Action<BackgroundOptions>? set = null, Optimizer? optimizer = null) =>
            new BackgroundTrainer(model, Losses.MeanSquaredError, optimizer ?? new Adam(0.01f), Options(thread, set));

        /// <summary>Frames until a condition holds; a test that hangs fails.</summary>
        private static void TickUntil(BackgroundTrainer trainer, Func<bool> condition)
        {
            var clock = Stopwatch.StartNew();
            while (!condition())
            {
                if (clock.Elapsed > TimeSpan.FromSeconds(30)) Assert.Fail($"Waited 30 s; {trainer.Progress.Epoch} epochs, {trainer.Rounds} rounds.");
                trainer.Tick(Frame);
                if (trainer.UsesThread) Thread.Sleep(1);
            }
        }

        private static void TickToTheEnd(BackgroundTrainer trainer) => TickUntil(trainer, () => !trainer.Tick(Frame));

        // The same bits, and whole ones

        [Test]
        public void ARunBesideTheGameGivesTheBitsOfOneGo([Values] bool thread, [Values] bool validated)
        {
            SequenceDataset? validation = validated ? Validation : null;
            SequenceModel model = TrainingExamples.Forecaster(0.2f), expected = TrainingExamples.Forecaster(0.2f);
            using var whole = new Trainer(expected, Losses.MeanSquaredError, new Adam(0.01f), new TrainingOptions { BatchSize = 8, ClipNorm = 1, JudgeStart = true, Threads = 2 });
            TrainingResult result = whole.Fit(Train, validation, 6);
            using BackgroundTrainer trainer = Trainer(model, thread);
            trainer.Begin(Train, validation, 6);
            // A thread may be at the end of the run already.
            if (!thread) Assert.That(trainer.IsRunning, Is.True);
            TickToTheEnd(trainer);
            Assert.That(TrainingExamples.Bits(model), Is.EqualTo(TrainingExamples.Bits(expected)));
            Assert.That(trainer.LastResult!.Message, Is.EqualTo(result.Message));
            Assert.That(trainer.LastResult.History.Select(epoch => epoch.TrainLoss), Is.EqualTo(result.History.Select(epoch => epoch.TrainLoss)));
            Assert.That(trainer.Progress.Epoch, Is.EqualTo(6));
            Assert.That(trainer.Updates, Is.GreaterThan(0));
            Assert.That(trainer.UsesThread, Is.False);
            Assert.That(trainer.Tick(Frame), Is.False);
        }

        [Test]
        public void ARunThatRestsTakesNoStepAndGoesOnAsIfItHadNot([Values] bool thread)
        {
            SequenceModel model = TrainingExamples.Forecaster(0.2f), expected = TrainingExamples.Forecaster(0.2f);
            using BackgroundTrainer whole = Trainer(expected, false), trainer = Trainer(model, thread);
            whole.Begin(Train, Validation, 40);
            TickToTheEnd(whole);
            trainer.Begin(Train, Validation, 40);
            TickUntil(trainer, () => trainer.Progress.Step > 0);
            trainer.Pause();
            long step = trainer.Progress.Step;
            Assert.That((trainer.IsPaused, trainer.UsesThread), Is.EqualTo((trainer.IsRunning, false)));
            Thread.Sleep(10);
            trainer.Tick(Frame);
            Assert.That(trainer.Progress.Step, Is.EqualTo(step));
            trainer.Resume();
            TickToTheEnd(trainer);
            Assert.That(TrainingExamples.Bits(model), Is.EqualTo(TrainingExamples.Bits(expected)));
            trainer.Pause();
            Assert.That(trainer.IsPaused, Is.False, "there is nothing to rest");
        }

        [Test]
        public void TheGamesModelHasTheWeightsOfAWholeEpochInEveryFrame([Values] bool thread)
        {
            // All that an epoch's end may have, from a run that notes them.
            var noted = new List<string>();
            string Weights(SequenceModel of) => string.Join(" ", TrainingExamples.Bits(of));
            using (var whole = new Trainer(TrainingExamples.Forecaster(), Losses.MeanSquaredError, new Adam(0.01f), new TrainingOptions { BatchSize = 8, ClipNorm = 1, Threads = 1 }))
            {
                noted.Add(Weights(whole.Model));
                whole.Begin(Train, Validation, 40);
                for (int epoch = 0; whole.AdvanceBatch();)
                {
                    if (whole.Progress.Epoch == epoch) continue;
                    epoch = whole.Progress.Epoch;
                    noted.Add(Weights(whole.Model));
                }
                noted.Add(Weights(whole.Model));
            }

            SequenceModel model = TrainingExamples.Forecaster();
            using SequenceStream stream = model.OpenStream();
            float[] input = { 0.5f, -1 }, output = new float[1];
            using BackgroundTrainer trainer = Trainer(model, thread);
            trainer.Begin(Train, Validation, 40);
            // A thread may have ended the run before the first frame: then there are two.
            var seen = new HashSet<string> { noted[0] };
            bool running;
            do
            {
                running = trainer.Tick(Frame);
                stream.Step(input, output);
                seen.Add(Weights(model));
                Assert.That(output[0], Is.Not.NaN);
            }
            while (running);
            Assert.That(seen, Is.SubsetOf(noted));
            Assert.That(trainer.Updates, Is.GreaterThanOrEqualTo(seen.Count - 1));
            Assert.That(seen.Count, Is.GreaterThan(1));
        }

        [Test]
        public void ProgressIsNeverTorn()
        {
            using BackgroundTrainer trainer = Trainer(TrainingExamples.Forecaster(), thread: true);
            trainer.Begin(Train, Validation, 60);
            TrainingProgress last = trainer.Progress;
            while (trainer.IsRunning)
            {
                TrainingProgress now = trainer.Progress;
                // Forty sequences are five batches; a step is one of them.
                Assert.That(now.Step, Is.EqualTo(now.Epoch * 5 + now.Batch));
                Assert.That(now.Step, Is.GreaterThanOrEqualTo(last.Step));
                Assert.That(now.Elapsed, Is.GreaterThanOrEqualTo(last.Elapsed));
                last = now;
            }
            Assert.That(trainer.Progress.Epoch, Is.EqualTo(60));
        }

        [Test]
        public void WeightsThatAreNoBetterAreNotTaken([Values] bool thread)
        {
            // A rate so low that no bit of the validation loss gets better: the model is trained on the negative of what it is judged by.
            var inputs = new[] { new[] { 1f }, new[] { 2f } };
            var train = new ArrayDataset(inputs, new[] { new[] { -5f }, new[] { -9f } }, 1, 1);
            var validation = new ArrayDataset(inputs, new[] { new[] { 5f }, new[] { 9f } }, 1, 1);
            var model = new SequenceModel(new Linear(1, 1, seed: 3));
            int[] start = TrainingExamples.Bits(model);
            using BackgroundTrainer trainer = Trainer(model, thread, options => options.Training.Patience = 3);
            trainer.Begin(train, validation, 50);
            TickToTheEnd(trainer);
            Assert.That(trainer.LastResult!.Message, Is.EqualTo("Stopped after epoch 3: no better validation loss than at the start."));
            Assert.That(trainer.Updates, Is.Zero);
            Assert.That(TrainingExamples.Bits(model), Is.EqualTo(start));
        }

        [Test]
        public void WhatIsNotFiniteNeverReachesTheModel([Values] bool thread, [Values] bool validated)
        {
            SequenceModel model = TrainingExamples.Forecaster();
            using BackgroundTrainer trainer = Trainer(model, thread, options => options.Training.ClipNorm = double.PositiveInfinity, new SGD(1e30f));
            trainer.Begin(Train, validated ? Validation : null, 20);
            while (trainer.Tick(Frame)) Assert.That(model.Store.Values, Has.All.Matches<float>(weight => float.IsFinite(weight)));
            Assert.That(trainer.LastResult!.Outcome, Is.EqualTo(TrainingOutcome.Diverged));
            Assert.That(trainer.LastResult.Message, Does.StartWith("Diverged in step "));
            Assert.That(model.Store.Values, Has.All.Matches<float>(weight => float.IsFinite(weight)));
        }

        /// <summary>How a platform without threads may take the wish for one.</summary>
        public enum Refusal
        {
            Throws,
            NeverRuns,
            RunsTooLate,
        }

        [Test]
        public void WithoutThreadsTheTickTrains([Values] Refusal refusal)
        {
            SequenceModel model = TrainingExamples.Forecaster(), expected = TrainingExamples.Forecaster();
            using var whole = new Trainer(expected, Losses.MeanSquaredError, new Adam(0.01f), new TrainingOptions { BatchSize = 8, ClipNorm = 1, Threads = 1 });
            whole.Fit(Train, Validation, 4);
            using BackgroundTrainer trainer = Trainer(model, thread: true);
            Thread? late = null;
            trainer.Patience = TimeSpan.Zero;
            trainer.StartThread = thread =>
            {
                if (refusal == Refusal.Throws) throw new PlatformNotSupportedException();
                late = thread;
            };
            trainer.Begin(Train, Validation, 4);
            Assert.That(trainer.Tick(TimeSpan.Zero), Is.True);
            if (refusal == Refusal.RunsTooLate)
            {
                late!.Start();
                late.Join();
            }
            TickToTheEnd(trainer);
            Assert.That(trainer.UsesThread, Is.False);
            Assert.That(TrainingExamples.Bits(model), Is.EqualTo(TrainingExamples.Bits(expected)));
        }

        // At any moment

        [Test]
        public void MayBeCancelledBegunAnewAndDisposedAtAnyMoment()
        {
            SequenceModel model = TrainingExamples.Forecaster();
            var random = new RandomSource(4);
            var replay = new EpisodeReplay(2, 1, 500, targetEveryStep: false);
            for (int i = 0; i < 20; i++) replay.Add(GradientCheck.Draw(random, 8), GradientCheck.Draw(random, 1));
            for (int turn = 0; turn < 10; turn++)
            {
                BackgroundTrainer trainer = Trainer(model, thread: turn % 5 != 4);
                for (int begun = 0; begun < 3; begun++)
                {
                    if (random.Next(3) == 0) trainer.Begin(replay);
                    else trainer.Begin(Train, Validation, 1 + random.Next(1000));
                    for (int wait = random.Next(4); wait > 0; wait--)
                    {
                        trainer.Tick(Frame);
                        if (random.Next(2) == 0) Thread.Sleep(1);
                    }
                    if (random.Next(2) == 0) trainer.Cancel();
                }
                if (random.Next(2) == 0) trainer.Tick(Frame);
                trainer.Dispose();
                trainer.Dispose();
                Assert.That(trainer.IsRunning, Is.False);
                Assert.That(() => trainer.Tick(Frame), Throws.TypeOf<ObjectDisposedException>());
                Assert.That(() => trainer.Begin(Train, null, 1), Throws.TypeOf<ObjectDisposedException>());
            }
            Assert.That(model.Store.Values, Has.All.Matches<float>(weight => float.IsFinite(weight)));
        }

        [Test]
        public void ADisposedTrainerIsNotHeldByAnything()
        {
            List<WeakReference> dropped = Drop();
            for (var clock = Stopwatch.StartNew(); dropped.Any(reference => reference.IsAlive) && clock.Elapsed < TimeSpan.FromSeconds(30);)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                Thread.Sleep(1);
            }
            Assert.That(dropped.Count(reference => reference.IsAlive), Is.Zero);
        }

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static List<WeakReference> Drop()
        {
            var dropped = new List<WeakReference>();
            for (int i = 0; i < 4; i++)
            {
                BackgroundTrainer trainer = Trainer(TrainingExamples.Forecaster(), thread: true);
                trainer.Begin(Train, Validation, 100000);
                trainer.Tick(Frame);
                trainer.Dispose();
                dropped.Add(new WeakReference(trainer));
            }
            return dropped;
        }

        [Test]
        public void TheGameHasTheBestWeightsAsSoonAsTheyAreKnown()
        {
            SequenceModel model = TrainingExamples.Forecaster();
            using BackgroundTrainer trainer = Trainer(model, thread: false);
            using var judge = new Trainer(model, Losses.MeanSquaredError, new SGD(), new TrainingOptions { Threads = 1 });
            trainer.Begin(Train, Validation, 6);
            double best = double.PositiveInfinity;
            int times = 0;
            // One piece of work a frame: an epoch ends in one of them, and its weights are kept in another.
            while (trainer.Tick(TimeSpan.Zero))
            {
                if (trainer.Progress.BestLoss == best) continue;
                best = trainer.Progress.BestLoss;
                times++;
                Assert.That(judge.Evaluate(Validation), Is.EqualTo(best), $"after epoch {trainer.Progress.Epoch}");
            }
            Assert.That(times, Is.GreaterThan(1));
        }

        [Test]
        public void WhatIsOfferedAsTheBestWeightsIsNeverAMixOfTwoEpochs()
        {
            // More weights than are kept in one piece of work.
            var model = new SequenceModel(new GRU(Train.InputSize, 48, seed: 1), new LastStep(), new Linear(48, Train.TargetSize, seed: 2));
            using var trainer = new Trainer(model, Losses.MeanSquaredError, new Adam(1e-3f), new TrainingOptions { Threads = 1, BatchSize = Train.Count });
            trainer.Begin(Train, Validation, 4);
            float[]? best = null;
            int bestEpoch = -1, hidden = 0;
            while (trainer.Advance(TimeSpan.Zero))
            {
                if (trainer.BestWeights is float[] weights)
                {
                    if (trainer.Progress.BestEpoch != bestEpoch) best = (float[])weights.Clone();
                    bestEpoch = trainer.Progress.BestEpoch;
                    Assert.That(weights.AsSpan().SequenceEqual(best), Is.True, $"of epoch {bestEpoch}");
                }
                else
                {
                    hidden++;
                }
            }
            Assert.That(hidden, Is.GreaterThan(1));
        }

        [Test]
        public void WhereverARunIsCancelledTheGameHasTheBestWeights()
        {
            // One piece of work a frame: the first epoch is counted in one of them, and its weights are kept in another.
            int counted = 0, updates = 0;
            using (BackgroundTrainer trainer = Trainer(TrainingExamples.Forecaster(), thread: false))
            {
                trainer.Begin(Train, Validation, 1_000_000);
                for (; trainer.Progress.Epoch == 0; counted++) trainer.Tick(TimeSpan.Zero);
            }
            for (int pieces = counted - 1; pieces < counted + 3; pieces++)
            {
                SequenceModel model = TrainingExamples.Forecaster();
                using BackgroundTrainer trainer = Trainer(model, thread: false);
                trainer.Begin(Train, Validation, 1_000_000);
                for (int i = 0; i < pieces; i++) trainer.Tick(TimeSpan.Zero);
                trainer.Cancel();
                Assert.That(trainer.Tick(TimeSpan.Zero), Is.False);
                updates += trainer.Updates;
                using var judge = new Trainer(model, Losses.MeanSquaredError, new SGD(), new TrainingOptions { Threads = 1 });
                Assert.That(judge.Evaluate(Validation), Is.EqualTo(trainer.LastResult!.BestLoss), $"{pieces} of {counted} pieces");
            }
            Assert.That(updates, Is.GreaterThan(0));
        }

        [Test]
        public void ACancelledRunKeepsWhatWasFinished()
        {
            SequenceModel model = TrainingExamples.Forecaster();
            using BackgroundTrainer trainer = Trainer(model, thread: true);
            trainer.Begin(Train, Validation, 1_000_000);
            TickUntil(trainer, () => trainer.Updates > 0);
            trainer.Cancel();
            Assert.That(trainer.IsRunning, Is.False);
            Assert.That(trainer.LastResult!.Outcome, Is.EqualTo(TrainingOutcome.Cancelled));
            Assert.That(trainer.Tick(Frame), Is.False);
            // The game's model has the best weights of the run.
            using var judge = new Trainer(model, Losses.MeanSquaredError, new SGD(), new TrainingOptions { Threads = 1 });
            Assert.That(judge.Evaluate(Validation), Is.EqualTo(trainer.LastResult.BestLoss));
        }

        [Test]
        public void WhatStopsTheThreadReachesTheGameOnce([Values] bool thread)
        {
            float[] symbols = { 1, 2 };
            var inputs = new[] { symbols, new[] { 0f, 1f } };
            var data = new ArrayDataset(inputs, new[] { new[] { 1f }, new[] { 2f } }, 1, 1);
            var model = new SequenceModel(new Embedding(3, 2), new LastStep(), new Linear(2, 1));
            using BackgroundTrainer trainer = Trainer(model, thread);
            symbols[1] = 7;
            trainer.Begin(data, null, 5);
            Assert.That(() => TickToTheEnd(trainer), Throws.ArgumentException.With.Message.Contains("expected a symbol 0 … 2, got 7"));
            Assert.That(trainer.Tick(Frame), Is.False);
            Assert.That(trainer.IsRunning, Is.False);
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            using BackgroundTrainer trainer = Trainer(TrainingExamples.Forecaster(), thread: true);
            Assert.That(() => trainer.Begin(TrainingExamples.Sequences(3, 4, 3, 1, perStep: false), null, 1), Throws.ArgumentException.With.Message.Contains("has 3 features, expected 2"));
            Assert.That(() => trainer.Begin(new EpisodeReplay(3, 1, 10)), Throws.ArgumentException.With.Message.Contains("the replay has 3 features, expected 2"));
            Assert.That(() => trainer.Begin(new EpisodeReplay(2, 4, 10)), Throws.ArgumentException.With.Message.Contains("the replay has 4 values in a target, expected 1 for MeanSquaredError"));
            Assert.That(trainer.IsRunning, Is.False);
            Assert.That(trainer.Tick(Frame), Is.False);
            Assert.That(() => Trainer(TrainingExamples.Forecaster(), true, options => options.RoundEpochs = 0), Throws.ArgumentException.With.Message.Contains("RoundEpochs is 0, expected at least 1"));
            Assert.That(() => Trainer(TrainingExamples.Forecaster(), true, options => options.RoundPatience = -1), Throws.ArgumentException.With.Message.Contains("RoundPatience is -1, expected at least 0"));
            Assert.That(() => Trainer(TrainingExamples.Forecaster(), true, options => options.Training.BatchSize = 0), Throws.ArgumentException.With.Message.Contains("BatchSize is 0"));
        }

        // Experience

        /// <summary>Episodes whose one target is a multiple of the sum of their inputs.</summary>
        private static void AddEpisodes(EpisodeReplay replay, int count, float factor, ulong seed)
        {
            var random = new RandomSource(seed);
            for (int i = 0; i < count; i++)
            {
                float[] inputs = GradientCheck.Draw(random, 2 * (2 + random.Next(5)));
                replay.Add(inputs, new[] { factor * inputs.Sum() / inputs.Length });
            }
        }

        [Test]
        public void LearnsFromExperienceThatGrows([Values] bool thread)
        {
            var replay = new EpisodeReplay(2, 1, 600, targetEveryStep: false);
            SequenceModel model = TrainingExamples.Forecaster();
            using BackgroundTrainer trainer = Trainer(model, thread);
            trainer.Begin(replay);
            for (int i = 0; i < 3; i++) Assert.That(trainer.Tick(Frame), Is.True);
            Assert.That(trainer.Rounds, Is.Zero);
            AddEpisodes(replay, 30, 1, 1);
            (_, SequenceDataset judged) = replay.Snapshot();
            using var judge = new Trainer(model, Losses.MeanSquaredError, new SGD(), new TrainingOptions { Threads = 1 });
            double before = judge.Evaluate(judged);
            // The first rounds may have begun with the first few of them.
            TickUntil(trainer, () => trainer.Updates > 0 && judge.Evaluate(judged) < before);
            ulong more = 2;
            TickUntil(trainer, () =>
            {
                AddEpisodes(replay, 5, 1, more++);
                return judge.Evaluate(replay.Snapshot().Validation) < 0.3 * before;
            });
            Assert.That(trainer.LastResult?.Outcome, Is.Not.EqualTo(TrainingOutcome.Diverged));
            Assert.That(trainer.IsRunning, Is.True);
            trainer.Cancel();
            Assert.That(trainer.IsRunning, Is.False);
        }

        [Test]
        public void ARoundThatMakesItWorseGoesBackAndWaitsForNewEpisodes([Values] bool thread)
        {
            var replay = new EpisodeReplay(1, 1, 600, targetEveryStep: false, validationEvery: 2, seed: 5);
            // What is learned from is the opposite of what is judged by.
            for (int i = 0; i < 20; i++)
            {
                int held = replay.ValidationCount;
                replay.Add(new[] { 1f }, new[] { 5f });
                if (replay.ValidationCount > held) continue;
                replay.Clear();
                break;
            }
            bool Validates(int number) => number % 2 == (int)(RandomSource.Combine(5, (ulong)(number / 2)) % 2);
            int added = (int)replay.Added;
            for (int number = added; number < added + 12; number++) replay.Add(new[] { 1f }, new[] { Validates(number) ? 5f : -5f });
            var model = new SequenceModel(new Linear(1, 1, seed: 3));
            int[] start = TrainingExamples.Bits(model);
            using BackgroundTrainer trainer = Trainer(model, thread, options => options.RoundPatience = 2);
            trainer.Begin(replay);
            TickUntil(trainer, () => trainer.Rounds == 1);
            Assert.That(trainer.RollBacks, Is.EqualTo(1));
            Assert.That(trainer.LastResult!.Message, Is.EqualTo("Stopped after epoch 2: no better validation loss than at the start."));
            for (int i = 0; i < 5; i++)
            {
                trainer.Tick(Frame);
                Thread.Sleep(1);
            }
            Assert.That(trainer.Rounds, Is.EqualTo(1));
            Assert.That(trainer.Updates, Is.Zero);
            Assert.That(TrainingExamples.Bits(model), Is.EqualTo(start));

            // New episodes agree with the judge, and the old ones are dropped.
            replay.Clear();
            for (int i = 0; i < 12; i++) replay.Add(new[] { 1f }, new[] { 5f });
            TickUntil(trainer, () => trainer.Updates > 0);
            Assert.That(TrainingExamples.Bits(model), Is.Not.EqualTo(start));
        }

        [Test]
        public void PoisonedEpisodesNeverReachTheModel([Values] bool thread)
        {
            var replay = new EpisodeReplay(2, 1, 300, targetEveryStep: false, validationEvery: 3);
            AddEpisodes(replay, 30, 1, 1);
            SequenceModel model = TrainingExamples.Forecaster();
            using BackgroundTrainer trainer = Trainer(model, thread);
            trainer.Begin(replay);
            TickUntil(trainer, () => trainer.Updates > 0);
            // Finite numbers whose squares are not: every loss and gradient overflows.
            for (int i = 0; i < 6; i++) replay.Add(new[] { 1f, 2f }, new[] { 3e38f });
            bool Diverged() => trainer.LastResult?.Outcome == TrainingOutcome.Diverged;
            TickUntil(trainer, () => Diverged() || !model.Store.Values.All(float.IsFinite));
            Assert.That(model.Store.Values, Has.All.Matches<float>(weight => float.IsFinite(weight)));
            Assert.That(trainer.RollBacks, Is.GreaterThan(0));
            Assert.That(trainer.IsRunning, Is.True);

            // Once the poison is gone, learning goes on.
            int updates = trainer.Updates;
            replay.Clear();
            AddEpisodes(replay, 30, -2, 7);
            TickUntil(trainer, () => trainer.Updates > updates);
            Assert.That(model.Store.Values, Has.All.Matches<float>(weight => float.IsFinite(weight)));
        }

        [Test]
        public void TheGradientIsClippedUnlessSaidOtherwise()
        {
            Assert.That(new BackgroundOptions().Training.ClipNorm, Is.EqualTo(1));
            // One step of SGD along a gradient of norm 2 · 3 · √2 moves the weights by the rate times the norm it is clipped to.
            var data = new ArrayDataset(new[] { new[] { 1f } }, new[] { new[] { 0f } }, 1, 1);
            var model = new SequenceModel(new Linear(1, 1));
            model.Store["0.weight"].Fill(2);
            model.Store["0.bias"].Fill(1);
            using BackgroundTrainer trainer = Trainer(model, thread: false, optimizer: new SGD(0.1f));
            trainer.Begin(data, null, 1);
            TickToTheEnd(trainer);
            Assert.That(model.Store.Values[0], Is.EqualTo(2 - 0.1f / MathF.Sqrt(2)).Within(1e-6));
            Assert.That(model.Store.Values[1], Is.EqualTo(1 - 0.1f / MathF.Sqrt(2)).Within(1e-6));
        }
    }
}
