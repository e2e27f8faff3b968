using System;
using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>
    /// A recurrent node at work in a managed layer, with everything in ONNX's own layouts: what the operator's definition says, to the letter.
    /// T steps, B batch, I input, D directions, H hidden.
    /// </summary>
    public sealed class RecurrentRunner
    {
        private readonly RecurrentNode _node;

        /// <summary>Makes the layer.</summary>
        /// <exception cref="ModelFileException">The node cannot become a layer: says why.</exception>
        public RecurrentRunner(RecurrentNode node)
        {
            _node = node;
            Layer = node.ToLayer();
        }

        /// <summary>The layer; its parameters may be changed between runs.</summary>
        public RecurrentLayer Layer { get; }

        /// <summary>Y, Y_h and, of an LSTM, Y_c.</summary>
        /// <param name="x">(T, B, I), with layout 1 (B, T, I).</param>
        /// <param name="sequenceLengths">(B): 0 to T; null for the node's own, or T. A sequence without steps gives zeros.</param>
        /// <param name="initialH">(D, B, H), with layout 1 (B, D, H); null for the node's own, or zeros.</param>
        /// <param name="initialC">As <paramref name="initialH"/>.</param>
        /// <exception cref="ArgumentException">A shape or a length does not fit: names the input, what was expected and what came.</exception>
        public IReadOnlyList<OnnxTensor> Run(OnnxTensor x, OnnxTensor? sequenceLengths = null, OnnxTensor? initialH = null, OnnxTensor? initialC = null)
        {
            bool batchFirst = _node.Layout == 1;
            if (x.Shape.Count != 3 || x.Shape[2] != Layer.InputSize || x.Count == 0)
                throw new ArgumentException($"{_node}: X is {x}, expected ({(batchFirst ? "B, T" : "T, B")}, {Layer.InputSize}) with steps and rows.");
            int steps = (int)x.Shape[batchFirst ? 1 : 0], batch = (int)x.Shape[batchFirst ? 0 : 1];
            int directions = _node.Directions, hidden = _node.HiddenSize;
            int[] lengths = Lengths(sequenceLengths, steps, batch);
            bool reversed = _node.Direction == RecurrentDirection.Reverse;

            var state = new RecurrentState(Layer, batch);
            state.SetHidden(State("initial_h", initialH, _node.InitialH, batch));
            if (_node.Operator == RecurrentOperator.LSTM)
                state.SetCell(State("initial_c", initialC, _node.InitialC, batch));

            float[] source = x.ToSingles();
            int features = Layer.InputSize;
            var input = new float[source.Length];
            for (int row = 0; row < batch; row++)
                for (int t = 0; t < steps; t++)
                    source.AsSpan((batchFirst ? row * steps + t : t * batch + row) * features, features)
                        .CopyTo(input.AsSpan((row * steps + Place(t, lengths[row], reversed)) * features));

            float[] output = new float[batch * steps * directions * hidden];
            using (var pass = new SequencePass(Layer, batch, steps))
            {
                // A pass wants at least one step of every row; those that have none are cleared below.
                pass.Forward(input, batch, steps, state.Values, Array.ConvertAll(lengths, length => Math.Max(1, length)));
                pass.CopyOutput(output);
                pass.FinalState.CopyTo(state.Values);
            }
            for (int row = 0; row < batch; row++)
                if (lengths[row] == 0)
                {
                    output.AsSpan(row * steps * directions * hidden, steps * directions * hidden).Clear();
                    state.Values.AsSpan(row * Layer.StateSize, Layer.StateSize).Clear();
                }

            var y = new float[output.Length];
            for (int row = 0; row < batch; row++)
                for (int t = 0; t < steps; t++)
                    for (int d = 0; d < directions; d++)
                    {
                        int at = batchFirst ? (row * steps + t) * directions + d : (t * directions + d) * batch + row;
                        output.AsSpan(((row * steps + Place(t, lengths[row], reversed)) * directions + d) * hidden, hidden).CopyTo(y.AsSpan(at * hidden));
                    }
            var results = new List<OnnxTensor>
            {
                OnnxTensor.FromSingles("Y", batchFirst ? new long[] { batch, steps, directions, hidden } : new long[] { steps, directions, batch, hidden }, y),
                Final("Y_h", state.GetHidden(), batch),
            };
            if (_node.Operator == RecurrentOperator.LSTM)
                results.Add(Final("Y_c", state.GetCell(), batch));
            return results;
        }

        private static int Place(int t, int length, bool reversed) => reversed && t < length ? length - 1 - t : t;

        private int[] Lengths(OnnxTensor? given, int steps, int batch)
        {
            int[]? lengths = _node.SequenceLengths;
            if (given != null)
                lengths = given.Shape.Count == 1 && OnnxElements.IsInteger(given.ElementType)
                    ? Array.ConvertAll(given.ToInt64s(), length => (int)Math.Max(-1, Math.Min(int.MaxValue, length)))
                    : throw new ArgumentException($"{_node}: sequence_lens is {given}, expected integers of one axis.");
            if (lengths == null)
            {
                lengths = new int[batch];
                Array.Fill(lengths, steps);
            }
            if (lengths.Length != batch)
                throw new ArgumentException(FormattableString.Invariant($"{_node}: sequence_lens has {lengths.Length} numbers, expected {batch}, one a row."));
            foreach (int length in lengths)
                if (length < 0 || length > steps)
                    throw new ArgumentException(FormattableString.Invariant($"{_node}: sequence_lens has {length}, expected 0 to {steps}."));
            return lengths;
        }

        /// <summary>A state as (D, B, H).</summary>
        private float[] State(string name, OnnxTensor? given, float[]? own, int batch)
        {
            int directions = _node.Directions, hidden = _node.HiddenSize;
            if (given != null)
            {
                bool fits = given.Shape.Count == 3 && given.Shape[_node.Layout] == directions && given.Shape[1 - _node.Layout] == batch && given.Shape[2] == hidden;
                own = fits ? given.ToSingles() : throw new ArgumentException($"{_node}: {name} is {given}, expected {directions} directions, {batch} rows and {hidden} features.");
            }
            if (own == null)
                return new float[directions * batch * hidden];
            if (own.Length != directions * batch * hidden)
                throw new ArgumentException(FormattableString.Invariant($"{_node}: {name} has {own.Length} numbers, expected {directions} × {batch} × {hidden}."));
            return _node.Layout == 0 ? own : Exchange(own, batch, directions, hidden);
        }

        private OnnxTensor Final(string name, float[] blocks, int batch)
        {
            int directions = _node.Directions, hidden = _node.HiddenSize;
            return _node.Layout == 0
                ? OnnxTensor.FromSingles(name, new long[] { directions, batch, hidden }, blocks)
                : OnnxTensor.FromSingles(name, new long[] { batch, directions, hidden }, Exchange(blocks, directions, batch, hidden));
        }

        /// <summary>(a, b, c) → (b, a, c).</summary>
        private static float[] Exchange(float[] values, int a, int b, int c)
        {
            var exchanged = new float[values.Length];
            for (int i = 0; i < a; i++)
                for (int j = 0; j < b; j++)
                    values.AsSpan((i * b + j) * c, c).CopyTo(exchanged.AsSpan((j * a + i) * c));
            return exchanged;
        }
    }
}
