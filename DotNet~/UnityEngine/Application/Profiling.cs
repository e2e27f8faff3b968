using System;
using System.Diagnostics;

// The profiler's marks: nothing is measured here.
namespace UnityEngine.Profiling
{
    public sealed class Profiler
    {
        private Profiler()
        {
        }

        public static bool enabled { get; set; }

        [Conditional("ENABLE_PROFILER")]
        public static void BeginSample(string name)
        {
        }

        [Conditional("ENABLE_PROFILER")]
        public static void EndSample()
        {
        }
    }
}

namespace Unity.Profiling
{
    public struct ProfilerMarker
    {
        public ProfilerMarker(string name)
        {
        }

        public ProfilerMarker(ProfilerCategory category, string name)
        {
        }

        [Conditional("ENABLE_PROFILER")]
        public void Begin()
        {
        }

        [Conditional("ENABLE_PROFILER")]
        public void End()
        {
        }

        public AutoScope Auto() => default;

        public struct AutoScope : IDisposable
        {
            public void Dispose()
            {
            }
        }
    }
}
