namespace Recurrent
{
    /// <summary>What a pass is run on: how many steps and rows, and what comes with the rows besides their input.</summary>
    internal unsafe struct Batch
    {
        public int Steps, Rows;

        /// <summary>The length of each row, or null when all have <see cref="Steps"/> steps.</summary>
        public int* Lengths;

        /// <summary>(rows, state): the states to begin with, or null for zeros; see <see cref="Layer.StateSize"/>.</summary>
        public float* State;

        /// <summary>(rows, state): where the states at each row's own end go, or null.</summary>
        public float* FinalState;

        /// <summary>(rows, state): the gradient of the final states, or null for none.</summary>
        public float* FinalStateGradient;

        /// <summary>(rows, state): where the gradient of the initial states goes, or null.</summary>
        public float* StateGradient;

        /// <summary>Floats from one row to the next in the four above.</summary>
        public int StateRow;

        /// <summary>Whether dropout acts.</summary>
        public bool Training;

        /// <summary>What dropout draws its masks from.</summary>
        public ulong Seed;

        /// <summary>The share of its steps at which a decoder is fed what it put out at the step before, rather than the right symbol: 1 − the teacher-forcing ratio.</summary>
        public float FreeRunning;

        public readonly int LengthOf(int row) => Lengths == null ? Steps : Lengths[row];
    }
}
