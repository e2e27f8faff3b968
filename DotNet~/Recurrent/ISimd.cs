namespace Recurrent
{
    /// <summary>What the kernels need of a vector of floats, whatever its width.</summary>
    internal unsafe interface ISimd<TSelf> where TSelf : struct, ISimd<TSelf>
    {
        /// <summary>Floats in a vector: 4, 8 or 16.</summary>
        static abstract int Count { get; }

        /// <summary>The most rows of a product's tile: two accumulators a row, and a few registers besides.</summary>
        static abstract int TileRows { get; }

        static abstract TSelf Load(float* from);

        static abstract void Store(TSelf x, float* to);

        static abstract TSelf Create(float x);

        static abstract TSelf operator +(TSelf x, TSelf y);

        static abstract TSelf operator -(TSelf x, TSelf y);

        static abstract TSelf operator *(TSelf x, TSelf y);

        static abstract TSelf operator /(TSelf x, TSelf y);

        /// <summary>x y + z: fused where the processor has it, for in software it is a hundred times slower.</summary>
        static abstract TSelf MultiplyAdd(TSelf x, TSelf y, TSelf z);

        /// <summary>The smaller; <paramref name="y"/> where one is not a number.</summary>
        static abstract TSelf Min(TSelf x, TSelf y);

        /// <summary>The larger; <paramref name="y"/> where one is not a number.</summary>
        static abstract TSelf Max(TSelf x, TSelf y);

        /// <summary><paramref name="y"/> where x is above zero, otherwise zero.</summary>
        static abstract TSelf WherePositive(TSelf x, TSelf y);

        static abstract TSelf SquareRoot(TSelf x);
    }
}
