using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Recurrent.Benchmarks;

/// <summary>What the machine can do at most: fused multiply-adds of its widest vectors, in registers alone, on one core or several at once.</summary>
internal sealed unsafe class FmaPeak : IContender
{
    private const int Chains = 12, Rounds = 50_000;

    private readonly WorkerTeam _team;
    private readonly Action<int, int> _job;
    private int _calls;

    public FmaPeak(int threads)
    {
        _team = new WorkerTeam(threads);
        (Action work, int lanes) = Vector512.IsHardwareAccelerated ? ((Action)Work<Simd512>, Simd512.Count)
            : Vector256.IsHardwareAccelerated ? (Work<Simd256>, Simd256.Count)
            : (Work<Simd128>, Simd128.Count);
        Flops = 2.0 * Chains * Rounds * lanes * threads;
        _job = (_, _) =>
        {
            for (int i = 0; i < _calls; i++) work();
        };
    }

    /// <summary>Floating-point operations of a call.</summary>
    public double Flops { get; }

    public float[][] Check() => [];

    // The threads meet once for all calls: their meeting is no part of the peak.
    public double Run(int calls)
    {
        _calls = calls;
        long start = Stopwatch.GetTimestamp();
        _team.Run(_team.Size, _job);
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose() => _team.Dispose();

    // Twelve chains hide the latency of a multiply-add; more would not fit into 16 registers.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Work<TVector>() where TVector : struct, ISimd<TVector>
    {
        TVector a = TVector.Create(0.5f), b = TVector.Create(1);
        TVector v0 = b, v1 = b, v2 = b, v3 = b, v4 = b, v5 = b, v6 = b, v7 = b, v8 = b, v9 = b, v10 = b, v11 = b;
        for (int i = 0; i < Rounds; i++)
        {
            v0 = TVector.MultiplyAdd(v0, a, b);
            v1 = TVector.MultiplyAdd(v1, a, b);
            v2 = TVector.MultiplyAdd(v2, a, b);
            v3 = TVector.MultiplyAdd(v3, a, b);
            v4 = TVector.MultiplyAdd(v4, a, b);
            v5 = TVector.MultiplyAdd(v5, a, b);
            v6 = TVector.MultiplyAdd(v6, a, b);
            v7 = TVector.MultiplyAdd(v7, a, b);
            v8 = TVector.MultiplyAdd(v8, a, b);
            v9 = TVector.MultiplyAdd(v9, a, b);
            v10 = TVector.MultiplyAdd(v10, a, b);
            v11 = TVector.MultiplyAdd(v11, a, b);
        }
        float* result = stackalloc float[TVector.Count];
        TVector.Store(v0 + v1 + v2 + v3 + v4 + v5 + v6 + v7 + v8 + v9 + v10 + v11, result);
        if (float.IsNaN(*result)) throw new ArithmeticException("A sum of halves is not a number.");
    }
}
