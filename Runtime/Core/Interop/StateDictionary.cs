using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Recurrent
{
    /// <summary>What weights without an architecture look like, by the names that PyTorch gives them: a GRU(2, 3) called gru leaves <c>gru.weight_ih_l0</c> (9, 2) and so on.</summary>
    internal static class StateDictionary
    {
        private const string InputWeight = "weight_ih", StateWeight = "weight_hh", Projection = "weight_hr_l0", Reverse = "_reverse";

        // By the number of gates: rows of a weight for each unit.
        private static readonly string[] Cells = { "", "RNN", "", "GRU", "LSTM" };

        /// <summary>The parts, in the order of their names; a number in a name counts as one.</summary>
        public static List<ModelCardPart> Parts(IEnumerable<SafeTensor> tensors)
        {
            var groups = new Dictionary<string, List<SafeTensor>>(StringComparer.Ordinal);
            foreach (SafeTensor tensor in tensors)
            {
                string prefix = tensor.Name.Substring(0, Math.Max(0, tensor.Name.LastIndexOf('.')));
                if (!groups.TryGetValue(prefix, out List<SafeTensor>? group)) groups.Add(prefix, group = new List<SafeTensor>());
                group.Add(tensor);
            }
            return groups.OrderBy(group => Padded(group.Key), StringComparer.Ordinal).Select(group => Part(group.Key, group.Value)).ToList();
        }

        private static ModelCardPart Part(string name, List<SafeTensor> tensors)
        {
            int[]? Shape(string tensor) => tensors.Find(each => each.Name.EndsWith(tensor, StringComparison.Ordinal) && each.Name.Length == (name.Length == 0 ? 0 : name.Length + 1) + tensor.Length)?.Shape.ToArray();
            ModelCardPart part = Recurrent(name, tensors.Count(each => IsForwardInput(each.Name)), Shape(InputWeight + "_l0") ?? Shape(InputWeight), Shape(StateWeight + "_l0") ?? Shape(StateWeight),
                    Shape(Projection), Shape(InputWeight + "_l0" + Reverse) != null)
                ?? Linear(name, Shape("weight"), Shape("bias"))
                ?? new ModelCardPart(name, tensors.Count == 1 ? $"1 tensor {SafeTensorTypes.Print(tensors[0].Shape)}" : $"{tensors.Count} tensors");
            part.ParameterCount = tensors.Sum(tensor => tensor.Type.IsFloat() ? (long)tensor.Count : 0);
            return part;
        }

        private static ModelCardPart? Recurrent(string name, int levels, int[]? input, int[]? state, int[]? projection, bool bidirectional)
        {
            if (input?.Length != 2 || state?.Length != 2 || input[0] != state[0]) return null;
            int output = state[1], hidden = projection?.Length == 2 ? projection[1] : output, gates = hidden == 0 || input[0] % hidden != 0 ? 0 : input[0] / hidden;
            if (gates >= Cells.Length || Cells[gates].Length == 0) return null;
            return new ModelCardPart(name, $"{Cells[gates]}({input[1]}→{hidden}{(levels > 1 ? $", {levels} layers" : "")}{(bidirectional ? ", bidirectional" : "")})")
            {
                Cell = Cells[gates],
                InputSize = input[1],
                HiddenSize = hidden,
                OutputSize = bidirectional ? 2 * output : output,
                NumLayers = levels,
                Direction = bidirectional ? "bidirectional" : "forward",
            };
        }

        private static ModelCardPart? Linear(string name, int[]? weight, int[]? bias)
        {
            if (weight?.Length != 2 || (bias != null && (bias.Length != 1 || bias[0] != weight[0]))) return null;
            string text = $"Linear({weight[1]}→{weight[0]})";
            // A table of symbols is stored the same way.
            return new ModelCardPart(name, bias != null ? text : $"{text} without bias, or Embedding({weight[0]}→{weight[1]})") { InputSize = weight[1], OutputSize = weight[0] };
        }

        private static bool IsForwardInput(string name)
        {
            int begin = name.LastIndexOf('.') + 1;
            return string.CompareOrdinal(name, begin, InputWeight, 0, InputWeight.Length) == 0 && !name.EndsWith(Reverse, StringComparison.Ordinal);
        }

        private static string Padded(string name) => string.Join(".", name.Split('.').Select(word =>
            int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number.ToString("D10", CultureInfo.InvariantCulture) : word));
    }
}
