using System;
using System.Runtime.InteropServices;

namespace Recurrent.Benchmarks;

/// <summary>The processor time of this thread, where the system tells it: what a clock on the wall shows beyond it, others had.</summary>
public static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>Whether the system is one whose clock is known here.</summary>
    public static bool IsSupported => OperatingSystem.IsLinux() && IntPtr.Size == 8;

    /// <summary>Seconds of processor time that this thread has had; NaN where unknown.</summary>
    public static double Seconds
    {
        get
        {
            if (!IsSupported || GetTime(ThreadCpuTime, out Time time) != 0) return double.NaN;
            return time.Seconds + time.Nanoseconds * 1e-9;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out Time time);

    [StructLayout(LayoutKind.Sequential)]
    private struct Time
    {
        public long Seconds, Nanoseconds;
    }
}
