using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>The functions that a hidden state or an activation layer can go through.</summary>
    public enum Nonlinearity
    {
        /// <summary>tanh(x).</summary>
        Tanh,

        /// <summary>max(0, x).</summary>
        ReLU,

        /// <summary>1 / (1 + exp(−x)).</summary>
        Sigmoid,
    }

    /// <summary>
    /// The arithmetic that layers are made of: one matrix product and the fused passes over the gates. Implementations give the same
    /// numbers up to rounding; <see cref="ScalarKernels"/> is the one to read. Memory belongs to the caller, and nothing is allocated.
    /// </summary>
    public abstract unsafe partial class KernelSet
    {
        private static readonly List<KernelSet> s_available = Discover();
        private static KernelSet s_default = s_available[s_available.Count - 1];

        /// <summary>A name for logs and tables: Scalar, Vector4, Vector512, …</summary>
        public abstract string Name { get; }

        /// <summary>What this machine can run, slowest first.</summary>
        public static IReadOnlyList<KernelSet> Available => s_available;

        /// <summary>What layers use when nothing else is asked for: the fastest that is available, unless set.</summary>
        /// <exception cref="ArgumentNullException">The value is null.</exception>
        public static KernelSet Default
        {
            get => s_default;
            set => s_default = value ?? throw new ArgumentNullException(nameof(value));
        }

        /// <summary>Adds a kernel set that lives in another assembly, and makes it the default.</summary>
        /// <exception cref="ArgumentNullException"><paramref name="kernels"/> is null.</exception>
        public static void Register(KernelSet kernels)
        {
            Default = kernels;
            s_available.RemoveAll(k => k.Name == kernels.Name);
            s_available.Add(kernels);
        }

        /// <summary>
        /// A product may be cut between rows at multiples of this without a change of bits, but for a last row left alone. A product may be cut between
        /// columns at every multiple of 128.
        /// </summary>
        public virtual int RowStep => 4;

        /// <summary>Computes a matrix product; see <see cref="Product"/>.</summary>
        public abstract void Multiply(in Product product);

        /// <summary>Computes a lone row's product; see <see cref="RowProduct"/>.</summary>
        public virtual void Multiply(in RowProduct product)
        {
            if (product.FirstLength + product.SecondLength == 0 && product.Accumulate) return;
            if (product.Precision == WeightPrecision.Single)
            {
                Multiply(product.AsProduct());
                return;
            }
            for (int vector = 0; vector < product.Vectors; vector++)
            {
                uint* b = (uint*)product.B + (long)(vector / 2) * product.Pair;
                float* c = product.C.Vector(vector);
                for (int lane = 0; lane < Panels.Lanes; lane++)
                {
                    float sum = product.Accumulate ? c[lane] : product.Bias == null ? 0 : product.Bias[vector * Panels.Lanes + lane];
                    for (int k = 0; k < product.FirstLength + product.SecondLength; k++)
                    {
                        uint word = b[k * Panels.Lanes + lane];
                        float a = k < product.FirstLength ? product.First[k] : product.Second[k - product.FirstLength];
                        sum += a * BitConverter.Int32BitsToSingle((int)(vector % 2 == 0 ? word << 16 : word & 0xFFFF0000));
                    }
                    c[lane] = sum;
                }
            }
        }

        /// <summary>A lone row's step of an RNN: <paramref name="product"/>, whose C is the tape of <paramref name="gates"/>, and <see cref="RnnForward"/>.</summary>
        public virtual void RnnRow(in RowProduct product, in GateStep gates, Nonlinearity nonlinearity)
        {
            Multiply(product);
            RnnForward(gates, nonlinearity);
        }

        /// <summary>A lone row's step of an LSTM: <paramref name="product"/>, whose C is the tape of <paramref name="gates"/>, and <see cref="LstmForward"/>.</summary>
        public virtual void LstmRow(in RowProduct product, in GateStep gates)
        {
            Multiply(product);
            LstmForward(gates);
        }

        /// <summary>A lone row's step of a GRU with the reset gate after the product: the products for r and z, for n and for q, and <see cref="GruForward"/>.</summary>
        public virtual void GruRow(in RowProduct resetUpdate, in RowProduct candidate, in RowProduct recurrentCandidate, in GateStep gates)
        {
            Multiply(resetUpdate);
            Multiply(candidate);
            Multiply(recurrentCandidate);
            GruForward(gates);
        }

        /// <summary>RNN, panels of (row, 16): h = f(a).</summary>
        public abstract void RnnForward(in GateStep step, Nonlinearity nonlinearity);

        /// <summary>RNN: the gradient of a, from h and its gradient, written to the tape.</summary>
        public abstract void RnnBackward(in GateStep step, Nonlinearity nonlinearity);

        /// <summary>LSTM, panels of (row, i f g o, 16): c = σ(f) c' + σ(i) tanh(g), h = σ(o) tanh(c).</summary>
        public abstract void LstmForward(in GateStep step);

        /// <summary>LSTM: the gradients of i, f, g, o, and of c'.</summary>
        public abstract void LstmBackward(in GateStep step);

        /// <summary>
        /// GRU with the reset gate after the product, panels of (row, r z n q, 16), where n holds W_in x + b_in and q holds W_hn h' + b_hn:
        /// n = tanh(n + σ(r) q), h = (1 − σ(z)) n + σ(z) h'. q stays as it is.
        /// </summary>
        public abstract void GruForward(in GateStep step);

        /// <summary>GRU, reset after: the gradients of r, z, n, q, and in <see cref="GateStep.DH"/> the direct part of that of h'.</summary>
        public abstract void GruBackward(in GateStep step);

        /// <summary>
        /// GRU with the reset gate before the product, panels of (row, r z n, 16), first half: r = σ(r), z = σ(z), and r h' goes to
        /// <paramref name="reset"/> (Rows, H), the operand of the candidate's product.
        /// </summary>
        public abstract void GruResetForward(in GateStep step, float* reset);

        /// <summary>GRU, reset before, second half, once n holds its pre-activation: n = tanh(n), h = (1 − z) n + z h'.</summary>
        public abstract void GruCandidateForward(in GateStep step);

        /// <summary>GRU, reset before: the gradients of z and n, and in <see cref="GateStep.DH"/> the direct part of that of h'.</summary>
        public abstract void GruCandidateBackward(in GateStep step);

        /// <summary>
        /// GRU, reset before, once <paramref name="dReset"/> (Rows, H) holds the gradient of r h': the gradient of r, and
        /// <see cref="GateStep.DH"/> gains r times it.
        /// </summary>
        public abstract void GruResetBackward(in GateStep step, float* dReset);

        /// <summary>y = f(x), element by element; they may be the same memory.</summary>
        public abstract void Activate(Nonlinearity nonlinearity, float* x, float* y, int length);

        /// <summary>dx = dy f'(x), from y = f(x).</summary>
        public abstract void ActivateBackward(Nonlinearity nonlinearity, float* y, float* dy, float* dx, int length);

        /// <summary>y = y + x.</summary>
        public virtual void Add(float* x, float* y, int length)
        {
            for (int i = 0; i < length; i++) y[i] += x[i];
        }

        /// <summary>
        /// to[c, r] = scale from[r, c], or added to it, for a matrix of <paramref name="rows"/> by <paramref name="columns"/>; rows of the two are <paramref name="fromRow"/> and
        /// <paramref name="toRow"/> floats apart.
        /// </summary>
        public virtual void Transpose(float* from, int fromRow, float* to, int toRow, int rows, int columns, float scale, bool accumulate)
        {
            for (int c = 0; c < columns; c++)
                for (int r = 0; r < rows; r++)
                {
                    float x = scale * from[(long)r * fromRow + c];
                    float* at = to + (long)c * toRow + r;
                    *at = accumulate ? *at + x : x;
                }
        }

        /// <summary>Σ x², in double precision: finite exactly when every x is.</summary>
        public virtual double SumOfSquares(float* x, int length)
        {
            double sum = 0;
            for (int i = 0; i < length; i++) sum += (double)x[i] * x[i];
            return sum;
        }

        /// <summary>One sweep of Adam; see <see cref="AdamSweep"/>. <paramref name="largest"/> is v̂ with amsgrad, otherwise null.</summary>
        public virtual void Adam(in AdamSweep sweep, float* parameters, float* gradients, float* mean, float* square, float* largest, int length)
        {
            for (int i = 0; i < length; i++)
            {
                float p = parameters[i];
                float g = gradients[i] + sweep.Penalty * p;
                float m = mean[i] += sweep.Blend1 * (g - mean[i]);
                float v = square[i] = sweep.Beta2 * square[i] + sweep.Blend2 * g * g;
                if (largest != null) v = largest[i] = MathF.Max(largest[i], v);
                parameters[i] = sweep.Keep * p - sweep.StepSize * (m / (MathF.Sqrt(v) * sweep.Correction2 + sweep.Epsilon));
            }
        }

        private static List<KernelSet> Discover()
        {
            var found = new List<KernelSet> { new ScalarKernels(), new Vector4Kernels() };
            AddPlatformKernels(found);
            return found;
        }

        /// <summary>Where the .NET build adds the kernels that netstandard2.1 cannot express.</summary>
        static partial void AddPlatformKernels(List<KernelSet> found);
    }
}
