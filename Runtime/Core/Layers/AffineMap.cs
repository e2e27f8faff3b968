using System;
using System.Runtime.CompilerServices;

namespace Recurrent
{
    /// <summary>
    /// The affine map y = Σ_t W_t x_t + Σ b, where the rows of the W_t are blocks of <c>units</c> rows (one block a gate) of which this map takes
    /// some. It keeps the weights packed as the kernels read them: forward as (pair of vectors, k, 32) with k running through all terms,
    /// backward, for each term, as (pair of vectors of the term, gate row, 32). Gradients come in the forward layout, then the bias's.
    /// </summary>
    internal sealed unsafe partial class AffineMap
    {
        private const int Lanes = Panels.Lanes;

        // Rows of inputs and gate gradients that a product over time takes at once, so that they stay in the first caches.
        private const int GradientRows = 256;

        private readonly int _units;
        private readonly int[] _blocks;
        private readonly Parameter[] _weights;
        private readonly Parameter[] _biases;
        private readonly int[] _sizes;
        private readonly float[] _signs;
        private readonly int _k;
        private readonly AlignedBuffer _forward, _bias;
        private readonly AlignedBuffer[] _backward;
        private AlignedBuffer? _forwardBFloat16;

        /// <param name="units">Rows in a block of the weights: H, or the outputs of a linear layer.</param>
        /// <param name="blocks">Which blocks, in the order in which a panel holds them.</param>
        /// <param name="weights">One for each term, (G·units, size of the term).</param>
        /// <param name="biases">Each (G·units).</param>
        /// <param name="negated">A block whose weights and biases count with the opposite sign, or −1.</param>
        public AffineMap(int units, int[] blocks, Parameter[] weights, Parameter[] biases, int negated = -1)
        {
            _units = units;
            _blocks = blocks;
            _weights = weights;
            _biases = biases;
            _signs = Array.ConvertAll(blocks, block => block == negated ? -1f : 1f);
            _sizes = Array.ConvertAll(weights, weight => weight.Shape[1]);
            foreach (int size in _sizes) _k += size;
            Vectors = Panels.Vectors(units) * blocks.Length;
            int pairs = (Vectors + 1) / 2;
            _forward = new AlignedBuffer(pairs * _k * 2 * Lanes);
            _bias = new AlignedBuffer(pairs * 2 * Lanes);
            _backward = Array.ConvertAll(_sizes, size => new AlignedBuffer((Panels.Vectors(size) + 1) / 2 * Vectors * Lanes * 2 * Lanes));
            GradientLength = _forward.Length + _bias.Length;
        }

        /// <summary>Vectors of 16 columns.</summary>
        public int Vectors { get; }

        /// <summary>Floats of a lane's gradient.</summary>
        public int GradientLength { get; }

        /// <summary>Keeps the forward weights as bfloat16 too, from now on.</summary>
        public void KeepBFloat16()
        {
            if (_forwardBFloat16 != null) return;
            _forwardBFloat16 = new AlignedBuffer(_forward.Length / 2);
            for (int pair = 0; 2 * pair < Vectors; pair++) PackBFloat16(pair);
        }

        /// <summary>Copies the parameters into the packed layouts. A piece is a pair of vectors of units.</summary>
        public void Pack(WorkSlicer work)
        {
            for (int pair = 0; 2 * pair < Vectors; pair++)
            {
                if (!work.Next(4 * Lanes * _k)) continue;
                for (int v = 2 * pair; v < Math.Min(2 * pair + 2, Vectors); v++) PackVector(v);
                if (_forwardBFloat16 != null) PackBFloat16(pair);
            }
        }

        private void PackVector(int v)
        {
            int lanes = LanesOf(v), row = RowOf(v, 0), k0 = 0;
            float sign = _signs[v % _blocks.Length];
            var sum = new Span<float>(_bias.Pointer + v * Lanes, lanes);
            sum.Clear();
            foreach (Parameter bias in _biases)
            {
                ReadOnlySpan<float> part = bias.Value.Slice(row, lanes);
                for (int l = 0; l < sum.Length; l++) sum[l] += sign * part[l];
            }
            for (int term = 0; term < _weights.Length; term++)
            {
                int size = _sizes[term];
                fixed (float* weights = _weights[term].Value)
                {
                    float* w = weights + (long)row * size;
                    KernelSet.Default.Transpose(w, size, Forward(_forward.Pointer, v, k0), 2 * Lanes, lanes, size, sign, accumulate: false);
                    PackBackward(w, size, lanes, sign, _backward[term].Pointer + (long)v * Lanes * 2 * Lanes, (long)Vectors * Lanes * 2 * Lanes);
                }
                k0 += size;
            }
        }

