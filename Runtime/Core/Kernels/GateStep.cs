namespace Recurrent
{
    /// <summary>
    /// What one step of a cell's gates reads and writes, for rows 0 … <see cref="Rows"/> − 1 of a batch and H hidden units.
    /// The gate tape is laid out in panels of 16 units: (panel, row, gate, 16); see each cell for its gates.
    /// </summary>
    public unsafe struct GateStep
    {
        /// <summary>Rows of the batch.</summary>
        public int Rows;

        /// <summary>Hidden units H.</summary>
        public int Hidden;

        /// <summary>Forward: pre-activations in, activations out. Backward: activations in, gradients of the pre-activations out. Lanes past H come out as zero gradients.</summary>
        public float* Gates;

        /// <summary>Floats from one panel of 16 units to the next in <see cref="Gates"/>.</summary>
        public int PanelStride;

        /// <summary>The cell state before and after the step, (Rows, H) each; they may be the same memory.</summary>
        public float* CPrevious, C;

        /// <summary>The hidden state before the step.</summary>
        public float* HPrevious;

        /// <summary>Floats from one row of <see cref="HPrevious"/> to the next.</summary>
        public int HPreviousRow;

        /// <summary>The hidden state after the step.</summary>
        public float* H;

        /// <summary>Floats from one row of <see cref="H"/> to the next.</summary>
        public int HRow;

        /// <summary>Gradient of the output at this step; null for none.</summary>
        public float* DY;

        /// <summary>Floats from one row of <see cref="DY"/> to the next.</summary>
        public int DYRow;

        /// <summary>
        /// (Rows, H): the gradient that comes from the step after this one; it is added to <see cref="DY"/>. What replaces it is the part of the
        /// gradient of <see cref="HPrevious"/> that does not go through a matrix (the GRU's; the other cells leave it alone).
        /// </summary>
        public float* DH;

        /// <summary>(Rows, H): gradient of <see cref="C"/> in, gradient of <see cref="CPrevious"/> out.</summary>
        public float* DC;

        /// <summary>The first of a unit's <paramref name="gates"/> gates on the tape; the others follow 16 floats apart.</summary>
        internal readonly float* Gate(int row, int unit, int gates) =>
            Gates + (long)(unit / Panels.Lanes) * PanelStride + row * gates * Panels.Lanes + unit % Panels.Lanes;

        /// <summary>The gradient of H: that of the output at this step and what comes from later steps.</summary>
        internal readonly float OutputGradient(int row, int unit)
        {
            float dh = DH[row * Hidden + unit];
            return DY == null ? dh : dh + DY[(long)row * DYRow + unit];
        }

        /// <summary>The lanes of the last panel that are no units get no gradient.</summary>
        internal readonly void ClearPadding(int row, int gates)
        {
            for (int unit = Hidden; unit % Panels.Lanes != 0; unit++)
                for (int gate = 0; gate < gates; gate++) Gate(row, unit, gates)[gate * Panels.Lanes] = 0;
        }
    }
}
