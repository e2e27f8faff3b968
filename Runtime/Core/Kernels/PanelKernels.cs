using System;

namespace Recurrent
{
    /// <summary>
    /// Kernels that compute in vectors, and so only whole panels of 16 units: a last panel that is not full is copied beside its place, row by
    /// row, computed there and copied back.
    /// </summary>
    public abstract unsafe class PanelKernels : KernelSet
    {
        /// <summary>Floats in a panel.</summary>
        protected const int Lanes = Panels.Lanes;

        private enum Pass
        {
            RnnForward, RnnBackward, LstmForward, LstmBackward, GruForward, GruBackward, GruResetForward, GruCandidateForward, GruCandidateBackward, GruResetBackward,
        }

        /// <inheritdoc/>
        public sealed override void RnnForward(in GateStep step, Nonlinearity nonlinearity) => ForPanels(Pass.RnnForward, step, 1, null, nonlinearity);

        /// <inheritdoc/>
        public sealed override void RnnBackward(in GateStep step, Nonlinearity nonlinearity) => ForPanels(Pass.RnnBackward, step, 1, null, nonlinearity);

        /// <inheritdoc/>
        public sealed override void LstmForward(in GateStep step) => ForPanels(Pass.LstmForward, step, 4, null);

        /// <inheritdoc/>
        public sealed override void LstmBackward(in GateStep step) => ForPanels(Pass.LstmBackward, step, 4, null);

        /// <inheritdoc/>
        public sealed override void GruForward(in GateStep step) => ForPanels(Pass.GruForward, step, 4, null);

        /// <inheritdoc/>
        public sealed override void GruBackward(in GateStep step) => ForPanels(Pass.GruBackward, step, 4, null);

        /// <inheritdoc/>
        public sealed override void GruResetForward(in GateStep step, float* reset) => ForPanels(Pass.GruResetForward, step, 3, reset);

        /// <inheritdoc/>
        public sealed override void GruCandidateForward(in GateStep step) => ForPanels(Pass.GruCandidateForward, step, 3, null);

        /// <inheritdoc/>
        public sealed override void GruCandidateBackward(in GateStep step) => ForPanels(Pass.GruCandidateBackward, step, 3, null);

        /// <inheritdoc/>
        public sealed override void GruResetBackward(in GateStep step, float* dReset) => ForPanels(Pass.GruResetBackward, step, 3, dReset);

        /// <inheritdoc/>
        public sealed override void Activate(Nonlinearity nonlinearity, float* x, float* y, int length)
        {
            int rest = length % Lanes, whole = length - rest;
            if (whole > 0) ActivatePanels(nonlinearity, x, y, whole);
            if (rest == 0) return;
            float* stage = stackalloc float[Lanes];
            Stage(x, whole, stage, rest);
            ActivatePanels(nonlinearity, stage, stage, Lanes);
            Copy(stage, y + whole, rest);
        }

        /// <inheritdoc/>
        public sealed override void ActivateBackward(Nonlinearity nonlinearity, float* y, float* dy, float* dx, int length)
        {
            int rest = length % Lanes, whole = length - rest;
            if (whole > 0) ActivateBackwardPanels(nonlinearity, y, dy, dx, whole);
            if (rest == 0) return;
            float* stage = stackalloc float[2 * Lanes];
            float* dStage = stage + Lanes;
            Stage(y, whole, stage, rest);
            Stage(dy, whole, dStage, rest);
            ActivateBackwardPanels(nonlinearity, stage, dStage, dStage, Lanes);
            Copy(dStage, dx + whole, rest);
        }

        /// <summary><see cref="KernelSet.RnnForward"/> for the whole panels: the first H / 16, rounded down.</summary>
        protected abstract void RnnForwardPanels(in GateStep step, Nonlinearity nonlinearity);

        /// <summary><see cref="KernelSet.RnnBackward"/> for the whole panels.</summary>
        protected abstract void RnnBackwardPanels(in GateStep step, Nonlinearity nonlinearity);

        /// <summary><see cref="KernelSet.LstmForward"/> for the whole panels.</summary>
        protected abstract void LstmForwardPanels(in GateStep step);

        /// <summary><see cref="KernelSet.LstmBackward"/> for the whole panels.</summary>
        protected abstract void LstmBackwardPanels(in GateStep step);

        /// <summary><see cref="KernelSet.GruForward"/> for the whole panels.</summary>
        protected abstract void GruForwardPanels(in GateStep step);

        /// <summary><see cref="KernelSet.GruBackward"/> for the whole panels.</summary>
        protected abstract void GruBackwardPanels(in GateStep step);

        /// <summary><see cref="KernelSet.GruResetForward"/> for the whole panels.</summary>
        protected abstract void GruResetForwardPanels(in GateStep step, float* reset);

