namespace Recurrent
{
    /// <summary>
    /// A lone row by weights kept as bfloat16: <c>C = start + Σ_k a[k] B[k, ·]</c>, where k runs through one or two stretches. A word of B holds two weights, of
    /// two neighbouring vectors of 16 columns: word (pair, k, lane) stands at <c>B[pair * Pair + k * 16 + lane]</c>, and its lower half belongs to the first vector
    /// of the pair. So half as many bytes are read as with floats, which is what a lone row waits for.
    /// </summary>
    public unsafe struct BFloat16Product
    {
        /// <summary>The weights, at the first k.</summary>
        public uint* B;

        /// <summary>Words from one pair of vectors to the next.</summary>
        public int Pair;

        /// <summary>Vectors of 16 columns.</summary>
        public int Vectors;

        /// <summary>The row's first stretch.</summary>
        public float* First;

        /// <summary>The row's second stretch; not looked at where <see cref="SecondLength"/> is 0.</summary>
        public float* Second;

        /// <summary>The stretches' lengths.</summary>
        public int FirstLength, SecondLength;

        /// <summary>The result.</summary>
        public Panels C;

        /// <summary>What C starts from, 16 floats for each vector; null for zero.</summary>
        public float* Bias;

        /// <summary>Whether C starts from what it holds. <see cref="Bias"/> is not looked at then.</summary>
        public bool Accumulate;

        /// <summary>A hint that changes no bit; see <see cref="Product.LastColumnsFirst"/>.</summary>
        public bool LastColumnsFirst;
    }
}
