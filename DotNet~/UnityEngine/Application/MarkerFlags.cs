using System;

namespace Unity.Profiling.LowLevel;

[Flags]
public enum MarkerFlags : ushort
{
    Default = 0,
    Script = 2,
    Counter = 128,
}
