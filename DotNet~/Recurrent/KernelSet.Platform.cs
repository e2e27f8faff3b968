using System.Collections.Generic;
using System.Runtime.Intrinsics;

namespace Recurrent
{
    public abstract unsafe partial class KernelSet
    {
        static partial void AddPlatformKernels(List<KernelSet> found)
        {
            if (Vector128.IsHardwareAccelerated) found.Add(new SimdKernels<Simd128>("Vector128"));
            if (Vector256.IsHardwareAccelerated) found.Add(new SimdKernels<Simd256>("Vector256"));
            if (Vector512.IsHardwareAccelerated) found.Add(new SimdKernels<Simd512>("Vector512"));
        }
    }
}
