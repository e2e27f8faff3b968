using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class RecurrentLayerTests
    {
        private static readonly Func<int, int, int, bool, RecurrentLayer>[] s_kinds =
        {
            (input, hidden, layers, both) => new RNN(input, hidden, layers, bidirectional: both, seed: 3),
            (input, hidden, layers, both) => new LSTM(input, hidden, layers, bidirectional: both, seed: 4),
            (input, hidden, layers, both) => new LSTM(input, hidden, layers, bidirectional: both, projSize: hidden / 2, seed: 5),
            (input, hidden, layers, both) => new GRU(input, hidden, layers, bidirectional: both, seed: 6),
            (input, hidden, layers, both) => new GRU(input, hidden, layers, bidirectional: both, resetAfter: false, seed: 7),
            (input, hidden, layers, both) => new GRU(input, hidden, layers, bidirectional: both, updateKeepsState: false, seed: 8),
            (input, hidden, layers, both) => new GRU(input, hidden, layers, bidirectional: both, resetAfter: false, updateKeepsState: false, seed: 9),
        };

        [Test]
        public void GradientsAgreeWithFiniteDifferences([Range(0, 6)] int kind, [Values(1, 2)] int layers, [Values] bool bidirectional, [Values] bool ragged)
        {
            using (var check = new GradientCheck(s_kinds[kind](3, 18, layers, bidirectional), 3, 5, ragged ? new[] { 2, 5, 3 } : null)) check.Run();
        }

        private static readonly Func<bool, RecurrentLayer>[] s_variants =
        {
            both => new LSTM(3, 18, bidirectional: both, seed: 4, options: new CellOptions { Peepholes = true }),
            both => new LSTM(3, 6, bidirectional: both, projSize: 2, seed: 4, options: new CellOptions { Peepholes = true, InputForget = true }),
            both => new LSTM(3, 6, bidirectional: both, seed: 4, options: new CellOptions { Clip = 0.2f }),
            both => new LSTM(3, 6, bidirectional: both, seed: 4, options: new CellOptions
            {
                Activations = new[] { new ActivationFunction(ActivationKind.Sigmoid), new ActivationFunction(ActivationKind.Softsign), new ActivationFunction(ActivationKind.Affine, 0.8f, 0.1f) },
                ReverseActivations = new[] { new ActivationFunction(ActivationKind.ScaledTanh, 1.3f, 0.7f), new ActivationFunction(ActivationKind.Softplus), ActivationFunction.Tanh },
            }),
            both => new RNN(3, 6, bidirectional: both, seed: 5, options: new CellOptions { Activations = new[] { new ActivationFunction(ActivationKind.Elu, 0.6f) } }),
            both => new RNN(3, 6, bidirectional: both, seed: 5, options: new CellOptions { Activations = new[] { new ActivationFunction(ActivationKind.LeakyRelu, 0.3f) } }),
            both => new RNN(3, 6, bidirectional: both, seed: 5, options: new CellOptions { Activations = new[] { new ActivationFunction(ActivationKind.HardSigmoid, 0.4f, 0.5f) } }),
            both => new GRU(3, 6, bidirectional: both, seed: 6, options: new CellOptions { Activations = new[] { new ActivationFunction(ActivationKind.Softsign), new ActivationFunction(ActivationKind.ScaledTanh, 0.9f, 1.2f) } }),
            both => new GRU(3, 6, bidirectional: both, resetAfter: false, seed: 6, options: new CellOptions { Clip = 0.3f }),
        };

        [Test]
        public void GradientsOfCellsBeyondPyTorchAgreeWithFiniteDifferences([Range(0, 8)] int variant, [Values] bool bidirectional, [Values] bool ragged)
        {
            using (var check = new GradientCheck(s_variants[variant](bidirectional), 3, 4, ragged ? new[] { 2, 4, 3 } : null)) check.Run(tolerance: 1e-2, kinks: true);
        }

        [Test]
        public void ACellRefusesOptionsItCannotHave()
        {
            Assert.That(() => new GRU(3, 4, options: new CellOptions { Peepholes = true }), Throws.ArgumentException.With.Message.Contains("no cell state"));
            Assert.That(() => new RNN(3, 4, options: new CellOptions { Clip = 0 }), Throws.ArgumentException.With.Message.Contains("Clip must be above 0, got 0"));
            Assert.That(() => new LSTM(3, 4, options: new CellOptions { Activations = new[] { ActivationFunction.Tanh } }), Throws.ArgumentException.With.Message.Contains("got 1 activation functions, expected 3"));
        }

        [Test]
        public void GradientsThroughDropoutAgreeWithFiniteDifferences([Range(0, 6)] int kind)
        {
            RecurrentLayer[] layers =
            {
                new RNN(2, 4, 3, dropout: 0.4f, seed: 3), new RNN(2, 4, 2, bias: false, dropout: 0.4f, bidirectional: true, seed: 4),
                new LSTM(2, 4, 2, dropout: 0.4f, seed: 5), new LSTM(2, 4, 2, dropout: 0.4f, bidirectional: true, projSize: 2, seed: 6),
                new GRU(2, 4, 3, dropout: 0.4f, seed: 7), new GRU(2, 4, 2, dropout: 0.4f, bidirectional: true, seed: 8),
                new GRU(2, 4, 2, bias: false, dropout: 0.4f, resetAfter: false, seed: 9),
            };
            using (var check = new GradientCheck(layers[kind], 3, 3, new[] { 2, 3, 1 }, training: true)) check.Run();
        }

        [Test]
        public void DropoutActsBetweenLevelsWhileTraining()
        {
            // Level 0 gives 2^j in unit j at every step, level 1 passes it on: only the dropout between them is left.
            const float p = 0.25f;
            var layer = new RNN(1, 8, numLayers: 2, Nonlinearity.ReLU, bias: false, dropout: p);
            foreach (Parameter parameter in layer.Parameters) parameter.Fill(0);
            var powers = new float[8];
            var identity = new float[64];
            for (int j = 0; j < 8; j++)
            {
                powers[j] = 1 << j;
                identity[9 * j] = 1;
            }
            layer.Store["weight_ih_l0"].Set(powers);
            layer.Store["weight_ih_l1"].Set(identity);

            const int batch = 10, steps = 40;
            var input = new float[batch * steps];
            Array.Fill(input, 1f);
            float[] output = new float[batch * steps * 8], again = new float[output.Length], other = new float[output.Length];
            using (var pass = new SequencePass(layer, batch, steps, training: true))
            {
                void Run(float[] into, bool training, ulong seed)
                {
                    pass.Forward(input, batch, steps, training: training, seed: seed);
                    pass.CopyOutput(into);
                }
                Run(output, training: false, seed: 1);
                for (int i = 0; i < output.Length; i++) Assert.That(output[i], Is.EqualTo(powers[i % 8]));

                Run(output, training: true, seed: 1);
                int dropped = 0;
                for (int i = 0; i < output.Length; i++)
                {
                    if (output[i] == 0) dropped++;
                    else Assert.That(output[i], Is.EqualTo(powers[i % 8] / (1 - p)).Within(1e-4));
                }
                // Four standard deviations of 3200 draws.
                Assert.That(dropped, Is.EqualTo(p * output.Length).Within(98));
                Run(again, training: true, seed: 1);
                Assert.That(again, Is.EqualTo(output));
                Run(other, training: true, seed: 2);
                Assert.That(other, Is.Not.EqualTo(output));
            }
        }

        [Test]
        public void RunChecksItsSizes()
        {
            var layer = new LSTM(8, 16, numLayers: 2, bidirectional: true);
            Assert.That(() => new LSTM(8, 16).Run(new float[12], 2, 1), Throws.ArgumentException.With.Message.StartsWith("LSTM(8→16): input has 6 features, expected 8."));
            Assert.That(() => layer.Run(new float[16], 2, 1, new float[127]), Throws.ArgumentException.With.Message.StartsWith("LSTM(8→16, 2 layers, bidirectional): h0 has 127 numbers, expected 4 × 2 × 16 = 128."));
            Assert.That(() => layer.Run(new float[16], 2, 1, new float[128], new float[64]), Throws.ArgumentException.With.Message.StartsWith("LSTM(8→16, 2 layers, bidirectional): c0 has 64 numbers, expected 4 × 2 × 16 = 128."));
            Assert.That(() => layer.Run(new float[16], 2, 1, lengths: new[] { 1, 2 }), Throws.ArgumentException.With.Message.StartsWith("LSTM(8→16, 2 layers, bidirectional): row 1 has length 2, expected 1 to 1."));
            Assert.That(() => new GRU(8, 16).Run(new float[8], 1, 1, c0: new float[16]), Throws.ArgumentException.With.Message.StartsWith("GRU(8→16): has no cell state, got c0."));
        }

        [Test]
        public void AnUnbatchedSequenceIsABatchOfOne()
        {
            var layer = new GRU(2, 3, numLayers: 2, bidirectional: true, seed: 1);
            float[] input = GradientCheck.Draw(new RandomSource(2), 3 * 4 * 2);
            RecurrentOutput all = layer.Run(input, 3, 4);
            for (int row = 0; row < 3; row++)
            {
                RecurrentOutput one = layer.Run(input.AsSpan(row * 8, 8), 1, 4);
                Assert.That(one.Output, Is.EqualTo(all.Output.AsSpan(row * 24, 24).ToArray()).Within(1e-6));
                for (int block = 0; block < 4; block++)
                    Assert.That(one.FinalHidden.AsSpan(block * 3, 3).ToArray(), Is.EqualTo(all.FinalHidden.AsSpan((block * 3 + row) * 3, 3).ToArray()).Within(1e-6));
            }
        }

        [Test]
        public void ParametersCarryPyTorchsNamesAndShapes()
        {
            Assert.That(Array.ConvertAll(new List<Parameter>(new LSTM(3, 4, numLayers: 2, bidirectional: true, projSize: 2).Parameters).ToArray(), p => p.ToString()), Is.EqualTo(new[]
            {
                "weight_ih_l0 (16, 3)", "weight_hh_l0 (16, 2)", "bias_ih_l0 (16)", "bias_hh_l0 (16)", "weight_hr_l0 (2, 4)",
                "weight_ih_l0_reverse (16, 3)", "weight_hh_l0_reverse (16, 2)", "bias_ih_l0_reverse (16)", "bias_hh_l0_reverse (16)", "weight_hr_l0_reverse (2, 4)",
                "weight_ih_l1 (16, 4)", "weight_hh_l1 (16, 2)", "bias_ih_l1 (16)", "bias_hh_l1 (16)", "weight_hr_l1 (2, 4)",
                "weight_ih_l1_reverse (16, 4)", "weight_hh_l1_reverse (16, 2)", "bias_ih_l1_reverse (16)", "bias_hh_l1_reverse (16)", "weight_hr_l1_reverse (2, 4)",
            }));
            Assert.That(Array.ConvertAll(new List<Parameter>(new GRU(3, 4, bias: false).Parameters).ToArray(), p => p.ToString()), Is.EqualTo(new[] { "weight_ih_l0 (12, 3)", "weight_hh_l0 (12, 4)" }));
            Assert.That(Array.ConvertAll(new List<Parameter>(new RNNCell(3, 4).Parameters).ToArray(), p => p.ToString()), Is.EqualTo(new[] { "weight_ih (4, 3)", "weight_hh (4, 4)", "bias_ih (4)", "bias_hh (4)" }));
            Assert.That(Array.ConvertAll(new List<Parameter>(new LSTMCell(3, 4, projSize: 1).Parameters).ToArray(), p => p.ToString()),
                Is.EqualTo(new[] { "weight_ih (16, 3)", "weight_hh (16, 1)", "bias_ih (16)", "bias_hh (16)", "weight_hr (1, 4)" }));
        }

        [Test]
        public void SizesFollowFromTheConfiguration()
        {
            var layer = new LSTM(3, 7, numLayers: 2, bidirectional: true, projSize: 5);
            Assert.That(layer.OutputSize, Is.EqualTo(10));
            Assert.That(layer.CellOutputSize, Is.EqualTo(5));
            Assert.That(layer.CellStateSize, Is.EqualTo(7));
            Assert.That(layer.StateSize, Is.EqualTo(2 * 2 * (5 + 7)));
            Assert.That(new GRU(3, 7, numLayers: 3).StateSize, Is.EqualTo(21));
            Assert.That(new RNN(3, 7).CellStateSize, Is.Zero);
        }

        [Test]
        public void TheDefaultInitialisationIsPyTorchs()
        {
            foreach (RecurrentLayer layer in new RecurrentLayer[] { new RNN(5, 16, 2, seed: 1), new LSTM(5, 16, 2, bidirectional: true, seed: 2), new LSTM(5, 16, projSize: 4, seed: 3), new GRU(5, 16, seed: 4) })
                foreach (Parameter parameter in layer.Parameters)
                {
                    // Uniform in ±1/√16: nothing outside, most of the width used, no parameter like the one before it.
                    float low = 1, high = -1;
                    foreach (float value in parameter.Value)
                    {
                        low = Math.Min(low, value);
                        high = Math.Max(high, value);
                    }
                    Assert.That(low, Is.InRange(-0.25f, -0.1f), parameter.Name);
                    Assert.That(high, Is.InRange(0.1f, 0.25f), parameter.Name);
                }
            Assert.That(new GRU(5, 16, seed: 4).Store.Values, Is.EqualTo(new GRU(5, 16, seed: 4).Store.Values));
            Assert.That(new GRU(5, 16, seed: 4).Store.Values, Is.Not.EqualTo(new GRU(5, 16, seed: 5).Store.Values));
            var two = new LSTM(16, 16, numLayers: 2, seed: 6);
            Assert.That(two.Store["weight_ih_l1"].Value.ToArray(), Is.Not.EqualTo(two.Store["weight_ih_l0"].Value.ToArray()));
        }

        [Test]
        public void TheForgetBiasIsSetInSum()
        {
            var layer = new LSTM(2, 3, numLayers: 2, bidirectional: true, seed: 1);
            float[] before = (float[])layer.Store.Values.Clone();
            layer.SetForgetBias(1.5f);
            foreach (Parameter parameter in layer.Parameters)
            {
                if (!parameter.Name.StartsWith("bias", StringComparison.Ordinal)) continue;
                // Gates i, f, g, o of three units each.
                float forget = parameter.Name.StartsWith("bias_ih", StringComparison.Ordinal) ? 1.5f : 0f;
                Assert.That(parameter.Value.Slice(3, 3).ToArray(), Is.All.EqualTo(forget), parameter.Name);
                Assert.That(parameter.Value.Slice(0, 3).ToArray(), Is.All.Not.EqualTo(forget), parameter.Name);
                Assert.That(parameter.Value.Slice(6, 6).ToArray(), Is.All.Not.EqualTo(forget), parameter.Name);
            }
            int changed = 0;
            for (int i = 0; i < before.Length; i++)
                if (before[i] != layer.Store.Values[i]) changed++;
            Assert.That(changed, Is.EqualTo(4 * 2 * 3));
            Assert.That(() => new LSTM(2, 3, bias: false).SetForgetBias(1), Throws.InvalidOperationException);
        }

        [Test]
        public void OutOfRangeIsRefused()
        {
            Assert.That(() => new RNN(0, 1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("RNN: inputSize must be at least 1, got 0."));
            Assert.That(() => new LSTM(1, 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("LSTM: hiddenSize must be at least 1, got 0."));
            Assert.That(() => new GRU(1, 1, numLayers: 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("GRU: numLayers must be at least 1, got 0."));
            Assert.That(() => new GRU(1, 1, dropout: 1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("GRU: dropout must be in [0, 1), got 1."));
            Assert.That(() => new GRU(1, 1, dropout: float.NaN), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new LSTM(1, 4, projSize: 4), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("LSTM: projSize must be below hiddenSize 4, got 4."));
            Assert.That(() => new LSTM(1, 4, projSize: -1), Throws.TypeOf<ArgumentOutOfRangeException>());
            Assert.That(() => new RNNCell(1, -2), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("RNNCell: hiddenSize must be at least 1, got -2."));
        }

        [Test]
        public void ACellOfALayerInAModelSeesChangedWeights()
        {
            var rnn = new RNN(1, 1, bias: false);
            var model = new SequenceModel(rnn);
            var output = new float[1];
            using (var pass = new SequencePass(rnn.Cell(0), 1, 1))
                foreach (float weight in new[] { 0.5f, 0.25f })
                {
                    model.Store["0.weight_ih_l0"].Fill(weight);
                    pass.Forward(new[] { 1f }, 1, 1);
                    pass.CopyOutput(output);
                    Assert.That(output[0], Is.EqualTo(Math.Tanh(weight)).Within(1e-6));
                }
        }
    }
}
