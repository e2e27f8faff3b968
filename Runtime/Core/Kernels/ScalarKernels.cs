using System;

namespace Recurrent
{
    /// <summary>The readable reference: every kernel as a plain loop. All other sets are tested against it.</summary>
    public sealed unsafe class ScalarKernels : KernelSet
    {
        private const int Lanes = Panels.Lanes;

        /// <inheritdoc/>
        public override string Name => "Scalar";

        /// <inheritdoc/>
        public override int RowStep => 1;

        /// <inheritdoc/>
        public override void Multiply(in Product product)
        {
            int vectors = Panels.Vectors(product.Columns);
            for (int v = 0; v < vectors; v++)
            {
                int lanes = Math.Min(Lanes, product.Columns - v * Lanes);
                float* bias = product.Bias + v * Lanes;
                for (int row = 0; row < product.Rows; row++)
                {
                    float* c = product.C.Vector(v) + (long)row * product.C.Row;
                    if (!product.Accumulate)
                        for (int l = 0; l < lanes; l++) c[l] = product.Bias == null ? 0 : bias[l];
                    AddSegment(product.First, row, v, lanes, c);
                    if (product.Segments == 2) AddSegment(product.Second, row, v, lanes, c);
                }
            }
        }

        private static void AddSegment(in Segment segment, int row, int vector, int lanes, float* c)
        {
            for (int o = 0; o < segment.Outer; o++)
            {
                float* a = segment.A + (long)row * segment.ARow + (long)o * segment.AOuter;
                float* b = segment.B.Vector(vector) + (long)o * segment.BOuter;
                for (int i = 0; i < segment.Inner; i++, a += segment.AInner, b += segment.B.Row)
                    for (int l = 0; l < lanes; l++) c[l] += *a * b[l];
            }
        }

        /// <inheritdoc/>
        public override void RnnForward(in GateStep step, Nonlinearity nonlinearity)
        {
            for (int row = 0; row < step.Rows; row++)
                for (int u = 0; u < step.Hidden; u++)
                    step.H[(long)row * step.HRow + u] = Activate(nonlinearity, step.Gate(row, u, 1)[0]);
        }

        /// <inheritdoc/>
        public override void RnnBackward(in GateStep step, Nonlinearity nonlinearity)
        {
            for (int row = 0; row < step.Rows; row++)
            {
                for (int u = 0; u < step.Hidden; u++)
                {
                    float h = step.H[(long)row * step.HRow + u];
                    step.Gate(row, u, 1)[0] = step.OutputGradient(row, u) * Derivative(nonlinearity, h);
                }
                step.ClearPadding(row, 1);
            }
        }

        /// <inheritdoc/>
        public override void LstmForward(in GateStep step)
        {
            for (int row = 0; row < step.Rows; row++)
            {
                for (int u = 0; u < step.Hidden; u++)
                {
                    float* gate = step.Gate(row, u, 4);
                    int at = row * step.Hidden + u;
                    float i = Sigmoid(gate[0]);
                    float f = Sigmoid(gate[Lanes]);
                    float g = Tanh(gate[2 * Lanes]);
                    float o = Sigmoid(gate[3 * Lanes]);
                    float c = f * step.CPrevious[at] + i * g;
                    step.C[at] = c;
                    step.H[(long)row * step.HRow + u] = o * Tanh(c);
                    gate[0] = i;
                    gate[Lanes] = f;
                    gate[2 * Lanes] = g;
                    gate[3 * Lanes] = o;
                }
            }
        }

        /// <inheritdoc/>
        public override void LstmBackward(in GateStep step)
        {
            for (int row = 0; row < step.Rows; row++)
            {
                for (int u = 0; u < step.Hidden; u++)
                {
                    float* gate = step.Gate(row, u, 4);
                    int at = row * step.Hidden + u;
                    float i = gate[0], f = gate[Lanes], g = gate[2 * Lanes], o = gate[3 * Lanes];
                    float t = Tanh(step.C[at]);
                    float dh = step.OutputGradient(row, u);
                    float dc = step.DC[at] + dh * o * (1 - t * t);
                    gate[0] = dc * g * i * (1 - i);
                    gate[Lanes] = dc * step.CPrevious[at] * f * (1 - f);
                    gate[2 * Lanes] = dc * i * (1 - g * g);
                    gate[3 * Lanes] = dh * t * o * (1 - o);
                    step.DC[at] = dc * f;
                }
                step.ClearPadding(row, 4);
            }
        }

        /// <inheritdoc/>
        public override void GruForward(in GateStep step)
        {
            for (int row = 0; row < step.Rows; row++)
            {
                for (int u = 0; u < step.Hidden; u++)
                {
                    float* gate = step.Gate(row, u, 4);
                    float r = Sigmoid(gate[0]);
                    float z = Sigmoid(gate[Lanes]);
                    float n = Tanh(gate[2 * Lanes] + r * gate[3 * Lanes]);
                    float h = step.HPrevious[(long)row * step.HPreviousRow + u];
                    step.H[(long)row * step.HRow + u] = (1 - z) * n + z * h;
                    gate[0] = r;
                    gate[Lanes] = z;
                    gate[2 * Lanes] = n;
                }
            }
        }

