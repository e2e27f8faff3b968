using System.Numerics;
using System.Runtime.CompilerServices;

namespace Recurrent
{
    // The passes over the gates, for whole panels of 16 units. ScalarKernels says what they compute.
    public sealed unsafe partial class Vector4Kernels
    {
        /// <inheritdoc/>
        [MethodImpl(Optimized)]
        protected override void RnnForwardPanels(in GateStep step, Nonlinearity nonlinearity)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (long)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += Lanes)
                    ActivatePanels(nonlinearity, gate, step.H + (long)row * step.HRow + panel * Lanes, Lanes);
            }
        }

        /// <inheritdoc/>
        [MethodImpl(Optimized)]
        protected override void RnnBackwardPanels(in GateStep step, Nonlinearity nonlinearity)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (long)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += Lanes)
                {
                    for (int l = 0; l < Lanes; l += 4) Store(OutputGradient(step, row, panel * Lanes + l), gate + l);
                    ActivateBackwardPanels(nonlinearity, step.H + (long)row * step.HRow + panel * Lanes, gate, gate, Lanes);
                }
            }
        }

        /// <inheritdoc/>
        [MethodImpl(Optimized)]
        protected override void LstmForwardPanels(in GateStep step)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (long)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 4 * Lanes)
                {
                    long at = (long)row * step.Hidden + panel * Lanes;
                    float* cPrevious = step.CPrevious + at, c = step.C + at, h = step.H + (long)row * step.HRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l += 4)
                    {
                        Vector4 i = Sigmoid(Load(gate + l));
                        Vector4 f = Sigmoid(Load(gate + Lanes + l));
                        Vector4 g = Tanh(Load(gate + 2 * Lanes + l));
                        Vector4 o = Sigmoid(Load(gate + 3 * Lanes + l));
                        Vector4 state = f * Load(cPrevious + l) + i * g;
                        Store(i, gate + l);
                        Store(f, gate + Lanes + l);
                        Store(g, gate + 2 * Lanes + l);
                        Store(o, gate + 3 * Lanes + l);
                        Store(state, c + l);
                        Store(o * Tanh(state), h + l);
                    }
                }
            }
        }

        /// <inheritdoc/>
        [MethodImpl(Optimized)]
        protected override void LstmBackwardPanels(in GateStep step)
        {
            Vector4 one = Vector4.One;
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (long)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 4 * Lanes)
                {
                    long at = (long)row * step.Hidden + panel * Lanes;
                    float* cPrevious = step.CPrevious + at, c = step.C + at, dcNext = step.DC + at;
                    for (int l = 0; l < Lanes; l += 4)
                    {
                        Vector4 i = Load(gate + l), f = Load(gate + Lanes + l), g = Load(gate + 2 * Lanes + l), o = Load(gate + 3 * Lanes + l);
                        Vector4 t = Tanh(Load(c + l));
                        Vector4 dh = OutputGradient(step, row, panel * Lanes + l);
                        Vector4 dc = Load(dcNext + l) + dh * o * (one - t * t);
                        Store(dc * g * i * (one - i), gate + l);
                        Store(dc * Load(cPrevious + l) * f * (one - f), gate + Lanes + l);
                        Store(dc * i * (one - g * g), gate + 2 * Lanes + l);
                        Store(dh * t * o * (one - o), gate + 3 * Lanes + l);
                        Store(dc * f, dcNext + l);
                    }
                }
            }
        }

        /// <inheritdoc/>
        [MethodImpl(Optimized)]
        protected override void GruForwardPanels(in GateStep step)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (long)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 4 * Lanes)
                {
                    float* hPrevious = step.HPrevious + (long)row * step.HPreviousRow + panel * Lanes, h = step.H + (long)row * step.HRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l += 4)
                    {
                        Vector4 r = Sigmoid(Load(gate + l));
                        Vector4 z = Sigmoid(Load(gate + Lanes + l));
                        Vector4 n = Tanh(Load(gate + 2 * Lanes + l) + r * Load(gate + 3 * Lanes + l));
                        Store(r, gate + l);
                        Store(z, gate + Lanes + l);
                        Store(n, gate + 2 * Lanes + l);
                        Store(n + z * (Load(hPrevious + l) - n), h + l);
                    }
                }
            }
        }

        /// <inheritdoc/>
        [MethodImpl(Optimized)]
        protected override void GruBackwardPanels(in GateStep step)
        {
            Vector4 one = Vector4.One;
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (long)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 4 * Lanes)
                {
                    float* hPrevious = step.HPrevious + (long)row * step.HPreviousRow + panel * Lanes, dhNext = step.DH + (long)row * step.Hidden + panel * Lanes;
                    for (int l = 0; l < Lanes; l += 4)
                    {
                        Vector4 r = Load(gate + l), z = Load(gate + Lanes + l), n = Load(gate + 2 * Lanes + l), q = Load(gate + 3 * Lanes + l);
                        Vector4 dh = OutputGradient(step, row, panel * Lanes + l);
                        Vector4 dn = dh * (one - z) * (one - n * n);
                        Store(dn * q * r * (one - r), gate + l);
                        Store(dh * (Load(hPrevious + l) - n) * z * (one - z), gate + Lanes + l);
                        Store(dn, gate + 2 * Lanes + l);
                        Store(dn * r, gate + 3 * Lanes + l);
                        Store(dh * z, dhNext + l);
                    }
                }
            }
        }

        /// <inheritdoc/>
        [MethodImpl(Optimized)]
        protected override void GruResetForwardPanels(in GateStep step, float* reset)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (long)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 3 * Lanes)
                {
                    float* hPrevious = step.HPrevious + (long)row * step.HPreviousRow + panel * Lanes, product = reset + (long)row * step.Hidden + panel * Lanes;
                    for (int l = 0; l < Lanes; l += 4)
                    {
                        Vector4 r = Sigmoid(Load(gate + l));
                        Store(r, gate + l);
                        Store(Sigmoid(Load(gate + Lanes + l)), gate + Lanes + l);
                        Store(r * Load(hPrevious + l), product + l);
                    }
                }
            }
        }

        /// <inheritdoc/>
        [MethodImpl(Optimized)]
        protected override void GruCandidateForwardPanels(in GateStep step)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (long)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 3 * Lanes)
                {
                    float* hPrevious = step.HPrevious + (long)row * step.HPreviousRow + panel * Lanes, h = step.H + (long)row * step.HRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l += 4)
                    {
                        Vector4 z = Load(gate + Lanes + l), n = Tanh(Load(gate + 2 * Lanes + l));
                        Store(n, gate + 2 * Lanes + l);
                        Store(n + z * (Load(hPrevious + l) - n), h + l);
                    }
                }
            }
        }

        /// <inheritdoc/>
        [MethodImpl(Optimized)]
        protected override void GruCandidateBackwardPanels(in GateStep step)
        {
            Vector4 one = Vector4.One;
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (long)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 3 * Lanes)
                {
                    float* hPrevious = step.HPrevious + (long)row * step.HPreviousRow + panel * Lanes, dhNext = step.DH + (long)row * step.Hidden + panel * Lanes;
                    for (int l = 0; l < Lanes; l += 4)
                    {
                        Vector4 z = Load(gate + Lanes + l), n = Load(gate + 2 * Lanes + l);
                        Vector4 dh = OutputGradient(step, row, panel * Lanes + l);
                        Store(dh * (Load(hPrevious + l) - n) * z * (one - z), gate + Lanes + l);
                        Store(dh * (one - z) * (one - n * n), gate + 2 * Lanes + l);
                        Store(dh * z, dhNext + l);
                    }
                }
            }
        }

        /// <inheritdoc/>
        [MethodImpl(Optimized)]
        protected override void GruResetBackwardPanels(in GateStep step, float* dReset)
        {
            Vector4 one = Vector4.One;
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (long)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 3 * Lanes)
                {
                    long at = (long)row * step.Hidden + panel * Lanes;
                    float* hPrevious = step.HPrevious + (long)row * step.HPreviousRow + panel * Lanes, dProduct = dReset + at, dhNext = step.DH + at;
                    for (int l = 0; l < Lanes; l += 4)
                    {
                        Vector4 r = Load(gate + l), d = Load(dProduct + l);
                        Store(d * Load(hPrevious + l) * r * (one - r), gate + l);
                        Store(Load(dhNext + l) + d * r, dhNext + l);
                    }
                }
            }
        }

        /// <inheritdoc/>
        [MethodImpl(Optimized)]
        protected override void ActivatePanels(Nonlinearity nonlinearity, float* x, float* y, int length)
        {
            switch (nonlinearity)
            {
                case Nonlinearity.ReLU:
                    for (int i = 0; i < length; i += 4) Store(Vector4.Max(Vector4.Zero, Load(x + i)), y + i);
                    break;
                case Nonlinearity.Sigmoid:
                    for (int i = 0; i < length; i += 4) Store(Sigmoid(Load(x + i)), y + i);
                    break;
                default:
                    for (int i = 0; i < length; i += 4) Store(Tanh(Load(x + i)), y + i);
                    break;
            }
        }

        /// <inheritdoc/>
        [MethodImpl(Optimized)]
        protected override void ActivateBackwardPanels(Nonlinearity nonlinearity, float* y, float* dy, float* dx, int length)
        {
            Vector4 one = Vector4.One;
            switch (nonlinearity)
            {
                case Nonlinearity.ReLU:
                    for (int i = 0; i < length; i++) dx[i] = y[i] > 0 ? dy[i] : 0;
                    break;
                case Nonlinearity.Sigmoid:
                    for (int i = 0; i < length; i += 4) Store(Load(dy + i) * Load(y + i) * (one - Load(y + i)), dx + i);
                    break;
                default:
                    for (int i = 0; i < length; i += 4) Store(Load(dy + i) * (one - Load(y + i) * Load(y + i)), dx + i);
                    break;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector4 OutputGradient(in GateStep step, int row, int unit)
        {
            Vector4 dh = Load(step.DH + (long)row * step.Hidden + unit);
            return step.DY == null ? dh : dh + Load(step.DY + (long)row * step.DYRow + unit);
        }

        /// <summary>See <see cref="TanhFit"/>. What is not a number stays so: it is the second operand of Min and Max.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector4 Tanh(Vector4 x)
        {
            x = Vector4.Max(new Vector4(-TanhFit.Limit), Vector4.Min(new Vector4(TanhFit.Limit), x));
            Vector4 u = x * x;
            Vector4 p = u * new Vector4(TanhFit.P4) + new Vector4(TanhFit.P3);
            Vector4 q = u * new Vector4(TanhFit.Q4) + new Vector4(TanhFit.Q3);
            p = u * p + new Vector4(TanhFit.P2);
            q = u * q + new Vector4(TanhFit.Q2);
            p = u * p + new Vector4(TanhFit.P1);
            q = u * q + new Vector4(TanhFit.Q1);
            p = u * p + new Vector4(TanhFit.P0);
            q = u * q + new Vector4(TanhFit.Q0);
            return x * p / q;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector4 Sigmoid(Vector4 x)
        {
            var half = new Vector4(0.5f);
            return half * Tanh(x * half) + half;
        }
    }
}
