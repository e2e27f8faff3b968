using System;

namespace Recurrent
{
    /// <summary>
    /// Luong's global attention at work. At the decoder's step t, over the steps s of the row's own source:
    /// <code>
    /// q_t = h_t, or W_a h_t            a_t = softmax over s of q_t · e_s
    /// c_t = Σ a_ts e_s                 y_t = tanh(W_c [c_t; h_t] + b)
    /// </code>
    /// T steps of the decoder, S of the encoder, B rows, E and D features of their outputs.
    /// </summary>
    internal sealed unsafe class AttentionPass
    {
        private readonly EncoderDecoder _layer;
        private readonly KernelSet _kernels;
        private readonly Activations _source, _dSource;    // (S, sources, E)
        private readonly Activations _state, _dState;      // (T, B, D)
        private readonly Activations _query, _dQuery;      // (T, B, E)
        private readonly Activations _dWeights;            // (T, B, S), then that of the scores
        private readonly Activations _joined, _dJoined;    // (T, B, E + D)
        private readonly float* _keys;                     // (sources, E, S): the source transposed
        private readonly int* _lengths;
        private readonly int _rowsOfSource, _encoded, _decoded, _keyRow;

        public AttentionPass(EncoderDecoder layer, PassMemory memory, Activations source, Activations sourceGradient, int* lengths, int rowsOfSource, LayerPass decoder)
        {
            _layer = layer;
            _kernels = memory.Kernels;
            _source = source;
            _dSource = sourceGradient;
            _state = decoder.Output;
            _dState = decoder.OutputGradient;
            _lengths = lengths;
            _rowsOfSource = rowsOfSource;
            _encoded = layer.Encoder.OutputSize;
            _decoded = layer.Decoder.OutputSize;
            _keyRow = Panels.Vectors(source.Steps) * Panels.Lanes;
            int sources = (memory.Rows - 1) / rowsOfSource + 1;
            _keys = memory.Take((long)sources * _encoded * _keyRow);
            _query = layer.Score == null ? _state : memory.TakeActivations(memory.Steps, _encoded);
            Weights = memory.TakeActivations(memory.Steps, source.Steps);
            _joined = memory.TakeActivations(memory.Steps, _encoded + _decoded);
            Output = memory.TakeActivations(memory.Steps, _decoded);
            if (!memory.Training) return;
            _dQuery = memory.TakeActivations(memory.Steps, _encoded);
            _dWeights = memory.TakeActivations(memory.Steps, source.Steps);
            _dJoined = memory.TakeActivations(memory.Steps, _encoded + _decoded);
            OutputGradient = memory.TakeActivations(memory.Steps, _decoded);
        }

        /// <summary>(T, B, S): a.</summary>
        public Activations Weights { get; }

        /// <summary>(T, B, D): y.</summary>
        public Activations Output { get; }

        public Activations OutputGradient { get; }

        /// <summary>Takes up what the encoder has put out.</summary>
        public void Begin(int sources, WorkSlicer work)
        {
            for (int row = 0; row < sources; row++)
                if (work.Next((long)_lengths[row] * _encoded)) _kernels.Transpose(_source.At(0, row), _source.Step, Keys(row), _keyRow, _lengths[row], _encoded, 1, accumulate: false);
        }

        public void Forward(int rows, int first, int end, WorkSlicer work)
        {
            if (_layer.Score != null)
                for (int t = first; t < end; t++)
                    _layer.Score.Map.Forward(_kernels, rows, _state.At(t, 0), _state.Row, null, 0, Panels.Dense(_query.At(t, 0), _query.Row), work);
            for (int row = 0; row < rows; row++)
            {
                int source = row / _rowsOfSource, length = _lengths[source];
                if (!work.Next(2L * (end - first) * length * _encoded)) continue;
                Multiply(end - first, length, _encoded, _query.At(first, row), _query.Step, 1, Keys(source), _keyRow, Weights.At(first, row), Weights.Step, accumulate: false);
                for (int t = first; t < end; t++) Softmax(new Span<float>(Weights.At(t, row), Weights.Features), length);
                Multiply(end - first, _encoded, length, Weights.At(first, row), Weights.Step, 1, _source.At(0, source), _source.Step, _joined.At(first, row), _joined.Step, accumulate: false);
                for (int t = first; t < end; t++)
                    new ReadOnlySpan<float>(_state.At(t, row), _decoded).CopyTo(new Span<float>(_joined.At(t, row) + _encoded, _decoded));
            }
            for (int t = first; t < end; t++)
            {
                _layer.Concat!.Map.Forward(_kernels, rows, _joined.At(t, 0), _joined.Row, null, 0, Panels.Dense(Output.At(t, 0), Output.Row), work);
                if (work.Next((long)rows * _decoded)) _kernels.Activate(Nonlinearity.Tanh, Output.At(t, 0), Output.At(t, 0), rows * _decoded);
            }
        }

