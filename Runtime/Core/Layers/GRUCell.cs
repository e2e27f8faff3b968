using System;

namespace Recurrent
{
    /// <summary>
    /// The gated recurrent unit (Cho et al., 2014), gates in PyTorch's order:
    /// <code>
    /// r = σ(W_ir x + b_ir + W_hr h' + b_hr)     z = σ(W_iz x + b_iz + W_hz h' + b_hz)
    /// n = tanh(W_in x + b_in + r (W_hn h' + b_hn))   reset after the product (PyTorch, cuDNN)
    /// n = tanh(W_in x + b_in + W_hn (r h') + b_hn)   reset before it (Cho 2014)
    /// h = (1 − z) n + z h', or (1 − z) h' + z n with the update gate the other way round
    /// </code>
    /// The placements of the reset gate cannot be converted into each other; the update conventions differ by the sign of z's weights, and so
    /// the tape always holds the z of the first.
    /// </summary>
    public sealed unsafe partial class GRUCell : RecurrentCell
    {
        private readonly AffineMap _resetUpdate;
        private readonly AffineMap _candidate;
        private readonly AffineMap? _recurrentCandidate;
        private readonly GateVariant? _variant;

        /// <summary>Creates a cell with PyTorch's default initialisation.</summary>
        /// <param name="inputSize">Features of an input step.</param>
        /// <param name="hiddenSize">Hidden units.</param>
        /// <param name="bias">Whether there are biases.</param>
        /// <param name="resetAfter">Whether the reset gate acts after the recurrent product.</param>
        /// <param name="updateKeepsState">Whether z = 1 keeps the state (PyTorch); otherwise z = 1 replaces it.</param>
        /// <param name="seed">What the initial weights are drawn from.</param>
        /// <param name="options">What ONNX allows beyond PyTorch; null for nothing.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
        public GRUCell(int inputSize, int hiddenSize, bool bias = true, bool resetAfter = true, bool updateKeepsState = true, ulong seed = 0, CellOptions? options = null)
            : this(inputSize, hiddenSize, bias, resetAfter, updateKeepsState, options, null, "") => Initialize(seed);

        internal GRUCell(int inputSize, int hiddenSize, bool bias, bool resetAfter, bool updateKeepsState, CellOptions? options, ParameterStore? store, string suffix)
            : base(inputSize, hiddenSize, hiddenSize, bias, 3, options, store, suffix)
        {
            ResetAfter = resetAfter;
            _variant = Options.Variant("GRU", new[] { ActivationFunction.Sigmoid, ActivationFunction.Tanh }, IsReverse(suffix));
            UpdateKeepsState = updateKeepsState;
            var both = new[] { WeightInput, WeightHidden };
            _resetUpdate = new AffineMap(hiddenSize, new[] { 0, 1 }, both, Biases, negated: updateKeepsState ? -1 : 1);
            if (!resetAfter)
            {
                _candidate = new AffineMap(hiddenSize, new[] { 2 }, both, Biases);
                return;
            }
            Parameter[] BiasOf(int index) => bias ? new[] { Biases[index] } : Biases;
            _candidate = new AffineMap(hiddenSize, new[] { 2 }, new[] { WeightInput }, BiasOf(0));
            _recurrentCandidate = new AffineMap(hiddenSize, new[] { 2 }, new[] { WeightHidden }, BiasOf(1));
        }

        /// <summary>Whether the reset gate acts after the recurrent product.</summary>
        public bool ResetAfter { get; }

        /// <summary>Whether z = 1 keeps the state.</summary>
        public bool UpdateKeepsState { get; }

        // Reset before: r h', the operand of the candidate's product.
        internal override bool HasExtra => !ResetAfter;

        // r, z, n and, with the reset gate after the product, q = W_hn h' + b_hn.
        internal override int TapeGates => ResetAfter ? 4 : 3;

        internal override string[] GateNames { get; } = { "r", "z", "n" };

