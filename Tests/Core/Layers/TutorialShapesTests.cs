using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    /// <summary>
    /// The tutorial's layers, 10 features to 20 units in 2 levels over a batch of 3 sequences of 5 steps, beside the equations computed one sequence, one
    /// level, one direction and one step at a time: every number must stand at its own place, batch first in the input and the output, second in h and c.
    /// </summary>
    public sealed class TutorialShapesTests
    {
        private const int B = 3, T = 5, I = 10, H = 20, Levels = 2;

        [Test]
        public void RNN() => Check(new RNN(I, H, Levels, seed: 1), directions: 1, cellState: false);

        [Test]
        public void LSTMInBothDirectionsFromGivenStates() => Check(new LSTM(I, H, Levels, bidirectional: true, seed: 2), directions: 2, cellState: true);

        [Test]
        public void GRUInBothDirections() => Check(new GRU(I, H, Levels, bidirectional: true, seed: 3), directions: 2, cellState: false);

        private static void Check(RecurrentLayer layer, int directions, bool cellState)
        {
            var random = new RandomSource(4);
            float[] input = GradientCheck.Draw(random, B * T * I);
            float[] h0 = GradientCheck.Draw(random, Levels * directions * B * H), c0 = cellState ? GradientCheck.Draw(random, h0.Length) : Array.Empty<float>();
            RecurrentOutput result = layer.Run(input, B, T, h0, c0);

            Assert.That(result.Output.Length, Is.EqualTo(B * T * H * directions));
            Assert.That(result.FinalHidden.Length, Is.EqualTo(Levels * directions * B * H));
            Assert.That(result.FinalCell.Length, Is.EqualTo(cellState ? Levels * directions * B * H : 0));
            for (int b = 0; b < B; b++)
            {
                List<double[]> sequence = Enumerable.Range(0, T).Select(t => Slice(input, (b * T + t) * I, I)).ToList();
                for (int level = 0; level < Levels; level++)
                {
                    var outputs = Enumerable.Range(0, T).Select(_ => new double[H * directions]).ToList();
                    for (int d = 0; d < directions; d++)
                    {
                        int block = ((level * directions + d) * B + b) * H;
                        double[] h = Slice(h0, block, H), c = cellState ? Slice(c0, block, H) : h;
                        for (int k = 0; k < T; k++)
                        {
                            int t = d == 0 ? k : T - 1 - k;
                            (h, c) = Step(layer, $"_l{level}{(d == 1 ? "_reverse" : "")}", sequence[t], h, c);
                            h.CopyTo(outputs[t], d * H);
                        }
                        Assert.That(Slice(result.FinalHidden, block, H), Is.EqualTo(h).Within(1e-6), $"h_n[{level * directions + d}, {b}]");
                        if (cellState) Assert.That(Slice(result.FinalCell, block, H), Is.EqualTo(c).Within(1e-6), $"c_n[{level * directions + d}, {b}]");
                    }
                    sequence = outputs;
                }
                for (int t = 0; t < T; t++)
                    Assert.That(Slice(result.Output, (b * T + t) * H * directions, H * directions), Is.EqualTo(sequence[t]).Within(1e-6), $"output[{b}, {t}]");
            }
        }

        /// <summary>h and c of one row after one step, from PyTorch's equations.</summary>
        private static (double[] H, double[] C) Step(RecurrentLayer layer, string suffix, double[] x, double[] h, double[] c)
        {
            double[] fromInput = Affine("ih", x), fromState = Affine("hh", h);
            double[] next = new double[H], cell = new double[H];
            for (int j = 0; j < H; j++)
            {
                // The two sums of gate g, input's and state's.
                double X(int g) => fromInput[g * H + j];
                double S(int g) => fromState[g * H + j];
                switch (layer)
                {
                    case LSTM _:
                        cell[j] = Sigmoid(X(1) + S(1)) * c[j] + Sigmoid(X(0) + S(0)) * Math.Tanh(X(2) + S(2));
                        next[j] = Sigmoid(X(3) + S(3)) * Math.Tanh(cell[j]);
                        break;
                    case GRU _:
                        double n = Math.Tanh(X(2) + Sigmoid(X(0) + S(0)) * S(2)), z = Sigmoid(X(1) + S(1));
                        next[j] = (1 - z) * n + z * h[j];
                        break;
                    default:
                        next[j] = Math.Tanh(X(0) + S(0));
                        break;
                }
            }
            return (next, cell);

            double[] Affine(string part, double[] v)
            {
                double[] weight = Slice(layer.Store[$"weight_{part}{suffix}"]), bias = Slice(layer.Store[$"bias_{part}{suffix}"]);
                return bias.Select((b, row) => b + v.Select((value, column) => weight[row * v.Length + column] * value).Sum()).ToArray();
            }
        }

        private static double Sigmoid(double a) => 1 / (1 + Math.Exp(-a));

        private static double[] Slice(Parameter parameter) => Slice(parameter.Value.ToArray(), 0, parameter.Length);

        private static double[] Slice(float[] values, int start, int length) => Array.ConvertAll(values.AsSpan(start, length).ToArray(), value => (double)value);
    }
}
