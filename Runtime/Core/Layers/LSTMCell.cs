using System;

namespace Recurrent
{
    /// <summary>
    /// The long short-term memory cell (Hochreiter and Schmidhuber, 1997; with the forget gate of Gers et al., 2000), gates in PyTorch's order:
    /// <code>
    /// i = σ(W_ii x + b_ii + W_hi h' + b_hi)     f = σ(W_if x + b_if + W_hf h' + b_hf)
    /// g = tanh(W_ig x + b_ig + W_hg h' + b_hg)  o = σ(W_io x + b_io + W_ho h' + b_ho)
    /// c = f c' + i g                            h = o tanh(c), or W_hr (o tanh(c)) with a projection (Sak et al., 2014)
    /// </code>
    /// With peepholes i and f also see P_i c' and P_f c', and o sees P_o c; <c>weight_peephole</c> holds P_i, P_o and P_f, in ONNX's order.
    /// </summary>
    public sealed unsafe partial class LSTMCell : RecurrentCell
    {
        private readonly AffineMap _map;
        private readonly AffineMap? _projection;
        private readonly Parameter? _peepholes;
        private readonly GateVariant? _variant;

        /// <summary>Creates a cell with PyTorch's default initialisation.</summary>
        /// <param name="inputSize">Features of an input step.</param>
        /// <param name="hiddenSize">Hidden units.</param>
        /// <param name="bias">Whether there are biases.</param>
        /// <param name="projSize">Features of h, if it is a projection; 0 for none.</param>
        /// <param name="seed">What the initial weights are drawn from.</param>
        /// <param name="options">What ONNX allows beyond PyTorch; null for nothing.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the projection is not smaller than the hidden size.</exception>
        public LSTMCell(int inputSize, int hiddenSize, bool bias = true, int projSize = 0, ulong seed = 0, CellOptions? options = null)
            : this(inputSize, hiddenSize, bias, projSize, options, null, "") => Initialize(seed);

        internal LSTMCell(int inputSize, int hiddenSize, bool bias, int projSize, CellOptions? options, ParameterStore? store, string suffix)
            : base(inputSize, hiddenSize, projSize == 0 ? hiddenSize : projSize, bias, 4, options, store, suffix)
        {
            if (projSize >= hiddenSize) throw new ArgumentOutOfRangeException(nameof(projSize), $"LSTM: projSize must be below hiddenSize {hiddenSize}, got {projSize}.");
            _variant = Options.Variant("LSTM", new[] { ActivationFunction.Sigmoid, ActivationFunction.Tanh, ActivationFunction.Tanh }, IsReverse(suffix));
            _map = new AffineMap(hiddenSize, new[] { 0, 1, 2, 3 }, new[] { WeightInput, WeightHidden }, Biases);
            if (projSize > 0) _projection = new AffineMap(projSize, new[] { 0 }, new[] { AddParameter("weight_hr" + suffix, projSize, hiddenSize) }, Array.Empty<Parameter>());
            if (Options.Peepholes) _peepholes = AddParameter("weight_peephole" + suffix, 3 * hiddenSize);
        }

        /// <summary>Features of the projection, or 0.</summary>
        public int ProjectionSize => _projection == null ? 0 : OutputSize;

        /// <summary>Sets the forget gate's bias, in sum over both bias vectors.</summary>
        /// <exception cref="InvalidOperationException">The cell has no biases.</exception>
        public void SetForgetBias(float value)
        {
            if (!HasBias) throw new InvalidOperationException($"{this}: there is no bias to set.");
            Biases[0].Edit().Slice(HiddenSize, HiddenSize).Fill(value);
            Biases[1].Edit().Slice(HiddenSize, HiddenSize).Clear();
        }

        internal override bool HasCellState => true;

        // With a projection: o tanh(c), its operand.
        internal override bool HasExtra => _projection != null;

        internal override int TapeGates => 4;

        internal override string[] GateNames { get; } = { "i", "f", "g", "o" };

        internal override int PackedGradientLength => PeepholeGradient + (_peepholes?.Length ?? 0);

        /// <summary>Where in a lane's gradient that of the peepholes stands: after the maps'.</summary>
        private int PeepholeGradient => _map.GradientLength + (_projection?.GradientLength ?? 0);

        /// <inheritdoc/>
        public override string ToString() => $"LSTMCell({InputSize}→{HiddenSize})";

        internal override void ForwardInput(KernelSet kernels, int steps, in CellTape tape, int first, int count, WorkSlicer work) =>
            _map.ForwardInput(kernels, steps, tape.X, tape.XStep, tape.StepPanels(0, 4), 4 * first / Panels.Lanes, 4 * Panels.Vectors(count), work);

