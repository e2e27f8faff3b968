using System;

namespace Recurrent.Benchmarks;

/// <summary>What must be reached, as theirs / ours in one run.</summary>
internal static class Requirements
{
    /// <summary>Against TorchSharp whose C library keeps freed memory.</summary>
    public const double TrainingAgainstKept = 0.95;

    /// <summary>50 steps of one row against ONNX Runtime.</summary>
    public const double Sequence = 1.2;

    /// <summary>A training step against TorchSharp as it comes.</summary>
    public static double Training(Workload workload, CellKind cell, int threads)
    {
        (double[] one, double[] several) = workload.Id switch
        {
            "a" => (new[] { 3, 2.2, 2 }, new[] { 3, 2.5, 2.2 }),
            "b" => (new double[] { 6, 18, 20 }, new double[] { 10, 25, 25 }),
            "c" => (new[] { 1.8, 5, 5 }, new double[] { 4, 10, 12 }),
            "d" => (new[] { 1.25, 2.2, 2.2 }, new double[] { 2, 4, 5 }),
            "e" => (new[] { 1.3, 1.4, 1.5 }, new[] { 1.6, 2.1, 2.6 }),
            "f" => (new[] { 1.3, 1.4, 1.3 }, new[] { 1.45, 1.6, 1.5 }),
            _ => throw new ArgumentOutOfRangeException(nameof(workload), $"Nothing is required of {workload}."),
        };
        return (threads == 1 ? one : several)[(int)cell];
    }

    /// <summary>The share of the FMA peak, of an LSTM's training step on one core.</summary>
    public static double? Peak(Workload workload, CellKind cell, int threads) =>
        threads > 1 || cell != CellKind.LSTM ? null : workload.Id == "b" ? 0.65 : 0.75;

    /// <summary>The whole job against TorchSharp as it comes.</summary>
    public static double Job(int threads) => threads == 1 ? 2.8 : 3;

    /// <summary>One step of one row against ONNX Runtime.</summary>
    public static double Stream(LayerSize size) => size.Hidden switch
    {
        32 => 10,
        64 => 4.5,
        128 => 1.9,
        _ => 1.25,
    };

    /// <summary>One step of one row whose weights are kept as bfloat16, against ONNX Runtime.</summary>
    public static double? BFloat16(LayerSize size) => size.Hidden == 256 ? 2 : null;

    /// <summary>One step of a crowd against the better of ONNX Runtime and TorchSharp.</summary>
    public static double Crowd(LayerSize size) => size.Hidden <= 64 ? 1.3 : 1;
}
