namespace Recurrent
{
    /// <summary>A view of activations in a pass's memory, time-major: (steps, rows, features), with gaps where a layer keeps states between them.</summary>
    internal readonly unsafe struct Activations
    {
        public readonly float* Data;

        /// <summary>Numbers at one step of one row.</summary>
        public readonly int Features;

        /// <summary>Floats from one row, and from one step, to the next.</summary>
        public readonly int Row, Step;

        /// <summary>How many steps there is room for.</summary>
        public readonly int Steps;

        public Activations(float* data, int steps, int features, int row, int step)
        {
            Data = data;
            Steps = steps;
            Features = features;
            Row = row;
            Step = step;
        }

        public float* At(int step, int row) => Data + (long)step * Step + (long)row * Row;
    }
}