        internal override void Translate(int gate, Span<float> values)
        {
            if (gate != 1 || UpdateKeepsState) return;
            for (int u = 0; u < values.Length; u++) values[u] = 1 - values[u];
        }

        internal override int PackedGradientLength =>
            _resetUpdate.GradientLength + _candidate.GradientLength + (_recurrentCandidate?.GradientLength ?? 0);

        /// <inheritdoc/>
        public override string ToString() => $"GRUCell({InputSize}→{HiddenSize})";

        internal override void ForwardInput(KernelSet kernels, int steps, in CellTape tape, int first, int count, WorkSlicer work)
        {
            int panel = first / Panels.Lanes, panels = Panels.Vectors(count);
            _resetUpdate.ForwardInput(kernels, steps, tape.X, tape.XStep, tape.StepPanels(0, 2), 2 * panel, 2 * panels, work);
            _candidate.ForwardInput(kernels, steps, tape.X, tape.XStep, tape.StepPanels(2, 1), panel, panels, work);
        }

        internal override bool HasOwnUnits => _recurrentCandidate != null && _variant == null;

        internal override void ForwardUnits(KernelSet kernels, in CellStep step, int first, int count)
        {
            int panel = first / Panels.Lanes, panels = Panels.Vectors(count);
            RowProduct rz = _resetUpdate.Row(step.X, step.HPrevious, step.GatePanels(0, 2, 4), 2 * panel, 2 * panels, step.InputDone, step.Precision, step.LastUnitsFirst);
            RowProduct n = _candidate.Row(step.X, null, step.GatePanels(2, 1, 4), panel, panels, step.InputDone, step.Precision, step.LastUnitsFirst);
            RowProduct q = _recurrentCandidate!.Row(step.HPrevious, null, step.GatePanels(3, 1, 4), panel, panels, inputDone: false, step.Precision, step.LastUnitsFirst);
            kernels.GruRow(rz, n, q, step.GateStep(first, count));
        }

        internal override void KeepBFloat16()
        {
            _resetUpdate.KeepBFloat16();
            _candidate.KeepBFloat16();
            _recurrentCandidate?.KeepBFloat16();
        }

        internal override void Forward(KernelSet kernels, in CellStep step, WorkSlicer work)
        {
            GateStep gates = step.GateStep(HiddenSize);
            bool differs = _variant.HasValue;
            GateVariant variant = _variant.GetValueOrDefault();
            Panels rz = step.GatePanels(0, 2, TapeGates), n = step.GatePanels(2, 1, TapeGates);
            _resetUpdate.Forward(kernels, step, step.X, step.XRow, step.HPrevious, step.HPreviousRow, rz, step.InputDone, work);
            if (_recurrentCandidate != null)
            {
                _candidate.Forward(kernels, step, step.X, step.XRow, null, 0, n, step.InputDone, work);
                _recurrentCandidate.Forward(kernels, step, step.HPrevious, step.HPreviousRow, null, 0, step.GatePanels(3, 1, 4), inputDone: false, work);
                if (!work.Next(GatesCost(step))) return;
                if (differs) VariantGates.GruForward(gates, variant);
                else kernels.GruForward(gates);
            }
            else
            {
                if (work.Next(GatesCost(step)))
                {
                    if (differs) VariantGates.GruResetForward(gates, variant, step.Extra);
                    else kernels.GruResetForward(gates, step.Extra);
                }
                _candidate.Forward(kernels, step, step.X, step.XRow, step.Extra, HiddenSize, n, step.InputDone, work);
                if (!work.Next(GatesCost(step))) return;
                if (differs) VariantGates.GruCandidateForward(gates, variant);
                else kernels.GruCandidateForward(gates);
            }
        }

