using System.Runtime.CompilerServices;

namespace Recurrent
{
    // The passes over the gates, for whole panels of 16 units. ScalarKernels says what they compute.
    internal sealed unsafe partial class SimdKernels<V>
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void RnnTanhForward(in GateStep step, float* extra)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += Lanes)
                {
                    float* h = step.H + (nint)row * step.HRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V a = V.Load(gate + l);
                        V.Store(SimdMath<V>.Tanh(a), h + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void RnnReluForward(in GateStep step, float* extra)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += Lanes)
                {
                    float* h = step.H + (nint)row * step.HRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V a = V.Load(gate + l);
                        V.Store(V.Max(V.Create(0), a), h + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void RnnSigmoidForward(in GateStep step, float* extra)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += Lanes)
                {
                    float* h = step.H + (nint)row * step.HRow + panel * Lanes;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V a = V.Load(gate + l);
                        V.Store(SimdMath<V>.Sigmoid(a), h + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void RnnTanhBackward(in GateStep step, float* extra)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += Lanes)
                {
                    nint at = (nint)row * step.Hidden + panel * Lanes;
                    float* h = step.H + (nint)row * step.HRow + panel * Lanes;
                    float* dy = step.DY == null ? null : step.DY + (nint)row * step.DYRow + panel * Lanes;
                    float* dhNext = step.DH + at;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V dh = V.Load(dhNext + l);
                        if (dy != null) dh += V.Load(dy + l);
                        V y = V.Load(h + l);
                        V.Store(dh * (V.Create(1) - y * y), gate + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void RnnReluBackward(in GateStep step, float* extra)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += Lanes)
                {
                    nint at = (nint)row * step.Hidden + panel * Lanes;
                    float* h = step.H + (nint)row * step.HRow + panel * Lanes;
                    float* dy = step.DY == null ? null : step.DY + (nint)row * step.DYRow + panel * Lanes;
                    float* dhNext = step.DH + at;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V dh = V.Load(dhNext + l);
                        if (dy != null) dh += V.Load(dy + l);
                        V y = V.Load(h + l);
                        V.Store(V.WherePositive(y, dh), gate + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void RnnSigmoidBackward(in GateStep step, float* extra)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += Lanes)
                {
                    nint at = (nint)row * step.Hidden + panel * Lanes;
                    float* h = step.H + (nint)row * step.HRow + panel * Lanes;
                    float* dy = step.DY == null ? null : step.DY + (nint)row * step.DYRow + panel * Lanes;
                    float* dhNext = step.DH + at;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V dh = V.Load(dhNext + l);
                        if (dy != null) dh += V.Load(dy + l);
                        V y = V.Load(h + l);
                        V.Store(dh * y * (V.Create(1) - y), gate + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void LstmForwardPanels(in GateStep step, float* extra)
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
        private static void LstmBackwardPanels(in GateStep step, float* extra)
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
        private static void GruForwardPanels(in GateStep step, float* extra)
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
        private static void GruBackwardPanels(in GateStep step, float* extra)
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
        private static void GruResetForwardPanels(in GateStep step, float* extra)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 3 * Lanes)
                {
                    nint at = (nint)row * step.Hidden + panel * Lanes;
                    float* hPrevious = step.HPrevious + (nint)row * step.HPreviousRow + panel * Lanes;
                    float* reset = extra + at;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V r = SimdMath<V>.Sigmoid(V.Load(gate + l));
                        V.Store(r, gate + l);
                        V.Store(SimdMath<V>.Sigmoid(V.Load(gate + Lanes + l)), gate + Lanes + l);
                        V.Store(r * V.Load(hPrevious + l), reset + l);
                    }
                }
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private static void GruCandidateForwardPanels(in GateStep step, float* extra)
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
        private static void GruCandidateBackwardPanels(in GateStep step, float* extra)
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
        private static void GruResetBackwardPanels(in GateStep step, float* extra)
        {
            for (int panel = 0; panel < step.Hidden / Lanes; panel++)
            {
                float* gate = step.Gates + (nint)panel * step.PanelStride;
                for (int row = 0; row < step.Rows; row++, gate += 3 * Lanes)
                {
                    nint at = (nint)row * step.Hidden + panel * Lanes;
                    float* hPrevious = step.HPrevious + (nint)row * step.HPreviousRow + panel * Lanes;
                    float* dhNext = step.DH + at;
                    float* reset = extra + at;
                    for (int l = 0; l < Lanes; l += V.Count)
                    {
                        V one = V.Create(1), r = V.Load(gate + l), d = V.Load(reset + l);
                        V.Store(d * V.Load(hPrevious + l) * r * (one - r), gate + l);
                        V.Store(V.MultiplyAdd(d, r, V.Load(dhNext + l)), dhNext + l);
                    }
                }
            }
        }
    }
}
