namespace Recurrent.Onnx
{
    /// <summary>What an attribute holds, with the numbers of the format (onnx.proto, AttributeProto.AttributeType).</summary>
    public enum OnnxAttributeType
    {
        /// <summary>Not given.</summary>
        Undefined = 0,
        /// <summary>One float.</summary>
        Float = 1,
        /// <summary>One integer.</summary>
        Int = 2,
        /// <summary>One text, or bytes.</summary>
        String = 3,
        /// <summary>One tensor.</summary>
        Tensor = 4,
        /// <summary>One subgraph.</summary>
        Graph = 5,
        /// <summary>A list of floats.</summary>
        Floats = 6,
        /// <summary>A list of integers.</summary>
        Ints = 7,
        /// <summary>A list of texts.</summary>
        Strings = 8,
        /// <summary>A list of tensors.</summary>
        Tensors = 9,
        /// <summary>A list of subgraphs.</summary>
        Graphs = 10,
        /// <summary>One sparse tensor; kept as it came.</summary>
        SparseTensor = 11,
        /// <summary>A list of sparse tensors; kept as they came.</summary>
        SparseTensors = 12,
        /// <summary>One type; kept as it came.</summary>
        TypeProto = 13,
        /// <summary>A list of types; kept as they came.</summary>
        TypeProtos = 14,
    }
}
