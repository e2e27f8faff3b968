using System;
using System.Runtime.InteropServices;

namespace Recurrent
{
    /// <summary>
    /// A fixed block of floats outside the managed heap, zeroed and aligned to 64 bytes, so that a vector load never straddles two
    /// cache lines and the garbage collector never moves it. Freed by <see cref="Dispose"/>, or by the finalizer if that was forgotten.
    /// </summary>
    public sealed unsafe class AlignedBuffer : IDisposable
    {
        /// <summary>The alignment of <see cref="Pointer"/>, in bytes.</summary>
        public const int Alignment = 64;

        private IntPtr _block;

        /// <summary>Allocates <paramref name="length"/> floats, all zero.</summary>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="length"/> is negative.</exception>
        /// <exception cref="OutOfMemoryException">There is not enough memory.</exception>
        public AlignedBuffer(int length)
        {
            if (length < 0) throw new ArgumentOutOfRangeException(nameof(length), $"AlignedBuffer: expected a length of 0 or more, got {length}.");
            Length = length;
            // One vector of slack: kernels may read, never write, up to 15 floats past the end of a row.
            long bytes = ((long)length + 16) * sizeof(float);
            _block = Marshal.AllocHGlobal((IntPtr)(bytes + Alignment));
            Pointer = (float*)(((long)_block + Alignment - 1) / Alignment * Alignment);
            GC.AddMemoryPressure(bytes);
            Span.Clear();
            new Span<float>(Pointer + length, 16).Clear();
        }

        /// <summary>Frees the block if <see cref="Dispose"/> was not called.</summary>
        ~AlignedBuffer() => Free();

        /// <summary>How many floats there are.</summary>
        public int Length { get; }

        /// <summary>The first float; null after <see cref="Dispose"/>.</summary>
        public float* Pointer { get; private set; }

        /// <summary>All floats; empty after <see cref="Dispose"/>.</summary>
        public Span<float> Span => Pointer == null ? default : new Span<float>(Pointer, Length);

        /// <summary>Frees the block. Spans and pointers into it must not be used any more.</summary>
        public void Dispose()
        {
            Free();
            GC.SuppressFinalize(this);
        }

        private void Free()
        {
            if (_block == IntPtr.Zero) return;
            Marshal.FreeHGlobal(_block);
            _block = IntPtr.Zero;
            Pointer = null;
            GC.RemoveMemoryPressure(((long)Length + 16) * sizeof(float));
        }
    }
}
