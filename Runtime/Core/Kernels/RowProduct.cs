namespace Recurrent
{
    /// <summary>
    /// A lone row by packed weights: <c>C = start + Σ_k a[k] B[k, ·]</c>, where k runs through one or two stretches. Weights lie in pairs of vectors of 16 columns,
    /// (pair, k, 32) as floats. As bfloat16 they are words, (pair, k, 16), of which the lower half belongs to the first vector of the pair: so half as many bytes
    /// are read, which is what a lone row waits for.
    /// </summary>
    public unsafe struct RowProduct
    {
        /// <summary>The row's first stretch; not looked at where <see cref="FirstLength"/> is 0.</summary>
        public float* First;

        /// <summary>The row's second stretch; not looked at where <see cref="SecondLength"/> is 0.</summary>
        public float* Second;

        /// <summary>The stretches' lengths.</summary>
        public int FirstLength, SecondLength;

        /// <summary>The weights, at the first k: floats, or words as <see cref="Precision"/> says.</summary>
        public float* B;

        /// <summary>Floats or words from one pair of vectors to the next.</summary>
        public int Pair;

        /// <summary>What the weights are.</summary>
        public WeightPrecision Precision;

        /// <summary>Vectors of 16 columns.</summary>
        public int Vectors;

        /// <summary>The result.</summary>
        public Panels C;

        /// <summary>What C starts from, 16 floats for each vector; null for zero.</summary>
        public float* Bias;

        /// <summary>Whether C starts from what it holds. <see cref="Bias"/> is not looked at then.</summary>
        public bool Accumulate;

        /// <summary>
        /// A hint that changes no bit: take the columns from the last to the first. Steps that alternate find in the first cache what the step before read last,
        /// where the weights as a whole are larger than it.
        /// </summary>
        public bool LastColumnsFirst;

        /// <summary>The same with weights as floats; of its stretches at least one has a length.</summary>
        internal readonly Product AsProduct()
        {
            var product = new Product { Rows = 1, Columns = Vectors * Panels.Lanes, C = C, Bias = Bias, Accumulate = Accumulate };
            Segment first = Stretch(0, First, FirstLength), second = Stretch(FirstLength, Second, SecondLength);
            product.Segments = SecondLength > 0 && FirstLength > 0 ? 2 : 1;
            product.First = FirstLength > 0 ? first : second;
            product.Second = second;
            return product;
        }

        private readonly Segment Stretch(int k0, float* a, int length) => new Segment
        {
            A = a,
            AInner = 1,
            Inner = length,
            Outer = 1,
            B = new Panels(B + (long)k0 * 2 * Panels.Lanes, 2 * Panels.Lanes, 2, Pair),
        };
    }
}
