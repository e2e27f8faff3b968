using System;
using System.Linq;
using System.Threading;

namespace Recurrent.Benchmarks;

/// <summary>Measures several sides in turn, A B C A B C …, so that what disturbs the machine disturbs all of them.</summary>
internal static class Contest
{
    // Longer than the threads of OpenMP and ONNX Runtime spin after their work: the latter's 30 to 45 ms, in which they take a core from whoever is measured next.
    private static readonly TimeSpan QuietDown = TimeSpan.FromMilliseconds(100);

    /// <summary>Measures.</summary>
    /// <param name="blocks">Blocks of each side.</param>
    /// <param name="blockSeconds">How long a block takes; it has at least one call.</param>
    /// <param name="warmUp">Seconds for which each side runs before; with 0 a block is one call.</param>
    /// <param name="threads">How many threads the sides have: where there are several, each block begins once those of the other side sleep.</param>
    /// <param name="sides">At least one.</param>
    /// <returns>For each side its seconds a call.</returns>
    public static Sample[] Measure(int blocks, double blockSeconds, double warmUp, int threads, params IContender[] sides)
    {
        int[] calls = sides.Select(side => CallsOf(side, blockSeconds, warmUp)).ToArray();
        double[][] seconds = sides.Select(_ => new double[blocks]).ToArray();
        for (int block = 0; block < blocks; block++)
            for (int i = 0; i < sides.Length; i++)
            {
                if (threads > 1) Thread.Sleep(QuietDown);
                // Brings caches and threads back, where that is a small part of the block.
                if (calls[i] >= 10) sides[i].Run(calls[i] / 10);
                seconds[i][block] = sides[i].Run(calls[i]) / calls[i];
            }
        return seconds.Select(Sample.Of).ToArray();
    }

    private static int CallsOf(IContender side, double blockSeconds, double warmUp)
    {
        if (warmUp == 0) return 1;
        double total = 0, call = 0;
        for (int calls = 1; total < warmUp; calls = (int)Math.Clamp(warmUp / 8 / call, 1, 2 * calls))
        {
            double seconds = side.Run(calls);
            total += seconds;
            call = seconds / calls;
        }
        return (int)Math.Clamp(blockSeconds / call, 1, 1e8);
    }
}
