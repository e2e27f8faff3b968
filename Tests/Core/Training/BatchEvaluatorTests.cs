using System;
using System.Linq;
using System.Threading;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class BatchEvaluatorTests
    {
        private const int Count = 64;

        /// <summary>A model, its loss and data with which every row counts differently.</summary>
        public enum Task
        {
            LastStep,
            RaggedLastStep,
            PerStep,
            RaggedPerStep,
            RaggedClasses,
            RaggedBothDirections,
        }

        private static (SequenceModel, Loss, SequenceDataset) Make(Task task) => task switch
        {
            Task.LastStep => (TrainingExamples.Forecaster(), Losses.MeanSquaredError, TrainingExamples.Sequences(Count, 7, 2, 1, perStep: false)),
            Task.RaggedLastStep => (TrainingExamples.Forecaster(), Losses.MeanSquaredError, TrainingExamples.Sequences(Count, 7, 2, 1, perStep: false, ragged: true)),
            Task.PerStep => (TrainingExamples.Follower(), Losses.Huber(0.5f), TrainingExamples.Sequences(Count, 6, 1, 1, perStep: true)),
            Task.RaggedPerStep => (TrainingExamples.Follower(), Losses.MeanSquaredError, TrainingExamples.Sequences(Count, 6, 1, 1, perStep: true, ragged: true)),
            Task.RaggedClasses => (new SequenceModel(new RNN(2, 5, seed: 3), new Linear(5, 4, seed: 4)), Losses.CrossEntropy(classWeights: new[] { 0.5f, 1f, 2f, 0f }),
                TrainingExamples.Sequences(Count, 6, 2, 1, perStep: true, ragged: true, classes: 4)),
            _ => (new SequenceModel(new LSTM(2, 4, numLayers: 2, bidirectional: true, projSize: 3, seed: 5), new FinalStates(), new Linear(6, 2, seed: 6)), Losses.MeanAbsoluteError,
                TrainingExamples.Sequences(Count, 6, 2, 2, perStep: false, ragged: true)),
        };

        [Test]
        public void TheGradientOfABatchIsThatOfOnePassOverAllItsRows([Values] Task task)
        {
            (SequenceModel model, Loss loss, SequenceDataset data) = Make(task);
            (double expectedLoss, double expectedWeight, float[] expected) = InOnePass(model, loss, data);
            using var team = new WorkerTeam(3);
            using var evaluator = new BatchEvaluator(model, loss, data, Count, KernelSet.Default, team, training: true);
            (double sum, double weight) = evaluator.Evaluate(Enumerable.Range(0, Count).ToArray(), 0);
            Assert.That(weight, Is.EqualTo(expectedWeight).Within(1e-9));
            Assert.That(sum, Is.EqualTo(expectedLoss).Within(1e-6 * expectedLoss));
            AreClose(model.Store.Gradients, expected);
        }

        [Test]
        public void TheGradientOfABatchIsTheWeightedMeanOfItsRows([Values] Task task)
        {
            (SequenceModel model, Loss loss, SequenceDataset data) = Make(task);
            using var team = new WorkerTeam(1);
            var sums = new double[model.Store.Length];
            double lossSum = 0, weightSum = 0;
            using (var single = new BatchEvaluator(model, loss, data, 1, KernelSet.Default, team, training: true))
            {
                for (int row = 0; row < Count; row++)
                {
                    (double rowLoss, double rowWeight) = single.Evaluate(new[] { row }, 0);
                    lossSum += rowLoss;
                    weightSum += rowWeight;
                    if (rowWeight == 0) continue;
                    for (int i = 0; i < sums.Length; i++) sums[i] += rowWeight * model.Store.Gradients[i];
                }
            }
            using var evaluator = new BatchEvaluator(model, loss, data, Count, KernelSet.Default, team, training: true);
            (double sum, double weight) = evaluator.Evaluate(Enumerable.Range(0, Count).Reverse().ToArray(), 0);
            Assert.That(weight, Is.EqualTo(weightSum).Within(1e-9));
            Assert.That(sum, Is.EqualTo(lossSum).Within(1e-6 * lossSum));
            AreClose(model.Store.Gradients, Array.ConvertAll(sums, total => (float)(total / weightSum)));
        }

        [Test]
        public void WithoutTrainingTheLossIsTheSameAndNoGradientIsTouched([Values] Task task)
        {
            (SequenceModel model, Loss loss, SequenceDataset data) = Make(task);
            (double expectedLoss, double expectedWeight, _) = InOnePass(model, loss, data);
            model.Store.Gradients.AsSpan().Fill(7);
            using var team = new WorkerTeam(2);
            using var evaluator = new BatchEvaluator(model, loss, data, 25, KernelSet.Default, team, training: false);
            Assert.That(evaluator.Batches, Is.EqualTo(3));
            double sum = 0, weight = 0;
            for (int batch = 0; batch < 3; batch++)
            {
                (double partLoss, double partWeight) = evaluator.Evaluate(batch);
                sum += partLoss;
                weight += partWeight;
            }
            Assert.That(weight, Is.EqualTo(expectedWeight).Within(1e-9));
            Assert.That(sum, Is.EqualTo(expectedLoss).Within(1e-6 * expectedLoss));
            Assert.That(model.Store.Gradients, Is.All.EqualTo(7f));
        }

        [Test]
        public void ABatchOfIgnoredTargetsTeachesNothing()
        {
            var data = new ArrayDataset(new[] { new[] { 1f, 2f }, new[] { 3f, 4f } }, new[] { new[] { -100f, -100f }, new[] { 1f, -100f } }, 1, 1);
            var model = new SequenceModel(new RNN(1, 3, seed: 1), new Linear(3, 2, seed: 2));
            model.Store.Gradients.AsSpan().Fill(7);
            using var team = new WorkerTeam(1);
            using var evaluator = new BatchEvaluator(model, Losses.CrossEntropy(), data, 1, KernelSet.Default, team, training: true);
            Assert.That(evaluator.Evaluate(new[] { 0 }, 0), Is.EqualTo((0.0, 0.0)));
            Assert.That(model.Store.Gradients, Is.All.EqualTo(7f));
            Assert.That(evaluator.Evaluate(new[] { 1 }, 0).Weight, Is.EqualTo(1));
            Assert.That(model.Store.Gradients, Is.Not.All.EqualTo(7f));
        }

        [Test]
        public void CarriedStatesPassThroughABatchOfIgnoredTargets()
        {
            // The middle chunk of three has no targets that count; its steps still move the state.
            float[] inputs = GradientCheck.Draw(new RandomSource(5), 12);
            var labels = new float[] { 0, 1, 0, 1, -100, -100, -100, -100, 1, 1, 0, 0 };
            var data = new StreamDataset(inputs, 1, labels, 1, tracks: 1, steps: 4);
            var model = new SequenceModel(new GRU(1, 3, seed: 1), new Linear(3, 2, seed: 2));
            using var team = new WorkerTeam(1);
            using var evaluator = new BatchEvaluator(model, Losses.CrossEntropy(), data, 32, KernelSet.Default, team, training: true);
            for (int batch = 0; batch < 3; batch++) evaluator.Evaluate(batch);

            using var pass = new SequencePass(model, 1, 12);
            pass.Forward(inputs, 1, 12);
            Assert.That(evaluator.States.ToArray(), Is.EqualTo(pass.FinalState.ToArray()).Within(1e-6f));
            evaluator.ResetStates();
            Assert.That(evaluator.States.ToArray(), Is.All.EqualTo(0f));
        }

        [Test]
        public void AfterTheFirstBatchNothingIsAllocatedOnAnyThread([Values(1, 2)] int threads, [Values(Task.RaggedLastStep, Task.RaggedClasses)] Task task)
        {
            (SequenceModel model, Loss loss, SequenceDataset data) = Make(task);
            using var team = new WorkerTeam(threads);
            using var evaluator = new BatchEvaluator(model, loss, data, Count, KernelSet.Default, team, training: true);
            int[] indices = Enumerable.Range(0, Count).ToArray();
            var before = new long[threads];
            var after = new long[threads];
            int arrived = 0;
            // Each waits for the others: so every thread takes one piece.
            void Meet()
            {
                Interlocked.Increment(ref arrived);
                while (Volatile.Read(ref arrived) % threads != 0) Thread.Yield();
            }
            void First(int piece, int thread)
            {
                Meet();
                before[thread] = GC.GetAllocatedBytesForCurrentThread();
            }
            void Last(int piece, int thread)
            {
                Meet();
                after[thread] = GC.GetAllocatedBytesForCurrentThread();
            }
            Action<int, int> first = First, last = Last;
            for (int round = 0; round < 2; round++)
            {
                // Either thread may take every lane: several batches, so that each has had one before it counts.
                for (int step = 0; step < 20; step++) evaluator.Evaluate(indices, (ulong)step);
                team.Run(threads, round == 0 ? first : last);
                team.Run(threads, first);
                for (int step = 0; step < 20; step++) evaluator.Evaluate(indices, (ulong)step);
                team.Run(threads, last);
            }
            Assert.That(after, Is.EqualTo(before));
        }

        [Test]
        public void DataThatChangedSinceItWasCheckedIsRefused()
        {
            var data = new Fickle { Length = 3 };
            var model = TrainingExamples.Follower();
            using var team = new WorkerTeam(1);
            using var evaluator = new BatchEvaluator(model, Losses.MeanSquaredError, data, 2, KernelSet.Default, team, training: true);
            evaluator.Evaluate(0);
            data.Length = 4;
            Assert.That(() => evaluator.Evaluate(0), Throws.ArgumentException.With.Message.Contains("sequence 0 now has 4 steps and 4 target steps; it has changed"));
            data.Length = 0;
            Assert.That(() => evaluator.Evaluate(0), Throws.ArgumentException);
        }

        [Test]
        public void RefusesABatchThatNoArrayHolds()
        {
            var data = new Fickle { Length = 1, Longest = 1 << 30 };
            using var team = new WorkerTeam(1);
            Assert.That(() => new BatchEvaluator(TrainingExamples.Follower(), Losses.MeanSquaredError, data, 2, KernelSet.Default, team, training: false),
                Throws.ArgumentException.With.Message.Contains("a batch of 2 × 1073741824 steps × 1 values is larger than an array"));
        }

        private static (double Loss, double Weight, float[] Gradient) InOnePass(SequenceModel model, Loss loss, SequenceDataset data)
        {
            int steps = data.MaxSteps, features = data.InputSize, outputs = model.OutputSize;
            var input = new float[Count * steps * features];
            var lengths = new int[Count];
            var targets = new float[Count][];
            double weight = 0;
            for (int row = 0; row < Count; row++)
            {
                lengths[row] = data.Steps(row);
                TrainingExamples.Input(data, row, out targets[row]).CopyTo(input, row * steps * features);
                for (int t = 0; t < targets[row].Length / data.TargetSize; t++) weight += loss.Weight(outputs, targets[row].AsSpan(t * data.TargetSize, data.TargetSize));
            }
            using var pass = new SequencePass(model, Count, steps, training: true);
            pass.Forward(input, Count, steps, lengths: lengths);
            var output = new float[Count * pass.OutputSteps * outputs];
            var gradient = new float[output.Length];
            pass.CopyOutput(output);
            double sum = 0;
            for (int row = 0; row < Count; row++)
                for (int t = 0; t < targets[row].Length / data.TargetSize; t++)
                {
                    int at = (row * pass.OutputSteps + t) * outputs;
                    sum += loss.Evaluate(output.AsSpan(at, outputs), targets[row].AsSpan(t * data.TargetSize, data.TargetSize), (float)(1 / weight), gradient.AsSpan(at, outputs));
                }
            model.Store.ClearGradients();
            pass.Backward(gradient);
            float[] gradients = (float[])model.Store.Gradients.Clone();
            Assert.That(gradients.Max(Math.Abs), Is.GreaterThan(1e-3f));
            return (sum, weight, gradients);
        }

        private static void AreClose(float[] gradients, float[] expected)
        {
            float largest = expected.Max(Math.Abs);
            for (int i = 0; i < expected.Length; i++) Assert.That(gradients[i], Is.EqualTo(expected[i]).Within(1e-6f * Math.Max(1, largest)), $"parameter {i}");
        }

        /// <summary>Two sequences whose length can be changed.</summary>
        private sealed class Fickle : SequenceDataset
        {
            public int Length, Longest = 3;

            public override int Count => 2;

            public override int InputSize => 1;

            public override int TargetSize => 1;

            public override int MaxSteps => Longest;

            public override int MaxTargetSteps => Longest;

            protected override int StepsOf(int index) => Length;

            protected override int TargetStepsOf(int index) => Length;

            protected override void Copy(int index, Span<float> input, Span<float> target) => input.Fill(0.5f);
        }
    }
}
