using System.Runtime.InteropServices;

namespace Recurrent
{
    /// <summary>
    /// The loops of <see cref="BurstKernels"/> as another compiler made them, a stand-in for Burst's, which is of the same family: run.sh has clang
    /// compile the very file, Runtime/Burst/BurstLoops.cs, through BurstLoops.hpp.
    /// </summary>
    internal static unsafe class BurstLoops
    {
        private const string Library = "burstloops";

        [DllImport(Library)]
        public static extern void Multiply(Product* product);

        [DllImport(Library)]
        public static extern void RnnForward(GateStep* step, Nonlinearity nonlinearity);

        [DllImport(Library)]
        public static extern void RnnBackward(GateStep* step, Nonlinearity nonlinearity);

        [DllImport(Library)]
        public static extern void LstmForward(GateStep* step);

        [DllImport(Library)]
        public static extern void LstmBackward(GateStep* step);

        [DllImport(Library)]
        public static extern void GruForward(GateStep* step);

        [DllImport(Library)]
        public static extern void GruBackward(GateStep* step);

        [DllImport(Library)]
        public static extern void GruResetForward(GateStep* step, float* reset);

        [DllImport(Library)]
        public static extern void GruCandidateForward(GateStep* step);

        [DllImport(Library)]
        public static extern void GruCandidateBackward(GateStep* step);

        [DllImport(Library)]
        public static extern void GruResetBackward(GateStep* step, float* dReset);

        [DllImport(Library)]
        public static extern void Activate(Nonlinearity nonlinearity, float* x, float* y, int length);

        [DllImport(Library)]
        public static extern void ActivateBackward(Nonlinearity nonlinearity, float* y, float* dy, float* dx, int length);
    }
}
