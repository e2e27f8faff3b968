using System;
using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>
    /// One step of a cell as MatMul, Add, Mul, Sub, Sigmoid and Tanh (and what other functions a cell was given), each gate with matrices of its own:
    /// x (batch, input), h (batch, output), c (batch, hidden).
    /// </summary>
    internal sealed class ElementaryCell
    {
        private readonly GraphBuilder _build;
        private readonly RecurrentCell _cell;
        private readonly IReadOnlyList<ActivationFunction> _functions;

        public ElementaryCell(GraphBuilder build, RecurrentCell cell, bool reverse = false)
        {
            _build = build;
            _cell = cell;
            _functions = Functions(cell, reverse);
        }

        /// <summary>What a cell's gates go through, in the order of ONNX's attribute.</summary>
        public static IReadOnlyList<ActivationFunction> Functions(RecurrentCell cell, bool reverse)
        {
            IReadOnlyList<ActivationFunction> given = reverse && cell.Options.ReverseActivations.Count > 0 ? cell.Options.ReverseActivations : cell.Options.Activations;
            if (given.Count > 0) return given;
            ActivationFunction sigmoid = ActivationFunction.Sigmoid, tanh = ActivationFunction.Tanh;
            return cell switch
            {
                LSTMCell _ => new[] { sigmoid, tanh, tanh },
                GRUCell _ => new[] { sigmoid, tanh },
                RNNCell { Nonlinearity: Nonlinearity.ReLU } => new[] { ActivationFunction.Relu },
                RNNCell { Nonlinearity: Nonlinearity.Sigmoid } => new[] { sigmoid },
                _ => new[] { tanh },
            };
        }

        /// <summary>h, and for an LSTM c.</summary>
        public string[] Step(string x, string h, string? c)
        {
            switch (_cell)
            {
                case LSTMCell lstm: return Lstm(lstm, x, h, c!);
                case GRUCell gru: return Gru(gru, x, h);
                default: return new[] { Apply(0, Gate(0, 1, x, h), limited: true) };
            }
        }

        private string[] Lstm(LSTMCell cell, string x, string h, string c)
        {
            string i = Apply(0, Peep(0, Gate(0, 4, x, h), c), limited: true);
            string f = cell.Options.InputForget ? _build.Difference(_build.Scalar("one", 1), i) : Apply(0, Peep(2, Gate(1, 4, x, h), c), limited: true);
            string g = Apply(1, Gate(2, 4, x, h), limited: true);
            string after = _build.Sum(_build.Product(f, c), _build.Product(i, g));
            string o = Apply(0, Peep(1, Gate(3, 4, x, h), after), limited: true);
            string y = _build.Product(o, Apply(2, after, limited: false));
            if (cell.ProjectionSize == 0) return new[] { y, after };
            Parameter projection = Find("weight_hr");
            return new[] { Times(y, "weight_hr", projection.Value, cell.ProjectionSize), after };
        }

        private string[] Gru(GRUCell cell, string x, string h)
        {
            string r = Apply(0, Gate(0, 3, x, h), limited: true);
            string z = Apply(0, Gate(1, 3, x, h), limited: true);
            string n = cell.ResetAfter
                ? _build.Sum(Part(0, 2, 3, x), _build.Product(r, Part(1, 2, 3, h)))
                : _build.Sum(Part(0, 2, 3, x), Part(1, 2, 3, _build.Product(r, h)));
            n = Apply(1, n, limited: true);
            return new[] { _build.Sum(_build.Product(_build.Difference(_build.Scalar("one", 1), z), n), _build.Product(z, h)) };
        }

        /// <summary>W x + b_ih + R h + b_hh of one gate.</summary>
        private string Gate(int gate, int gates, string x, string h) => _build.Sum(Part(0, gate, gates, x), Part(1, gate, gates, h));

        /// <summary>One of the two halves of a gate: weights times value, and its bias.</summary>
        private string Part(int side, int gate, int gates, string value)
        {
            float[] weights = ExportRun.Gates(_cell, side);
            int length = weights.Length / gates, hidden = _cell.HiddenSize;
            string product = Times(value, side == 0 ? "weight_ih" : "weight_hh", weights.AsSpan(gate * length, length), hidden);
            return _cell.HasBias
                ? _build.Sum(product, _build.Floats(side == 0 ? "bias_ih" : "bias_hh", new long[] { hidden }, ExportRun.Gates(_cell, 2 + side).AsSpan(gate * hidden, hidden)))
                : product;
        }

        private string Times(string value, string name, ReadOnlySpan<float> matrix, int rows) =>
            _build.Add("MatMul", new[] { value, _build.Floats(name, new long[] { matrix.Length / rows, rows }, ExportRun.Transposed(matrix, rows)) });

        private string Peep(int which, string sum, string c)
        {
            if (!_cell.Options.Peepholes) return sum;
            ReadOnlySpan<float> weights = Find("weight_peephole").Value.Slice(which * _cell.HiddenSize, _cell.HiddenSize);
            return _build.Sum(sum, _build.Product(_build.Floats("weight_peephole", new long[] { _cell.HiddenSize }, weights), c));
        }

        private Parameter Find(string name)
        {
            foreach (Parameter parameter in _cell.Parameters)
                if (parameter.Name.Substring(parameter.Name.LastIndexOf('.') + 1).StartsWith(name, StringComparison.Ordinal)) return parameter;
            throw new InvalidOperationException($"{_cell}: has no {name}.");
        }

        private string Apply(int which, string x, bool limited)
        {
            if (limited && !float.IsPositiveInfinity(_cell.Options.Clip)) x = _build.Clip(x, _cell.Options.Clip);
            ActivationFunction function = _functions[which];
            var alpha = new OnnxAttribute("alpha", function.Alpha);
            switch (function.Kind)
            {
                case ActivationKind.Affine: return _build.Sum(_build.Product(_build.Scalar("alpha", function.Alpha), x), _build.Scalar("beta", function.Beta));
                case ActivationKind.ScaledTanh: return _build.Product(_build.Scalar("alpha", function.Alpha), _build.Add("Tanh", new[] { _build.Product(_build.Scalar("beta", function.Beta), x) }));
                case ActivationKind.HardSigmoid: return _build.Add("HardSigmoid", new[] { x }, alpha, new OnnxAttribute("beta", function.Beta));
                case ActivationKind.ThresholdedRelu when _build.Opset < 10: throw OnnxExporter.Refuse($"{_cell}: ThresholdedRelu as an operator needs operator set 10, got {_build.Opset}");
                case ActivationKind.LeakyRelu:
                case ActivationKind.Elu:
                case ActivationKind.ThresholdedRelu: return _build.Add(function.Kind.ToString(), new[] { x }, alpha);
                default: return _build.Add(function.Kind.ToString(), new[] { x });
            }
        }
    }
}
