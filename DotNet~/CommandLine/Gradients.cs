using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using Recurrent.Analysis;
using Recurrent.Diagnostics;

namespace Recurrent.CommandLine;

/// <summary>
/// What becomes of a gradient on its way back through many steps. <see cref="Network"/>s that were never trained read random input; the norm of ∂L/∂h after
/// each step shows how much of the loss's gradient is left there. Then the same in training.
/// </summary>
internal static class Gradients
{
    public const int Inputs = 10, Hidden = 32, Rows = 16;

    // For the trained networks: what stands at the first step, or a few steps before the end, is to be told at the last.
    private const int Batch = 32, EchoDelay = 3;
    private const float CueNoise = 0.1f;

    /// <summary>A network to be looked at.</summary>
    /// <param name="Name">What tables and pictures call it.</param>
    /// <param name="Create">Makes its recurrent layer, for a number of inputs and a seed.</param>
    public sealed record Network(string Name, Func<int, ulong, RecurrentLayer> Create);

    /// <summary>How a gradient fared in one network.</summary>
    /// <param name="Last">(T): ‖∂L/∂h_t‖ where L is the sum of the last step's outputs.</param>
    /// <param name="Summed">The same where L is the sum of all steps' outputs.</param>
    /// <param name="Gate">The mean of the gate that keeps the state, f of an LSTM and z of a GRU; NaN without one.</param>
    /// <param name="Radii">The spectral radius of each gate's block of the recurrent weights.</param>
    public sealed record Flow(float[] Last, float[] Summed, double Gate, (string Gate, double Radius)[] Radii)
    {
        /// <summary>By what a step back multiplies the norm, in the geometric mean, with the loss at the last step.</summary>
        public double PerStep => Math.Pow(Last[0] / (double)Last[^1], 1.0 / (Last.Length - 1));

        /// <summary>The norm at the first step over that at the last.</summary>
        public double Ratio => Last[0] / (double)Last[^1];

        /// <summary>The same where all outputs were summed.</summary>
        public double SummedRatio => Summed[0] / (double)Summed[^1];
    }

    /// <summary>How a training run went.</summary>
    /// <param name="Losses">The loss of every update, up to the last that was finite.</param>
    /// <param name="Norms">The norm of every update's gradient, before clipping.</param>
    /// <param name="Error">The mean loss on fresh sequences at the end.</param>
    /// <param name="Right">The share of fresh sequences with the right sign at the end.</param>
    public sealed record Learning(float[] Losses, float[] Norms, double Error, double Right);

    /// <summary>The three networks as PyTorch begins them, and LSTMs that begin with open forget gates.</summary>
    public static IReadOnlyList<Network> Untrained { get; } = new[]
    {
        new Network("RNN", (inputs, seed) => new RNN(inputs, Hidden, seed: seed)),
        new Network("GRU", (inputs, seed) => new GRU(inputs, Hidden, seed: seed)),
        new Network("LSTM", (inputs, seed) => new LSTM(inputs, Hidden, seed: seed)),
        new Network("LSTM, forget bias 1", (inputs, seed) => WithForgetBias(inputs, 1, seed)),
        new Network("LSTM, forget bias 3", (inputs, seed) => WithForgetBias(inputs, 3, seed)),
        new Network("LSTM, forget bias 5", (inputs, seed) => WithForgetBias(inputs, 5, seed)),
    };

    /// <summary>An RNN whose recurrent weights are a rotation times a factor: every signal that passes through them grows by it, and it is their spectral radius.</summary>
    public static Network Rotating(float radius) => new(FormattableString.Invariant($"RNN, spectral radius {radius}"), (inputs, seed) =>
    {
        var layer = new RNN(inputs, Hidden, seed: seed);
        Parameter weights = layer.Store["weight_hh_l0"];
        Initializer.Orthogonal.Apply(weights, new RandomSource(RandomSource.Combine(seed, 1)));
        weights.Set(Array.ConvertAll(weights.Value.ToArray(), value => radius * value));
        foreach (Parameter bias in layer.Parameters.Where(parameter => parameter.Shape.Count == 1)) bias.Fill(0);
        return layer;
    });

    /// <summary>Runs a network over random input, forward and back.</summary>
    /// <param name="network">Which.</param>
    /// <param name="steps">T.</param>
    /// <param name="seed">What weights and input are drawn from.</param>
    /// <param name="loudness">The standard deviation of the input; at 0 an RNN without biases is linear.</param>
    public static Flow Measure(Network network, int steps, ulong seed, float loudness = 1)
    {
        RecurrentLayer layer = network.Create(Inputs, RandomSource.Combine(seed, 1));
        var random = new RandomSource(RandomSource.Combine(seed, 2));
        var input = new float[Rows * steps * Inputs];
        for (int i = 0; i < input.Length; i++) input[i] = loudness * random.NextGaussian();
        var ones = new float[Rows * steps * layer.OutputSize];
        Array.Fill(ones, 1f);
        return new Flow(GradientFlow.Measure(layer, input, Rows).Norms[0], GradientFlow.Measure(layer, input, Rows, ones).Norms[0], MeanGate(layer, input, steps), Radii(layer));
    }

