using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Recurrent
{
    /// <summary>8 floats: 16 registers with AVX2 and FMA.</summary>
    internal readonly unsafe struct Simd256 : ISimd<Simd256>
    {
        private readonly Vector256<float> _v;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Simd256(Vector256<float> v) => _v = v;

        public static int Count
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => 8;
        }

        public static int TileRows
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => 6;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd256 Load(float* from) => new Simd256(Vector256.Load(from));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd256 LoadLower(uint* from) => new Simd256((Vector256.Load(from) << 16).AsSingle());

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd256 LoadUpper(uint* from) => new Simd256((Vector256.Load(from) & Vector256.Create(0xFFFF0000)).AsSingle());

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(Simd256 x, float* to) => x._v.Store(to);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd256 Create(float x) => new Simd256(Vector256.Create(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd256 operator +(Simd256 x, Simd256 y) => new Simd256(x._v + y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd256 operator -(Simd256 x, Simd256 y) => new Simd256(x._v - y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd256 operator *(Simd256 x, Simd256 y) => new Simd256(x._v * y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd256 operator /(Simd256 x, Simd256 y) => new Simd256(x._v / y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd256 MultiplyAdd(Simd256 x, Simd256 y, Simd256 z) => new Simd256(Vector256.MultiplyAddEstimate(x._v, y._v, z._v));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd256 Min(Simd256 x, Simd256 y) => new Simd256(Vector256.MinNative(x._v, y._v));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd256 Max(Simd256 x, Simd256 y) => new Simd256(Vector256.MaxNative(x._v, y._v));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd256 WherePositive(Simd256 x, Simd256 y) => new Simd256(Vector256.GreaterThan(x._v, Vector256<float>.Zero) & y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd256 SquareRoot(Simd256 x) => new Simd256(Vector256.Sqrt(x._v));
    }
}
