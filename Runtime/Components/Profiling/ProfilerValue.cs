using System;
using Unity.Profiling;
using Unity.Profiling.LowLevel;
using Unity.Profiling.LowLevel.Unsafe;

namespace Recurrent.Components
{
    /// <summary>
    /// A counter of Unity's Profiler, whose value is read at the end of every frame. Made of what the engine itself has, so that no package is needed; a player without a profiler
    /// has no memory for it, and then nothing is counted.
    /// </summary>
    internal readonly unsafe struct ProfilerValue<T>
        where T : unmanaged
    {
        private readonly T* _value;

        /// <summary>Makes it.</summary>
        /// <param name="name">What the Profiler calls it.</param>
        /// <param name="type">The profiler's name of <typeparamref name="T"/>.</param>
        /// <param name="unit">Its unit.</param>
        /// <param name="isOfFrame">Whether it begins every frame at zero.</param>
        public ProfilerValue(string name, ProfilerMarkerDataType type, ProfilerMarkerDataUnit unit, bool isOfFrame)
        {
            ProfilerCounterOptions options = ProfilerCounterOptions.FlushOnEndOfFrame | (isOfFrame ? ProfilerCounterOptions.ResetToZeroOnFlush : ProfilerCounterOptions.None);
            _value = (T*)ProfilerUnsafeUtility.CreateCounterValue(out IntPtr _, name, ProfilerCategory.Ai, MarkerFlags.Default, (byte)type, (byte)unit, sizeof(T), options);
        }

        /// <summary>The value of this frame so far.</summary>
        public T Value => _value == null ? default : *_value;

        /// <summary>Sets it.</summary>
        public void Set(T value)
        {
            if (_value != null) *_value = value;
        }
    }
}
