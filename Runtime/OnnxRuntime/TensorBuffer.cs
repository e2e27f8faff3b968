using System;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Recurrent.OnnxRuntime
{
    /// <summary>
    /// Memory that ONNX Runtime reads and writes in place. It is managed, so that a span of it outlives the session, and pinned as long as the session.
    /// </summary>
    internal sealed class TensorBuffer : IDisposable
    {
        private const int Alignment = 64;

        private readonly byte[] _memory;
        private readonly int _offset;
        private GCHandle _pin;

        public TensorBuffer(TensorElementType type, long[] shape)
        {
            Type = type;
            Length = checked((int)(Elements(shape) * ElementSize(type)));
            _memory = new byte[Length + Alignment];
            _pin = GCHandle.Alloc(_memory, GCHandleType.Pinned);
            long address = _pin.AddrOfPinnedObject().ToInt64();
            _offset = (int)(-address & (Alignment - 1));
            Value = OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, new IntPtr(address + _offset), Length);
        }

        public TensorElementType Type { get; }

        /// <summary>Bytes.</summary>
        public int Length { get; }

        public OrtValue Value { get; }

        public Span<byte> Bytes => new Span<byte>(_memory, _offset, Length);

        public Span<T> Span<T>(string name) where T : unmanaged
        {
            if (!Holds<T>(Type))
                throw new ArgumentException($"OnnxSequenceSession: '{name}' has elements of type {Type}, asked for {typeof(T).Name}.");
            return MemoryMarshal.Cast<byte, T>(Bytes);
        }

        public void Dispose()
        {
            Value.Dispose();
            _pin.Free();
        }

        public static long Elements(long[] shape)
        {
            long count = 1;
            foreach (long size in shape)
                count = checked(count * size);
            return count;
        }

        /// <summary>Bytes of an element, 0 for what has no fixed size.</summary>
        public static int ElementSize(TensorElementType type)
        {
            switch (type)
            {
                case TensorElementType.Bool:
                case TensorElementType.Int8:
                case TensorElementType.UInt8:
                    return 1;
                case TensorElementType.Int16:
                case TensorElementType.UInt16:
                case TensorElementType.Float16:
                case TensorElementType.BFloat16:
                    return 2;
                case TensorElementType.Float:
                case TensorElementType.Int32:
                case TensorElementType.UInt32:
                    return 4;
                case TensorElementType.Double:
                case TensorElementType.Int64:
                case TensorElementType.UInt64:
                    return 8;
                default:
                    return 0;
            }
        }

        /// <summary>16-bit floats are read and written as their bits.</summary>
        private static bool Holds<T>(TensorElementType type)
        {
            switch (type)
            {
                case TensorElementType.Bool: return typeof(T) == typeof(bool);
                case TensorElementType.Int8: return typeof(T) == typeof(sbyte);
                case TensorElementType.UInt8: return typeof(T) == typeof(byte);
                case TensorElementType.Int16: return typeof(T) == typeof(short);
                case TensorElementType.UInt16: return typeof(T) == typeof(ushort);
                case TensorElementType.Float16: return typeof(T) == typeof(ushort);
                case TensorElementType.BFloat16: return typeof(T) == typeof(ushort);
                case TensorElementType.Int32: return typeof(T) == typeof(int);
                case TensorElementType.UInt32: return typeof(T) == typeof(uint);
                case TensorElementType.Int64: return typeof(T) == typeof(long);
                case TensorElementType.UInt64: return typeof(T) == typeof(ulong);
                case TensorElementType.Float: return typeof(T) == typeof(float);
                case TensorElementType.Double: return typeof(T) == typeof(double);
                default: return false;
            }
        }
    }
}
