using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class SequenceStreamTests
    {
        private static readonly Dictionary<string, Func<Layer>> s_layers = new Dictionary<string, Func<Layer>>
        {
            ["RNN"] = () => new RNN(3, 5, numLayers: 2, seed: 1),
            ["LSTM"] = () => new LSTM(3, 5, numLayers: 2, seed: 2),
            ["projected LSTM"] = () => new LSTM(3, 5, numLayers: 2, projSize: 2, seed: 3),
            ["GRU"] = () => new GRU(3, 5, numLayers: 3, dropout: 0.5f, seed: 4),
            ["GRU, reset before"] = () => new GRU(3, 18, resetAfter: false, updateKeepsState: false, seed: 5),
            ["GRUCell"] = () => new GRUCell(3, 5, seed: 6),
            ["model"] = () => new SequenceModel(new Linear(3, 4, seed: 7), new RNN(4, 5, seed: 8), new Dropout(0.5f), new LSTM(5, 6, seed: 9), new Activation(Nonlinearity.Sigmoid), new Linear(6, 2, seed: 10)),
        };

        public static IEnumerable<string> Layers() => s_layers.Keys;

        [TestCaseSource(nameof(Layers))]
        public void StepsEqualTheWholeSequence(string name)
        {
            foreach (int batch in new[] { 1, 4 })
                foreach (KernelSet kernels in KernelSet.Available)
                {
                    Layer layer = s_layers[name]();
                    const int steps = 7;
                    float[] input = GradientCheck.Draw(new RandomSource(20), batch * steps * layer.InputSize);
                    var whole = new float[batch * steps * layer.OutputSize];
                    float[] final;
                    using (var pass = new SequencePass(layer, batch, steps, kernels: kernels))
                    {
                        pass.Forward(input, batch, steps);
                        pass.CopyOutput(whole);
                        final = pass.FinalState.ToArray();
                    }
                    using (var stream = new SequenceStream(layer, batch, kernels))
                    {
                        Assert.That(stream.Batch, Is.EqualTo(batch));
                        for (int t = 0; t < steps; t++)
                            Assert.That(Step(stream, layer, input, steps, t), Is.EqualTo(At(whole, batch, steps, t)).Within(1e-6), $"{kernels.Name}, batch {batch}, step {t}");
                        Assert.That(stream.State.ToArray(), Is.EqualTo(final).Within(1e-6));
                    }
                }
        }

        [TestCaseSource(nameof(Layers))]
        public void WeightsInBFloat16AreRoundedAndNothingElseIs(string name)
        {
            foreach (KernelSet kernels in KernelSet.Available)
            {
                Layer layer = s_layers[name](), rounded = s_layers[name]();
                foreach (Parameter parameter in rounded.Parameters)
                {
                    // The weights of recurrent layers' gates alone.
                    if (!parameter.Name.Contains("weight_ih") && !parameter.Name.Contains("weight_hh")) continue;
                    Span<float> values = parameter.Edit();
                    for (int i = 0; i < values.Length; i++) values[i] = BFloat16.ToSingle(BFloat16.FromSingle(values[i]));
                }
                const int steps = 7;
                float[] input = GradientCheck.Draw(new RandomSource(21), steps * layer.InputSize);
                using var exact = new SequenceStream(rounded, 1, kernels);
                using var stream = new SequenceStream(layer, 1, kernels, WeightPrecision.BFloat16);
                using var plain = new SequenceStream(layer, 1, kernels);
                double largest = 0;
                for (int t = 0; t < steps; t++)
                {
                    float[] output = Step(stream, layer, input, steps, t), single = Step(plain, layer, input, steps, t);
                    Assert.That(output, Is.EqualTo(Step(exact, layer, input, steps, t)).Within(1e-6), $"{kernels.Name}, step {t}");
                    for (int i = 0; i < output.Length; i++) largest = Math.Max(largest, Math.Abs(output[i] - single[i]));
                }
                Assert.That(largest, Is.GreaterThan(1e-6).And.LessThan(5e-3), $"{kernels.Name}: what rounding changes");

                // New weights arrive as they do in single precision.
                layer.Initialize(77);
                stream.Reset();
                plain.Reset();
                Assert.That(Step(stream, layer, input, steps, 0), Is.EqualTo(Step(plain, layer, input, steps, 0)).Within(5e-3));
            }
        }

        [TestCase("RNN", WeightPrecision.Single)]
        [TestCase("LSTM", WeightPrecision.Single)]
        [TestCase("GRU", WeightPrecision.Single)]
        [TestCase("GRU before", WeightPrecision.Single)]
        [TestCase("LSTM", WeightPrecision.BFloat16)]
        [TestCase("GRU", WeightPrecision.BFloat16)]
        public void AStepSharedByThreadsHasTheSameBits(string cell, WeightPrecision weights)
        {
            // Large enough to be shared, in five blocks of units of which the last is not full.
            const int inputs = 90, hidden = 150, steps = 30;
            Layer layer = cell switch
            {
                "RNN" => new RNN(inputs, hidden, numLayers: 2, seed: 1),
                "LSTM" => new LSTM(inputs, hidden, numLayers: 2, seed: 1),
                "GRU" => new GRU(inputs, hidden, numLayers: 2, seed: 1),
                _ => new GRU(inputs, hidden, numLayers: 2, resetAfter: false, seed: 1),
            };
            var random = new RandomSource(2);
            var input = new float[steps * inputs];
            for (int i = 0; i < input.Length; i++) input[i] = random.NextGaussian();
            float[] Outputs(int threads)
            {
                var stream = new SequenceStream(layer, 1, null, weights, threads);
                var outputs = new float[steps * hidden];
                for (int t = 0; t < steps; t++) stream.Step(input.AsSpan(t * inputs, inputs), outputs.AsSpan(t * hidden, hidden));
                stream.Dispose();
                return outputs;
            }
            float[] expected = Outputs(1);
            Assert.That(expected, Has.Some.GreaterThan(0.1f));
            foreach (int threads in new[] { 2, 3, 8 }) Assert.That(Outputs(threads), Is.EqualTo(expected), $"{threads} threads");
        }

        [Test]
        public void ASharedStepAllocatesNothing()
        {
            var stream = new SequenceStream(new LSTM(64, 128, seed: 1), threads: 2);
            var x = new float[64];
            var y = new float[128];
            for (int i = 0; i < 100; i++) stream.Step(x, y);
            long least = long.MaxValue;
            for (int round = 0; round < 3; round++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 100; i++) stream.Step(x, y);
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            Assert.That(least, Is.Zero);
            stream.Dispose();
        }

        [Test]
        public void ThreadsAreAtLeastOne() =>
            Assert.That(() => new SequenceStream(new GRU(2, 3), threads: 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("at least 1 thread, got 0"));

        [Test]
        public void BFloat16IsForOneRow() =>
            Assert.That(() => new GRU(2, 3).OpenStream(4, WeightPrecision.BFloat16), Throws.ArgumentException.With.Message.Contains("are for a batch of 1, got 4"));

        [Test]
        public void ASnapshotIsWhereTheStreamGoesOn()
        {
            var layer = new LSTM(2, 3, numLayers: 2, seed: 1);
            float[] input = GradientCheck.Draw(new RandomSource(2), 2 * 6 * 2);
            using (SequenceStream stream = layer.OpenStream(2))
            {
                for (int t = 0; t < 3; t++) Step(stream, layer, input, 6, t);
                float[] snapshot = stream.Snapshot();
                float[] fourth = Step(stream, layer, input, 6, 3), fifth = Step(stream, layer, input, 6, 4);
                Assert.That(stream.State.ToArray(), Is.Not.EqualTo(snapshot), "a snapshot is a copy");

                stream.Restore(snapshot);
                Assert.That(Step(stream, layer, input, 6, 3), Is.EqualTo(fourth));
                Assert.That(Step(stream, layer, input, 6, 4), Is.EqualTo(fifth));
                using (SequenceStream other = layer.OpenStream(2))
                {
                    other.Restore(snapshot);
                    Assert.That(Step(other, layer, input, 6, 3), Is.EqualTo(fourth));
                }
            }
        }

        [Test]
        public void ResetBeginsAgainForAllRowsOrForOne()
        {
            var layer = new GRU(2, 3, seed: 3);
            float[] input = GradientCheck.Draw(new RandomSource(4), 2 * 4 * 2);
            using (SequenceStream stream = layer.OpenStream(2))
            {
                float[] first = Step(stream, layer, input, 4, 0), second = Step(stream, layer, input, 4, 1);
                stream.Reset();
                Assert.That(stream.State.ToArray(), Is.All.Zero);
                Assert.That(Step(stream, layer, input, 4, 0), Is.EqualTo(first));

                stream.Reset(1);
                float[] mixed = Step(stream, layer, input, 4, 1);
                Assert.That(mixed.AsSpan(0, 3).ToArray(), Is.EqualTo(second.AsSpan(0, 3).ToArray()), "row 0 goes on");
                float[] alone = layer.Run(input.AsSpan(4 * 2 + 2, 2), 1, 1).Output;
                Assert.That(mixed.AsSpan(3).ToArray(), Is.EqualTo(alone).Within(1e-6), "row 1 begins");
                Assert.That(() => stream.Reset(2), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("GRU(2→3): expected a row 0 … 1, got 2."));
                Assert.That(() => stream.Reset(-1), Throws.TypeOf<ArgumentOutOfRangeException>());
            }
        }

        [TestCaseSource(nameof(Layers))]
        public void AStepAllocatesNothing(string name)
        {
            Layer layer = s_layers[name]();
            float[] input = new float[layer.InputSize], output = new float[layer.OutputSize];
            using (SequenceStream stream = layer.OpenStream())
            {
                for (int i = 0; i < 3; i++) stream.Step(input, output);
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int i = 0; i < 10; i++) stream.Step(input, output);
                Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            }
        }

        [Test]
        public void WhatReadsFromTheEndIsRefused()
        {
            const string Reason = "reads the sequence from its end too, and so cannot be fed step by step.";
            Assert.That(() => new RNN(2, 3, bidirectional: true).OpenStream(), Throws.ArgumentException.With.Message.StartsWith("RNN(2→3, bidirectional): " + Reason));
            Assert.That(() => new SequenceModel(new GRU(2, 3, bidirectional: true), new Linear(6, 1)).OpenStream(),
                Throws.ArgumentException.With.Message.StartsWith("GRU(2→3, bidirectional) → Linear(6→1): " + Reason));
            Assert.That(() => new SequenceModel(new GRU(2, 4), new FinalStates()).OpenStream(), Throws.ArgumentException);
        }

        [Test]
        public void TheLastStepOfAStreamIsTheStepItself()
        {
            var model = new SequenceModel(new GRU(2, 3, seed: 1), new LastStep(), new Linear(3, 1, seed: 2));
            float[] input = GradientCheck.Draw(new RandomSource(3), 4 * 2), output = new float[1], whole = new float[1];
            using (SequenceStream stream = model.OpenStream())
                for (int t = 0; t < 4; t++) stream.Step(input.AsSpan(2 * t, 2), output);
            using (var pass = new SequencePass(model, 1, 4))
            {
                pass.Forward(input, 1, 4);
                pass.CopyOutput(whole);
            }
            Assert.That(output, Is.EqualTo(whole).Within(1e-6));
        }

        [Test]
        public void WrongSizesAreRefusedAndLeaveTheStateAlone()
        {
            var layer = new LSTM(8, 16, seed: 1);
            using (SequenceStream stream = layer.OpenStream())
            {
                stream.Step(new float[8], new float[16]);
                float[] state = stream.Snapshot();
                Assert.That(() => stream.Step(new float[6], new float[16]), Throws.ArgumentException.With.Message.StartsWith("LSTM(8→16): input has 6 features, expected 8."));
                Assert.That(() => stream.Step(new float[8], new float[15]), Throws.ArgumentException.With.Message.StartsWith("LSTM(8→16): the output has 15 numbers, expected 16."));
                Assert.That(() => stream.Restore(new float[31]), Throws.ArgumentException.With.Message.StartsWith("LSTM(8→16): the snapshot has 31 numbers, expected 32."));
                Assert.That(stream.State.ToArray(), Is.EqualTo(state));
            }
            Assert.That(() => layer.OpenStream(0), Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        [Test]
        public void ADisposedStreamRefusesToStep()
        {
            SequenceStream stream = new GRU(1, 1).OpenStream();
            stream.Dispose();
            Assert.That(() => stream.Step(new float[1], new float[1]), Throws.TypeOf<ObjectDisposedException>());
        }

        private static float[] Step(SequenceStream stream, Layer layer, float[] input, int steps, int t)
        {
            var output = new float[stream.Batch * layer.OutputSize];
            stream.Step(At(input, stream.Batch, steps, t), output);
            return output;
        }

        /// <summary>One step of (batch, steps, features).</summary>
        private static float[] At(float[] sequences, int batch, int steps, int t)
        {
            int features = sequences.Length / batch / steps;
            var step = new float[batch * features];
            for (int row = 0; row < batch; row++) Array.Copy(sequences, (row * steps + t) * features, step, row * features, features);
            return step;
        }
    }
}
