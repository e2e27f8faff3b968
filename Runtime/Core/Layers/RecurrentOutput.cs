namespace Recurrent
{
    /// <summary>What <see cref="RecurrentLayer.Run"/> computes, in PyTorch's layout.</summary>
    public sealed class RecurrentOutput
    {
        internal RecurrentOutput(float[] output, float[] finalHidden, float[] finalCell)
        {
            Output = output;
            FinalHidden = finalHidden;
            FinalCell = finalCell;
        }

        /// <summary>(batch, steps, directions · output features of a cell), zero past a row's length.</summary>
        public float[] Output { get; }

        /// <summary>h_n: (levels · directions, batch, output features of a cell), each row's at its own end.</summary>
        public float[] FinalHidden { get; }

        /// <summary>c_n: (levels · directions, batch, hidden); empty but for the LSTM.</summary>
        public float[] FinalCell { get; }
    }
}
