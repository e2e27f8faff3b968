using System;
using Recurrent.Components;
using Unity.Profiling;
using Unity.Profiling.Editor;

namespace RecurrentEditor
{
    /// <summary>The module "RNN" of Unity's Profiler: what the networks of a frame cost, how training goes, and whether states are well.</summary>
    [Serializable]
    [ProfilerModuleMetadata("RNN")]
    internal sealed class RnnProfilerModule : ProfilerModule
    {
        /// <summary>The counters of its chart, in order.</summary>
        internal static readonly string[] Counters =
        {
            RnnCounters.StepTime, RnnCounters.TrainingTime, RnnCounters.Loss, RnnCounters.GradientNorm, RnnCounters.StateNorm, RnnCounters.Saturated, RnnCounters.NotFinite,
        };

        public RnnProfilerModule()
            : base(Array.ConvertAll(Counters, name => new ProfilerCounterDescriptor(name, ProfilerCategory.Ai)))
        {
        }
    }
}