        internal override void Backward(KernelSet kernels, in CellStep step, float* gradients, WorkSlicer work)
        {
            GateStep gates = step.GateStep(HiddenSize);
            bool differs = _variant.HasValue;
            GateVariant variant = _variant.GetValueOrDefault();
            Panels dn = step.GatePanels(2, 1, TapeGates);
            if (_recurrentCandidate != null)
            {
                if (work.Next(GatesCost(step)))
                {
                    if (differs) VariantGates.GruBackward(gates, variant);
                    else kernels.GruBackward(gates);
                }
                _recurrentCandidate.Backward(kernels, step.Rows, 0, step.GatePanels(3, 1, 4), step.DH, HiddenSize, accumulate: true, work);
            }
            else
            {
                if (work.Next(GatesCost(step)))
                {
                    if (differs) VariantGates.GruCandidateBackward(gates, variant);
                    else kernels.GruCandidateBackward(gates);
                }
                _candidate.Backward(kernels, step.Rows, 1, dn, step.Scratch, HiddenSize, accumulate: false, work);
                if (work.Next(GatesCost(step)))
                {
                    if (differs) VariantGates.GruResetBackward(gates, variant, step.Scratch);
                    else kernels.GruResetBackward(gates, step.Scratch);
                }
            }
            Panels drz = step.GatePanels(0, 2, TapeGates);
            _resetUpdate.Backward(kernels, step.Rows, 1, drz, step.DH, HiddenSize, accumulate: true, work);
            if (step.DX == null) return;
            _resetUpdate.Backward(kernels, step.Rows, 0, drz, step.DX, step.DXRow, step.AccumulateDX, work);
            _candidate.Backward(kernels, step.Rows, 0, dn, step.DX, step.DXRow, accumulate: true, work);
        }

        internal override void AddParameterGradients(KernelSet kernels, int steps, int rows, in CellTape tape, float* gradients, WorkSlicer work)
        {
            CellStep first = tape.At(0, rows);
            Panels drz = first.GatePanels(0, 2, TapeGates), dn = first.GatePanels(2, 1, TapeGates);
            _resetUpdate.AddWeightGradient(kernels, steps, rows, 0, tape.X, tape.XRow, tape.XStep, drz, tape.GatesStep, gradients, work);
            _resetUpdate.AddWeightGradient(kernels, steps, rows, 1, tape.HPrevious, tape.HRow, tape.HStep, drz, tape.GatesStep, gradients, work);
            _resetUpdate.AddBiasGradient(kernels, steps, rows, drz, tape.GatesStep, gradients, work);

            gradients += _resetUpdate.GradientLength;
            _candidate.AddWeightGradient(kernels, steps, rows, 0, tape.X, tape.XRow, tape.XStep, dn, tape.GatesStep, gradients, work);
            _candidate.AddBiasGradient(kernels, steps, rows, dn, tape.GatesStep, gradients, work);
            if (_recurrentCandidate == null)
            {
                _candidate.AddWeightGradient(kernels, steps, rows, 1, tape.Extra, HiddenSize, tape.ExtraStep, dn, tape.GatesStep, gradients, work);
                return;
            }
            gradients += _candidate.GradientLength;
            Panels dq = first.GatePanels(3, 1, 4);
            _recurrentCandidate.AddWeightGradient(kernels, steps, rows, 0, tape.HPrevious, tape.HRow, tape.HStep, dq, tape.GatesStep, gradients, work);
            _recurrentCandidate.AddBiasGradient(kernels, steps, rows, dq, tape.GatesStep, gradients, work);
        }

        internal override void AddGradients(float* packed, WorkSlicer work)
        {
            _resetUpdate.AddGradients(packed, work);
            packed += _resetUpdate.GradientLength;
            _candidate.AddGradients(packed, work);
            _recurrentCandidate?.AddGradients(packed + _candidate.GradientLength, work);
        }

        private protected override void Pack(WorkSlicer work)
        {
            _resetUpdate.Pack(work);
            _candidate.Pack(work);
            _recurrentCandidate?.Pack(work);
        }
    }
}
