using System.Diagnostics;

namespace Recurrent.Benchmarks;

/// <summary>A side that runs in this process.</summary>
internal abstract class LocalContender : IContender
{
    public abstract float[][] Check();

    public double Run(int calls)
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < calls; i++) Call();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public abstract void Dispose();

    /// <summary>The work, once.</summary>
    protected abstract void Call();
}
