using System;
using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>One direction of a recurrent node, and the layer that one or several of them make.</summary>
    internal readonly struct RecurrentPart
    {
        private readonly int _direction;

        public RecurrentPart(RecurrentNode node, int direction)
        {
            Node = node;
            _direction = direction;
        }

        public RecurrentNode Node { get; }

        /// <summary>Whether two parts differ in nothing but their numbers, the size of their input and, if so wished, their functions.</summary>
        public bool Matches(RecurrentPart other, bool functions)
        {
            RecurrentNode a = Node, b = other.Node;
            bool same = a.Operator == b.Operator && a.HiddenSize == b.HiddenSize && a.InputForget == b.InputForget && a.LinearBeforeReset == b.LinearBeforeReset
                && a.Clip == b.Clip && (a.B == null) == (b.B == null) && (a.P == null) == (b.P == null);
            int count = a.Activations.Count / a.Directions;
            for (int i = 0; same && functions && i < count; i++)
                same = a.Activations[_direction * count + i].Equals(b.Activations[other._direction * count + i]);
            return same;
        }

        /// <summary>A layer of a level for each element, in which a second part is the backward direction.</summary>
        /// <exception cref="ModelFileException">Weights are no constants, or a function is unknown or cannot be trained.</exception>
        public static RecurrentLayer ToLayer(IReadOnlyList<RecurrentPart[]> levels)
        {
            RecurrentPart[] first = levels[0];
            foreach (RecurrentPart[] level in levels)
                foreach (RecurrentPart part in level) part.CheckConstant();
            RecurrentNode node = first[0].Node;
            ActivationFunction[] forward = first[0].Functions(), backward = first[first.Length - 1].Functions();
            ActivationFunction[] standard =
                node.Operator == RecurrentOperator.LSTM ? new[] { ActivationFunction.Sigmoid, ActivationFunction.Tanh, ActivationFunction.Tanh } :
                node.Operator == RecurrentOperator.GRU ? new[] { ActivationFunction.Sigmoid, ActivationFunction.Tanh } :
                new[] { forward[0].Kind == ActivationKind.Relu ? ActivationFunction.Relu : ActivationFunction.Tanh };
            var options = new CellOptions
            {
                Activations = Same(forward, standard) ? Array.Empty<ActivationFunction>() : forward,
                ReverseActivations = Same(backward, forward) ? Array.Empty<ActivationFunction>() : backward,
                Clip = node.Clip ?? float.PositiveInfinity,
                InputForget = node.InputForget && node.Operator == RecurrentOperator.LSTM,
                Peepholes = node.P != null,
            };
            bool bias = node.B != null, both = first.Length == 2;
            int input = node.InputSize, hidden = node.HiddenSize;
            RecurrentLayer layer =
                node.Operator == RecurrentOperator.LSTM ? new LSTM(input, hidden, levels.Count, bias, bidirectional: both, options: options) :
                node.Operator == RecurrentOperator.GRU ? new GRU(input, hidden, levels.Count, bias, bidirectional: both, resetAfter: node.LinearBeforeReset, options: options) :
                (RecurrentLayer)new RNN(input, hidden, levels.Count, standard[0].Kind == ActivationKind.Relu ? Nonlinearity.ReLU : Nonlinearity.Tanh, bias, bidirectional: both, options: options);
            for (int k = 0; k < levels.Count; k++)
                for (int d = 0; d < levels[k].Length; d++) levels[k][d].CopyTo(layer.Cell(k, d));
            return layer;
        }

        private void CheckConstant()
        {
            bool constant = Node.W != null && Node.R != null;
            foreach (string name in Node.Dynamic) constant &= name != "B" && name != "P";
            if (!constant) throw Node.Fail($"{string.Join(", ", Node.Dynamic)}: no constants of the model, and so no parameters of a layer");
        }

        private void CopyTo(RecurrentCell cell)
        {
            RecurrentNode node = Node;
            int hidden = node.HiddenSize, gates = node.GateCount * hidden, d = _direction;
            cell.Parameters[0].Set(GateOrder.FromOnnx(node.Operator, node.W.AsSpan(d * gates * node.InputSize, gates * node.InputSize)));
            cell.Parameters[1].Set(GateOrder.FromOnnx(node.Operator, node.R.AsSpan(d * gates * hidden, gates * hidden)));
            for (int side = 0; side < 2 && node.B != null; side++)
                cell.Parameters[2 + side].Set(GateOrder.FromOnnx(node.Operator, node.B.AsSpan((2 * d + side) * gates, gates)));
            if (node.P != null) cell.Parameters[cell.Parameters.Count - 1].Set(node.P.AsSpan(3 * d * hidden, 3 * hidden));
        }

        private ActivationFunction[] Functions()
        {
            int count = Node.Activations.Count / Node.Directions;
            var functions = new ActivationFunction[count];
            for (int i = 0; i < count; i++)
            {
                RecurrentActivation activation = Node.Activations[_direction * count + i];
                if (!Enum.TryParse(activation.Name, out ActivationKind kind) || !Enum.IsDefined(typeof(ActivationKind), kind))
                    throw Node.Fail($"unknown activation '{activation.Name}'");
                if (float.IsNaN(activation.Alpha) || float.IsNaN(activation.Beta))
                    throw Node.Fail($"activation {activation.Name} needs activation_alpha and activation_beta");
                try
                {
                    functions[i] = new ActivationFunction(kind, activation.Alpha, activation.Beta);
                }
                catch (ArgumentException e)
                {
                    throw Node.Fail("activation " + e.Message.TrimEnd('.'));
                }
            }
            return functions;
        }

        private static bool Same(ActivationFunction[] a, ActivationFunction[] b)
        {
            bool same = true;
            for (int i = 0; i < a.Length; i++) same &= a[i].Equals(b[i]);
            return same;
        }
    }
}
