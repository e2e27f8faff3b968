using System.Runtime.CompilerServices;
using Unity.Burst;

namespace Recurrent
{
    /// <summary>
    /// The loops of <see cref="BurstKernels"/>, written for LLVM to turn into vectors: a fixed count of 16 lanes, and stores into blocks on the stack
    /// or into the gates, so that few pointers could be the same memory. A language of pointers, floats and plain loops that C++ has too
    /// (DotNet~/Standins compiles this very file with clang): one variable a declaration, bodies in braces, no <c>in</c>, no library.
    /// </summary>
    [BurstCompile]
    internal static unsafe class BurstLoops
    {
        private const int Lanes = Panels.Lanes;

        private const int TileRows = 4;

        // Fast: a product and a sum may become one instruction.
        [BurstCompile(FloatMode = FloatMode.Fast)]
        public static void Multiply(Product* product)
        {
            for (int v = 0; v * Lanes < product->Columns; v++)
            {
                int row = 0;
                for (; row + TileRows <= product->Rows; row += TileRows) MultiplyTile(TileRows, product, row, v);
                for (; row < product->Rows; row++) MultiplyTile(1, product, row, v);
            }
        }

        // Into its caller, where the height is a constant; and with a block on the stack that no other pointer can reach.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void MultiplyTile(int rows, Product* product, int row, int vector)
        {
            float* tile = stackalloc float[TileRows * Lanes];
            int lanes = product->Columns - vector * Lanes < Lanes ? product->Columns - vector * Lanes : Lanes;
            bool zero = !product->Accumulate && product->Bias == null;
            float* c = product->C.Vector(vector) + (long)row * product->C.Row;
            float* start = product->Accumulate ? c : product->Bias + vector * Lanes;
            long startRow = product->Accumulate ? product->C.Row : 0;
            for (int r = 0; r < rows; r++)
            {
                if (zero) Clear(tile + r * Lanes);
                else if (lanes == Lanes) Copy(start + r * startRow, tile + r * Lanes);
                else CopySome(start + r * startRow, tile + r * Lanes, lanes);
            }
            for (int s = 0; s < product->Segments; s++)
            {
                Segment* segment = s == 0 ? &product->First : &product->Second;
                for (int o = 0; o < segment->Outer; o++)
                {
                    float* a = segment->A + (long)row * segment->ARow + (long)o * segment->AOuter;
                    float* b = segment->B.Vector(vector) + (long)o * segment->BOuter;
                    AddRows(rows, a, segment->ARow, segment->AInner, b, segment->B.Row, segment->Inner, tile);
                }
            }
            for (int r = 0; r < rows; r++, c += product->C.Row)
            {
                if (lanes == Lanes) Copy(tile + r * Lanes, c);
                else CopySome(tile + r * Lanes, c, lanes);
            }
        }

        // Four k in a turn: one store of a lane for four products.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void AddRows(int rows, float* a, long aRow, long aInner, float* b, long bRow, int inner, float* tile)
        {
            for (; inner >= 4; inner -= 4, a += 4 * aInner, b += 4 * bRow)
            {
                float* b1 = b + bRow;
                float* b2 = b1 + bRow;
                float* b3 = b2 + bRow;
                for (int r = 0; r < rows; r++)
                {
                    float* x = a + r * aRow;
                    float* t = tile + r * Lanes;
                    float x0 = x[0];
                    float x1 = x[aInner];
                    float x2 = x[2 * aInner];
                    float x3 = x[3 * aInner];
                    for (int l = 0; l < Lanes; l++) t[l] = t[l] + x0 * b[l] + x1 * b1[l] + x2 * b2[l] + x3 * b3[l];
                }
            }
            for (; inner > 0; inner--, a += aInner, b += bRow)
            {
                for (int r = 0; r < rows; r++)
                {
                    float x = a[r * aRow];
                    float* t = tile + r * Lanes;
                    for (int l = 0; l < Lanes; l++) t[l] = t[l] + x * b[l];
                }
            }
        }

