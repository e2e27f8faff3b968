using System.Collections.Generic;
using System.Linq;
using TorchSharp;
using static TorchSharp.torch;

namespace Recurrent.Fixtures
{
    /// <summary>
    /// libtorch's own recurrent operators, called through TorchScript: TorchSharp's modules offer no proj_size, the operators do.
    /// Sequences of different lengths are sorted, packed, run, padded and put back, as torch.nn.utils.rnn does with enforce_sorted=False.
    /// </summary>
    internal static class LibTorch
    {
        private static readonly jit.CompilationUnit Operators = jit.compile(
            Sequence("rnn_tanh", "h[0]", "y, hn", "[hn]") + Sequence("rnn_relu", "h[0]", "y, hn", "[hn]") +
            Sequence("gru", "h[0]", "y, hn", "[hn]") + Sequence("lstm", "h", "y, hn, cn", "[hn, cn]") +
            Cell("rnn_tanh_cell", "h[0]", "hn", "[hn]") + Cell("rnn_relu_cell", "h[0]", "hn", "[hn]") +
            Cell("gru_cell", "h[0]", "hn", "[hn]") + Cell("lstm_cell", "h", "hn, cn", "[hn, cn]"));

        /// <summary>Output and final states of a whole stack. Batch first; <paramref name="states"/> are h0 and, for an LSTM, c0.</summary>
        public static (Tensor Output, Tensor[] FinalStates) Run(RecurrentSpec spec, Tensor input, Tensor[] states, Tensor[] parameters)
        {
            var results = spec.Lengths.Length == 0
                ? Invoke(Operator(spec), input, states, parameters, spec.Bias, spec.NumLayers, spec.Bidirectional)
                : Invoke(Operator(spec) + "_packed", input, tensor(spec.Lengths, ScalarType.Int64), states, parameters, spec.Bias, spec.NumLayers, spec.Bidirectional);
            return (results[0], results.Skip(1).ToArray());
        }

        /// <summary>The states after one step of one cell.</summary>
        public static Tensor[] Step(RecurrentSpec spec, Tensor input, Tensor[] states, Tensor[] parameters) =>
            Invoke(Operator(spec) + "_cell_step", input, states, parameters);

        private static string Operator(RecurrentSpec spec) => spec.Cell == "RNN" ? "rnn_" + spec.Nonlinearity : spec.Cell.ToLowerInvariant();

        private static Tensor[] Invoke(string name, params object[] arguments) => ((IEnumerable<Tensor>)Operators.invoke(name, arguments)).ToArray();

        private static string Sequence(string name, string states, string results, string finals) => $"""
            def {name}(x: Tensor, h: List[Tensor], w: List[Tensor], bias: bool, layers: int, bidirectional: bool) -> List[Tensor]:
                {results} = torch.{name}(x, {states}, w, bias, layers, 0.0, True, bidirectional, True)
                return [y] + {finals}

            def {name}_packed(x: Tensor, lengths: Tensor, h: List[Tensor], w: List[Tensor], bias: bool, layers: int, bidirectional: bool) -> List[Tensor]:
                lengths, order = torch.sort(lengths, descending=True)
                back = torch.argsort(order)
                h = [state.index_select(1, order) for state in h]
                data, sizes = torch._pack_padded_sequence(x.index_select(0, order), lengths, True)
                {results} = torch.{name}(data, sizes, {states}, w, bias, layers, 0.0, True, bidirectional)
                y, _ = torch._pad_packed_sequence(y, sizes, True, 0.0, x.size(1))
                return [y.index_select(0, back)] + [state.index_select(1, back) for state in {finals}]


            """;

        private static string Cell(string name, string states, string results, string finals) => $"""
            def {name}_step(x: Tensor, h: List[Tensor], w: List[Tensor]) -> List[Tensor]:
                if len(w) == 2:
                    {results} = torch.{name}(x, {states}, w[0], w[1])
                else:
                    {results} = torch.{name}(x, {states}, w[0], w[1], w[2], w[3])
                return {finals}


            """;
    }
}