        /// <inheritdoc/>
        public override void GruBackward(in GateStep step)
        {
            for (int row = 0; row < step.Rows; row++)
            {
                for (int u = 0; u < step.Hidden; u++)
                {
                    float* gate = step.Gate(row, u, 4);
                    float r = gate[0], z = gate[Lanes], n = gate[2 * Lanes], q = gate[3 * Lanes];
                    float h = step.HPrevious[(long)row * step.HPreviousRow + u];
                    float dh = step.OutputGradient(row, u);
                    float dn = dh * (1 - z) * (1 - n * n);
                    gate[0] = dn * q * r * (1 - r);
                    gate[Lanes] = dh * (h - n) * z * (1 - z);
                    gate[2 * Lanes] = dn;
                    gate[3 * Lanes] = dn * r;
                    step.DH[row * step.Hidden + u] = dh * z;
                }
                step.ClearPadding(row, 4);
            }
        }

        /// <inheritdoc/>
        public override void GruResetForward(in GateStep step, float* reset)
        {
            for (int row = 0; row < step.Rows; row++)
            {
                for (int u = 0; u < step.Hidden; u++)
                {
                    float* gate = step.Gate(row, u, 3);
                    float r = Sigmoid(gate[0]);
                    gate[0] = r;
                    gate[Lanes] = Sigmoid(gate[Lanes]);
                    reset[row * step.Hidden + u] = r * step.HPrevious[(long)row * step.HPreviousRow + u];
                }
            }
        }

        /// <inheritdoc/>
        public override void GruCandidateForward(in GateStep step)
        {
            for (int row = 0; row < step.Rows; row++)
            {
                for (int u = 0; u < step.Hidden; u++)
                {
                    float* gate = step.Gate(row, u, 3);
                    float z = gate[Lanes];
                    float n = Tanh(gate[2 * Lanes]);
                    float h = step.HPrevious[(long)row * step.HPreviousRow + u];
                    gate[2 * Lanes] = n;
                    step.H[(long)row * step.HRow + u] = (1 - z) * n + z * h;
                }
            }
        }

        /// <inheritdoc/>
        public override void GruCandidateBackward(in GateStep step)
        {
            for (int row = 0; row < step.Rows; row++)
            {
                for (int u = 0; u < step.Hidden; u++)
                {
                    float* gate = step.Gate(row, u, 3);
                    float z = gate[Lanes], n = gate[2 * Lanes];
                    float h = step.HPrevious[(long)row * step.HPreviousRow + u];
                    float dh = step.OutputGradient(row, u);
                    gate[Lanes] = dh * (h - n) * z * (1 - z);
                    gate[2 * Lanes] = dh * (1 - z) * (1 - n * n);
                    step.DH[row * step.Hidden + u] = dh * z;
                }
                step.ClearPadding(row, 3);
            }
        }

        /// <inheritdoc/>
        public override void GruResetBackward(in GateStep step, float* dReset)
        {
            for (int row = 0; row < step.Rows; row++)
            {
                for (int u = 0; u < step.Hidden; u++)
                {
                    float* gate = step.Gate(row, u, 3);
                    int at = row * step.Hidden + u;
                    float r = gate[0];
                    gate[0] = dReset[at] * step.HPrevious[(long)row * step.HPreviousRow + u] * r * (1 - r);
                    step.DH[at] += dReset[at] * r;
                }
            }
        }

        /// <inheritdoc/>
        public override void Activate(Nonlinearity nonlinearity, float* x, float* y, int length)
        {
            for (int i = 0; i < length; i++) y[i] = Activate(nonlinearity, x[i]);
        }

        /// <inheritdoc/>
        public override void ActivateBackward(Nonlinearity nonlinearity, float* y, float* dy, float* dx, int length)
        {
            for (int i = 0; i < length; i++) dx[i] = dy[i] * Derivative(nonlinearity, y[i]);
        }

        private static float Activate(Nonlinearity nonlinearity, float x) => nonlinearity switch
        {
            Nonlinearity.ReLU => x > 0 ? x : x <= 0 ? 0 : x,
            Nonlinearity.Sigmoid => Sigmoid(x),
            _ => Tanh(x),
        };

        private static float Derivative(Nonlinearity nonlinearity, float y) => nonlinearity switch
        {
            Nonlinearity.ReLU => y > 0 ? 1 : 0,
            Nonlinearity.Sigmoid => y * (1 - y),
            _ => 1 - y * y,
        };

        private static float Tanh(float x) => MathF.Tanh(x);

        private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));
    }
}
