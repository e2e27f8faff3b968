using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using Modules = TorchSharp.Modules;
using static TorchSharp.torch;

namespace Recurrent.Benchmarks;

/// <summary>TorchSharp's recurrent modules, which share no type of their own.</summary>
internal static class TorchRecurrent
{
    public static nn.Module Create(CellKind cell, int input, int hidden, int layers, bool bidirectional, bool batchFirst) => cell switch
    {
        CellKind.LSTM => nn.LSTM(input, hidden, layers, batchFirst: batchFirst, bidirectional: bidirectional),
        CellKind.GRU => nn.GRU(input, hidden, layers, batchFirst: batchFirst, bidirectional: bidirectional),
        _ => nn.RNN(input, hidden, layers, nn.NonLinearities.Tanh, batchFirst: batchFirst, bidirectional: bidirectional),
    };

    /// <summary>The output; the final states are disposed of with the scope.</summary>
    public static Tensor Output(nn.Module module, Tensor x) => module switch
    {
        Modules.LSTM lstm => lstm.forward(x, null).Item1,
        Modules.GRU gru => gru.forward(x, null).Item1,
        _ => ((Modules.RNN)module).forward(x, null).Item1,
    };

    /// <summary>Sets a module's parameters.</summary>
    /// <exception cref="ArgumentException">A parameter is missing or has another size.</exception>
    public static void Set(nn.Module module, string prefix, IReadOnlyDictionary<string, float[]> values)
    {
        using IDisposable off = no_grad();
        foreach ((string name, Modules.Parameter parameter) in module.named_parameters())
        {
            if (!values.TryGetValue(prefix + name, out float[]? value) || value.Length != parameter.numel())
                throw new ArgumentException($"TorchSharp's {prefix + name} has {parameter.numel()} numbers, got {value?.Length ?? 0}.");
            parameter.bytes = MemoryMarshal.AsBytes(value.AsSpan());
        }
    }
}
