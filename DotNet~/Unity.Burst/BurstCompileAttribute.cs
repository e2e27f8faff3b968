using System;

namespace Unity.Burst
{
    public enum FloatMode
    {
        Default,
        Strict,
        Deterministic,
        Fast,
    }

    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Method | AttributeTargets.Assembly)]
    public sealed class BurstCompileAttribute : Attribute
    {
        public FloatMode FloatMode { get; set; }
    }
}
