namespace Recurrent
{
    /// <summary>What the kernels need of a vector of floats, whatever its width.</summary>
    internal unsafe interface ISimd<TSelf> where TSelf : struct, ISimd<TSelf>
    {
        /// <summary>Floats in a vector: 4, 8 or 16.</summary>
        public abstract static int Count { get; }

        /// <summary>The most rows of a product's tile: two accumulators a row, and a few registers besides.</summary>
        public abstract static int TileRows { get; }

        public abstract static TSelf Load(float* from);

        /// <summary>The lower halves of words as bfloat16.</summary>
        public abstract static TSelf LoadLower(uint* from);

        /// <summary>The upper halves of words as bfloat16.</summary>
        public abstract static TSelf LoadUpper(uint* from);

        public abstract static void Store(TSelf x, float* to);

        public abstract static TSelf Create(float x);

        public abstract static TSelf operator +(TSelf x, TSelf y);

        public abstract static TSelf operator -(TSelf x, TSelf y);

        public abstract static TSelf operator *(TSelf x, TSelf y);

        public abstract static TSelf operator /(TSelf x, TSelf y);

        /// <summary>x y + z: fused where the processor has it, for in software it is a hundred times slower.</summary>
        public abstract static TSelf MultiplyAdd(TSelf x, TSelf y, TSelf z);

        /// <summary>The smaller; <paramref name="y"/> where one is not a number.</summary>
        public abstract static TSelf Min(TSelf x, TSelf y);

        /// <summary>The larger; <paramref name="y"/> where one is not a number.</summary>
        public abstract static TSelf Max(TSelf x, TSelf y);

        /// <summary><paramref name="y"/> where x is above zero, otherwise zero.</summary>
        public abstract static TSelf WherePositive(TSelf x, TSelf y);

        public abstract static TSelf SquareRoot(TSelf x);
    }
}
