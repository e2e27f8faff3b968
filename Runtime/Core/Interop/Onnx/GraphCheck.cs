using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>
    /// Whether a graph is one: every name is made once before or after it is used, and no value needs itself. Subgraphs see the names around them.
    /// </summary>
    internal static class GraphCheck
    {
        /// <summary>The first thing wrong, or null.</summary>
        public static string? Run(OnnxGraph graph)
        {
            var free = new HashSet<string>();
            string? reason = Check(graph, free, 1);
            if (reason != null)
                return reason;
            foreach (string name in free)
                return $"nothing in the graph makes the value '{name}'.";
            return null;
        }

        /// <param name="graph">The graph to check.</param>
        /// <param name="free">Gets the names that the graph uses and does not make.</param>
        /// <param name="depth">How many graphs this one stands in, itself included.</param>
        private static string? Check(OnnxGraph graph, HashSet<string> free, int depth)
        {
            if (depth > OnnxGraph.MaxDepth)
                return $"graphs stand inside each other more than {OnnxGraph.MaxDepth} deep.";

            const int outside = -1;
            var makers = new Dictionary<string, int>();
            foreach (OnnxTensor tensor in graph.Initializers)
                if (tensor.Name.Length == 0)
                    return "a constant has no name.";
                else if (!makers.TryAdd(tensor.Name, outside))
                    return $"two constants are called '{tensor.Name}'.";
            var inputs = new HashSet<string>();
            foreach (OnnxValueInfo input in graph.Inputs)
            {
                if (!inputs.Add(input.Name))
                    return $"two inputs are called '{input.Name}'.";
                makers[input.Name] = outside;
            }
            for (int i = 0; i < graph.Nodes.Count; i++)
                foreach (string output in graph.Nodes[i].Outputs)
                    if (output.Length > 0 && !makers.TryAdd(output, i))
                        return $"the value '{output}' is made twice.";

            var readers = new List<int>[graph.Nodes.Count];
            var waitingFor = new int[graph.Nodes.Count];
            var used = new HashSet<string>();
            for (int i = 0; i < graph.Nodes.Count; i++)
            {
                used.Clear();
                foreach (string input in graph.Nodes[i].Inputs)
                    if (input.Length > 0)
                        used.Add(input);
                foreach (OnnxGraph subgraph in graph.Nodes[i].Subgraphs())
                {
                    string? reason = Check(subgraph, used, depth + 1);
                    if (reason != null)
                        return reason;
                }
                foreach (string name in used)
                {
                    if (!makers.TryGetValue(name, out int maker))
                        free.Add(name);
                    else if (maker != outside)
                    {
                        (readers[maker] ??= new List<int>()).Add(i);
                        waitingFor[i]++;
                    }
                }
            }
            foreach (OnnxValueInfo output in graph.Outputs)
                if (!makers.ContainsKey(output.Name))
                    free.Add(output.Name);

            var ready = new Queue<int>();
            for (int i = 0; i < waitingFor.Length; i++)
                if (waitingFor[i] == 0)
                    ready.Enqueue(i);
            int done = 0;
            for (; ready.Count > 0; done++)
            {
                List<int>? next = readers[ready.Dequeue()];
                if (next == null)
                    continue;
                foreach (int reader in next)
                    if (--waitingFor[reader] == 0)
                        ready.Enqueue(reader);
            }
            if (done == graph.Nodes.Count)
                return null;
            int stuck = System.Array.FindIndex(waitingFor, count => count > 0);
            return $"the graph is cyclic: {graph.Nodes[stuck]} needs its own result.";
        }
    }
}
