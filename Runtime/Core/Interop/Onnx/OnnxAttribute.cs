using System;
using System.Collections.Generic;
using System.Text;

namespace Recurrent.Onnx
{
    /// <summary>A named constant of a node (AttributeProto). Which property holds its value is said by <see cref="Type"/>.</summary>
    public sealed class OnnxAttribute : OnnxMessage
    {
        /// <summary>An attribute whose value is set through the property of its type.</summary>
        public OnnxAttribute(string name, OnnxAttributeType type)
        {
            Name = name;
            Type = type;
        }

        /// <summary>One float.</summary>
        public OnnxAttribute(string name, float value) : this(name, OnnxAttributeType.Float) => Float = value;

        /// <summary>One integer.</summary>
        public OnnxAttribute(string name, long value) : this(name, OnnxAttributeType.Int) => Int = value;

        /// <summary>One text.</summary>
        public OnnxAttribute(string name, string value) : this(name, OnnxAttributeType.String) => Bytes = Encoding.UTF8.GetBytes(value);

        /// <summary>One tensor.</summary>
        public OnnxAttribute(string name, OnnxTensor value) : this(name, OnnxAttributeType.Tensor) => Tensor = value;

        /// <summary>One subgraph.</summary>
        public OnnxAttribute(string name, OnnxGraph value) : this(name, OnnxAttributeType.Graph) => Graph = value;

        /// <summary>A list of floats.</summary>
        public OnnxAttribute(string name, float[] values) : this(name, OnnxAttributeType.Floats) => Floats = values;

        /// <summary>A list of integers.</summary>
        public OnnxAttribute(string name, long[] values) : this(name, OnnxAttributeType.Ints) => Ints = values;

        /// <summary>A list of texts.</summary>
        public OnnxAttribute(string name, string[] values) : this(name, OnnxAttributeType.Strings) => Strings = values;

        /// <summary>The name by which the operator knows it.</summary>
        public string Name { get; set; }

        /// <summary>Which of the properties holds the value.</summary>
        public OnnxAttributeType Type { get; internal set; }

        /// <summary>The value of a <see cref="OnnxAttributeType.Float"/>.</summary>
        public float Float { get; set; }

        /// <summary>The value of an <see cref="OnnxAttributeType.Int"/>.</summary>
        public long Int { get; set; }

        /// <summary>The value of a <see cref="OnnxAttributeType.String"/>, as it stands in the file.</summary>
        public ReadOnlyMemory<byte> Bytes { get; set; }

        /// <summary>The value of a <see cref="OnnxAttributeType.String"/> as text.</summary>
        public string Text => Encoding.UTF8.GetString(Bytes.Span);

        /// <summary>The value of a <see cref="OnnxAttributeType.Tensor"/>.</summary>
        public OnnxTensor? Tensor { get; set; }

        /// <summary>The value of a <see cref="OnnxAttributeType.Graph"/>.</summary>
        public OnnxGraph? Graph { get; set; }

        /// <summary>The value of <see cref="OnnxAttributeType.Floats"/>.</summary>
        public IReadOnlyList<float> Floats { get; set; } = Array.Empty<float>();

        /// <summary>The value of <see cref="OnnxAttributeType.Ints"/>.</summary>
        public IReadOnlyList<long> Ints { get; set; } = Array.Empty<long>();

        /// <summary>The value of <see cref="OnnxAttributeType.Strings"/>.</summary>
        public IReadOnlyList<string> Strings { get; set; } = Array.Empty<string>();

        /// <summary>The value of <see cref="OnnxAttributeType.Tensors"/>.</summary>
        public IReadOnlyList<OnnxTensor> Tensors { get; set; } = Array.Empty<OnnxTensor>();

        /// <summary>The value of <see cref="OnnxAttributeType.Graphs"/>.</summary>
        public IReadOnlyList<OnnxGraph> Graphs { get; set; } = Array.Empty<OnnxGraph>();

        /// <summary>In a function's body: the function's attribute that this one stands for.</summary>
        public string Reference { get; set; } = string.Empty;

        /// <summary>A human's remark.</summary>
        public string Documentation { get; set; } = string.Empty;
    }
}