        [MethodImpl(Jit.Optimize)]
        private void PackBFloat16(int pair)
        {
            float* from = _forward.Pointer + (long)pair * _k * 2 * Lanes;
            uint* to = (uint*)_forwardBFloat16!.Pointer + (long)pair * _k * Lanes;
            for (int k = 0; k < _k; k++, from += 2 * Lanes, to += Lanes)
                for (int l = 0; l < Lanes; l++) to[l] = BFloat16.FromSingle(from[l]) | (uint)BFloat16.FromSingle(from[Lanes + l]) << 16;
        }

        /// <summary>A panel of 16 rows of weights in stretches of 32: (pair, row, 32).</summary>
        [MethodImpl(Jit.Optimize)]
        private static void PackBackward(float* weights, int size, int lanes, float sign, float* packed, long pair)
        {
            for (int l = 0; l < lanes; l++, packed += 2 * Lanes)
            {
                float* to = packed;
                for (int k = 0; k < size; k += 2 * Lanes, to += pair)
                {
                    int count = Math.Min(2 * Lanes, size - k);
                    if (sign == 1) new ReadOnlySpan<float>(weights + k, count).CopyTo(new Span<float>(to, count));
                    else
                        for (int i = 0; i < count; i++) to[i] = sign * weights[k + i];
                }
                weights += size;
            }
        }

        /// <summary>c = bias + W_0 x0 + W_1 x1, for <paramref name="rows"/> rows; <paramref name="x1"/> is not looked at when there is one term.</summary>
        public void Forward(KernelSet kernels, int rows, float* x0, int x0Row, float* x1, int x1Row, in Panels c, WorkSlicer work)
        {
            var product = new Product
            {
                Rows = rows,
                Columns = _blocks.Length == 1 && c.Width == int.MaxValue ? _units : Vectors * Lanes,
                Segments = _weights.Length,
                C = c,
                Bias = _bias.Pointer,
                First = Term(x0, x0Row, 0, _sizes[0]),
            };
            if (_weights.Length == 2) product.Second = Term(x1, x1Row, _sizes[0], _sizes[1]);
            work.Multiply(kernels, product);
        }

        /// <summary>
        /// As <see cref="Forward(KernelSet, int, float*, int, float*, int, in Panels, WorkSlicer)"/> for the rows of a cell's step; where <paramref name="inputDone"/>,
        /// c += W_1 x1.
        /// </summary>
        public void Forward(KernelSet kernels, in CellStep step, float* x0, int x0Row, float* x1, int x1Row, in Panels c, bool inputDone, WorkSlicer work)
        {
            if (step.Rows > 1) Forward(kernels, step.Rows, x0, x0Row, x1, x1Row, c, work);
            else if (work.Next((long)_k * Vectors * Lanes)) kernels.Multiply(Row(x0, x1, c, 0, Vectors, inputDone, step.Precision, step.LastUnitsFirst));
        }

        /// <summary>c = bias + W_0 x0 + W_1 x1 for a lone row, or c += W_1 x1 where c holds what <see cref="ForwardInput"/> made of x0.</summary>
        /// <param name="x0">What the first term reads.</param>
        /// <param name="x1">What the second term reads; not looked at when there is one.</param>
        /// <param name="c">The result, from the first vector on.</param>
        /// <param name="first">The first vector to compute, the first of a pair.</param>
        /// <param name="vectors">How many to compute.</param>
        /// <param name="inputDone">Whether c holds the first term's share and the bias.</param>
        /// <param name="precision">Which weights are read.</param>
        /// <param name="lastColumnsFirst">See <see cref="RowProduct.LastColumnsFirst"/>.</param>
        public RowProduct Row(float* x0, float* x1, in Panels c, int first, int vectors, bool inputDone, WeightPrecision precision, bool lastColumnsFirst)
        {
            bool words = precision == WeightPrecision.BFloat16;
            int width = words ? Lanes : 2 * Lanes;
            Panels from = c;
            from.Data = c.Vector(first);
            return new RowProduct
            {
                First = x0,
                FirstLength = inputDone ? 0 : _sizes[0],
                Second = x1,
                SecondLength = _sizes.Length == 2 ? _sizes[1] : 0,
                B = (words ? _forwardBFloat16!.Pointer : _forward.Pointer) + ((long)(first / 2) * _k + (inputDone ? _sizes[0] : 0)) * width,
                Pair = _k * width,
                Precision = precision,
                Vectors = vectors,
                C = from,
                Bias = _bias.Pointer + first * Lanes,
                Accumulate = inputDone,
                LastColumnsFirst = lastColumnsFirst,
            };
        }

        /// <summary>The first term's share alone, of some vectors: c = bias + W_0 x.</summary>
        public void ForwardInput(KernelSet kernels, int rows, float* x, int xRow, in Panels c, int first, int vectors, WorkSlicer work) => work.Multiply(kernels, new Product
        {
            Rows = rows,
            Columns = Vectors * Lanes,
            Segments = 1,
            C = c,
            Bias = _bias.Pointer,
            First = Term(x, xRow, 0, _sizes[0]),
        }.Part(0, rows, first * Lanes, vectors * Lanes));

