using System;

namespace Recurrent
{
    /// <summary>
    /// The decoder of an <see cref="EncoderDecoder"/> at work, over some of its steps at a time: from the symbols it is fed to a number for every symbol.
    /// T steps, B rows, F features of a fed symbol, E encoder's and D decoder's output, V symbols. Several rows may decode one source: row b that of
    /// b / RowsOfSource.
    /// </summary>
    internal sealed unsafe class DecoderPass
    {
        private readonly EncoderDecoder _layer;
        private readonly PassMemory _memory;
        private readonly EncoderPass _encoder;
        private readonly RecurrentPass _recurrent;
        private readonly AttentionPass? _attention;
        private readonly Activations _input;         // (T, B, F + E)
        private readonly Activations _top, _dTop;    // (T, B, D): what the head reads
        private readonly int _rowsOfSource, _fed, _repeatedAt;

        public DecoderPass(EncoderDecoder layer, PassMemory memory, EncoderPass encoder, int rowsOfSource)
        {
            _layer = layer;
            _memory = memory;
            _encoder = encoder;
            _rowsOfSource = rowsOfSource;
            _fed = layer.Joins.FeedsSymbols ? layer.Target.Features : 0;
            // The last level's h, of all directions, in the encoder's state.
            _repeatedAt = (layer.Encoder.NumLayers - 1) * layer.Encoder.OutputSize;
            Symbols = memory.TakeActivations(memory.Steps, 1);
            _input = memory.TakeActivations(memory.Steps, layer.Decoder.InputSize);
            _recurrent = (RecurrentPass)layer.Decoder.CreatePass(memory, _input);
            _top = _recurrent.Output;
            _dTop = _recurrent.OutputGradient;
            if (layer.Concat != null)
            {
                _attention = new AttentionPass(layer, memory, encoder.Output, encoder.OutputGradient, encoder.Lengths, rowsOfSource, _recurrent);
                _top = _attention.Output;
                _dTop = _attention.OutputGradient;
            }
            Output = memory.TakeActivations(memory.Steps, layer.OutputSize);
            if (!memory.Training) return;
            OutputGradient = memory.TakeActivations(memory.Steps, layer.OutputSize);
            if (layer.Target.Table != null || layer.Joins.RepeatsEncoder) _recurrent.InputGradient = memory.TakeActivations(memory.Steps, layer.Decoder.InputSize);
        }

        /// <summary>(T, B, 1): what the decoder is fed, which the caller writes.</summary>
        public Activations Symbols { get; }

        /// <summary>(T, B, V).</summary>
        public Activations Output { get; }

        public Activations OutputGradient { get; }

        /// <summary>(T, B, S): how the source's steps were weighed; no Data where there is no attention.</summary>
        public Activations Attention => _attention?.Weights ?? default;

        public LayerPass Recurrent => _recurrent;

        /// <summary>Takes up a source that the encoder has just read.</summary>
        public void Begin(int sources, WorkSlicer work) => _attention?.Begin(sources, work);

        /// <summary>All steps.</summary>
        public void Forward(in Batch batch, WorkSlicer work)
        {
            for (int t = 0; t < batch.Steps; t++)
                if (work.Next((long)batch.Rows * _input.Features)) Feed(batch.Rows, t);
            _recurrent.Forward(Own(batch), work);
            Finish(batch.Rows, 0, batch.Steps, work);
        }

        /// <summary>One step, after those before it.</summary>
        public void Forward(in Batch batch, int step)
        {
            Feed(batch.Rows, step);
            _recurrent.Forward(Own(batch), step, step + 1);
            Finish(batch.Rows, step, step + 1, WorkSlicer.Whole);
        }

        private void Feed(int rows, int t)
        {
            for (int row = 0; row < rows; row++)
            {
                float* to = _input.At(t, row);
                if (_fed > 0) _layer.Target.Write(*Symbols.At(t, row), to);
                if (_layer.Joins.RepeatsEncoder) Copy(Repeated(_encoder.FinalState, row), to + _fed, _layer.Encoder.OutputSize);
            }
        }

        /// <summary>From the recurrent layer's output to that of the head.</summary>
        private void Finish(int rows, int first, int end, WorkSlicer work)
        {
            _attention?.Forward(rows, first, end, work);
            for (int t = first; t < end; t++)
                _layer.Head.Map.Forward(_memory.Kernels, rows, _top.At(t, 0), _top.Row, null, 0, Panels.Dense(Output.At(t, 0), Output.Row), work);
        }

        /// <summary>From the gradient of the output to those of the parameters, of the encoder's outputs and final states, and of the states to begin with.</summary>
        public void Backward(in Batch batch, float* gradients, WorkSlicer work)
        {
            float* head = gradients + _layer.OffsetOf(_layer.Head);
            AffineMap map = _layer.Head.Map;
            Panels dy = Panels.Dense(OutputGradient.Data, OutputGradient.Row);
            map.AddWeightGradient(_memory.Kernels, batch.Steps, batch.Rows, 0, _top.Data, _top.Row, _top.Step, dy, OutputGradient.Step, head, work);
            map.AddBiasGradient(_memory.Kernels, batch.Steps, batch.Rows, dy, OutputGradient.Step, head, work);
            for (int t = 0; t < batch.Steps; t++)
                map.Backward(_memory.Kernels, batch.Rows, 0, Panels.Dense(OutputGradient.At(t, 0), OutputGradient.Row), _dTop.At(t, 0), _dTop.Row, accumulate: false, work);
            _attention?.Backward(batch.Steps, batch.Rows, gradients, work);
            _recurrent.Backward(Own(batch), gradients + _layer.OffsetOf(_layer.Decoder), work);
            if (_recurrent.InputGradient.Data == null) return;
            for (int t = 0; t < batch.Steps; t++)
            {
                if (!work.Next((long)batch.Rows * _input.Features)) continue;
                for (int row = 0; row < batch.Rows; row++)
                {
                    float* dx = _recurrent.InputGradient.At(t, row);
                    if (_layer.Target.Table != null) _layer.Target.AddGradient(*Symbols.At(t, row), dx, gradients + _layer.OffsetOf(_layer.Target.Table));
                    if (!_layer.Joins.RepeatsEncoder) continue;
                    float* into = Repeated(_encoder.FinalStateGradient, row);
                    for (int i = 0; i < _layer.Encoder.OutputSize; i++) into[i] += dx[_fed + i];
                }
            }
        }

        private float* Repeated(float* states, int row) => states + (long)(row / _rowsOfSource) * _layer.Encoder.StateSize + _repeatedAt;

        private static Batch Own(Batch batch)
        {
            batch.Lengths = null;
            batch.Seed = RandomSource.Combine(batch.Seed, 3);
            return batch;
        }

        private static void Copy(float* from, float* to, int length) => new ReadOnlySpan<float>(from, length).CopyTo(new Span<float>(to, length));
    }
}
