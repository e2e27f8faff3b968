using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>One operator of a graph (NodeProto).</summary>
    public sealed class OnnxNode : OnnxMessage
    {
        /// <summary>A node without inputs, outputs and attributes yet.</summary>
        public OnnxNode(string opType)
        {
            OpType = opType;
        }

        /// <summary>A node with its inputs and outputs; an empty name stands for one that is left out.</summary>
        public OnnxNode(string opType, IEnumerable<string> inputs, IEnumerable<string> outputs, params OnnxAttribute[] attributes)
        {
            OpType = opType;
            Inputs.AddRange(inputs);
            Outputs.AddRange(outputs);
            Attributes.AddRange(attributes);
        }

        /// <summary>The operator, for example <c>LSTM</c>.</summary>
        public string OpType { get; set; }

        /// <summary>The operator's domain; empty for ONNX's own operators.</summary>
        public string Domain { get; set; } = string.Empty;

        /// <summary>The node's own name; may be empty.</summary>
        public string Name { get; set; } = string.Empty;

        /// <summary>A human's remark.</summary>
        public string Documentation { get; set; } = string.Empty;

        /// <summary>The values it reads, in the operator's order; empty where an optional one is left out.</summary>
        public List<string> Inputs { get; } = new List<string>();

        /// <summary>The values it writes, in the operator's order; empty where nobody wants one.</summary>
        public List<string> Outputs { get; } = new List<string>();

        /// <summary>Its constants.</summary>
        public List<OnnxAttribute> Attributes { get; } = new List<OnnxAttribute>();

        /// <summary>Whether the operator is ONNX's own and not another domain's of the same name.</summary>
        public bool IsStandard => Domain.Length == 0 || Domain == "ai.onnx";

        /// <summary>The input at a position, empty where it is left out.</summary>
        public string Input(int position) => position < Inputs.Count ? Inputs[position] : string.Empty;

        /// <summary>The output at a position, empty where it is left out.</summary>
        public string Output(int position) => position < Outputs.Count ? Outputs[position] : string.Empty;

        /// <summary>The attribute of that name, or null.</summary>
        public OnnxAttribute? Attribute(string name)
        {
            foreach (OnnxAttribute attribute in Attributes)
                if (attribute.Name == name)
                    return attribute;
            return null;
        }

        /// <summary>The subgraphs among the attributes: the branches of an If, the body of a Loop or a Scan.</summary>
        public IEnumerable<OnnxGraph> Subgraphs()
        {
            foreach (OnnxAttribute attribute in Attributes)
            {
                if (attribute.Graph != null)
                    yield return attribute.Graph;
                foreach (OnnxGraph graph in attribute.Graphs)
                    yield return graph;
            }
        }

        /// <summary>The operator and a name to find the node by, for example <c>LSTM 'rnn/lstm_1'</c>.</summary>
        public override string ToString() => $"{OpType} '{(Name.Length > 0 ? Name : Outputs.Find(output => output.Length > 0) ?? string.Empty)}'";
    }
}