    /// <summary>
    /// Trains a network to tell at the last step the sign of what it was shown at the first; faint noise stands between. Adam at 0.003, gradients clipped at a norm of 1.
    /// </summary>
    /// <exception cref="OperationCanceledException">Ended by <paramref name="cancellation"/>.</exception>
    public static Learning Remember(Network network, int steps, int updates, ulong seed, CancellationToken cancellation) =>
        Train(network, steps, updates, new Adam(3e-3f), clip: 1, Losses.BinaryCrossEntropyWithLogits(), seed, cancellation, (random, row, target) =>
        {
            for (int t = 1; t < steps; t++) row[t] = CueNoise * random.NextGaussian();
            int cue = random.Next(2);
            row[0] = 2 * cue - 1;
            target[0] = cue;
        });

    /// <summary>
    /// Trains a network to tell at the last step what it was shown three steps before, by plain gradient descent at 0.1.
    /// </summary>
    /// <param name="network">Which.</param>
    /// <param name="steps">T.</param>
    /// <param name="updates">How many.</param>
    /// <param name="clip">The largest norm of a gradient; infinity for any.</param>
    /// <param name="seed">What weights and sequences are drawn from.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="OperationCanceledException">Ended by <paramref name="cancellation"/>.</exception>
    public static Learning Echo(Network network, int steps, int updates, double clip, ulong seed, CancellationToken cancellation) =>
        Train(network, steps, updates, new SGD(0.1f), clip, Losses.MeanSquaredError, seed, cancellation, (random, row, target) =>
        {
            for (int t = 0; t < steps; t++) row[t] = random.NextGaussian();
            target[0] = row[steps - 1 - EchoDelay];
        });

    private delegate void Draw(RandomSource random, Span<float> row, Span<float> target);

    private static Learning Train(Network network, int steps, int updates, Optimizer optimizer, double clip, Loss loss, ulong seed, CancellationToken cancellation, Draw draw)
    {
        var model = new SequenceModel(network.Create(1, RandomSource.Combine(seed, 1)), new LastStep(), new Linear(Hidden, 1, seed: RandomSource.Combine(seed, 2)));
        var random = new RandomSource(RandomSource.Combine(seed, 3));
        using var pass = new SequencePass(model, Batch, steps, training: true);
        float[] input = new float[Batch * steps], targets = new float[Batch], outputs = new float[Batch], gradients = new float[Batch];
        List<float> losses = new(updates), norms = new(updates);
        while (losses.Count < updates)
        {
            cancellation.ThrowIfCancellationRequested();
            (float now, _) = Forward();
            model.Store.ClearGradients();
            pass.Backward(gradients);
            float norm = (float)GradientClipping.ByNorm(model.Store.Gradients, clip);
            if (!float.IsFinite(now) || !float.IsFinite(norm)) break;
            losses.Add(now);
            norms.Add(norm);
            optimizer.Step(model.Store.Values, model.Store.Gradients);
            model.Store.Touch();
        }
        (double Error, double Right)[] tests = Enumerable.Range(0, 32).Select(_ => Forward()).Select(test => ((double)test.Loss, test.Right)).ToArray();
        return new Learning(losses.ToArray(), norms.ToArray(), tests.Average(test => test.Error), tests.Average(test => test.Right));

        (float Loss, double Right) Forward()
        {
            double sum = 0;
            int right = 0;
            for (int row = 0; row < Batch; row++) draw(random, input.AsSpan(row * steps, steps), targets.AsSpan(row, 1));
            pass.Forward(input, Batch, steps);
            pass.CopyOutput(outputs);
            for (int row = 0; row < Batch; row++)
            {
                sum += loss.Evaluate(outputs.AsSpan(row, 1), targets.AsSpan(row, 1), 1f / Batch, gradients.AsSpan(row, 1)) / Batch;
                if (outputs[row] > 0 == targets[row] > 0) right++;
            }
            return ((float)sum, (double)right / Batch);
        }
    }

    private static RecurrentLayer WithForgetBias(int inputs, float bias, ulong seed)
    {
        var layer = new LSTM(inputs, Hidden, seed: seed);
        layer.SetForgetBias(bias);
        return layer;
    }

    /// <summary>The mean of f of an LSTM, of z of a GRU, over steps, rows and units.</summary>
    private static double MeanGate(RecurrentLayer layer, float[] input, int steps)
    {
        using var pass = new SequencePass(layer, Rows, steps, training: true);
        CellTap tap = pass.Watch()[0];
        if (tap.Gates.Count == 0) return double.NaN;
        pass.Forward(input, Rows, steps);
        var values = new float[Hidden];
        double sum = 0;
        for (int t = 0; t < steps; t++)
            for (int row = 0; row < Rows; row++)
            {
                tap.CopyGate(1, t, row, values);
                sum += values.Average();
            }
        return sum / (steps * Rows);
    }

    private static (string, double)[] Radii(RecurrentLayer layer)
    {
        float[] weights = layer.Store["weight_hh_l0"].Value.ToArray();
        string[] gates = layer switch { LSTM => new[] { "i", "f", "g", "o" }, GRU => new[] { "r", "z", "n" }, _ => new[] { "" } };
        return gates.Select((gate, g) => (gate, Eigenvalues.SpectralRadius(weights.AsSpan(g * Hidden * Hidden, Hidden * Hidden), Hidden))).ToArray();
    }
}
