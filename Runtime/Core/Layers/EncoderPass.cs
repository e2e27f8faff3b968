using System;

namespace Recurrent
{
    /// <summary>The encoder of an <see cref="EncoderDecoder"/> at work: from source symbols to outputs at every step, and the states at each row's own end.</summary>
    internal sealed unsafe class EncoderPass
    {
        private readonly EncoderDecoder _layer;
        private readonly LayerPass _recurrent;
        private readonly Activations _input;    // (S, B, I)

        public EncoderPass(EncoderDecoder layer, PassMemory memory)
        {
            _layer = layer;
            Symbols = memory.TakeActivations(memory.Steps, 1);
            _input = memory.TakeActivations(memory.Steps, layer.Encoder.InputSize);
            _recurrent = layer.Encoder.CreatePass(memory, _input);
            Lengths = (int*)memory.Take(memory.Rows);
            FinalState = memory.Take((long)memory.Rows * layer.Encoder.StateSize);
            if (!memory.Training) return;
            FinalStateGradient = memory.Take((long)memory.Rows * layer.Encoder.StateSize);
            if (layer.Source.Table != null) _recurrent.InputGradient = memory.TakeActivations(memory.Steps, layer.Encoder.InputSize);
        }

        /// <summary>(S, B, 1): the source, which the caller writes.</summary>
        public Activations Symbols { get; }

        /// <summary>Each row's length, which the caller writes.</summary>
        public int* Lengths { get; }

        /// <summary>(S, B, E).</summary>
        public Activations Output => _recurrent.Output;

        /// <summary>(S, B, E): the gradient of <see cref="Output"/>.</summary>
        public Activations OutputGradient => _recurrent.OutputGradient;

        /// <summary>(B, state): the states at each row's own end, and their gradient.</summary>
        public float* FinalState { get; }

        public float* FinalStateGradient { get; }

        public LayerPass Recurrent => _recurrent;

        public void Forward(in Batch batch, WorkSlicer work)
        {
            for (int t = 0; t < batch.Steps; t++)
            {
                if (!work.Next((long)batch.Rows * _input.Features)) continue;
                for (int row = 0; row < batch.Rows; row++)
                    _layer.Source.Write(t < Lengths[row] ? *Symbols.At(t, row) : -1, _input.At(t, row));
            }
            _recurrent.Forward(Own(batch), work);
        }

        /// <summary>Sets the two gradients that the decoder adds to to zero.</summary>
        public void ClearGradients(in Batch batch, WorkSlicer work)
        {
            if (!work.Next((long)batch.Rows * (batch.Steps * OutputGradient.Features + _layer.Encoder.StateSize))) return;
            for (int t = 0; t < batch.Steps; t++) new Span<float>(OutputGradient.At(t, 0), batch.Rows * OutputGradient.Row).Clear();
            new Span<float>(FinalStateGradient, batch.Rows * _layer.Encoder.StateSize).Clear();
        }

        public void Backward(in Batch batch, float* gradients, WorkSlicer work)
        {
            _recurrent.Backward(Own(batch), gradients + _layer.OffsetOf(_layer.Encoder), work);
            if (_layer.Source.Table == null) return;
            for (int t = 0; t < batch.Steps; t++)
            {
                if (!work.Next((long)batch.Rows * _input.Features)) continue;
                for (int row = 0; row < batch.Rows; row++)
                    if (t < Lengths[row]) _layer.Source.AddGradient(*Symbols.At(t, row), _recurrent.InputGradient.At(t, row), gradients + _layer.OffsetOf(_layer.Source.Table));
            }
        }

        private Batch Own(Batch batch)
        {
            bool ragged = false;
            for (int row = 0; row < batch.Rows; row++) ragged |= Lengths[row] != batch.Steps;
            batch.Lengths = ragged ? Lengths : null;
            batch.State = batch.StateGradient = null;
            batch.FinalState = FinalState;
            batch.FinalStateGradient = FinalStateGradient;
            batch.StateRow = _layer.Encoder.StateSize;
            batch.Seed = RandomSource.Combine(batch.Seed, 2);
            return batch;
        }
    }
}
