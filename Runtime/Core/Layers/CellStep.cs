namespace Recurrent
{
    /// <summary>One step of a cell for rows 0 … Rows − 1: what it reads, writes and keeps. B rows, I input, H hidden, P output features.</summary>
    internal unsafe struct CellStep
    {
        public int Rows;

        public float* X;            // (B, I)
        public float* HPrevious;    // (B, P)
        public float* H;            // (B, P)
        public int XRow, HPreviousRow, HRow;

        /// <summary>Whether the input's share of the gates stands in the tape already; see <see cref="RecurrentCell.ForwardInput"/>.</summary>
        public bool InputDone;

        /// <summary>Whether the last units are computed first; see <see cref="RowProduct.LastColumnsFirst"/>.</summary>
        public bool LastUnitsFirst;

        /// <summary>Which weights are read; by several rows those in single precision.</summary>
        public WeightPrecision Precision;

        public float* CPrevious;    // (B, H)
        public float* C;            // (B, H)

        public float* Gates;        // (panels, B, gates, 16)
        public int PanelStride;
        public float* Extra;        // (B, H): what a cell keeps besides its gates

        public float* DY;           // (B, P): gradient of the output at this step; null for none
        public float* DX;           // (B, I): written, or added to; null where nobody needs it
        public int DYRow, DXRow;
        public bool AccumulateDX;

        public float* DH;           // (B, P): gradient of H from later steps in, of HPrevious out
        public float* DC;           // (B, H): gradient of C in, of CPrevious out; null for a cell without
        public float* Scratch;      // (B, H); null for a cell without Extra

        /// <summary>The step for some of its rows.</summary>
        public readonly CellStep Part(RecurrentCell cell, int row, int rows)
        {
            CellStep part = this;
            part.Rows = rows;
            part.X += (long)row * XRow;
            part.HPrevious += (long)row * HPreviousRow;
            part.H += (long)row * HRow;
            if (C != null)
            {
                part.CPrevious += row * cell.HiddenSize;
                part.C += row * cell.HiddenSize;
            }
            part.Gates += row * cell.TapeGates * Panels.Lanes;
            if (Extra != null) part.Extra += row * cell.HiddenSize;
            if (DY != null) part.DY += (long)row * DYRow;
            if (DX != null) part.DX += (long)row * DXRow;
            if (DH == null) return part;
            part.DH += row * cell.OutputSize;
            if (DC != null) part.DC += row * cell.HiddenSize;
            if (Scratch != null) part.Scratch += row * cell.HiddenSize;
            return part;
        }

        public readonly GateStep GateStep(int hidden) => new GateStep
        {
            Rows = Rows,
            Hidden = hidden,
            Gates = Gates,
            PanelStride = PanelStride,
            CPrevious = CPrevious,
            C = C,
            HPrevious = HPrevious,
            HPreviousRow = HPreviousRow,
            H = H,
            HRow = HRow,
            DY = DY,
            DYRow = DYRow,
            DH = DH,
            DC = DC,
        };

        /// <summary>What the gates of some units read and write, for a lone row; the first unit is a panel's.</summary>
        public readonly GateStep GateStep(int first, int count) => new GateStep
        {
            Rows = 1,
            Hidden = count,
            Gates = Gates + (long)(first / Panels.Lanes) * PanelStride,
            PanelStride = PanelStride,
            CPrevious = C == null ? null : CPrevious + first,
            C = C == null ? null : C + first,
            HPrevious = HPrevious + first,
            H = H + first,
        };

        /// <summary>Some gates of the tape as a matrix: <paramref name="count"/> from <paramref name="first"/> on, of <paramref name="gates"/>.</summary>
        public readonly Panels GatePanels(int first, int count, int gates) =>
            new Panels(Gates + first * Panels.Lanes, gates * Panels.Lanes, count, PanelStride);
    }
}
