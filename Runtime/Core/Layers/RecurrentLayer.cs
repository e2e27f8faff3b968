using System;

namespace Recurrent
{
    /// <summary>
    /// A stack of recurrent cells run over time, in one or both directions: what <see cref="RNN"/>, <see cref="LSTM"/> and <see cref="GRU"/> share.
    /// Input (batch, steps, input features), output (batch, steps, directions · output features of a cell), forward before backward.
    /// The state of a row is the hidden states of all levels and directions (level 0 forward, level 0 backward, level 1 forward, …),
    /// then the cell states in the same order.
    /// </summary>
    public abstract class RecurrentLayer : Layer
    {
        private readonly RecurrentCell[][] _cells;

        private protected RecurrentLayer(int inputSize, int hiddenSize, int outputSize, int numLayers, bool bidirectional, float dropout)
            : base(inputSize, outputSize * (bidirectional ? 2 : 1))
        {
            CheckSize(inputSize, nameof(inputSize));
            CheckSize(hiddenSize, nameof(hiddenSize));
            CheckSize(numLayers, nameof(numLayers));
            if (!(dropout >= 0 && dropout < 1)) throw new ArgumentOutOfRangeException(nameof(dropout), FormattableString.Invariant($"{GetType().Name}: dropout must be in [0, 1), got {dropout}."));
            HiddenSize = hiddenSize;
            NumLayers = numLayers;
            Bidirectional = bidirectional;
            Dropout = dropout;
            _cells = new RecurrentCell[numLayers][];
        }

        /// <summary>Hidden units of a cell.</summary>
        public int HiddenSize { get; }

        /// <summary>How many cells are stacked.</summary>
        public int NumLayers { get; }

        /// <summary>Whether a second stack reads the sequence from its end.</summary>
        public bool Bidirectional { get; }

        /// <summary>2 if bidirectional, otherwise 1.</summary>
        public int Directions => Bidirectional ? 2 : 1;

        /// <summary>The share of a level's outputs that is dropped on the way to the next level, while training.</summary>
        public float Dropout { get; }

        /// <summary>Features of a cell's output: the hidden size, or the projection's.</summary>
        public int CellOutputSize => OutputSize / Directions;

        /// <inheritdoc/>
        public override int StateSize => NumLayers * Directions * _cells[0][0].StateSize;

        /// <summary>Hidden units of the cell state: H for the LSTM, 0 for the others.</summary>
        public int CellStateSize => _cells[0][0].HasCellState ? HiddenSize : 0;

        /// <inheritdoc/>
        public override bool NeedsWholeSequence => Bidirectional;

        /// <summary>What a table calls the layer.</summary>
        public override string ToString() => $"{GetType().Name}({InputSize}→{HiddenSize}{(NumLayers > 1 ? $", {NumLayers} layers" : "")}{(Bidirectional ? ", bidirectional" : "")})";

        /// <summary>The cell of a level and a direction (0 forward, 1 backward).</summary>
        public RecurrentCell Cell(int level, int direction = 0) => _cells[level][direction];

        /// <summary>
        /// Runs the layer over a batch once, with arrays in PyTorch's layout. For repeated work make a <see cref="SequencePass"/> or a
        /// <see cref="SequenceStream"/>, which allocate nothing.
        /// </summary>
        /// <param name="input">(batch, steps, input features).</param>
        /// <param name="batch">Rows.</param>
        /// <param name="steps">Steps of the longest row.</param>
        /// <param name="h0">(levels · directions, batch, output features of a cell), or empty for zeros.</param>
        /// <param name="c0">(levels · directions, batch, hidden), or empty for zeros; the LSTM only.</param>
        /// <param name="lengths">Each row's length, or empty.</param>
        /// <exception cref="ArgumentException">A size does not fit.</exception>
        public RecurrentOutput Run(ReadOnlySpan<float> input, int batch, int steps, ReadOnlySpan<float> h0 = default, ReadOnlySpan<float> c0 = default,
            ReadOnlySpan<int> lengths = default)
        {
            using var pass = new SequencePass(this, batch, steps);
            var state = new RecurrentState(this, batch);
            if (h0.Length > 0) state.SetHidden(h0);
            if (c0.Length > 0) state.SetCell(c0);
            pass.Forward(input, batch, steps, state.Values, lengths);
            var output = new float[batch * steps * OutputSize];
            pass.CopyOutput(output);
            pass.FinalState.CopyTo(state.Values);
            return new RecurrentOutput(output, state.GetHidden(), state.GetCell());
        }

        internal override int PackedGradientLength
        {
            get
            {
                int length = 0;
                foreach (RecurrentCell[] level in _cells)
                    foreach (RecurrentCell cell in level) length += cell.PackedGradientLength;
                return length;
            }
        }

        /// <summary>What the cells have beyond PyTorch's.</summary>
        public CellOptions Options => _cells[0][0].Options;

        internal override LayerPass CreatePass(PassMemory memory, Activations input) => CreatePass(memory, input, null);

        internal override LayerPass CreatePass(PassMemory memory, Activations input, StepSelection? reader)
        {
            // A direction whose features come from different steps is read everywhere.
            for (int d = 0; d < Directions && reader != null; d++)
                if (reader.PicksLast(d * CellOutputSize, OutputSize) != reader.PicksLast((d + 1) * CellOutputSize - 1, OutputSize)) reader = null;
            return new RecurrentPass(memory, input, _cells, Dropout, reader);
        }

        internal override void Initialize(RandomSource random)
        {
            foreach (RecurrentCell[] level in _cells)
                foreach (RecurrentCell cell in level) cell.Initialize(random);
        }

        internal override void Join(ParameterStore store)
        {
            base.Join(store);
            foreach (RecurrentCell[] level in _cells)
                foreach (RecurrentCell cell in level) cell.Join(store);
        }

        internal override unsafe void AddGradients(float* packed, WorkSlicer work)
        {
            foreach (RecurrentCell[] level in _cells)
                foreach (RecurrentCell cell in level)
                {
                    cell.AddGradients(packed, work);
                    packed += cell.PackedGradientLength;
                }
        }

        /// <summary>Makes the cells; <paramref name="create"/> gets the features of the input and the suffix of the parameters' names.</summary>
        private protected void CreateCells(Func<int, string, RecurrentCell> create)
        {
            for (int k = 0; k < NumLayers; k++)
            {
                _cells[k] = new RecurrentCell[Directions];
                for (int d = 0; d < Directions; d++)
                {
                    _cells[k][d] = create(k == 0 ? InputSize : OutputSize, $"_l{k}{(d == 1 ? "_reverse" : "")}");
                    _cells[k][d].Join(Store);
                    Own.AddRange(_cells[k][d].Parameters);
                }
            }
        }

        private protected override void Pack(WorkSlicer work)
        {
            foreach (RecurrentCell[] level in _cells)
                foreach (RecurrentCell cell in level) cell.PackWeights(work);
        }
    }
}
