using System;
using System.Diagnostics;
using Recurrent.Diagnostics;
using Unity.Profiling;
using Unity.Profiling.LowLevel;
using UnityEngine.Profiling;

namespace Recurrent.Components
{
    /// <summary>What the module "RNN" of Unity's Profiler shows. Nothing is measured while the Profiler does not record.</summary>
    internal static class RnnCounters
    {
        public const string StepTime = "RNN Step Time", TrainingTime = "RNN Training Time", Loss = "RNN Loss", GradientNorm = "RNN Gradient Norm", StateNorm = "RNN Max State Norm",
            Saturated = "RNN Saturated Gates", NotFinite = "RNN NaN Count";

        private const double NanosecondsPerSecond = 1e9;

        private const long NanosecondsPerTimeSpanTick = 100;

        private static readonly ProfilerValue<long> s_stepTime = new ProfilerValue<long>(StepTime, ProfilerMarkerDataType.Int64, ProfilerMarkerDataUnit.TimeNanoseconds, isOfFrame: true),
            s_trainingTime = new ProfilerValue<long>(TrainingTime, ProfilerMarkerDataType.Int64, ProfilerMarkerDataUnit.TimeNanoseconds, isOfFrame: true);

        private static readonly ProfilerValue<double> s_loss = new ProfilerValue<double>(Loss, ProfilerMarkerDataType.Double, ProfilerMarkerDataUnit.Undefined, isOfFrame: false),
            s_gradientNorm = new ProfilerValue<double>(GradientNorm, ProfilerMarkerDataType.Double, ProfilerMarkerDataUnit.Undefined, isOfFrame: false),
            s_stateNorm = new ProfilerValue<double>(StateNorm, ProfilerMarkerDataType.Double, ProfilerMarkerDataUnit.Undefined, isOfFrame: true),
            s_saturated = new ProfilerValue<double>(Saturated, ProfilerMarkerDataType.Double, ProfilerMarkerDataUnit.Percent, isOfFrame: true);

        private static readonly ProfilerValue<int> s_notFinite = new ProfilerValue<int>(NotFinite, ProfilerMarkerDataType.Int32, ProfilerMarkerDataUnit.Count, isOfFrame: true);

        private static int s_frame = -1;
        private static long s_saturatedValues, s_gateValues;

        /// <summary>Whether somebody records.</summary>
        public static bool IsOn => Profiler.enabled;

        /// <summary>Counts the time of a step.</summary>
        /// <param name="ticks">Of <see cref="Stopwatch"/>.</param>
        public static void CountStep(long ticks) => s_stepTime.Set(s_stepTime.Value + (long)(ticks * (NanosecondsPerSecond / Stopwatch.Frequency)));

        /// <summary>Counts what a step's states and gates amount to.</summary>
        public static void CountState(in StepSummary step)
        {
            s_stateNorm.Set(Math.Max(s_stateNorm.Value, step.HiddenNorm));
            s_notFinite.Set(s_notFinite.Value + step.NotFinite);
            if (s_frame != UnityEngine.Time.frameCount)
            {
                s_frame = UnityEngine.Time.frameCount;
                s_saturatedValues = s_gateValues = 0;
            }
            s_saturatedValues += step.Saturated;
            s_gateValues += step.GateValues;
            if (s_gateValues > 0) s_saturated.Set(100.0 * s_saturatedValues / s_gateValues);
        }

        /// <summary>Counts what was trained since the last time.</summary>
        /// <param name="progress">How far the run has come.</param>
        /// <param name="counted">How much of its time is counted already; begins at zero.</param>
        public static void CountTraining(in TrainingProgress progress, ref TimeSpan counted)
        {
            // Another run begins at zero again.
            if (progress.Elapsed < counted) counted = TimeSpan.Zero;
            s_trainingTime.Set(s_trainingTime.Value + (progress.Elapsed - counted).Ticks * NanosecondsPerTimeSpanTick);
            counted = progress.Elapsed;
            // Before the first batch has ended there is no loss.
            if (progress.Epoch == 0 && progress.Batch == 0) return;
            s_loss.Set(progress.TrainLoss);
            s_gradientNorm.Set(progress.GradientNorm);
        }
    }
}
