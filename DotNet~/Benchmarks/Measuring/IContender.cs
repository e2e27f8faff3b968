using System;

namespace Recurrent.Benchmarks;

/// <summary>One side of a contest: does the same work over and over.</summary>
internal interface IContender : IDisposable
{
    /// <summary>What the work puts out at its beginning: all sides of a contest must agree. To be called before <see cref="Run"/>.</summary>
    public float[][] Check();

    /// <summary>Does the work a number of times.</summary>
    /// <returns>Seconds for all of them.</returns>
    public double Run(int calls);
}
