using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>Inputs, constants, nodes and outputs (GraphProto): a whole model's, or a branch's or loop's inside it.</summary>
    public sealed class OnnxGraph : OnnxMessage
    {
        /// <summary>How deep graphs may stand inside each other: an If in a Loop in an If, and so on.</summary>
        public const int MaxDepth = 32;

        /// <summary>The graph's name.</summary>
        public string Name { get; set; } = string.Empty;

        /// <summary>A human's remark.</summary>
        public string Documentation { get; set; } = string.Empty;

        /// <summary>The values that come from outside; models before IR version 4 list their constants here too.</summary>
        public List<OnnxValueInfo> Inputs { get; } = new List<OnnxValueInfo>();

        /// <summary>The values that leave the graph.</summary>
        public List<OnnxValueInfo> Outputs { get; } = new List<OnnxValueInfo>();

        /// <summary>Declared types of values inside; may be incomplete.</summary>
        public List<OnnxValueInfo> ValueInfos { get; } = new List<OnnxValueInfo>();

        /// <summary>The named constants: weights above all.</summary>
        public List<OnnxTensor> Initializers { get; } = new List<OnnxTensor>();

        /// <summary>The operators. The format asks for producers before consumers; this reader does not.</summary>
        public List<OnnxNode> Nodes { get; } = new List<OnnxNode>();

        /// <summary>The inputs that a caller has to feed: those that no initializer gives a value.</summary>
        public IReadOnlyList<OnnxValueInfo> RequiredInputs()
        {
            var constants = new HashSet<string>();
            foreach (OnnxTensor tensor in Initializers)
                constants.Add(tensor.Name);
            return Inputs.FindAll(input => !constants.Contains(input.Name));
        }
    }
}
