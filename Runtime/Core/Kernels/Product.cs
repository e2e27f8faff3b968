using System.Runtime.CompilerServices;

namespace Recurrent
{
    /// <summary>
    /// A matrix whose columns lie in vectors of 16: element (row, vector, lane) stands at
    /// <c>Data[row * Row + vector / Width * Block + vector % Width * 16 + lane]</c>.
    /// A plain row-major matrix has one block, as wide as it likes; a gate tape has one block for each panel of 16 units; packed
    /// weights have one block for each pair of vectors.
    /// </summary>
    public unsafe struct Panels
    {
        /// <summary>How many floats a vector has: one panel of hidden units.</summary>
        public const int Lanes = 16;

        /// <summary>The first element.</summary>
        public float* Data;

        /// <summary>Floats from one row to the next.</summary>
        public int Row;

        /// <summary>Vectors in a block.</summary>
        public int Width;

        /// <summary>Floats from one block to the next.</summary>
        public int Block;

        /// <summary>Describes a matrix in panels.</summary>
        public Panels(float* data, int row, int width, int block)
        {
            Data = data;
            Row = row;
            Width = width;
            Block = block;
        }

        /// <summary>Describes a row-major matrix: <paramref name="row"/> floats from one row to the next.</summary>
        public static Panels Dense(float* data, int row) => new Panels(data, row, int.MaxValue, 0);

        /// <summary>The first lane of a vector in row 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public float* Vector(int vector)
        {
            // Without a division for the widths that weights and tapes have: a lone row's product is no longer than a few of them.
            if (vector < Width) return Data + (long)vector * Lanes;
            if (Width == 2) return Data + (long)(vector >> 1) * Block + (vector & 1) * Lanes;
            if (Width == 4) return Data + (long)(vector >> 2) * Block + (vector & 3) * Lanes;
            return Data + (long)(vector / Width) * Block + vector % Width * Lanes;
        }

        /// <summary>How many vectors hold <paramref name="columns"/> columns.</summary>
        public static int Vectors(int columns) => (columns + Lanes - 1) / Lanes;
    }

    /// <summary>
    /// One stretch of a product's inner dimension, k = (o, i) with o &lt; <see cref="Outer"/> and i &lt; <see cref="Inner"/>:
    /// <c>A[row, k] = A[row * ARow + o * AOuter + i * AInner]</c>, and row k of B stands <c>o * BOuter + i * B.Row</c> floats after its row 0.
    /// </summary>
    public unsafe struct Segment
    {
        /// <summary>The left operand.</summary>
        public float* A;

        /// <summary>Floats of A from one row to the next, from one inner index to the next, from one outer index to the next.</summary>
        public int ARow, AInner, AOuter;

        /// <summary>The right operand, at k = 0.</summary>
        public Panels B;

        /// <summary>Floats of B from one outer index to the next.</summary>
        public int BOuter;

        /// <summary>The lengths of the inner and the outer index.</summary>
        public int Inner, Outer;

        /// <summary>The segment from a row of A and a vector of B on.</summary>
        internal readonly Segment Part(int row, int vector)
        {
            Segment part = this;
            part.A += (long)row * ARow;
            part.B.Data = B.Vector(vector);
            return part;
        }
    }

    /// <summary>
    /// The one matrix product that all layers are made of: <c>C = start + Σ_k A[·, k] B[k, ·]</c> over one or two segments of k.
    /// Forward, A is the input (and then the state) and B the packed weights; backward to the inputs, A is the gradient of the gates;
    /// backward to the weights, k runs over time and batch, A is the input transposed and B the gradient of the gates.
    /// </summary>
    public unsafe struct Product
    {
        /// <summary>Rows of A and C.</summary>
        public int Rows;

        /// <summary>Columns of B and C. Of a last vector that is not full only these are written.</summary>
        public int Columns;

        /// <summary>How many of <see cref="First"/> and <see cref="Second"/> count: 1 or 2.</summary>
        public int Segments;

        /// <summary>The stretches of the inner dimension.</summary>
        public Segment First, Second;

        /// <summary>The result.</summary>
        public Panels C;

        /// <summary>What every row of C starts from: a padded row of 16 floats for each vector; null for zero.</summary>
        public float* Bias;

        /// <summary>Whether C starts from what it holds. <see cref="Bias"/> is not looked at then.</summary>
        public bool Accumulate;

        /// <summary>The product for some rows and columns; the first column is that of a block's first vector.</summary>
        internal readonly Product Part(int row, int rows, int column, int columns)
        {
            Product part = this;
            int vector = column / Panels.Lanes;
            part.Rows = rows;
            part.Columns = columns;
            part.C.Data = C.Vector(vector) + (long)row * C.Row;
            if (Bias != null) part.Bias += column;
            part.First = First.Part(row, vector);
            if (Segments == 2) part.Second = Second.Part(row, vector);
            return part;
        }
    }
}
