using System;
using System.Collections.Generic;
using System.Threading;

namespace Recurrent.CommandLine;

/// <summary>
/// The end-to-end test of PyTorch's recurrent layers in C++ (<c>test/cpp/api/rnn.cpp</c>): from random bits, five in a row, learn their sum. A new batch of 16 at every
/// update; Linear(1→32) and tanh, two recurrent layers of 32, the last step, Linear(→1); mean squared error; Adam at 0.01.
/// With ema ← 0.99 ema + 0.01 loss, from 1, every variant has to reach 0.01 within 1,500 updates.
/// </summary>
internal sealed class SumOfBits
{
    public const int Steps = 5, Batch = 16, Hidden = 32, Projection = 16, PublishedUpdates = 1500;

    public const double PublishedBound = 1e-2;

    private const float LearningRate = 1e-2f;

    private readonly List<float> _curve = new();

    private SumOfBits(string variant, ulong seed)
    {
        Variant = variant;
        Seed = seed;
    }

    /// <summary>The five recurrent layers of the published test.</summary>
    public static IReadOnlyList<string> Variants { get; } = new[] { "lstm", "lstm-proj", "gru", "rnn-relu", "rnn-tanh" };

    public string Variant { get; }

    public ulong Seed { get; }

    /// <summary>The ema after every update.</summary>
    public IReadOnlyList<float> Curve => _curve;

    /// <summary>Updates that were taken.</summary>
    public int Updates => _curve.Count;

    /// <summary>The ema at the end.</summary>
    public double Ema { get; private set; } = 1;

    /// <summary>Whether the bound was reached.</summary>
    public bool Reached => Ema <= PublishedBound;

    /// <summary>Trains one network until the bound is reached, or for as many updates as are allowed.</summary>
    /// <exception cref="OperationCanceledException">Ended by <paramref name="cancellation"/>.</exception>
    public static SumOfBits Run(string variant, ulong seed, int maxUpdates, CancellationToken cancellation)
    {
        var run = new SumOfBits(variant, seed);
        run.Train(maxUpdates, cancellation);
        return run;
    }

    private static SequenceModel CreateModel(string variant, ulong seed)
    {
        ulong Next(ulong part) => RandomSource.Combine(seed, part);
        RecurrentLayer recurrent = variant switch
        {
            "lstm" => new LSTM(Hidden, Hidden, numLayers: 2, seed: Next(1)),
            "lstm-proj" => new LSTM(Hidden, Hidden, numLayers: 2, projSize: Projection, seed: Next(1)),
            "gru" => new GRU(Hidden, Hidden, numLayers: 2, seed: Next(1)),
            "rnn-relu" => new RNN(Hidden, Hidden, numLayers: 2, Nonlinearity.ReLU, seed: Next(1)),
            "rnn-tanh" => new RNN(Hidden, Hidden, numLayers: 2, Nonlinearity.Tanh, seed: Next(1)),
            _ => throw new ArgumentException($"SumOfBits: expected one of {string.Join(", ", Variants)}, got {variant}.", nameof(variant)),
        };
        return new SequenceModel(new Linear(1, Hidden, seed: Next(2)), new Activation(Nonlinearity.Tanh), recurrent, new LastStep(), new Linear(recurrent.OutputSize, 1, seed: Next(3)));
    }

    private void Train(int maxUpdates, CancellationToken cancellation)
    {
        SequenceModel model = CreateModel(Variant, Seed);
        var optimizer = new Adam(LearningRate);
        var random = new RandomSource(RandomSource.Combine(Seed, 4));
        using var pass = new SequencePass(model, Batch, Steps, training: true);
        var bits = new float[Batch * Steps];    // (B, T, 1)
        var sums = new float[Batch];            // (B, 1)
        var predictions = new float[Batch];     // (B, 1)
        var gradients = new float[Batch];       // (B, 1)
        while (!Reached && Updates < maxUpdates)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int row = 0; row < Batch; row++)
            {
                sums[row] = 0;
                for (int t = 0; t < Steps; t++) sums[row] += bits[row * Steps + t] = random.Next(2);
            }
            pass.Forward(bits, Batch, Steps);
            pass.CopyOutput(predictions);
            double loss = 0;
            for (int row = 0; row < Batch; row++)
                loss += Losses.MeanSquaredError.Evaluate(predictions.AsSpan(row, 1), sums.AsSpan(row, 1), 1f / Batch, gradients.AsSpan(row, 1)) / Batch;
            model.Store.ClearGradients();
            pass.Backward(gradients);
            optimizer.Step(model.Store.Values, model.Store.Gradients);
            model.Store.Touch();
            Ema = 0.99 * Ema + 0.01 * loss;
            _curve.Add((float)Ema);
        }
    }
}
