using System;

namespace Recurrent
{
    /// <summary>
    /// A table of vectors: the input is one symbol's index a step, as a number; the output its row of <c>weight</c> (symbols, features).
    /// The row of the padding index is zero at first and gets no gradient.
    /// </summary>
    public sealed class Embedding : Layer
    {
        private readonly Parameter _weight;

        /// <summary>Creates the table, N(0, 1) as in PyTorch.</summary>
        /// <param name="numEmbeddings">Symbols.</param>
        /// <param name="embeddingDim">Features of a symbol's vector.</param>
        /// <param name="paddingIndex">The symbol that means nothing, or −1 for none.</param>
        /// <param name="seed">What the initial weights are drawn from.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the padding index no symbol.</exception>
        public Embedding(int numEmbeddings, int embeddingDim, int paddingIndex = -1, ulong seed = 0)
            : base(1, embeddingDim)
        {
            CheckSize(numEmbeddings, nameof(numEmbeddings));
            CheckSize(embeddingDim, nameof(embeddingDim));
            if (paddingIndex < -1 || paddingIndex >= numEmbeddings)
                throw new ArgumentOutOfRangeException(nameof(paddingIndex), $"Embedding: paddingIndex must be one of {numEmbeddings} symbols or −1, got {paddingIndex}.");
            NumEmbeddings = numEmbeddings;
            PaddingIndex = paddingIndex;
            _weight = AddParameter("weight", numEmbeddings, embeddingDim);
            Initialize(seed);
        }

        /// <summary>Symbols.</summary>
        public int NumEmbeddings { get; }

        /// <summary>The symbol that means nothing, or −1.</summary>
        public int PaddingIndex { get; }

        /// <inheritdoc/>
        public override string ToString() => $"Embedding({NumEmbeddings}→{OutputSize})";

        internal override int PackedGradientLength => _weight.Length;

        internal override void Initialize(RandomSource random)
        {
            Initializer.Normal(0, 1).Apply(_weight, random);
            if (PaddingIndex >= 0) _weight.Edit().Slice(PaddingIndex * OutputSize, OutputSize).Clear();
        }

        internal override LayerPass CreatePass(PassMemory memory, Activations input) => new Pass(this, memory, input);

        internal override unsafe void AddGradients(float* packed, WorkSlicer work)
        {
            for (int symbol = 0, end; symbol < NumEmbeddings; symbol = end)
            {
                end = WorkSlicer.EndOfPiece(symbol, work.RowsOfPiece(NumEmbeddings, 1, OutputSize), NumEmbeddings);
                if (!work.Next((end - symbol) * OutputSize)) continue;
                Span<float> gradient = _weight.Gradient;
                for (int i = symbol * OutputSize; i < end * OutputSize; i++) gradient[i] += packed[i];
            }
        }

        private sealed unsafe class Pass : LayerPass
        {
            private readonly Embedding _layer;

            public Pass(Embedding layer, PassMemory memory, Activations input)
            {
                _layer = layer;
                Input = input;
                Output = memory.TakeActivations(input.Steps, layer.OutputSize);
                if (memory.Training) OutputGradient = memory.TakeActivations(input.Steps, layer.OutputSize);
            }

            public override void Forward(in Batch batch, WorkSlicer work)
            {
                int features = _layer.OutputSize;
                ReadOnlySpan<float> table = _layer._weight.Value;
                for (int t = 0; t < batch.Steps; t++)
                {
                    if (!work.Next((long)batch.Rows * features)) continue;
                    for (int row = 0; row < batch.Rows; row++)
                    {
                        var vector = new Span<float>(Output.At(t, row), features);
                        if (t < batch.LengthOf(row)) table.Slice(Symbol(t, row) * features, features).CopyTo(vector);
                        else vector.Clear();
                    }
                }
            }

            public override void Backward(in Batch batch, float* gradients, WorkSlicer work)
            {
                int features = _layer.OutputSize;
                for (int t = 0; t < batch.Steps; t++)
                {
                    if (!work.Next((long)batch.Rows * features)) continue;
                    for (int row = 0; row < batch.Rows; row++)
                    {
                        if (InputGradient.Data != null) *InputGradient.At(t, row) = 0;
                        if (t >= batch.LengthOf(row)) continue;
                        int symbol = Symbol(t, row);
                        if (symbol == _layer.PaddingIndex) continue;
                        float* dy = OutputGradient.At(t, row), into = gradients + (long)symbol * features;
                        for (int i = 0; i < features; i++) into[i] += dy[i];
                    }
                }
            }

            private int Symbol(int t, int row)
            {
                float value = *Input.At(t, row);
                int symbol = value >= 0 && value < _layer.NumEmbeddings ? (int)value : -1;
                if (symbol < 0 || symbol != value)
                    throw new ArgumentException(FormattableString.Invariant($"{_layer}: row {row}, step {t}: expected a symbol 0 … {_layer.NumEmbeddings - 1}, got {value}."));
                return symbol;
            }
        }
    }
}