        /// <summary><see cref="KernelSet.GruCandidateForward"/> for the whole panels.</summary>
        protected abstract void GruCandidateForwardPanels(in GateStep step);

        /// <summary><see cref="KernelSet.GruCandidateBackward"/> for the whole panels.</summary>
        protected abstract void GruCandidateBackwardPanels(in GateStep step);

        /// <summary><see cref="KernelSet.GruResetBackward"/> for the whole panels.</summary>
        protected abstract void GruResetBackwardPanels(in GateStep step, float* dReset);

        /// <summary><see cref="KernelSet.Activate"/> for a length that 16 divides.</summary>
        protected abstract void ActivatePanels(Nonlinearity nonlinearity, float* x, float* y, int length);

        /// <summary><see cref="KernelSet.ActivateBackward"/> for a length that 16 divides.</summary>
        protected abstract void ActivateBackwardPanels(Nonlinearity nonlinearity, float* y, float* dy, float* dx, int length);

        /// <summary>Copies <paramref name="count"/> floats.</summary>
        protected static void Copy(float* from, float* to, int count)
        {
            for (int i = 0; i < count; i++) to[i] = from[i];
        }

        // extra is (Rows, H), in and out.
        private void ForPanels(Pass pass, in GateStep step, int gates, float* extra, Nonlinearity nonlinearity = default)
        {
            int rest = step.Hidden % Lanes, whole = step.Hidden - rest;
            if (whole > 0) Run(pass, step, extra, nonlinearity);
            if (rest > 0) RunLastPanel(pass, step, gates, extra, nonlinearity, whole, rest);
        }

        private void RunLastPanel(Pass pass, in GateStep step, int gates, float* extra, Nonlinearity nonlinearity, int whole, int rest)
        {
            const int length = 8 * Lanes;
            float* stage = stackalloc float[length];
            new Span<float>(stage, length).Clear();
            for (int row = 0; row < step.Rows; row++)
            {
                long at = (long)row * step.Hidden + whole;
                var one = new GateStep
                {
                    Rows = 1,
                    Hidden = Lanes,
                    Gates = step.Gates + (long)(whole / Lanes) * step.PanelStride + row * gates * Lanes,
                    CPrevious = Stage(step.CPrevious, at, stage, rest),
                    C = Stage(step.C, at, stage + Lanes, rest),
                    HPrevious = Stage(step.HPrevious, (long)row * step.HPreviousRow + whole, stage + 2 * Lanes, rest),
                    H = Stage(step.H, (long)row * step.HRow + whole, stage + 3 * Lanes, rest),
                    DY = Stage(step.DY, (long)row * step.DYRow + whole, stage + 4 * Lanes, rest),
                    DH = Stage(step.DH, at, stage + 5 * Lanes, rest),
                    DC = Stage(step.DC, at, stage + 6 * Lanes, rest),
                };
                float* stagedExtra = Stage(extra, at, stage + 7 * Lanes, rest);
                Run(pass, one, stagedExtra, nonlinearity);
                if (step.C != null) Copy(one.C, step.C + at, rest);
                if (step.H != null) Copy(one.H, step.H + (long)row * step.HRow + whole, rest);
                if (step.DH != null) Copy(one.DH, step.DH + at, rest);
                if (step.DC != null) Copy(one.DC, step.DC + at, rest);
                if (extra != null) Copy(stagedExtra, extra + at, rest);
            }
        }

        private static float* Stage(float* from, long at, float* stage, int count)
        {
            if (from == null) return null;
            Copy(from + at, stage, count);
            return stage;
        }

        private void Run(Pass pass, in GateStep step, float* extra, Nonlinearity nonlinearity)
        {
            switch (pass)
            {
                case Pass.RnnForward:
                    RnnForwardPanels(step, nonlinearity);
                    break;
                case Pass.RnnBackward:
                    RnnBackwardPanels(step, nonlinearity);
                    break;
                case Pass.LstmForward:
                    LstmForwardPanels(step);
                    break;
                case Pass.LstmBackward:
                    LstmBackwardPanels(step);
                    break;
                case Pass.GruForward:
                    GruForwardPanels(step);
                    break;
                case Pass.GruBackward:
                    GruBackwardPanels(step);
                    break;
                case Pass.GruResetForward:
                    GruResetForwardPanels(step, extra);
                    break;
                case Pass.GruCandidateForward:
                    GruCandidateForwardPanels(step);
                    break;
                case Pass.GruCandidateBackward:
                    GruCandidateBackwardPanels(step);
                    break;
                case Pass.GruResetBackward:
                    GruResetBackwardPanels(step, extra);
                    break;
            }
        }
    }
}
