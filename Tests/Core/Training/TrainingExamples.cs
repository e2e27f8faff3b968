using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Recurrent.Tests
{
    /// <summary>Small models and data sets for tests of training. Numbers are random and unequal, but the same in every run.</summary>
    internal static class TrainingExamples
    {
        /// <summary>Sequences with a target at every step, or one each.</summary>
        public static ArrayDataset Sequences(int count, int steps, int features, int targetSize, bool perStep, bool ragged = false, ulong seed = 11, int classes = 0)
        {
            var random = new RandomSource(seed);
            var inputs = new List<float[]>();
            var targets = new List<float[]>();
            for (int i = 0; i < count; i++)
            {
                int length = ragged ? 1 + random.Next(steps) : steps;
                inputs.Add(GradientCheck.Draw(random, length * features));
                float[] target = GradientCheck.Draw(random, (perStep ? length : 1) * targetSize);
                // Of classes every fourth or so is ignored.
                targets.Add(classes == 0 ? target : Array.ConvertAll(target, value => random.Next(4) == 0 ? -100f : random.Next(classes)));
            }
            return new ArrayDataset(inputs, targets, features, targetSize);
        }

        /// <summary>A wave whose next value is to be told at every step, in tracks whose states are carried.</summary>
        public static StreamDataset Stream(int rows, int tracks, int steps)
        {
            var wave = new float[rows];
            for (int t = 0; t < rows; t++) wave[t] = MathF.Sin(0.6f * t) + 0.3f * MathF.Sin(1.7f * t + 0.2f);
            return new StreamDataset(wave, 1, tracks, steps);
        }

        public static float[] Input(SequenceDataset data, int index, out float[] target)
        {
            var input = new float[data.Steps(index) * data.InputSize];
            target = new float[data.TargetSteps(index) * data.TargetSize];
            data.Read(index, input, target);
            return input;
        }

        /// <summary>Two features to one target, at the end of a sequence.</summary>
        public static SequenceModel Forecaster(float dropout = 0, ulong seed = 1) => new SequenceModel(
            new LSTM(2, 6, numLayers: 2, dropout: dropout, seed: seed),
            new Dropout(dropout),
            new LastStep(),
            new Linear(6, 1, seed: seed + 1));

        /// <summary>One feature to one target, at every step.</summary>
        public static SequenceModel Follower(float dropout = 0, ulong seed = 1) => new SequenceModel(
            new GRU(1, 5, seed: seed),
            new Dropout(dropout),
            new Linear(5, 1, seed: seed + 1));

        public static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);

        public static int[] Bits(SequenceModel model) => Bits(model.Store.Values);

        /// <summary>All that a run has come to, as text of exact numbers.</summary>
        public static string Trace(Trainer trainer)
        {
            TrainingResult result = trainer.Result();
            TrainingProgress progress = trainer.Progress;
            string Exact(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x", CultureInfo.InvariantCulture);
            string state = string.Join("; ", trainer.Optimizer.GetState().Select(pair => pair.Key + " " + string.Join(" ", Bits(pair.Value))));
            string history = string.Join("; ", result.History.Select(epoch => $"{epoch.Epoch} {Exact(epoch.TrainLoss)} {Exact(epoch.ValidationLoss)} {Exact(epoch.LearningRate)}"));
            return string.Join("\n", new[]
            {
                $"{result.Outcome}: {result.Message}",
                $"best {result.BestEpoch} {Exact(result.BestLoss)}",
                history,
                $"{progress.Epoch}/{progress.Epochs} {progress.Batch}/{progress.Batches} step {progress.Step} {Exact(progress.TrainLoss)} {Exact(progress.ValidationLoss)} {Exact(progress.LearningRate)} {Exact(progress.GradientNorm)}",
                state,
                string.Join(" ", Bits(trainer.Model)),
            });
        }
    }
}
