using System;

namespace Recurrent
{
    /// <summary>
    /// The simple recurrent cell (Elman, 1990): h = f(W_ih x + b_ih + W_hh h' + b_hh), with f = tanh or ReLU.
    /// </summary>
    public sealed unsafe partial class RNNCell : RecurrentCell
    {
        private readonly AffineMap _map;
        private readonly GateVariant? _variant;

        /// <summary>Creates a cell with PyTorch's default initialisation.</summary>
        /// <param name="inputSize">Features of an input step.</param>
        /// <param name="hiddenSize">Hidden units.</param>
        /// <param name="nonlinearity">f: <see cref="Nonlinearity.Tanh"/> or <see cref="Nonlinearity.ReLU"/>.</param>
        /// <param name="bias">Whether there are biases.</param>
        /// <param name="seed">What the initial weights are drawn from.</param>
        /// <param name="options">What ONNX allows beyond PyTorch; null for nothing.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
        public RNNCell(int inputSize, int hiddenSize, Nonlinearity nonlinearity = Nonlinearity.Tanh, bool bias = true, ulong seed = 0, CellOptions? options = null)
            : this(inputSize, hiddenSize, nonlinearity, bias, options, null, "") => Initialize(seed);

        internal RNNCell(int inputSize, int hiddenSize, Nonlinearity nonlinearity, bool bias, CellOptions? options, ParameterStore? store, string suffix)
            : base(inputSize, hiddenSize, hiddenSize, bias, 1, options, store, suffix)
        {
            Nonlinearity = nonlinearity;
            ActivationKind standard = nonlinearity == Nonlinearity.ReLU ? ActivationKind.Relu : nonlinearity == Nonlinearity.Sigmoid ? ActivationKind.Sigmoid : ActivationKind.Tanh;
            _variant = Options.Variant("RNN", new[] { new ActivationFunction(standard) }, IsReverse(suffix));
            _map = new AffineMap(hiddenSize, new[] { 0 }, new[] { WeightInput, WeightHidden }, Biases);
        }

        /// <summary>f.</summary>
        public Nonlinearity Nonlinearity { get; }

        internal override int TapeGates => 1;

        internal override string[] GateNames { get; } = Array.Empty<string>();

        internal override int PackedGradientLength => _map.GradientLength;

        /// <inheritdoc/>
        public override string ToString() => $"RNNCell({InputSize}→{HiddenSize})";

        internal override void ForwardInput(KernelSet kernels, int steps, in CellTape tape, int first, int count, WorkSlicer work) =>
            _map.ForwardInput(kernels, steps, tape.X, tape.XStep, tape.StepPanels(0, 1), first / Panels.Lanes, Panels.Vectors(count), work);

        internal override bool HasOwnUnits => _variant == null;

        internal override void ForwardUnits(KernelSet kernels, in CellStep step, int first, int count)
        {
            RowProduct product = _map.Row(step.X, step.HPrevious, step.GatePanels(0, 1, 1), first / Panels.Lanes, Panels.Vectors(count), step.InputDone, step.Precision, step.LastUnitsFirst);
            kernels.RnnRow(product, step.GateStep(first, count), Nonlinearity);
        }

        internal override void KeepBFloat16() => _map.KeepBFloat16();

        internal override void Forward(KernelSet kernels, in CellStep step, WorkSlicer work)
        {
            _map.Forward(kernels, step, step.X, step.XRow, step.HPrevious, step.HPreviousRow, step.GatePanels(0, 1, 1), step.InputDone, work);
            if (!work.Next(GatesCost(step))) return;
            if (_variant is GateVariant variant) VariantGates.RnnForward(step.GateStep(HiddenSize), variant);
            else kernels.RnnForward(step.GateStep(HiddenSize), Nonlinearity);
        }

        internal override void Backward(KernelSet kernels, in CellStep step, float* gradients, WorkSlicer work)
        {
            if (work.Next(GatesCost(step)))
            {
                if (_variant is GateVariant variant) VariantGates.RnnBackward(step.GateStep(HiddenSize), variant);
                else kernels.RnnBackward(step.GateStep(HiddenSize), Nonlinearity);
            }
            Panels da = step.GatePanels(0, 1, 1);
            _map.Backward(kernels, step.Rows, 1, da, step.DH, HiddenSize, accumulate: false, work);
            if (step.DX != null) _map.Backward(kernels, step.Rows, 0, da, step.DX, step.DXRow, step.AccumulateDX, work);
        }

        internal override void AddParameterGradients(KernelSet kernels, int steps, int rows, in CellTape tape, float* gradients, WorkSlicer work)
        {
            Panels da = tape.At(0, rows).GatePanels(0, 1, 1);
            _map.AddWeightGradient(kernels, steps, rows, 0, tape.X, tape.XRow, tape.XStep, da, tape.GatesStep, gradients, work);
            _map.AddWeightGradient(kernels, steps, rows, 1, tape.HPrevious, tape.HRow, tape.HStep, da, tape.GatesStep, gradients, work);
            _map.AddBiasGradient(kernels, steps, rows, da, tape.GatesStep, gradients, work);
        }

        internal override void AddGradients(float* packed, WorkSlicer work) => _map.AddGradients(packed, work);

        private protected override void Pack(WorkSlicer work) => _map.Pack(work);
    }
}
