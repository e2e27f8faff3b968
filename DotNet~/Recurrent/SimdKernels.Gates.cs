using System.Runtime.CompilerServices;

namespace Recurrent
{
    // The passes over the gates, for whole panels of 16 units. ScalarKernels says what they compute.
    internal sealed unsafe partial class SimdKernels<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void RnnForwardPanels(in GateStep step, Nonlinearity nonlinearity)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += Lanes)
                {
                    float* h = step.H + (nint)row * step.HRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l += V.Count) V.Store(Apply(nonlinearity, V.Load(gate + l)), h + l);
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void RnnBackwardPanels(in GateStep step, Nonlinearity nonlinearity)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += Lanes)
                {
                    float* h = step.H + (nint)row * step.HRow + panel * Lanes;
                    float* dy = step.DY == null ? null : step.DY + (nint)row * step.DYRow + panel * Lanes;
                    float* dhNext = step.DH + (nint)row * step.Hidden + panel * Lanes;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V dh = V.Load(dhNext + l);
                        if (dy != null) dh += V.Load(dy + l);
                        V.Store(ApplyBackward(nonlinearity, V.Load(h + l), dh), gate + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void LstmForwardPanels(in GateStep step)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 4 * Lanes)
                {
                    nint at = (nint)row * step.Hidden + panel * Lanes;
                    float* cPrevious = step.CPrevious + at;
                    float* c = step.C + at;
                    float* h = step.H + (nint)row * step.HRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V i = SimdMath<V>.Sigmoid(V.Load(gate + l));
                        V f = SimdMath<V>.Sigmoid(V.Load(gate + Lanes + l));
                        V g = SimdMath<V>.Tanh(V.Load(gate + 2 * Lanes + l));
                        V o = SimdMath<V>.Sigmoid(V.Load(gate + 3 * Lanes + l));
                        V state = V.MultiplyAdd(f, V.Load(cPrevious + l), i * g);
                        V.Store(i, gate + l);
                        V.Store(f, gate + Lanes + l);
                        V.Store(g, gate + 2 * Lanes + l);
                        V.Store(o, gate + 3 * Lanes + l);
                        V.Store(state, c + l);
                        V.Store(o * SimdMath<V>.Tanh(state), h + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void LstmBackwardPanels(in GateStep step)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 4 * Lanes)
                {
                    nint at = (nint)row * step.Hidden + panel * Lanes;
                    float* cPrevious = step.CPrevious + at;
                    float* c = step.C + at;
                    float* dy = step.DY == null ? null : step.DY + (nint)row * step.DYRow + panel * Lanes;
                    float* dhNext = step.DH + at;
                    float* dcNext = step.DC + at;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V one = V.Create(1);
                        V dh = V.Load(dhNext + l);
                        if (dy != null) dh += V.Load(dy + l);

                        V i = V.Load(gate + l), f = V.Load(gate + Lanes + l), g = V.Load(gate + 2 * Lanes + l), o = V.Load(gate + 3 * Lanes + l);
                        V t = SimdMath<V>.Tanh(V.Load(c + l));
                        V dc = V.MultiplyAdd(dh * o, one - t * t, V.Load(dcNext + l));
                        V.Store(dc * g * i * (one - i), gate + l);
                        V.Store(dc * V.Load(cPrevious + l) * f * (one - f), gate + Lanes + l);
                        V.Store(dc * i * (one - g * g), gate + 2 * Lanes + l);
                        V.Store(dh * t * o * (one - o), gate + 3 * Lanes + l);
                        V.Store(dc * f, dcNext + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void GruForwardPanels(in GateStep step)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 4 * Lanes)
                {
                    float* hPrevious = step.HPrevious + (nint)row * step.HPreviousRow + panel * Lanes;
                    float* h = step.H + (nint)row * step.HRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V r = SimdMath<V>.Sigmoid(V.Load(gate + l));
                        V z = SimdMath<V>.Sigmoid(V.Load(gate + Lanes + l));
                        V n = SimdMath<V>.Tanh(V.MultiplyAdd(r, V.Load(gate + 3 * Lanes + l), V.Load(gate + 2 * Lanes + l)));
                        V.Store(r, gate + l);
                        V.Store(z, gate + Lanes + l);
                        V.Store(n, gate + 2 * Lanes + l);
                        V.Store(V.MultiplyAdd(z, V.Load(hPrevious + l) - n, n), h + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void GruBackwardPanels(in GateStep step)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 4 * Lanes)
                {
                    nint at = (nint)row * step.Hidden + panel * Lanes;
                    float* hPrevious = step.HPrevious + (nint)row * step.HPreviousRow + panel * Lanes;
                    float* dy = step.DY == null ? null : step.DY + (nint)row * step.DYRow + panel * Lanes;
                    float* dhNext = step.DH + at;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V one = V.Create(1);
                        V dh = V.Load(dhNext + l);
                        if (dy != null) dh += V.Load(dy + l);

                        V r = V.Load(gate + l), z = V.Load(gate + Lanes + l), n = V.Load(gate + 2 * Lanes + l), q = V.Load(gate + 3 * Lanes + l);
                        V dn = dh * (one - z) * (one - n * n);
                        V.Store(dn * q * r * (one - r), gate + l);
                        V.Store(dh * (V.Load(hPrevious + l) - n) * z * (one - z), gate + Lanes + l);
                        V.Store(dn, gate + 2 * Lanes + l);
                        V.Store(dn * r, gate + 3 * Lanes + l);
                        V.Store(dh * z, dhNext + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void GruResetForwardPanels(in GateStep step, float* reset)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 3 * Lanes)
                {
                    nint at = (nint)row * step.Hidden + panel * Lanes;
                    float* hPrevious = step.HPrevious + (nint)row * step.HPreviousRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V r = SimdMath<V>.Sigmoid(V.Load(gate + l));
                        V.Store(r, gate + l);
                        V.Store(SimdMath<V>.Sigmoid(V.Load(gate + Lanes + l)), gate + Lanes + l);
                        V.Store(r * V.Load(hPrevious + l), reset + at + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void GruCandidateForwardPanels(in GateStep step)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 3 * Lanes)
                {
                    float* hPrevious = step.HPrevious + (nint)row * step.HPreviousRow + panel * Lanes;
                    float* h = step.H + (nint)row * step.HRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V z = V.Load(gate + Lanes + l), n = SimdMath<V>.Tanh(V.Load(gate + 2 * Lanes + l));
                        V.Store(n, gate + 2 * Lanes + l);
                        V.Store(V.MultiplyAdd(z, V.Load(hPrevious + l) - n, n), h + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void GruCandidateBackwardPanels(in GateStep step)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 3 * Lanes)
                {
                    nint at = (nint)row * step.Hidden + panel * Lanes;
                    float* hPrevious = step.HPrevious + (nint)row * step.HPreviousRow + panel * Lanes;
                    float* dy = step.DY == null ? null : step.DY + (nint)row * step.DYRow + panel * Lanes;
                    float* dhNext = step.DH + at;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V one = V.Create(1);
                        V dh = V.Load(dhNext + l);
                        if (dy != null) dh += V.Load(dy + l);

                        V z = V.Load(gate + Lanes + l), n = V.Load(gate + 2 * Lanes + l);
                        V.Store(dh * (V.Load(hPrevious + l) - n) * z * (one - z), gate + Lanes + l);
                        V.Store(dh * (one - z) * (one - n * n), gate + 2 * Lanes + l);
                        V.Store(dh * z, dhNext + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void GruResetBackwardPanels(in GateStep step, float* dReset)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 3 * Lanes)
                {
                    nint at = (nint)row * step.Hidden + panel * Lanes;
                    float* hPrevious = step.HPrevious + (nint)row * step.HPreviousRow + panel * Lanes;
                    float* dhNext = step.DH + at;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V one = V.Create(1), r = V.Load(gate + l), d = V.Load(dReset + at + l);
                        V.Store(d * V.Load(hPrevious + l) * r * (one - r), gate + l);
                        V.Store(V.MultiplyAdd(d, r, V.Load(dhNext + l)), dhNext + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void ActivatePanels(Nonlinearity nonlinearity, float* x, float* y, int length)
        {
            for (int i = 0; i < length; i += V.Count) V.Store(Apply(nonlinearity, V.Load(x + i)), y + i);
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        protected override void ActivateBackwardPanels(Nonlinearity nonlinearity, float* y, float* dy, float* dx, int length)
        {
            for (int i = 0; i < length; i += V.Count) V.Store(ApplyBackward(nonlinearity, V.Load(y + i), V.Load(dy + i)), dx + i);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V Apply(Nonlinearity nonlinearity, V x) => nonlinearity switch
        {
            Nonlinearity.ReLU => V.Max(V.Create(0), x),
            Nonlinearity.Sigmoid => SimdMath<V>.Sigmoid(x),
            _ => SimdMath<V>.Tanh(x),
        };

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static V ApplyBackward(Nonlinearity nonlinearity, V y, V dy) => nonlinearity switch
        {
            Nonlinearity.ReLU => V.WherePositive(y, dy),
            Nonlinearity.Sigmoid => dy * y * (V.Create(1) - y),
            _ => dy * (V.Create(1) - y * y),
        };
    }
}
