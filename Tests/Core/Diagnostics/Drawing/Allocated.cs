using System;

namespace Recurrent.Tests.Diagnostics
{
    /// <summary>Counts garbage.</summary>
    internal static class Allocated
    {
        /// <summary>The bytes that an action allocates on this thread.</summary>
        internal static long By(Action action)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            action();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
