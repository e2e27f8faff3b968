using System;
using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>
    /// A part of an ONNX file. Fields of the format that the part has no property for are kept as they came and written back unchanged.
    /// </summary>
    public abstract class OnnxMessage
    {
        private List<ReadOnlyMemory<byte>>? _unknown;

        private protected OnnxMessage()
        {
        }

        internal void Keep(ReadOnlyMemory<byte> field) => (_unknown ??= new List<ReadOnlyMemory<byte>>(1)).Add(field);

        internal void WriteUnknown(WireWriter writer)
        {
            if (_unknown == null)
                return;
            foreach (ReadOnlyMemory<byte> field in _unknown)
                writer.Raw(field.Span);
        }
    }
}
