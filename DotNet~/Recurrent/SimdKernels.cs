using System;
using System.Runtime.CompilerServices;

namespace Recurrent
{
    /// <summary>The kernels of .NET, in vectors of any width: Vector512 with AVX-512, Vector256 with AVX2, Vector128 on arm64.</summary>
    internal sealed unsafe partial class SimdKernels<V> : KernelSet where V : struct, ISimd<V>
    {
        private const int Lanes = Panels.Lanes;

        // What a panel that is not full is computed in: a row of it, for each array of a GateStep.
        private const int Stage = 8 * Lanes;

        public SimdKernels(string name) => Name = name;

        public override string Name { get; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Multiply(in Product product)
        {
            // A piece is one vector of columns; a tile takes two, a lone row eight.
            SimdTile<V>.Stretch* stretches = stackalloc SimdTile<V>.Stretch[2];
            float* zeros = stackalloc float[Lanes], scratch = stackalloc float[2 * 8 * Lanes];
            for (int i = 0; i < Lanes; i++) zeros[i] = 0;
            int pieces = (product.Columns + V.Count - 1) / V.Count, whole = product.Columns / V.Count, first = 0;
            bool pairs = product.First.B.Width % 2 == 0 || V.Count < Lanes;
            if (product.Rows == 1 && pairs && product.First.Outer == 1 && (product.Segments == 1 || (product.Second.Outer == 1 && product.Second.B.Width % 2 == 0)))
                for (; first + 8 <= whole; first += 8) MultiplyRow(product, first, stretches, zeros);

            int tiles = (product.Rows + V.TileRows - 1) / V.TileRows;
            for (; first < pieces; first += 2)
            {
                int second = first + 1 < pieces ? first + 1 : first;
                Begin(product.First, first, second, stretches);
                if (product.Segments == 2) Begin(product.Second, first, second, stretches + 1);
                float* c0 = Piece(product.C, first), c1 = Piece(product.C, second);
                bool staged = second >= whole || second == first;
                for (int tile = 0, row = 0; tile < tiles; tile++)
                {
                    // Tiles of nearly equal height, so that none is slow.
                    int rows = (product.Rows - row + tiles - tile - 1) / (tiles - tile);
                    float* d0 = c0 + (nint)row * product.C.Row, d1 = c1 + (nint)row * product.C.Row;
                    if (staged) MultiplyStaged(product, rows, first, second, stretches, d0, d1, zeros, scratch);
                    else if (product.Accumulate) SimdTile<V>.Run(rows, stretches, product.Segments, d0, d1, product.C.Row, d0, d1, product.C.Row);
                    else if (product.Bias == null) SimdTile<V>.Run(rows, stretches, product.Segments, d0, d1, product.C.Row, zeros, zeros, 0);
                    else SimdTile<V>.Run(rows, stretches, product.Segments, d0, d1, product.C.Row, product.Bias + first * V.Count, product.Bias + second * V.Count, 0);
                    row += rows;
                    for (int s = 0; s < product.Segments; s++) stretches[s].A += rows * stretches[s].ARow;
                }
            }
        }

        public override void RnnForward(in GateStep step, Nonlinearity nonlinearity)
        {
            switch (nonlinearity)
            {
                case Nonlinearity.ReLU:
                    ForPanels(step, 1, null, &RnnReluForward);
                    break;
                case Nonlinearity.Sigmoid:
                    ForPanels(step, 1, null, &RnnSigmoidForward);
                    break;
                default:
                    ForPanels(step, 1, null, &RnnTanhForward);
                    break;
            }
        }

        public override void RnnBackward(in GateStep step, Nonlinearity nonlinearity)
        {
            switch (nonlinearity)
            {
                case Nonlinearity.ReLU:
                    ForPanels(step, 1, null, &RnnReluBackward);
                    break;
                case Nonlinearity.Sigmoid:
                    ForPanels(step, 1, null, &RnnSigmoidBackward);
                    break;
                default:
                    ForPanels(step, 1, null, &RnnTanhBackward);
                    break;
            }
        }

        public override void LstmForward(in GateStep step) => ForPanels(step, 4, null, &LstmForwardPanels);

        public override void LstmBackward(in GateStep step) => ForPanels(step, 4, null, &LstmBackwardPanels);

        public override void GruForward(in GateStep step) => ForPanels(step, 4, null, &GruForwardPanels);

        public override void GruBackward(in GateStep step) => ForPanels(step, 4, null, &GruBackwardPanels);

        public override void GruResetForward(in GateStep step, float* reset) => ForPanels(step, 3, reset, &GruResetForwardPanels);

        public override void GruCandidateForward(in GateStep step) => ForPanels(step, 3, null, &GruCandidateForwardPanels);

        public override void GruCandidateBackward(in GateStep step) => ForPanels(step, 3, null, &GruCandidateBackwardPanels);

        public override void GruResetBackward(in GateStep step, float* dReset) => ForPanels(step, 3, dReset, &GruResetBackwardPanels);

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void Activate(Nonlinearity nonlinearity, float* x, float* y, int length)
        {
            float* stage = stackalloc float[Lanes];
            for (int i = 0; i < length; i += V.Count)
            {
                int count = Math.Min(V.Count, length - i);
                bool whole = count == V.Count;
                if (!whole) Copy(x + i, stage, count);
                V v = V.Load(whole ? x + i : stage);
                v = nonlinearity switch
                {
                    Nonlinearity.ReLU => V.Max(V.Create(0), v),
                    Nonlinearity.Sigmoid => SimdMath<V>.Sigmoid(v),
                    _ => SimdMath<V>.Tanh(v),
                };
                V.Store(v, whole ? y + i : stage);
                if (!whole) Copy(stage, y + i, count);
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public override void ActivateBackward(Nonlinearity nonlinearity, float* y, float* dy, float* dx, int length)
        {
            float* stage = stackalloc float[2 * Lanes];
            for (int i = 0; i < length; i += V.Count)
            {
                int count = Math.Min(V.Count, length - i);
                bool whole = count == V.Count;
                if (!whole)
                {
                    Copy(y + i, stage, count);
                    Copy(dy + i, stage + Lanes, count);
                }
                V v = V.Load(whole ? y + i : stage), d = V.Load(whole ? dy + i : stage + Lanes);
                d = nonlinearity switch
                {
                    Nonlinearity.ReLU => V.WherePositive(v, d),
                    Nonlinearity.Sigmoid => d * v * (V.Create(1) - v),
                    _ => d * (V.Create(1) - v * v),
                };
                V.Store(d, whole ? dx + i : stage);
                if (!whole) Copy(stage, dx + i, count);
            }
        }

        private static void MultiplyRow(in Product product, int first, SimdTile<V>.Stretch* stretches, float* zeros)
        {
            float** c = stackalloc float*[8], start = stackalloc float*[8];
            for (int j = 0; j < 8; j++)
            {
                c[j] = Piece(product.C, first + j);
                start[j] = product.Accumulate ? c[j] : product.Bias == null ? zeros : product.Bias + (first + j) * V.Count;
            }
            BeginRow(product.First, first, stretches);
            if (product.Segments == 2) BeginRow(product.Second, first, stretches + 1);
            SimdTile<V>.Row(stretches, product.Segments, c, start);
        }

        /// <summary>A tile whose last columns are none, computed beside its place.</summary>
        private static void MultiplyStaged(in Product product, int rows, int first, int second, SimdTile<V>.Stretch* stretches, float* c0, float* c1, float* zeros, float* scratch)
        {
            int count0 = Math.Min(V.Count, product.Columns - first * V.Count), count1 = second == first ? 0 : Math.Min(V.Count, product.Columns - second * V.Count);
            float* s0 = zeros, s1 = zeros, t0 = scratch, t1 = scratch + 8 * Lanes;
            int sRow = 0;
            if (product.Accumulate)
            {
                for (int row = 0; row < rows; row++)
                {
                    Copy(c0 + (nint)row * product.C.Row, t0 + row * Lanes, count0);
                    Copy(c1 + (nint)row * product.C.Row, t1 + row * Lanes, count1);
                }
                s0 = t0;
                s1 = t1;
                sRow = Lanes;
            }
            else if (product.Bias != null)
            {
                s0 = product.Bias + first * V.Count;
                s1 = product.Bias + second * V.Count;
            }
            SimdTile<V>.Run(rows, stretches, product.Segments, t0, t1, Lanes, s0, s1, sRow);
            for (int row = 0; row < rows; row++)
            {
                Copy(t0 + row * Lanes, c0 + (nint)row * product.C.Row, count0);
                Copy(t1 + row * Lanes, c1 + (nint)row * product.C.Row, count1);
            }
        }

        private static void Begin(in Segment segment, int first, int second, SimdTile<V>.Stretch* stretch) => *stretch = new SimdTile<V>.Stretch
        {
            A = segment.A,
            B0 = Piece(segment.B, first),
            B1 = Piece(segment.B, second),
            ARow = segment.ARow,
            AInner = segment.AInner,
            AOuter = segment.AOuter,
            BRow = segment.B.Row,
            BOuter = segment.BOuter,
            Inner = segment.Inner,
            Outer = segment.Outer,
        };

        private static void BeginRow(in Segment segment, int first, SimdTile<V>.Stretch* stretch) => *stretch = new SimdTile<V>.Stretch
        {
            A = segment.A,
            B0 = Piece(segment.B, first),
            B1 = Piece(segment.B, first + 2),
            B2 = Piece(segment.B, first + 4),
            B3 = Piece(segment.B, first + 6),
            AInner = segment.AInner,
            BRow = segment.B.Row,
            Inner = segment.Inner,
        };

        /// <summary>The first lane of a piece in row 0.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static float* Piece(in Panels panels, int piece) => panels.Vector(piece * V.Count / Lanes) + piece * V.Count % Lanes;

        /// <summary>
        /// Runs a pass over the whole panels at once, and over a last panel that is not full row by row, in rows of 16 beside their place.
        /// <paramref name="extra"/> is (Rows, H), in and out.
        /// </summary>
        private static void ForPanels(in GateStep step, int gates, float* extra, delegate*<in GateStep, float*, void> pass)
        {
            int rest = step.Hidden % Lanes, whole = step.Hidden - rest;
            if (whole > 0) pass(step, extra);
            if (rest == 0) return;
            float* stage = stackalloc float[Stage];
            new Span<float>(stage, Stage).Clear();
            for (int row = 0; row < step.Rows; row++)
            {
                nint at = (nint)row * step.Hidden + whole;
                var one = new GateStep
                {
                    Rows = 1,
                    Hidden = Lanes,
                    Gates = step.Gates + (nint)(whole / Lanes) * step.PanelStride + row * gates * Lanes,
                    CPrevious = Load(step.CPrevious, at, stage, rest),
                    C = Load(step.C, at, stage + Lanes, rest),
                    HPrevious = Load(step.HPrevious, (nint)row * step.HPreviousRow + whole, stage + 2 * Lanes, rest),
                    H = Load(step.H, (nint)row * step.HRow + whole, stage + 3 * Lanes, rest),
                    DY = Load(step.DY, (nint)row * step.DYRow + whole, stage + 4 * Lanes, rest),
                    DH = Load(step.DH, at, stage + 5 * Lanes, rest),
                    DC = Load(step.DC, at, stage + 6 * Lanes, rest),
                };
                float* stagedExtra = Load(extra, at, stage + 7 * Lanes, rest);
                pass(one, stagedExtra);
                if (step.C != null) Copy(one.C, step.C + at, rest);
                if (step.H != null) Copy(one.H, step.H + (nint)row * step.HRow + whole, rest);
                if (step.DH != null) Copy(one.DH, step.DH + at, rest);
                if (step.DC != null) Copy(one.DC, step.DC + at, rest);
                if (extra != null) Copy(stagedExtra, extra + at, rest);
            }
        }

        private static float* Load(float* from, nint at, float* stage, int count)
        {
            if (from == null) return null;
            Copy(from + at, stage, count);
            return stage;
        }

        private static void Copy(float* from, float* to, int count)
        {
            for (int i = 0; i < count; i++) to[i] = from[i];
        }
    }
}