        /// <summary>Writes the gradient of the decoder's outputs, and adds to that of the encoder's and of the parameters.</summary>
        public void Backward(int steps, int rows, float* gradients, WorkSlicer work)
        {
            float* concat = gradients + _layer.OffsetOf(_layer.Concat!);
            AffineMap map = _layer.Concat!.Map;
            for (int t = 0; t < steps; t++)
            {
                float* dy = OutputGradient.At(t, 0);
                if (work.Next((long)rows * _decoded)) _kernels.ActivateBackward(Nonlinearity.Tanh, Output.At(t, 0), dy, dy, rows * _decoded);
                map.Backward(_kernels, rows, 0, Panels.Dense(dy, OutputGradient.Row), _dJoined.At(t, 0), _dJoined.Row, accumulate: false, work);
            }
            Panels dOutput = Panels.Dense(OutputGradient.Data, OutputGradient.Row);
            map.AddWeightGradient(_kernels, steps, rows, 0, _joined.Data, _joined.Row, _joined.Step, dOutput, OutputGradient.Step, concat, work);
            map.AddBiasGradient(_kernels, steps, rows, dOutput, OutputGradient.Step, concat, work);
            for (int row = 0; row < rows; row++)
                if (work.Next(5L * steps * _lengths[row] * _encoded)) BackwardRow(steps, row);
            BackwardQuery(steps, rows, gradients, work);
        }

        private void BackwardRow(int steps, int row)
        {
            int length = _lengths[row];
            float* dContext = _dJoined.At(0, row), source = _source.At(0, row), dSource = _dSource.At(0, row);
            Multiply(steps, length, _encoded, dContext, _dJoined.Step, 1, Keys(row), _keyRow, _dWeights.At(0, row), _dWeights.Step, accumulate: false);
            Multiply(length, _encoded, steps, Weights.At(0, row), 1, Weights.Step, dContext, _dJoined.Step, dSource, _dSource.Step, accumulate: true);
            for (int t = 0; t < steps; t++) SoftmaxBackward(Weights.At(t, row), _dWeights.At(t, row), length);
            Multiply(length, _encoded, steps, _dWeights.At(0, row), 1, _dWeights.Step, _query.At(0, row), _query.Step, dSource, _dSource.Step, accumulate: true);
            Multiply(steps, _encoded, length, _dWeights.At(0, row), _dWeights.Step, 1, source, _source.Step, _dQuery.At(0, row), _dQuery.Step, accumulate: false);
        }

        private void BackwardQuery(int steps, int rows, float* gradients, WorkSlicer work)
        {
            for (int t = 0; t < steps; t++)
            {
                if (!work.Next((long)rows * _decoded)) continue;
                for (int row = 0; row < rows; row++)
                {
                    float* dh = _dState.At(t, row), joined = _dJoined.At(t, row) + _encoded, dq = _dQuery.At(t, row);
                    for (int i = 0; i < _decoded; i++) dh[i] = joined[i] + (_layer.Score == null ? dq[i] : 0);
                }
            }
            if (_layer.Score == null) return;
            AffineMap map = _layer.Score.Map;
            map.AddWeightGradient(_kernels, steps, rows, 0, _state.Data, _state.Row, _state.Step, Panels.Dense(_dQuery.Data, _dQuery.Row), _dQuery.Step,
                gradients + _layer.OffsetOf(_layer.Score), work);
            for (int t = 0; t < steps; t++)
                map.Backward(_kernels, rows, 0, Panels.Dense(_dQuery.At(t, 0), _dQuery.Row), _dState.At(t, 0), _dState.Row, accumulate: true, work);
        }

        /// <summary>The first <paramref name="length"/> become their softmax, the others 0.</summary>
        private static void Softmax(Span<float> x, int length)
        {
            float largest = x[0], sum = 0;
            for (int i = 1; i < length; i++) largest = Math.Max(largest, x[i]);
            for (int i = 0; i < length; i++) sum += x[i] = MathF.Exp(x[i] - largest);
            for (int i = 0; i < length; i++) x[i] /= sum;
            x.Slice(length).Clear();
        }

        private static void SoftmaxBackward(float* y, float* dx, int length)
        {
            float sum = 0;
            for (int i = 0; i < length; i++) sum += dx[i] * y[i];
            for (int i = 0; i < length; i++) dx[i] = y[i] * (dx[i] - sum);
        }

        /// <summary>c (rows, columns) = a (rows, inner) b (inner, columns), or added to it; a's rows and columns, b's and c's rows are so many floats apart.</summary>
        private void Multiply(int rows, int columns, int inner, float* a, int aRow, int aColumn, float* b, int bRow, float* c, int cRow, bool accumulate) => _kernels.Multiply(new Product
        {
            Rows = rows,
            Columns = columns,
            Segments = 1,
            Accumulate = accumulate,
            C = Panels.Dense(c, cRow),
            First = new Segment { A = a, ARow = aRow, AInner = aColumn, Inner = inner, Outer = 1, B = Panels.Dense(b, bRow) },
        });

        private float* Keys(int source) => _keys + (long)source * _encoded * _keyRow;
    }
}
