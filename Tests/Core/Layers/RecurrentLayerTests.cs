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
    }
}
