using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>
    /// The names of a graph whose values are known without running it: initializers, Constant nodes, and what <see cref="ConstantFolding"/> makes of them.
    /// A name that the graph makes hides one of the graphs around it.
    /// </summary>
    internal sealed class ConstantScope
    {
        /// <summary>How many nodes may stand between a weight and its use; longer chains are taken for computations.</summary>
        private const int MaxChain = 64;

        private readonly ConstantScope? _outer;
        private readonly ConstantFolding _folding;
        private readonly Dictionary<string, OnnxTensor?> _known = new Dictionary<string, OnnxTensor?>();
        private readonly Dictionary<string, OnnxNode?> _makers = new Dictionary<string, OnnxNode?>();

        /// <summary>A model's own graph.</summary>
        /// <param name="graph">The graph whose names are looked up.</param>
        /// <param name="given">Values that the caller knows for the graph's inputs.</param>
        public ConstantScope(OnnxGraph graph, IReadOnlyDictionary<string, OnnxTensor>? given)
        {
            Learn(graph, given);
            long bytes = 0;
            foreach (OnnxTensor? tensor in _known.Values)
                bytes += tensor!.Data.Length;
            _folding = new ConstantFolding((1 << 20) + 16 * bytes);
        }

        /// <summary>A graph inside another.</summary>
        public ConstantScope(OnnxGraph graph, ConstantScope outer)
        {
            _outer = outer;
            _folding = outer._folding;
            Learn(graph, null);
        }

        /// <summary>The value behind a name, or null where it is not a constant.</summary>
        public OnnxTensor? Find(string name) => Find(name, MaxChain);

        private OnnxTensor? Find(string name, int chain)
        {
            if (_known.TryGetValue(name, out OnnxTensor? value))
                return value;
            if (!_makers.TryGetValue(name, out OnnxNode? maker))
                return _outer?.Find(name, chain);
            if (maker == null || !maker.IsStandard || maker.Output(0) != name || chain == 0)
                return null;
            if (maker.OpType == "Constant")
                value = ConstantValue(maker);
            else
            {
                var inputs = new OnnxTensor?[maker.Inputs.Count];
                bool all = true;
                for (int i = 0; i < inputs.Length && all; i++)
                {
                    inputs[i] = maker.Inputs[i].Length == 0 ? null : Find(maker.Inputs[i], chain - 1);
                    all = inputs[i] != null || maker.Inputs[i].Length == 0;
                }
                value = all ? _folding.Evaluate(maker, inputs) : null;
            }
            _known[name] = value;
            return value;
        }

        private void Learn(OnnxGraph graph, IReadOnlyDictionary<string, OnnxTensor>? given)
        {
            foreach (OnnxValueInfo input in graph.Inputs)
            {
                _makers[input.Name] = null;
                if (given != null && given.TryGetValue(input.Name, out OnnxTensor? value))
                    _known[input.Name] = value;
            }
            foreach (OnnxTensor tensor in graph.Initializers)
                _known.TryAdd(tensor.Name, tensor);
            foreach (OnnxNode node in graph.Nodes)
                foreach (string output in node.Outputs)
                    if (output.Length > 0)
                        _makers[output] = node;
        }

        /// <summary>What a Constant node holds; null for texts and sparse tensors.</summary>
        internal static OnnxTensor? ConstantValue(OnnxNode node)
        {
            string name = node.Output(0);
            foreach (OnnxAttribute attribute in node.Attributes)
            {
                switch (attribute.Name)
                {
                    case "value": return attribute.Tensor;
                    case "value_float": return OnnxTensor.FromSingles(name, default, new[] { attribute.Float });
                    case "value_floats": return OnnxTensor.FromSingles(name, new long[] { attribute.Floats.Count }, Copy(attribute.Floats));
                    case "value_int": return OnnxTensor.FromInt64s(name, default, new[] { attribute.Int });
                    case "value_ints": return OnnxTensor.FromInt64s(name, new long[] { attribute.Ints.Count }, Copy(attribute.Ints));
                }
            }
            return null;
        }

        private static T[] Copy<T>(IReadOnlyList<T> values)
        {
            var copy = new T[values.Count];
            for (int i = 0; i < copy.Length; i++)
                copy[i] = values[i];
            return copy;
        }
    }
}
