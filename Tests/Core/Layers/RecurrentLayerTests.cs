using System;
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
        public void Gradients_agree_with_finite_differences([Range(0, 6)] int kind, [Values(1, 2)] int layers, [Values] bool bidirectional, [Values] bool ragged)
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
        public void Gradients_of_cells_beyond_PyTorch_agree_with_finite_differences([Range(0, 8)] int variant, [Values] bool bidirectional, [Values] bool ragged)
        {
            using (var check = new GradientCheck(s_variants[variant](bidirectional), 3, 4, ragged ? new[] { 2, 4, 3 } : null)) check.Run(tolerance: 1e-2, kinks: true);
        }

        [Test]
        public void A_cell_refuses_options_it_cannot_have()
        {
            Assert.That(() => new GRU(3, 4, options: new CellOptions { Peepholes = true }), Throws.ArgumentException.With.Message.Contains("no cell state"));
            Assert.That(() => new RNN(3, 4, options: new CellOptions { Clip = 0 }), Throws.ArgumentException.With.Message.Contains("Clip must be above 0, got 0"));
            Assert.That(() => new LSTM(3, 4, options: new CellOptions { Activations = new[] { ActivationFunction.Tanh } }), Throws.ArgumentException.With.Message.Contains("got 1 activation functions, expected 3"));
        }
    }
}
