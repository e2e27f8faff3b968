using System;
using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>The name, element type and shape of a model's input, output or intermediate value (ValueInfoProto).</summary>
    public sealed class OnnxValueInfo : OnnxMessage
    {
        /// <summary>A value of unknown type.</summary>
        public OnnxValueInfo(string name)
        {
            Name = name;
        }

        /// <summary>A tensor of the given type and shape.</summary>
        public OnnxValueInfo(string name, OnnxDataType elementType, params OnnxDimension[] shape)
        {
            Name = name;
            ElementType = elementType;
            Shape = new List<OnnxDimension>(shape);
        }

        /// <summary>The name that nodes refer to.</summary>
        public string Name { get; set; }

        /// <summary>The element type; <see cref="OnnxDataType.Undefined"/> where it is not given or the value is no tensor.</summary>
        public OnnxDataType ElementType { get; set; }

        /// <summary>The axes; null where even their number is unknown.</summary>
        public List<OnnxDimension>? Shape { get; set; }

        /// <summary>A human's remark.</summary>
        public string Documentation { get; set; } = string.Empty;

        /// <summary>The type as it stands in the file when it is no tensor: a sequence, a map, an optional.</summary>
        internal ReadOnlyMemory<byte> OtherType { get; set; }

        /// <summary>For example <c>state: Float[2, batch, 128]</c>.</summary>
        public override string ToString() => $"{Name}: {ElementType}[{(Shape == null ? "…" : string.Join(", ", Shape))}]";
    }
}
