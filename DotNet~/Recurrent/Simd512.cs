using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Recurrent
{
    /// <summary>16 floats: 32 registers with AVX-512.</summary>
    internal readonly unsafe struct Simd512 : ISimd<Simd512>
    {
        private readonly Vector512<float> _v;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Simd512(Vector512<float> v) => _v = v;

        public static int Count
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => 16;
        }

        public static int TileRows
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => 8;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd512 Load(float* from) => new Simd512(Vector512.Load(from));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd512 LoadLower(uint* from) => new Simd512((Vector512.Load(from) << 16).AsSingle());

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd512 LoadUpper(uint* from) => new Simd512((Vector512.Load(from) & Vector512.Create(0xFFFF0000)).AsSingle());

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static void Store(Simd512 x, float* to) => x._v.Store(to);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd512 Create(float x) => new Simd512(Vector512.Create(x));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd512 operator +(Simd512 x, Simd512 y) => new Simd512(x._v + y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd512 operator -(Simd512 x, Simd512 y) => new Simd512(x._v - y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd512 operator *(Simd512 x, Simd512 y) => new Simd512(x._v * y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd512 operator /(Simd512 x, Simd512 y) => new Simd512(x._v / y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd512 MultiplyAdd(Simd512 x, Simd512 y, Simd512 z) => new Simd512(Vector512.MultiplyAddEstimate(x._v, y._v, z._v));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd512 Min(Simd512 x, Simd512 y) => new Simd512(Vector512.MinNative(x._v, y._v));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd512 Max(Simd512 x, Simd512 y) => new Simd512(Vector512.MaxNative(x._v, y._v));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd512 WherePositive(Simd512 x, Simd512 y) => new Simd512(Vector512.GreaterThan(x._v, Vector512<float>.Zero) & y._v);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Simd512 SquareRoot(Simd512 x) => new Simd512(Vector512.Sqrt(x._v));
    }
}
