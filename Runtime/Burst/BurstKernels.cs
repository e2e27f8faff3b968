using UnityEngine;
using UnityEngine.Scripting;

namespace Recurrent
{
    /// <summary>
    /// The kernels that Unity's Burst compiles, the default wherever com.unity.burst is installed. They compute what
    /// <see cref="ScalarKernels"/> says. Tested as plain C#, and measured through another compiler of the same family; that Burst itself makes
    /// fast code of them inside Unity is unverified.
    /// </summary>
    [Preserve]
    public sealed unsafe class BurstKernels : PanelKernels
    {
        /// <inheritdoc/>
        public override string Name => "Burst";

        /// <inheritdoc/>
        public override void Multiply(in Product product)
        {
            fixed (Product* p = &product) BurstLoops.Multiply(p);
        }

        /// <inheritdoc/>
        protected override void RnnForwardPanels(in GateStep step, Nonlinearity nonlinearity)
        {
            fixed (GateStep* s = &step) BurstLoops.RnnForward(s, nonlinearity);
        }

        /// <inheritdoc/>
        protected override void RnnBackwardPanels(in GateStep step, Nonlinearity nonlinearity)
        {
            fixed (GateStep* s = &step) BurstLoops.RnnBackward(s, nonlinearity);
        }

        /// <inheritdoc/>
        protected override void LstmForwardPanels(in GateStep step)
        {
            fixed (GateStep* s = &step) BurstLoops.LstmForward(s);
        }

        /// <inheritdoc/>
        protected override void LstmBackwardPanels(in GateStep step)
        {
            fixed (GateStep* s = &step) BurstLoops.LstmBackward(s);
        }

        /// <inheritdoc/>
        protected override void GruForwardPanels(in GateStep step)
        {
            fixed (GateStep* s = &step) BurstLoops.GruForward(s);
        }

        /// <inheritdoc/>
        protected override void GruBackwardPanels(in GateStep step)
        {
            fixed (GateStep* s = &step) BurstLoops.GruBackward(s);
        }

        /// <inheritdoc/>
        protected override void GruResetForwardPanels(in GateStep step, float* reset)
        {
            fixed (GateStep* s = &step) BurstLoops.GruResetForward(s, reset);
        }

        /// <inheritdoc/>
        protected override void GruCandidateForwardPanels(in GateStep step)
        {
            fixed (GateStep* s = &step) BurstLoops.GruCandidateForward(s);
        }

        /// <inheritdoc/>
        protected override void GruCandidateBackwardPanels(in GateStep step)
        {
            fixed (GateStep* s = &step) BurstLoops.GruCandidateBackward(s);
        }

        /// <inheritdoc/>
        protected override void GruResetBackwardPanels(in GateStep step, float* dReset)
        {
            fixed (GateStep* s = &step) BurstLoops.GruResetBackward(s, dReset);
        }

        /// <inheritdoc/>
        protected override void ActivatePanels(Nonlinearity nonlinearity, float* x, float* y, int length) =>
            BurstLoops.Activate(nonlinearity, x, y, length);

        /// <inheritdoc/>
        protected override void ActivateBackwardPanels(Nonlinearity nonlinearity, float* y, float* dy, float* dx, int length) =>
            BurstLoops.ActivateBackward(nonlinearity, y, dy, dx, length);

        // Again at every start, also where statics survive it.
        [Preserve]
        [RuntimeInitializeOnLoadMethod(RuntimeInitializeLoadType.SubsystemRegistration)]
        private static void Register() => KernelSet.Register(new BurstKernels());
    }
}
