using System;
using System.Collections.Generic;

namespace Recurrent.CommandLine;

/// <summary>
/// What counting reaches: characters forecast from how often they followed the last few in the training text. Contexts of growing length are mixed as Witten and Bell (1991) do,
/// P_n(c) = (count of c + d · P_{n−1}(c)) / (count of the context + d) with d different characters seen after the context; P_{−1} is uniform.
/// </summary>
internal sealed class NGram
{
    private readonly int _order, _symbols;
    private readonly Dictionary<ulong, (int Count, int Different)>[] _contexts;
    private readonly Dictionary<ulong, int>[] _counts;

    /// <param name="text">The training text, as numbers of symbols.</param>
    /// <param name="order">The longest context.</param>
    /// <param name="symbols">How many symbols there are.</param>
    public NGram(int[] text, int order, int symbols)
    {
        _order = order;
        _symbols = symbols;
        _contexts = new Dictionary<ulong, (int, int)>[order + 1];
        _counts = new Dictionary<ulong, int>[order + 1];
        for (int n = 0; n <= order; n++)
        {
            _contexts[n] = new Dictionary<ulong, (int, int)>();
            _counts[n] = new Dictionary<ulong, int>();
            for (int t = n; t < text.Length; t++)
            {
                ulong context = Key(text, t - n, n), event_ = Key(text, t - n, n + 1);
                _counts[n].TryGetValue(event_, out int count);
                _counts[n][event_] = count + 1;
                _contexts[n].TryGetValue(context, out (int Count, int Different) seen);
                _contexts[n][context] = (seen.Count + 1, seen.Different + (count == 0 ? 1 : 0));
            }
        }
    }

    /// <summary>The mean of −log₂ P over a text, with contexts of at most <paramref name="order"/> characters, the first character left out as in training.</summary>
    public double Bits(int[] text, int order)
    {
        double bits = 0;
        for (int t = 1; t < text.Length; t++)
        {
            double p = 1.0 / _symbols;
            for (int n = 0; n <= Math.Min(Math.Min(order, _order), t); n++)
            {
                if (!_contexts[n].TryGetValue(Key(text, t - n, n), out (int Count, int Different) seen)) break;
                _counts[n].TryGetValue(Key(text, t - n, n + 1), out int count);
                p = (count + seen.Different * p) / (seen.Count + seen.Different);
            }
            bits -= Math.Log2(p);
        }
        return bits / (text.Length - 1);
    }

    /// <summary>A context, or a context and what follows it, as a number: different for all of one length below 64 bits, and beyond by all likelihood.</summary>
    private ulong Key(int[] text, int start, int length)
    {
        ulong key = 0;
        for (int i = 0; i < length; i++) key = key * (ulong)(_symbols + 1) + (ulong)text[start + i] + 1;
        return key;
    }
}