        [BurstCompile]
        public static void RnnForward(GateStep* step, Nonlinearity nonlinearity)
        {
            for (int panel = 0; panel < step->Hidden / Lanes; panel++)
                for (int row = 0; row < step->Rows; row++)
                    Activate(nonlinearity, Gates(step, panel, row, 1), step->H + (long)row * step->HRow + panel * Lanes, Lanes);
        }

        [BurstCompile]
        public static void RnnBackward(GateStep* step, Nonlinearity nonlinearity)
        {
            float* dh = stackalloc float[Lanes];
            for (int panel = 0; panel < step->Hidden / Lanes; panel++)
            {
                for (int row = 0; row < step->Rows; row++)
                {
                    Copy(step->DH + (long)row * step->Hidden + panel * Lanes, dh);
                    float* dy = step->DY + (long)row * step->DYRow + panel * Lanes;
                    if (step->DY != null)
                        for (int l = 0; l < Lanes; l++) dh[l] += dy[l];
                    ActivateBackward(nonlinearity, step->H + (long)row * step->HRow + panel * Lanes, dh, Gates(step, panel, row, 1), Lanes);
                }
            }
        }

        [BurstCompile]
        public static void LstmForward(GateStep* step)
        {
            float* state = stackalloc float[Lanes];
            float* output = stackalloc float[Lanes];
            for (int panel = 0; panel < step->Hidden / Lanes; panel++)
            {
                for (int row = 0; row < step->Rows; row++)
                {
                    float* gate = Gates(step, panel, row, 4);
                    long at = (long)row * step->Hidden + panel * Lanes;
                    float* cPrevious = step->CPrevious + at;
                    for (int l = 0; l < Lanes; l++)
                    {
                        float i = Sigmoid(gate[l]);
                        float f = Sigmoid(gate[Lanes + l]);
                        float g = Tanh(gate[2 * Lanes + l]);
                        float o = Sigmoid(gate[3 * Lanes + l]);
                        float c = f * cPrevious[l] + i * g;
                        gate[l] = i;
                        gate[Lanes + l] = f;
                        gate[2 * Lanes + l] = g;
                        gate[3 * Lanes + l] = o;
                        state[l] = c;
                        output[l] = o * Tanh(c);
                    }
                    Copy(state, step->C + at);
                    Copy(output, step->H + (long)row * step->HRow + panel * Lanes);
                }
            }
        }

        [BurstCompile]
        public static void LstmBackward(GateStep* step)
        {
            float* zeros = stackalloc float[Lanes];
            float* dcPrevious = stackalloc float[Lanes];
            Clear(zeros);
            for (int panel = 0; panel < step->Hidden / Lanes; panel++)
            {
                for (int row = 0; row < step->Rows; row++)
                {
                    float* gate = Gates(step, panel, row, 4);
                    long at = (long)row * step->Hidden + panel * Lanes;
                    float* cPrevious = step->CPrevious + at;
                    float* c = step->C + at;
                    float* dc = step->DC + at;
                    float* dh = step->DH + at;
                    float* dy = step->DY == null ? zeros : step->DY + (long)row * step->DYRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l++)
                    {
                        float i = gate[l];
                        float f = gate[Lanes + l];
                        float g = gate[2 * Lanes + l];
                        float o = gate[3 * Lanes + l];
                        float d = dh[l] + dy[l];
                        float t = Tanh(c[l]);
                        float dState = dc[l] + d * o * (1 - t * t);
                        gate[l] = dState * g * i * (1 - i);
                        gate[Lanes + l] = dState * cPrevious[l] * f * (1 - f);
                        gate[2 * Lanes + l] = dState * i * (1 - g * g);
                        gate[3 * Lanes + l] = d * t * o * (1 - o);
                        dcPrevious[l] = dState * f;
                    }
                    Copy(dcPrevious, dc);
                }
            }
        }

