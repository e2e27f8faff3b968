using System;

namespace Recurrent
{
    /// <summary>
    /// One step of a recurrent network, forward and backward. A cell is a layer by itself, whose parameters then carry the names of PyTorch's
    /// single-step cells (<c>weight_ih</c>, <c>weight_hh</c>, <c>bias_ih</c>, <c>bias_hh</c>); <see cref="RNN"/>, <see cref="LSTM"/> and
    /// <see cref="GRU"/> are made of cells. Time, depth and direction are not its business.
    /// </summary>
    public abstract unsafe class RecurrentCell : Layer
    {
        /// <summary>At multiples of this units can be computed on their own: weights are packed in pairs of vectors.</summary>
        internal const int UnitStep = 2 * Panels.Lanes;

        // What the gates of a hidden unit cost beside the products, in multiplications: a handful of exponentials.
        private const long UnitCost = 100;

        private protected RecurrentCell(int inputSize, int hiddenSize, int outputSize, bool bias, int gates, CellOptions? options, ParameterStore? store, string suffix)
            : base(inputSize, outputSize)
        {
            CheckSize(inputSize, nameof(inputSize));
            CheckSize(hiddenSize, nameof(hiddenSize));
            CheckSize(outputSize, nameof(outputSize));
            if (store != null) Store = store;
            HiddenSize = hiddenSize;
            HasBias = bias;
            Options = options ?? CellOptions.Default;
            WeightInput = AddParameter("weight_ih" + suffix, gates * hiddenSize, inputSize);
            WeightHidden = AddParameter("weight_hh" + suffix, gates * hiddenSize, outputSize);
            Biases = bias
                ? new[] { AddParameter("bias_ih" + suffix, gates * hiddenSize), AddParameter("bias_hh" + suffix, gates * hiddenSize) }
                : Array.Empty<Parameter>();
        }

        /// <summary>Hidden units H.</summary>
        public int HiddenSize { get; }

        /// <summary>Whether the cell has biases.</summary>
        public bool HasBias { get; }

        /// <summary>What the cell has beyond PyTorch's.</summary>
        public CellOptions Options { get; }

        /// <inheritdoc/>
        public override int StateSize => OutputSize + (HasCellState ? HiddenSize : 0);

        /// <summary>Whether there is a cell state c besides the hidden state h.</summary>
        internal virtual bool HasCellState => false;

        /// <summary>Whether the cell keeps (B, H) numbers a step in <see cref="CellStep.Extra"/>.</summary>
        internal virtual bool HasExtra => false;

        /// <summary>Gates in a panel of the tape.</summary>
        internal abstract int TapeGates { get; }

        /// <summary>What a <see cref="CellTap"/> calls the gates, in the order in which they stand on the tape.</summary>
        internal abstract string[] GateNames { get; }

        /// <summary>Brings a gate's values from how the tape holds them to what the cell's equations say.</summary>
        internal virtual void Translate(int gate, Span<float> values)
        {
        }

        /// <summary>What a row of a step costs, forward or backward, in multiplications.</summary>
        internal long RowCost => HiddenSize * ((long)TapeGates * (InputSize + OutputSize) + UnitCost);

        /// <summary>Bytes of the weights that every step reads.</summary>
        internal long StepBytes(WeightPrecision precision) =>
            (long)HiddenSize * TapeGates * (InputSize + OutputSize) * (precision == WeightPrecision.BFloat16 ? sizeof(ushort) : sizeof(float));

        private protected long GatesCost(in CellStep step) => UnitCost * step.Rows * HiddenSize;

        private protected Parameter WeightInput { get; }

        private protected Parameter WeightHidden { get; }

        private protected Parameter[] Biases { get; }

        /// <summary>
        /// For a lone row: the input's share of the gates of some units at all steps in one product, which reads the weights once for several steps. A step then adds
        /// the state's share.
        /// </summary>
        internal abstract void ForwardInput(KernelSet kernels, int steps, in CellTape tape, int first, int count, WorkSlicer work);

        /// <summary>Whether <see cref="ForwardUnits"/> can be called: h and c of a unit need of the others only h'.</summary>
        internal abstract bool HasOwnUnits { get; }

        /// <summary>For a lone row: h and c of some units, from x, all of h', and c'. The first is a multiple of <see cref="UnitStep"/>.</summary>
        internal abstract void ForwardUnits(KernelSet kernels, in CellStep step, int first, int count);

        /// <summary>Keeps the weights of the gates as bfloat16 too.</summary>
        internal abstract void KeepBFloat16();

        /// <summary>h and c from x, h' and c'.</summary>
        internal abstract void Forward(KernelSet kernels, in CellStep step, WorkSlicer work);

        /// <summary>The gradients of x, h' and c' from those of h and c. The gates' gradients stay in the tape.</summary>
        internal abstract void Backward(KernelSet kernels, in CellStep step, float* gradients, WorkSlicer work);

        /// <summary>Adds the parameters' gradients, from the gates' gradients that stand in the tape, over all steps.</summary>
        internal abstract void AddParameterGradients(KernelSet kernels, int steps, int rows, in CellTape tape, float* gradients, WorkSlicer work);

        internal override LayerPass CreatePass(PassMemory memory, Activations input) =>
            new RecurrentPass(memory, input, new[] { new[] { this } }, 0);

        /// <summary>Whether a suffix of parameter names is that of the backward direction.</summary>
        private protected static bool IsReverse(string suffix) => suffix.EndsWith("_reverse", StringComparison.Ordinal);

        /// <summary>PyTorch's default: all parameters uniform in ±1/√H.</summary>
        internal override void Initialize(RandomSource random)
        {
            float bound = 1 / MathF.Sqrt(HiddenSize);
            foreach (Parameter parameter in Own) Initializer.Uniform(-bound, bound).Apply(parameter, random);
        }
    }
}