        /// <summary>dx = W_termᵀ dc, added to what is there or replacing it.</summary>
        public void Backward(KernelSet kernels, int rows, int term, in Panels dc, float* dx, int dxRow, bool accumulate, WorkSlicer work)
        {
            // A is the gradient of the gates: one outer index a panel, whose gates are contiguous.
            bool panels = dc.Width != int.MaxValue;
            work.Multiply(kernels, new Product
            {
                Rows = rows,
                Columns = _sizes[term],
                Segments = 1,
                Accumulate = accumulate,
                C = Panels.Dense(dx, dxRow),
                First = new Segment
                {
                    A = dc.Data,
                    ARow = dc.Row,
                    AInner = 1,
                    AOuter = dc.Block,
                    Inner = panels ? dc.Width * Lanes : _units,
                    Outer = panels ? Vectors / dc.Width : 1,
                    B = new Panels(_backward[term].Pointer, 2 * Lanes, 2, Vectors * Lanes * 2 * Lanes),
                    BOuter = panels ? dc.Width * Lanes * 2 * Lanes : 0,
                },
            });
        }

        /// <summary>Adds dW_term += Σ dcᵀ x over steps and rows to a lane's gradient.</summary>
        public void AddWeightGradient(KernelSet kernels, int steps, int rows, int term, float* x, int xRow, int xStep, in Panels dc, int dcStep, float* gradient, WorkSlicer work)
        {
            int k0 = term == 0 ? 0 : _sizes[0], block = Math.Max(1, GradientRows / rows);
            var product = new Product
            {
                Rows = _sizes[term],
                Columns = Vectors * Lanes,
                Segments = 1,
                Accumulate = true,
                C = new Panels(gradient + (long)k0 * 2 * Lanes, 2 * Lanes, 2, _k * 2 * Lanes),
                First = new Segment { ARow = 1, AInner = xRow, AOuter = xStep, Inner = rows, B = dc, BOuter = dcStep },
            };
            for (int t = 0; t < steps; t += block)
            {
                product.First.A = x + (long)t * xStep;
                product.First.B.Data = dc.Data + (long)t * dcStep;
                product.First.Outer = Math.Min(block, steps - t);
                work.Multiply(kernels, product);
            }
        }

        /// <summary>Adds db += Σ dc over steps and rows to a lane's gradient.</summary>
        public void AddBiasGradient(KernelSet kernels, int steps, int rows, in Panels dc, int dcStep, float* gradient, WorkSlicer work)
        {
            if (_biases.Length == 0) return;
            float one = 1;
            work.Multiply(kernels, new Product
            {
                Rows = 1,
                Columns = Vectors * Lanes,
                Segments = 1,
                Accumulate = true,
                C = Panels.Dense(gradient + _forward.Length, 0),
                First = new Segment { A = &one, Inner = rows, Outer = steps, B = dc, BOuter = dcStep },
            });
        }

        /// <summary>Adds a lane's gradient to that of the parameters. A piece is a vector of units.</summary>
        public void AddGradients(float* gradient, WorkSlicer work)
        {
            for (int v = 0; v < Vectors; v++)
            {
                if (!work.Next(Lanes * _k)) continue;
                int lanes = LanesOf(v), row = RowOf(v, 0), k0 = 0;
                float sign = _signs[v % _blocks.Length];
                foreach (Parameter bias in _biases)
                {
                    Span<float> into = bias.Gradient.Slice(row, lanes);
                    for (int l = 0; l < lanes; l++) into[l] += sign * gradient[_forward.Length + v * Lanes + l];
                }
                for (int term = 0; term < _weights.Length; term++)
                {
                    int size = _sizes[term];
                    fixed (float* into = _weights[term].Gradient)
                        KernelSet.Default.Transpose(Forward(gradient, v, k0), 2 * Lanes, into + (long)row * size, size, size, lanes, sign, accumulate: true);
                    k0 += size;
                }
            }
        }

        private Segment Term(float* x, int xRow, int k0, int size) => new Segment
        {
            A = x,
            ARow = xRow,
            AInner = 1,
            Inner = size,
            Outer = 1,
            B = new Panels(_forward.Pointer + (long)k0 * 2 * Lanes, 2 * Lanes, 2, _k * 2 * Lanes),
        };

        private float* Forward(float* packed, int vector, int k) => packed + (((long)(vector / 2) * _k + k) * 2 + vector % 2) * Lanes;

        private int LanesOf(int vector) => Math.Min(Lanes, _units - vector / _blocks.Length * Lanes);

        private int RowOf(int vector, int lane) => _blocks[vector % _blocks.Length] * _units + vector / _blocks.Length * Lanes + lane;
    }
}