        [BurstCompile]
        public static void GruForward(GateStep* step)
        {
            float* output = stackalloc float[Lanes];
            for (int panel = 0; panel < step->Hidden / Lanes; panel++)
            {
                for (int row = 0; row < step->Rows; row++)
                {
                    float* gate = Gates(step, panel, row, 4);
                    float* hPrevious = step->HPrevious + (long)row * step->HPreviousRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l++)
                    {
                        float r = Sigmoid(gate[l]);
                        float z = Sigmoid(gate[Lanes + l]);
                        float n = Tanh(gate[2 * Lanes + l] + r * gate[3 * Lanes + l]);
                        gate[l] = r;
                        gate[Lanes + l] = z;
                        gate[2 * Lanes + l] = n;
                        output[l] = n + z * (hPrevious[l] - n);
                    }
                    Copy(output, step->H + (long)row * step->HRow + panel * Lanes);
                }
            }
        }

        [BurstCompile]
        public static void GruBackward(GateStep* step)
        {
            float* zeros = stackalloc float[Lanes];
            float* direct = stackalloc float[Lanes];
            Clear(zeros);
            for (int panel = 0; panel < step->Hidden / Lanes; panel++)
            {
                for (int row = 0; row < step->Rows; row++)
                {
                    float* gate = Gates(step, panel, row, 4);
                    float* hPrevious = step->HPrevious + (long)row * step->HPreviousRow + panel * Lanes;
                    float* dh = step->DH + (long)row * step->Hidden + panel * Lanes;
                    float* dy = step->DY == null ? zeros : step->DY + (long)row * step->DYRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l++)
                    {
                        float d = dh[l] + dy[l];
                        float r = gate[l];
                        float z = gate[Lanes + l];
                        float n = gate[2 * Lanes + l];
                        float q = gate[3 * Lanes + l];
                        float dn = d * (1 - z) * (1 - n * n);
                        gate[l] = dn * q * r * (1 - r);
                        gate[Lanes + l] = d * (hPrevious[l] - n) * z * (1 - z);
                        gate[2 * Lanes + l] = dn;
                        gate[3 * Lanes + l] = dn * r;
                        direct[l] = d * z;
                    }
                    Copy(direct, dh);
                }
            }
        }

        [BurstCompile]
        public static void GruResetForward(GateStep* step, float* reset)
        {
            float* output = stackalloc float[Lanes];
            for (int panel = 0; panel < step->Hidden / Lanes; panel++)
            {
                for (int row = 0; row < step->Rows; row++)
                {
                    float* gate = Gates(step, panel, row, 3);
                    float* hPrevious = step->HPrevious + (long)row * step->HPreviousRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l++)
                    {
                        float r = Sigmoid(gate[l]);
                        gate[l] = r;
                        gate[Lanes + l] = Sigmoid(gate[Lanes + l]);
                        output[l] = r * hPrevious[l];
                    }
                    Copy(output, reset + (long)row * step->Hidden + panel * Lanes);
                }
            }
        }

        [BurstCompile]
        public static void GruCandidateForward(GateStep* step)
        {
            float* output = stackalloc float[Lanes];
            for (int panel = 0; panel < step->Hidden / Lanes; panel++)
            {
                for (int row = 0; row < step->Rows; row++)
                {
                    float* gate = Gates(step, panel, row, 3);
                    float* hPrevious = step->HPrevious + (long)row * step->HPreviousRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l++)
                    {
                        float z = gate[Lanes + l];
                        float n = Tanh(gate[2 * Lanes + l]);
                        gate[2 * Lanes + l] = n;
                        output[l] = n + z * (hPrevious[l] - n);
                    }
                    Copy(output, step->H + (long)row * step->HRow + panel * Lanes);
                }
            }
        }

        [BurstCompile]
        public static void GruCandidateBackward(GateStep* step)
        {
            float* zeros = stackalloc float[Lanes];
            float* direct = stackalloc float[Lanes];
            Clear(zeros);
            for (int panel = 0; panel < step->Hidden / Lanes; panel++)
            {
                for (int row = 0; row < step->Rows; row++)
                {
                    float* gate = Gates(step, panel, row, 3);
                    float* hPrevious = step->HPrevious + (long)row * step->HPreviousRow + panel * Lanes;
                    float* dh = step->DH + (long)row * step->Hidden + panel * Lanes;
                    float* dy = step->DY == null ? zeros : step->DY + (long)row * step->DYRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l++)
                    {
                        float d = dh[l] + dy[l];
                        float z = gate[Lanes + l];
                        float n = gate[2 * Lanes + l];
                        gate[Lanes + l] = d * (hPrevious[l] - n) * z * (1 - z);
                        gate[2 * Lanes + l] = d * (1 - z) * (1 - n * n);
                        direct[l] = d * z;
                    }
                    Copy(direct, dh);
                }
            }
        }

        [BurstCompile]
        public static void GruResetBackward(GateStep* step, float* dReset)
        {
            float* direct = stackalloc float[Lanes];
            for (int panel = 0; panel < step->Hidden / Lanes; panel++)
            {
                for (int row = 0; row < step->Rows; row++)
                {
                    float* gate = Gates(step, panel, row, 3);
                    float* hPrevious = step->HPrevious + (long)row * step->HPreviousRow + panel * Lanes;
                    long at = (long)row * step->Hidden + panel * Lanes;
                    float* d = dReset + at;
                    float* dh = step->DH + at;
                    for (int l = 0; l < Lanes; l++)
                    {
                        float r = gate[l];
                        gate[l] = d[l] * hPrevious[l] * r * (1 - r);
                        direct[l] = dh[l] + d[l] * r;
                    }
                    Copy(direct, dh);
                }
            }
        }

        [BurstCompile]
        public static void Activate(Nonlinearity nonlinearity, float* x, float* y, int length)
        {
            if (nonlinearity == Nonlinearity.Tanh)
                for (int i = 0; i < length; i++) y[i] = Tanh(x[i]);
            else if (nonlinearity == Nonlinearity.Sigmoid)
                for (int i = 0; i < length; i++) y[i] = Sigmoid(x[i]);
            else
                for (int i = 0; i < length; i++) y[i] = x[i] < 0 ? 0 : x[i];
        }

        [BurstCompile]
        public static void ActivateBackward(Nonlinearity nonlinearity, float* y, float* dy, float* dx, int length)
        {
            if (nonlinearity == Nonlinearity.Tanh)
                for (int i = 0; i < length; i++) dx[i] = dy[i] * (1 - y[i] * y[i]);
            else if (nonlinearity == Nonlinearity.Sigmoid)
                for (int i = 0; i < length; i++) dx[i] = dy[i] * y[i] * (1 - y[i]);
            else
                for (int i = 0; i < length; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
        }

        private static float* Gates(GateStep* step, int panel, int row, int gates)
        {
            return step->Gates + (long)panel * step->PanelStride + (long)row * gates * Lanes;
        }

        private static void Copy(float* from, float* to)
        {
            for (int l = 0; l < Lanes; l++) to[l] = from[l];
        }

        private static void CopySome(float* from, float* to, int count)
        {
            for (int l = 0; l < count; l++) to[l] = from[l];
        }

        private static void Clear(float* to)
        {
            for (int l = 0; l < Lanes; l++) to[l] = 0;
        }

        // See TanhFit. Comparisons that keep what is not a number.
        private static float Tanh(float x)
        {
            x = x > TanhFit.Limit ? TanhFit.Limit : x;
            x = x < -TanhFit.Limit ? -TanhFit.Limit : x;
            float u = x * x;
            float p = (((TanhFit.P4 * u + TanhFit.P3) * u + TanhFit.P2) * u + TanhFit.P1) * u + TanhFit.P0;
            float q = (((TanhFit.Q4 * u + TanhFit.Q3) * u + TanhFit.Q2) * u + TanhFit.Q1) * u + TanhFit.Q0;
            return x * p / q;
        }

        private static float Sigmoid(float x)
        {
            return 0.5f + 0.5f * Tanh(0.5f * x);
        }
    }
}
