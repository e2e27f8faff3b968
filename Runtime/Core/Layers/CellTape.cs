namespace Recurrent
{
    /// <summary>The steps of one cell through time: where each step's memory lies. T time, B batch.</summary>
    internal unsafe struct CellTape
    {
        public float* X;            // (T, B, I)
        public int XRow, XStep;

        public float* HPrevious;    // (T, B, P), step t holding the state before it
        public float* H;            // (T, B, P)
        public int HRow, HStep;

        public float* Gates;        // (T, panels, B, gates, 16)
        public int PanelStride, GatesStep;
        public float* Extra;        // (T, B, H)
        public int ExtraStep;

        public readonly CellStep At(int t, int rows) => new CellStep
        {
            Rows = rows,
            X = X + (long)t * XStep,
            XRow = XRow,
            HPrevious = HPrevious + (long)t * HStep,
            HPreviousRow = HRow,
            H = H + (long)t * HStep,
            HRow = HRow,
            Gates = Gates + (long)t * GatesStep,
            PanelStride = PanelStride,
            Extra = Extra == null ? null : Extra + (long)t * ExtraStep,
        };

        /// <summary>Some gates of row 0 at all steps as a matrix, a row a step.</summary>
        public readonly Panels StepPanels(int first, int count) => new Panels(Gates + first * Panels.Lanes, GatesStep, count, PanelStride);
    }
}
