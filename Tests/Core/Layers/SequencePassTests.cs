using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class SequencePassTests
    {
        private const string Name = "LSTM(8→16)";

        [Test]
        public void ForwardChecksEverySize()
        {
            using (var pass = new SequencePass(new LSTM(8, 16), 2, 3))
            {
                void Refused(int numbers, int batch, int steps, int state, int[] lengths, string message) => Assert.That(
                    () => pass.Forward(new float[numbers], batch, steps, new float[state], lengths), Throws.ArgumentException.With.Message.StartsWith(message));
                int[] all = { };
                Refused(2 * 3 * 6, 2, 3, 0, all, Name + ": input has 6 features, expected 8.");
                Refused(47, 2, 3, 0, all, Name + ": input has 47 numbers, expected 2 × 3 × 8 = 48.");
                Refused(48, 0, 3, 0, all, Name + ": the pass holds batches of 1 to 2 rows, got 0.");
                Refused(72, 3, 3, 0, all, Name + ": the pass holds batches of 1 to 2 rows, got 3.");
                Refused(48, 2, 0, 0, all, Name + ": the pass holds sequences of 1 to 3 steps, got 0.");
                Refused(64, 2, 4, 0, all, Name + ": the pass holds sequences of 1 to 3 steps, got 4.");
                Refused(48, 2, 3, 63, all, Name + ": the state has 63 numbers, expected 64.");
                Refused(48, 2, 3, 0, new[] { 3 }, Name + ": got 1 lengths, expected 2, one a row.");
                Refused(48, 2, 3, 0, new[] { 3, 0 }, Name + ": row 1 has length 0, expected 1 to 3.");
                Refused(48, 2, 3, 0, new[] { 4, 3 }, Name + ": row 0 has length 4, expected 1 to 3.");
                Assert.That(() => pass.CopyOutput(new float[96]), Throws.InvalidOperationException.With.Message.EqualTo(Name + ": expected Forward to be called first."));
            }
        }

        [Test]
        public void BackwardNeedsTrainingAForwardAndItsSizes()
        {
            var layer = new LSTM(8, 16);
            using (var pass = new SequencePass(layer, 2, 3))
            {
                pass.Forward(new float[48], 2, 3);
                Assert.That(() => pass.Backward(new float[96]), Throws.InvalidOperationException.With.Message.EqualTo(
                    Name + ": this pass keeps no tape; make it with training: true to run backward."));
            }
            using (var pass = new SequencePass(layer, 2, 3, training: true))
            {
                Assert.That(() => pass.Backward(new float[96]), Throws.InvalidOperationException.With.Message.EqualTo(Name + ": expected Forward to be called first."));
                pass.Forward(new float[48], 2, 3);
                Assert.That(() => pass.Backward(new float[95]), Throws.ArgumentException.With.Message.StartsWith(Name + ": the gradient of the output has 95 numbers, expected 96."));
                Assert.That(() => pass.Backward(new float[96], new float[65]), Throws.ArgumentException.With.Message.StartsWith(Name + ": the gradient of the state has 65 numbers, expected 64."));
                pass.Backward(new float[96]);
                Assert.That(() => pass.Backward(new float[96]), Throws.InvalidOperationException.With.Message.EqualTo(Name + ": Backward uses the tape up; call Forward again before it."));
                pass.Forward(new float[48], 2, 3);
                pass.Backward(new float[96]);
            }
        }

        [Test]
        public void ADestinationHasExactlyTheSizeOfWhatIsCopied()
        {
            using (var pass = new SequencePass(new GRU(2, 3), 4, 5, training: true))
            {
                pass.Forward(new float[3 * 4 * 2], 3, 4);
                Assert.That(() => pass.CopyOutput(new float[3 * 4 * 3 + 1]), Throws.ArgumentException.With.Message.EqualTo("GRU(2→3): the output has 37 numbers, expected 36."));
                pass.Backward(new float[36]);
                Assert.That(() => pass.CopyInputGradient(new float[23]), Throws.ArgumentException.With.Message.EqualTo("GRU(2→3): the gradient of the input has 23 numbers, expected 24."));
            }
        }

        [Test]
        public void SizesOfAPassAreAtLeastOne()
        {
            Assert.That(() => new SequencePass(new RNN(1, 1), 0, 1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("RNN(1→1): expected a batch of at least 1, got 0."));
            Assert.That(() => new SequencePass(new RNN(1, 1), 1, 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("RNN(1→1): expected at least 1 step, got 0."));
            Assert.That(() => new SequencePass(null!, 1, 1), Throws.ArgumentNullException);
            Assert.That(() => new SequencePass(new LastStep(), 1, 1), Throws.ArgumentException.With.Message.StartsWith("LastStep: has the size of the layer before it, and so runs only inside a model."));
        }

        [Test]
        public void ADisposedPassRefusesToWork()
        {
            var pass = new SequencePass(new RNN(1, 1), 1, 1, training: true);
            pass.Forward(new float[1], 1, 1);
            pass.Dispose();
            pass.Dispose();
            Assert.That(() => pass.Forward(new float[1], 1, 1), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => pass.CopyOutput(new float[1]), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => pass.Backward(new float[1]), Throws.TypeOf<ObjectDisposedException>());
        }

        [Test]
        public void ALargerPassGivesTheSameNumbers([Values(false, true)] bool ragged, [ValueSource(nameof(KernelNames))] string kernels)
        {
            int[] lengths = ragged ? new[] { 2, 4, 3 } : new int[0];
            var layer = new GRU(3, 5, numLayers: 2, bidirectional: true, seed: 1);
            float[] exact = OutputsAndGradients(layer, 3, 4, lengths, kernels);
            Assert.That(OutputsAndGradients(layer, 7, 9, lengths, kernels), Is.EqualTo(exact).Within(1e-6));
            Assert.That(OutputsAndGradients(layer, 3, 9, lengths, kernels), Is.EqualTo(exact).Within(1e-6));
        }

        [Test]
        public void APassForgetsTheBatchBefore([ValueSource(nameof(KernelNames))] string kernels)
        {
            var layer = new LSTM(3, 5, numLayers: 2, bidirectional: true, projSize: 4, seed: 1);
            float[] fresh = OutputsAndGradients(layer, 7, 9, new[] { 2, 4, 3 }, kernels);
            using (var pass = new SequencePass(layer, 7, 9, training: true, Fixture.Kernels(kernels)))
            {
                float[] input = GradientCheck.Draw(new RandomSource(99), 7 * 9 * 3), state = GradientCheck.Draw(new RandomSource(98), 7 * layer.StateSize);
                pass.Forward(input, 7, 9, state);
                pass.Backward(GradientCheck.Draw(new RandomSource(97), 7 * 9 * layer.OutputSize), state);
                Assert.That(OutputsAndGradients(layer, pass, 3, 4, new[] { 2, 4, 3 }), Is.EqualTo(fresh).Within(1e-6));
            }
        }

        [Test]
        public void WhatStandsPastALengthDoesNotMatter([ValueSource(nameof(KernelNames))] string kernels)
        {
            var model = new SequenceModel(new Linear(2, 3, seed: 1), new Activation(Nonlinearity.Tanh), new GRU(3, 4, bidirectional: true, seed: 2), new Linear(4 * 2, 2, seed: 3));
            float[] input = GradientCheck.Draw(new RandomSource(1), 2 * 3 * 2), outputGradient = GradientCheck.Draw(new RandomSource(2), 2 * 3 * 2);
            float[] output = new float[12], inputGradient = new float[12], before = new float[0], gradients = new float[0];
            foreach (float padding in new[] { 0f, float.NaN })
            {
                // The second row has one step.
                for (int i = 8; i < 12; i++) input[i] = outputGradient[i] = padding;
                using (var pass = new SequencePass(model, 2, 3, training: true, Fixture.Kernels(kernels)))
                {
                    pass.Forward(input, 2, 3, lengths: new[] { 3, 1 });
                    pass.CopyOutput(output);
                    model.Store.ClearGradients();
                    pass.Backward(outputGradient);
                    pass.CopyInputGradient(inputGradient);
                }
                for (int i = 8; i < 12; i++)
                {
                    Assert.That(output[i], Is.EqualTo(0f));
                    Assert.That(inputGradient[i], Is.EqualTo(0f));
                }
                if (padding == 0f)
                {
                    before = (float[])output.Clone();
                    gradients = (float[])model.Store.Gradients.Clone();
                }
            }
            Assert.That(output, Is.EqualTo(before));
            Assert.That(model.Store.Gradients, Is.EqualTo(gradients));
        }

        [Test]
        public void ParameterGradientsAddUp()
        {
            var layer = new GRU(2, 3, seed: 4);
            float[] once = OutputsAndGradients(layer, 3, 4, new int[0], KernelSet.Default.Name);
            float[] single = (float[])layer.Store.Gradients.Clone();
            using (var pass = new SequencePass(layer, 3, 4, training: true))
            {
                OutputsAndGradients(layer, pass, 3, 4, new int[0], clear: false);
                for (int i = 0; i < single.Length; i++) Assert.That(layer.Store.Gradients[i], Is.EqualTo(2 * single[i]).Within(1e-6));
            }
            Assert.That(once.Length, Is.GreaterThan(single.Length));
        }

        [Test]
        public void ALoneSequenceSharedByThreadsHasTheSameBitsAndGradients([Values("RNN", "LSTM", "GRU")] string cell, [Values(false, true)] bool bidirectional)
        {
            const int inputs = 90, hidden = 150, steps = 11;
            Layer layer = cell == "RNN" ? new RNN(inputs, hidden, bidirectional: bidirectional, seed: 1)
                : cell == "LSTM" ? new LSTM(inputs, hidden, numLayers: 2, bidirectional: bidirectional, seed: 1)
                : (Layer)new GRU(inputs, hidden, bidirectional: bidirectional, seed: 1);
            var random = new RandomSource(2);
            var input = new float[steps * inputs];
            for (int i = 0; i < input.Length; i++) input[i] = random.NextGaussian();
            (float[] Output, float[] Gradient) Run(int threads)
            {
                using var pass = new SequencePass(layer, 1, steps, training: true, threads: threads);
                var output = new float[steps * layer.OutputSize];
                var gradient = new float[input.Length];
                for (int run = 0; run < 5; run++) pass.Forward(input, 1, steps);
                pass.CopyOutput(output);
                pass.Backward(output);
                pass.CopyInputGradient(gradient);
                return (output, gradient);
            }
            (float[] output, float[] gradient) = Run(1);
            foreach (int threads in new[] { 2, 3 })
            {
                (float[] shared, float[] sharedGradient) = Run(threads);
                Assert.That(shared, Is.EqualTo(output), $"{threads} threads");
                Assert.That(sharedGradient, Is.EqualTo(gradient), $"{threads} threads");
            }
        }

        [Test]
        public void SeveralPassesShareALayer()
        {
            var layer = new LSTM(2, 3, seed: 5);
            float[] a = GradientCheck.Draw(new RandomSource(1), 8), b = GradientCheck.Draw(new RandomSource(2), 8);
            float[] Gradients(Action<SequencePass, SequencePass> work)
            {
                layer.Store.ClearGradients();
                using (var first = new SequencePass(layer, 1, 4, training: true))
                using (var second = new SequencePass(layer, 1, 4, training: true)) work(first, second);
                return (float[])layer.Store.Gradients.Clone();
            }
            var ones = new float[12];
            Array.Fill(ones, 1f);
            float[] apart = Gradients((first, second) =>
            {
                first.Forward(a, 1, 4);
                first.Backward(ones);
                second.Forward(b, 1, 4);
                second.Backward(ones);
            });
            float[] mixed = Gradients((first, second) =>
            {
                first.Forward(a, 1, 4);
                second.Forward(b, 1, 4);
                first.Backward(ones);
                second.Backward(ones);
            });
            Assert.That(mixed, Is.EqualTo(apart));
        }

        [Test]
        public void AChangedWeightIsNoticed()
        {
            var layer = new Linear(1, 1);
            var output = new float[1];
            using (var pass = new SequencePass(layer, 1, 1))
            {
                layer.Store["weight"].Fill(3);
                layer.Store["bias"].Set(new[] { 0.5f });
                pass.Forward(new[] { 2f }, 1, 1);
                pass.CopyOutput(output);
                Assert.That(output[0], Is.EqualTo(6.5f));
                layer.Store.Values[0] = -1;
                layer.Store.Touch();
                pass.Forward(new[] { 2f }, 1, 1);
                pass.CopyOutput(output);
                Assert.That(output[0], Is.EqualTo(-1.5f));
            }
        }

        [Test]
        public void ForwardAndBackwardAllocateNothing()
        {
            var model = new SequenceModel(new LSTM(3, 8, numLayers: 2, bidirectional: true, dropout: 0.2f), new Dropout(0.1f), new FinalStates(), new Linear(16, 2));
            var lengths = new[] { 3, 5 };
            float[] input = new float[30], output = new float[4], state = new float[2 * model.StateSize], inputGradient = new float[30];
            using (var pass = new SequencePass(model, 2, 5, training: true))
            {
                long before = 0;
                for (int round = 0; round < 3; round++)
                {
                    before = GC.GetAllocatedBytesForCurrentThread();
                    model.Store.Touch();
                    pass.Forward(input, 2, 5, state, lengths, training: true, seed: (ulong)round);
                    pass.CopyOutput(output);
                    pass.Backward(output, state);
                    pass.CopyInputGradient(inputGradient);
                }
                Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            }
        }

        public static IEnumerable<string> KernelNames() => KernelSet.Available.Select(kernels => kernels.Name);

        private static float[] OutputsAndGradients(Layer layer, int maxBatch, int maxSteps, int[] lengths, string kernels)
        {
            using (var pass = new SequencePass(layer, maxBatch, maxSteps, training: true, Fixture.Kernels(kernels)))
                return OutputsAndGradients(layer, pass, 3, 4, lengths);
        }

        /// <summary>Output, final state and every gradient of a batch drawn from fixed seeds, one after the other.</summary>
        private static float[] OutputsAndGradients(Layer layer, SequencePass pass, int batch, int steps, int[] lengths, bool clear = true)
        {
            float[] input = GradientCheck.Draw(new RandomSource(1), batch * steps * layer.InputSize);
            float[] state = GradientCheck.Draw(new RandomSource(2), batch * layer.StateSize);
            float[] outputGradient = GradientCheck.Draw(new RandomSource(3), batch * steps * layer.OutputSize);
            float[] stateGradient = GradientCheck.Draw(new RandomSource(4), batch * layer.StateSize);
            if (clear) layer.Store.ClearGradients();
            pass.Forward(input, batch, steps, state, lengths);
            pass.Backward(outputGradient, stateGradient);
            float[] output = new float[outputGradient.Length], inputGradient = new float[input.Length];
            pass.CopyOutput(output);
            pass.CopyInputGradient(inputGradient);
            var all = new List<float>(output);
            all.AddRange(inputGradient);
            all.AddRange(pass.FinalState.ToArray());
            all.AddRange(pass.StateGradient.ToArray());
            all.AddRange(layer.Store.Gradients);
            return all.ToArray();
        }

        [Test]
        public void GradientsAreThereAfterBackwardOnlyAndNothingAfterDispose()
        {
            var layer = new GRU(2, 3);
            using (var pass = new SequencePass(layer, 1, 2))
            {
                pass.Forward(new float[4], 1, 2);
                Assert.That(() => pass.CopyInputGradient(new float[4]), Throws.InvalidOperationException);
                Assert.That(() => pass.StateGradient.Length, Throws.InvalidOperationException);
            }
            var training = new SequencePass(layer, 1, 2, training: true);
            training.Forward(new float[4], 1, 2);
            Assert.That(() => training.CopyInputGradient(new float[4]), Throws.InvalidOperationException);
            training.Backward(new float[6]);
            training.Dispose();
            Assert.That(() => training.CopyInputGradient(new float[4]), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => training.FinalState.Length, Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => training.StateGradient.Length, Throws.TypeOf<ObjectDisposedException>());
        }

        [Test]
        public void AFailedForwardLeavesNothingToRead()
        {
            using (var pass = new SequencePass(new Embedding(3, 1), 1, 2, training: true))
            {
                pass.Forward(new float[] { 0, 1 }, 1, 2);
                Assert.That(() => pass.Forward(new float[] { 2, 9 }, 1, 2), Throws.ArgumentException);
                Assert.That(() => pass.CopyOutput(new float[2]), Throws.InvalidOperationException);
                Assert.That(() => pass.Backward(new float[2]), Throws.InvalidOperationException);
            }
        }
    }
}
