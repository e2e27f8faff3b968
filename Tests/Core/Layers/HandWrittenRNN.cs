using System;

namespace Recurrent.Tests
{
    /// <summary>
    /// A recurrent network with its own output layer, written out by hand, as tutorials begin with one:
    /// <code>
    /// h_t = tanh(W_hh h_(t−1) + W_xh x_t + b_h)     y_t = W_hy h_t + b_y
    /// </code>
    /// It gives every output and every hidden state. The package's own layers compute the same, faster and backwards too.
    /// Shape letters: T steps, I inputs, H hidden units, O outputs.
    /// </summary>
    internal sealed class HandWrittenRNN
    {
        public readonly float[] Wxh, Whh, Why; // (H, I), (H, H), (O, H)
        public readonly float[] Bh, By;        // (H), (O)
        private readonly int _inputs, _hidden, _outputs;

        /// <summary>Weights N(0, 1) · 0.01, biases zero.</summary>
        public HandWrittenRNN(int inputs, int hidden, int outputs, ulong seed)
        {
            _inputs = inputs;
            _hidden = hidden;
            _outputs = outputs;
            var random = new RandomSource(seed);
            float[] Draw(int rows, int columns)
            {
                var weights = new float[rows * columns];
                for (int i = 0; i < weights.Length; i++) weights[i] = 0.01f * random.NextGaussian();
                return weights;
            }
            Wxh = Draw(hidden, inputs);
            Whh = Draw(hidden, hidden);
            Why = Draw(outputs, hidden);
            Bh = new float[hidden];
            By = new float[outputs];
        }

        /// <summary>Runs over one sequence.</summary>
        /// <param name="x">(T, I).</param>
        /// <param name="h0">(H), or null for zeros.</param>
        /// <returns>All outputs, (T, O), and all hidden states, (T, H).</returns>
        public (float[] Outputs, float[] Hiddens) Run(float[] x, float[]? h0 = null)
        {
            int steps = x.Length / _inputs;
            float[] outputs = new float[steps * _outputs], hiddens = new float[steps * _hidden];
            float[] h = h0 ?? new float[_hidden];
            for (int t = 0; t < steps; t++)
            {
                var next = new float[_hidden];
                for (int j = 0; j < _hidden; j++)
                {
                    double sum = Bh[j];
                    for (int k = 0; k < _hidden; k++) sum += Whh[j * _hidden + k] * h[k];
                    for (int i = 0; i < _inputs; i++) sum += Wxh[j * _inputs + i] * x[t * _inputs + i];
                    next[j] = (float)Math.Tanh(sum);
                }
                h = next;
                h.CopyTo(hiddens, t * _hidden);
                for (int o = 0; o < _outputs; o++)
                {
                    double sum = By[o];
                    for (int j = 0; j < _hidden; j++) sum += Why[o * _hidden + j] * h[j];
                    outputs[t * _outputs + o] = (float)sum;
                }
            }
            return (outputs, hiddens);
        }
    }
}
