using System;
using System.Collections;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace Unity.Collections
{
    public enum Allocator
    {
        Invalid = 0,
        None = 1,
        Temp = 2,
        TempJob = 3,
        Persistent = 4,
    }

    public enum NativeArrayOptions
    {
        UninitializedMemory = 0,
        ClearMemory = 1,
    }

    /// <summary>Memory that several may look at; here it is managed.</summary>
    public struct NativeArray<T> : IDisposable, IEnumerable<T> where T : struct
    {
        private byte[]? _bytes;

        public NativeArray(int length, Allocator allocator, NativeArrayOptions options = NativeArrayOptions.ClearMemory) => _bytes = new byte[length * Marshal.SizeOf<T>()];

        public NativeArray(T[] array, Allocator allocator) : this(array.Length, allocator) => CopyFrom(array);

        public readonly int Length => AsSpan().Length;

        public readonly bool IsCreated => _bytes != null;

        public T this[int index]
        {
            readonly get => AsSpan()[index];
            set => AsSpan()[index] = value;
        }

        public void Dispose() => _bytes = null;

        public readonly void CopyFrom(T[] array) => array.AsSpan().CopyTo(AsSpan());

        public readonly void CopyTo(T[] array) => AsSpan().CopyTo(array);

        public readonly T[] ToArray() => AsSpan().ToArray();

        public readonly Span<T> AsSpan() => MemoryMarshal.Cast<byte, T>(_bytes.AsSpan());

        public readonly ReadOnlySpan<T> AsReadOnlySpan() => AsSpan();

        readonly IEnumerator<T> IEnumerable<T>.GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

        readonly IEnumerator IEnumerable.GetEnumerator() => ToArray().GetEnumerator();

        internal static NativeArray<T> Over(byte[] bytes) => new() { _bytes = bytes };
    }
}
