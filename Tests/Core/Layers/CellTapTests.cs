using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class CellTapTests
    {
        [Test]
        public void GatesOfAnLstmRebuildCAndH()
        {
            var layer = new LSTM(3, 19, numLayers: 2, bidirectional: true, seed: 5);
            const int batch = 2, steps = 4;
            using var pass = new SequencePass(layer, batch, steps, training: true);
            IReadOnlyList<CellTap> taps = pass.Watch();
            pass.Forward(GradientCheck.Draw(new RandomSource(1), batch * steps * 3), batch, steps);

            Assert.That(new[] { taps[0].Name, taps[1].Name, taps[2].Name, taps[3].Name }, Is.EqualTo(new[] { "l0", "l0_reverse", "l1", "l1_reverse" }));
            var cells = new float[batch, 4, steps][];
            foreach (int row in new[] { 0, 1 })
                for (int k = 0; k < 4; k++)
                    for (int t = 0; t < steps; t++) taps[k].CopyCell(t, row, cells[row, k, t] = new float[19]);

            float[] i = new float[19], f = new float[19], g = new float[19], o = new float[19], h = new float[19];
            for (int row = 0; row < batch; row++)
                for (int k = 0; k < 4; k++)
                    for (int t = 0; t < steps; t++)
                    {
                        taps[k].CopyGate(0, t, row, i);
                        taps[k].CopyGate(1, t, row, f);
                        taps[k].CopyGate(2, t, row, g);
                        taps[k].CopyGate(3, t, row, o);
                        taps[k].CopyHidden(t, row, h);
                        int before = k % 2 == 0 ? t - 1 : t + 1;
                        for (int u = 0; u < 19; u++)
                        {
                            float cBefore = before < 0 || before == steps ? 0 : cells[row, k, before][u];
                            float c = f[u] * cBefore + i[u] * g[u];
                            Assert.That(cells[row, k, t][u], Is.EqualTo(c).Within(1e-6), $"c of {taps[k].Name}, step {t}, unit {u}");
                            Assert.That(h[u], Is.EqualTo(o[u] * MathF.Tanh(c)).Within(1e-6), $"h of {taps[k].Name}, step {t}, unit {u}");
                        }
                    }
        }

        [TestCase(true, true)]
        [TestCase(true, false)]
        [TestCase(false, true)]
        [TestCase(false, false)]
        public void GatesOfAGruRebuildH(bool resetAfter, bool updateKeepsState)
        {
            var cell = new GRUCell(2, 17, resetAfter: resetAfter, updateKeepsState: updateKeepsState, seed: 3);
            using var stream = new SequenceStream(cell);
            CellTap tap = stream.Watch()[0];
            Assert.That(tap.Gates, Is.EqualTo(new[] { "r", "z", "n" }));
            var random = new RandomSource(2);
            float[] before = new float[17], h = new float[17], z = new float[17], n = new float[17], output = new float[17];
            for (int t = 0; t < 6; t++)
            {
                stream.Step(GradientCheck.Draw(random, 2), output);
                tap.CopyHidden(0, 0, h);
                tap.CopyGate(1, 0, 0, z);
                tap.CopyGate(2, 0, 0, n);
                for (int u = 0; u < 17; u++)
                {
                    float expected = updateKeepsState ? (1 - z[u]) * n[u] + z[u] * before[u] : (1 - z[u]) * before[u] + z[u] * n[u];
                    Assert.That(h[u], Is.EqualTo(expected).Within(1e-6), $"step {t}, unit {u}");
                }
                h.CopyTo(before, 0);
            }
        }

        [Test]
        public void AWeightOfOneHalfHalvesTheGradientWithEachStepBack()
        {
            var layer = new RNN(1, 1, bias: false);
            foreach (Parameter parameter in layer.Parameters) parameter.Fill(0.5f);
            using var pass = new SequencePass(layer, 1, 10, training: true);
            CellTap tap = pass.Watch()[0];
            // At an input of 0 the state is 0, where the derivative of tanh is 1.
            pass.Forward(new float[10], 1, 10);
            var gradient = new float[10];
            gradient[9] = 1;
            pass.Backward(gradient);
            for (int back = 0; back < 10; back++) Assert.That(tap.GradientNorms[9 - back], Is.EqualTo(Math.Pow(0.5, back)).Within(1e-9), $"{back} steps back");
        }

        [Test]
        public void GradientNormsAreThoseOfTheState()
        {
            // ∂L/∂h of the step before is what a second pass finds as the gradient of its initial state.
            var layer = new GRU(2, 5, seed: 9);
            float[] input = GradientCheck.Draw(new RandomSource(4), 2 * 3 * 2), weights = GradientCheck.Draw(new RandomSource(5), 2 * 3 * 5);
            using var whole = new SequencePass(layer, 2, 3, training: true);
            CellTap tap = whole.Watch()[0];
            whole.Forward(input, 2, 3);
            var middle = new float[10];
            for (int row = 0; row < 2; row++) tap.CopyHidden(1, row, middle.AsSpan(row * 5, 5));
            whole.Backward(weights);

            using var last = new SequencePass(layer, 2, 1, training: true);
            float[] lastInput = { input[4], input[5], input[10], input[11] };
            var lastWeights = new float[10];
            for (int row = 0; row < 2; row++) Array.Copy(weights, row * 15 + 10, lastWeights, row * 5, 5);
            last.Forward(lastInput, 2, 1, middle);
            last.Backward(lastWeights);
            double sum = 0;
            for (int row = 0; row < 2; row++)
                for (int u = 0; u < 5; u++)
                {
                    double d = (double)last.StateGradient[row * 5 + u] + weights[row * 15 + 5 + u];
                    sum += d * d;
                }
            Assert.That(tap.GradientNorms[1], Is.EqualTo(Math.Sqrt(sum)).Within(1e-6));
        }

        [Test]
        public void WatchingChangesNoBit()
        {
            var layer = new LSTM(2, 9, seed: 8);
            float[] input = GradientCheck.Draw(new RandomSource(3), 2 * 5 * 2), weights = GradientCheck.Draw(new RandomSource(4), 2 * 5 * 9);
            (float[] Output, float[] Gradients) Run(bool watched)
            {
                using var pass = new SequencePass(layer, 2, 5, training: true);
                if (watched) pass.Watch();
                var output = new float[90];
                pass.Forward(input, 2, 5);
                pass.CopyOutput(output);
                layer.Store.ClearGradients();
                pass.Backward(weights);
                return (output, (float[])layer.Store.Gradients.Clone());
            }
            (float[] output, float[] gradients) = Run(watched: false);
            (float[] watchedOutput, float[] watchedGradients) = Run(watched: true);
            Assert.That(watchedOutput, Is.EqualTo(output));
            Assert.That(watchedGradients, Is.EqualTo(gradients));
        }

        [Test]
        public void AModelNamesItsCells()
        {
            var model = new SequenceModel(("body", new LSTM(1, 4, numLayers: 2)), ("last", new LastStep()), ("head", new Linear(4, 1)));
            using var pass = new SequencePass(model, 1, 3);
            Assert.That(pass.Watch(), Has.Count.EqualTo(2));
            Assert.That(pass.Watch()[1].Name, Is.EqualTo("body.l1"));
            Assert.That(pass.Watch(), Is.SameAs(pass.Watch()));
        }

        [Test]
        public void WhatIsNotKeptIsRefused()
        {
            var layer = new LSTM(1, 4);
            var room = new float[4];
            var inference = new SequencePass(layer, 1, 3);
            CellTap tap = inference.Watch()[0];
            inference.Forward(new float[3], 1, 3);
            tap.CopyGate(1, 2, 0, room);
            tap.CopyHidden(0, 0, room);
            Assert.That(() => tap.CopyGate(1, 1, 0, room), Throws.ArgumentException.With.Message.Contains("without training only step 2 keeps f, got step 1"));
            Assert.That(() => tap.CopyHidden(3, 0, room), Throws.ArgumentException.With.Message.Contains("expected a step below 3, got 3"));
            Assert.That(() => tap.CopyHidden(0, 1, room), Throws.ArgumentException.With.Message.Contains("expected a row below 1, got 1"));
            Assert.That(() => tap.CopyHidden(0, 0, new float[5]), Throws.ArgumentException.With.Message.Contains("h has 4 numbers, got room for 5"));
            Assert.That(() => tap.GradientNorms.Length, Throws.InvalidOperationException.With.Message.Contains("training: true"));
            inference.Dispose();
            Assert.That(() => tap.CopyHidden(0, 0, room), Throws.TypeOf<ObjectDisposedException>());

            using var training = new SequencePass(layer, 1, 3, training: true);
            tap = training.Watch()[0];
            training.Forward(new float[3], 1, 3);
            tap.CopyGate(1, 0, 0, room);
            training.Backward(new float[12]);
            Assert.That(() => tap.CopyGate(1, 0, 0, room), Throws.ArgumentException.With.Message.Contains("between Forward and Backward"));
            using var gru = new SequencePass(new GRU(1, 4), 1, 3);
            CellTap other = gru.Watch()[0];
            gru.Forward(new float[3], 1, 3);
            Assert.That(() => other.CopyCell(2, 0, room), Throws.ArgumentException.With.Message.Contains("has no c"));
        }
    }
}
