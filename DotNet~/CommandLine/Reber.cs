using System;
using System.Collections.Generic;
using System.Threading;

namespace Recurrent.CommandLine;

/// <summary>
/// The embedded Reber grammar, learned from one string after the other: 7 symbols one-hot, a recurrent layer of 8 cells, softmax cross-entropy of the next symbol at every
/// step, Adam at 0.01, gradients clipped at a norm of 5, one update a string. Solved: on 200 fresh strings the likeliest symbol may follow at every
/// step, and the one before the last is right. Hochreiter and Schmidhuber (1997) needed 8,440 strings in the mean of the 148 runs of 150 that solved it.
/// The set-up leaves the initial weights open, and much hangs on them: those of a layer this small are drawn wide here unless PyTorch's default is asked for.
/// </summary>
internal sealed class Reber
{
    public const int Cells = 8, PublishedStrings = 8000, TestStrings = 200;

    private const float LearningRate = 1e-2f, ClipNorm = 5;

    // Uniform in ± these, biases zero but the forget gate's.
    private const float WideRecurrent = 1, WideHead = 4, WideForgetBias = 3;

    private const int LongestString = 512;

    private readonly List<float> _legal = new(), _remembered = new();

    private Reber(string cell, bool wide, ulong seed)
    {
        Cell = cell;
        Wide = wide;
        Seed = seed;
    }

    /// <summary>The recurrent layers that can be tried.</summary>
    public static IReadOnlyList<string> All { get; } = new[] { "lstm", "gru", "rnn" };

    /// <summary>How many strings are learned between two tests.</summary>
    public const int TestEvery = 100;

    public string Cell { get; }

    /// <summary>Whether the initial weights are the wide ones.</summary>
    public bool Wide { get; }

    public ulong Seed { get; }

    /// <summary>Strings that were learned from.</summary>
    public int Strings { get; private set; }

    /// <summary>Whether the last test was passed.</summary>
    public bool Solved { get; private set; }

    /// <summary>At every test: the share of steps at which the likeliest symbol may follow.</summary>
    public IReadOnlyList<float> Legal => _legal;

    /// <summary>At every test: the share of strings whose symbol before the last is right; half of them are by chance.</summary>
    public IReadOnlyList<float> Remembered => _remembered;

    /// <summary>Trains one network until it solves the grammar, or with as many strings as are allowed.</summary>
    /// <exception cref="OperationCanceledException">Ended by <paramref name="cancellation"/>.</exception>
    public static Reber Run(string cell, bool wide, ulong seed, int maxStrings, CancellationToken cancellation)
    {
        var run = new Reber(cell, wide, seed);
        run.Train(maxStrings, cancellation);
        return run;
    }

    private static SequenceModel CreateModel(string cell, bool wide, ulong seed)
    {
        int symbols = ReberGrammar.Symbols.Length;
        RecurrentLayer recurrent = cell switch
        {
            "lstm" => new LSTM(symbols, Cells, seed: RandomSource.Combine(seed, 1)),
            "gru" => new GRU(symbols, Cells, seed: RandomSource.Combine(seed, 1)),
            "rnn" => new RNN(symbols, Cells, seed: RandomSource.Combine(seed, 1)),
            _ => throw new ArgumentException($"Reber: expected one of {string.Join(", ", All)}, got {cell}.", nameof(cell)),
        };
        var head = new Linear(Cells, symbols, seed: RandomSource.Combine(seed, 2));
        if (wide)
        {
            var random = new RandomSource(RandomSource.Combine(seed, 5));
            Widen(recurrent, WideRecurrent, random);
            Widen(head, WideHead, random);
            if (recurrent is LSTM lstm) lstm.SetForgetBias(WideForgetBias);
        }
        return new SequenceModel(recurrent, head);
    }

    private static void Widen(Layer layer, float bound, RandomSource random)
    {
        foreach (Parameter parameter in layer.Parameters)
        {
            if (parameter.Shape.Count == 1) parameter.Fill(0);
            else Initializer.Uniform(-bound, bound).Apply(parameter, random);
        }
    }

    private void Train(int maxStrings, CancellationToken cancellation)
    {
        SequenceModel model = CreateModel(Cell, Wide, Seed);
        var optimizer = new Adam(LearningRate);
        RandomSource random = new(RandomSource.Combine(Seed, 3)), fresh = new(RandomSource.Combine(Seed, 4));
        using var pass = new SequencePass(model, 1, LongestString, training: true);
        Loss loss = Losses.CrossEntropy();
        int symbols = ReberGrammar.Symbols.Length;
        float[] logits = new float[LongestString * symbols], gradients = new float[logits.Length], target = new float[1];
        while (!Solved && Strings < maxStrings)
        {
            cancellation.ThrowIfCancellationRequested();
            string text = Draw(random);
            int steps = Forward(pass, text, logits);
            for (int t = 0; t < steps; t++)
            {
                target[0] = ReberGrammar.Symbols.IndexOf(text[t + 1]);
                loss.Evaluate(logits.AsSpan(t * symbols, symbols), target, 1f / steps, gradients.AsSpan(t * symbols, symbols));
            }
            model.Store.ClearGradients();
            pass.Backward(gradients.AsSpan(0, steps * symbols));
            GradientClipping.ByNorm(model.Store.Gradients, ClipNorm);
            optimizer.Step(model.Store.Values, model.Store.Gradients);
            model.Store.Touch();
            if (++Strings % TestEvery == 0) Test(pass, fresh, logits);
        }
    }

    private void Test(SequencePass pass, RandomSource fresh, float[] logits)
    {
        int symbols = ReberGrammar.Symbols.Length, legal = 0, steps = 0, remembered = 0;
        for (int i = 0; i < TestStrings; i++)
        {
            string text = Draw(fresh);
            string[] following = ReberGrammar.Following(text);
            int count = Forward(pass, text, logits);
            for (int t = 0; t < count; t++)
            {
                int best = 0;
                for (int s = 1; s < symbols; s++)
                    if (logits[t * symbols + s] > logits[t * symbols + best]) best = s;
                bool right = following[t].Contains(ReberGrammar.Symbols[best]);
                if (right) legal++;
                if (right && t == count - 2) remembered++;
            }
            steps += count;
        }
        _legal.Add((float)legal / steps);
        _remembered.Add((float)remembered / TestStrings);
        Solved = legal == steps;
    }

    /// <summary>Runs over all symbols of a string but its last; returns their number.</summary>
    private static int Forward(SequencePass pass, string text, float[] logits)
    {
        int symbols = ReberGrammar.Symbols.Length, steps = text.Length - 1;
        var input = new float[steps * symbols];
        for (int t = 0; t < steps; t++) input[t * symbols + ReberGrammar.Symbols.IndexOf(text[t])] = 1;
        pass.Forward(input, 1, steps);
        pass.CopyOutput(logits.AsSpan(0, steps * symbols));
        return steps;
    }

    /// <summary>A string that fits the memory; one that does not comes once in more than 10⁴⁰.</summary>
    private static string Draw(RandomSource random)
    {
        string text = ReberGrammar.Draw(random);
        while (text.Length > LongestString) text = ReberGrammar.Draw(random);
        return text;
    }
}