        internal override bool HasOwnUnits => _projection == null && _variant == null;

        internal override void ForwardUnits(KernelSet kernels, in CellStep step, int first, int count)
        {
            RowProduct product = _map.Row(step.X, step.HPrevious, step.GatePanels(0, 4, 4), 4 * first / Panels.Lanes, 4 * Panels.Vectors(count), step.InputDone, step.Precision, step.LastUnitsFirst);
            kernels.LstmRow(product, step.GateStep(first, count));
        }

        internal override void KeepBFloat16() => _map.KeepBFloat16();

        internal override void Forward(KernelSet kernels, in CellStep step, WorkSlicer work)
        {
            _map.Forward(kernels, step, step.X, step.XRow, step.HPrevious, step.HPreviousRow, step.GatePanels(0, 4, 4), step.InputDone, work);
            GateStep gates = step.GateStep(HiddenSize);
            if (_projection != null)
            {
                gates.H = step.Extra;
                gates.HRow = HiddenSize;
            }
            if (work.Next(GatesCost(step)))
            {
                if (_variant is GateVariant variant)
                    fixed (float* peepholes = Peepholes) VariantGates.LstmForward(gates, variant, peepholes);
                else kernels.LstmForward(gates);
            }
            _projection?.Forward(kernels, step.Rows, step.Extra, HiddenSize, null, 0, Panels.Dense(step.H, step.HRow), work);
        }

        internal override void Backward(KernelSet kernels, in CellStep step, float* gradients, WorkSlicer work)
        {
            GateStep gates = step.GateStep(HiddenSize);
            if (_projection != null)
            {
                if (work.Next((long)step.Rows * OutputSize))
                {
                    for (int row = 0; row < step.Rows && step.DY != null; row++)
                        for (int p = 0; p < OutputSize; p++) step.DH[row * OutputSize + p] += step.DY[(long)row * step.DYRow + p];
                }
                Panels dh = Panels.Dense(step.DH, OutputSize);
                _projection.AddWeightGradient(kernels, 1, step.Rows, 0, step.Extra, HiddenSize, 0, dh, 0, gradients + _map.GradientLength, work);
                _projection.Backward(kernels, step.Rows, 0, dh, step.Scratch, HiddenSize, accumulate: false, work);
                gates.DY = null;
                gates.DH = step.Scratch;
            }
            if (work.Next(GatesCost(step)))
            {
                if (_variant is GateVariant variant)
                    fixed (float* peepholes = Peepholes) VariantGates.LstmBackward(gates, variant, peepholes, gradients + PeepholeGradient);
                else kernels.LstmBackward(gates);
            }
            Panels da = step.GatePanels(0, 4, 4);
            _map.Backward(kernels, step.Rows, 1, da, step.DH, OutputSize, accumulate: false, work);
            if (step.DX != null) _map.Backward(kernels, step.Rows, 0, da, step.DX, step.DXRow, step.AccumulateDX, work);
        }

        internal override void AddParameterGradients(KernelSet kernels, int steps, int rows, in CellTape tape, float* gradients, WorkSlicer work)
        {
            Panels da = tape.At(0, rows).GatePanels(0, 4, 4);
            _map.AddWeightGradient(kernels, steps, rows, 0, tape.X, tape.XRow, tape.XStep, da, tape.GatesStep, gradients, work);
            _map.AddWeightGradient(kernels, steps, rows, 1, tape.HPrevious, tape.HRow, tape.HStep, da, tape.GatesStep, gradients, work);
            _map.AddBiasGradient(kernels, steps, rows, da, tape.GatesStep, gradients, work);
        }

        internal override void AddGradients(float* packed, WorkSlicer work)
        {
            _map.AddGradients(packed, work);
            _projection?.AddGradients(packed + _map.GradientLength, work);
            if (_peepholes == null) return;
            if (!work.Next(_peepholes.Length)) return;
            Span<float> gradient = _peepholes.Gradient;
            for (int i = 0; i < gradient.Length; i++) gradient[i] += packed[PeepholeGradient + i];
        }

        /// <summary>The peepholes' weights; pinned, an empty span is a null pointer.</summary>
        private ReadOnlySpan<float> Peepholes => _peepholes == null ? default : _peepholes.Value;

        private protected override void Pack(WorkSlicer work)
        {
            _map.Pack(work);
            _projection?.Pack(work);
        }
    }
}
