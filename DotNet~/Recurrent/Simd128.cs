using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Recurrent
{
    /// <summary>4 floats: arm64, and x86 processors without AVX2.</summary>
    internal readonly unsafe struct Simd128 : ISimd<Simd128>
    {
        private readonly Vector128<float> _v;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Simd128(Vector128<float> v) => _v = v;

        public static int Count
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => 4;
        }

        public static int TileRows
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => 6;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd128 Load(float* from) => new Simd128(Vector128.Load(from));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd128 LoadLower(uint* from) => new Simd128((Vector128.Load(from) << 16).AsSingle());

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd128 LoadUpper(uint* from) => new Simd128((Vector128.Load(from) & Vector128.Create(0xFFFF0000)).AsSingle());

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(Simd128 x, float* to) => x._v.Store(to);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd128 Create(float x) => new Simd128(Vector128.Create(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd128 operator +(Simd128 x, Simd128 y) => new Simd128(x._v + y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd128 operator -(Simd128 x, Simd128 y) => new Simd128(x._v - y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd128 operator *(Simd128 x, Simd128 y) => new Simd128(x._v * y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd128 operator /(Simd128 x, Simd128 y) => new Simd128(x._v / y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd128 MultiplyAdd(Simd128 x, Simd128 y, Simd128 z) => new Simd128(Vector128.MultiplyAddEstimate(x._v, y._v, z._v));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd128 Min(Simd128 x, Simd128 y) => new Simd128(Vector128.MinNative(x._v, y._v));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd128 Max(Simd128 x, Simd128 y) => new Simd128(Vector128.MaxNative(x._v, y._v));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd128 WherePositive(Simd128 x, Simd128 y) => new Simd128(Vector128.GreaterThan(x._v, Vector128<float>.Zero) & y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd128 SquareRoot(Simd128 x) => new Simd128(Vector128.Sqrt(x._v));
    }
}
