namespace Recurrent
{
    /// <summary>
    /// The passes over the gates of cells that differ from PyTorch's (<see cref="GateVariant"/>, peepholes): one readable loop each, for all
    /// kernel sets. Tapes are laid out as in <see cref="KernelSet"/>.
    /// </summary>
    internal static unsafe class VariantGates
    {
        private const int Lanes = Panels.Lanes;

        /// <summary>h = f(a).</summary>
        public static void RnnForward(in GateStep step, in GateVariant variant)
        {
            for (int row = 0; row < step.Rows; row++)
                for (int u = 0; u < step.Hidden; u++)
                    step.H[(long)row * step.HRow + u] = variant.Value(variant.F, step.Gate(row, u, 1)[0]);
        }

        public static void RnnBackward(in GateStep step, in GateVariant variant)
        {
            for (int row = 0; row < step.Rows; row++)
            {
                for (int u = 0; u < step.Hidden; u++)
                    step.Gate(row, u, 1)[0] = step.OutputGradient(row, u) * variant.Derivative(variant.F, step.H[(long)row * step.HRow + u]);
                step.ClearPadding(row, 1);
            }
        }

        /// <summary>
        /// i = f(i + P_i c'), f = f(f + P_f c') or 1 − i, g = g(g), c = f c' + i g, o = f(o + P_o c), h = o h(c).
        /// <paramref name="peepholes"/> is (i o f, H) or null.
        /// </summary>
        public static void LstmForward(in GateStep step, in GateVariant variant, float* peepholes)
        {
            int hidden = step.Hidden;
            for (int row = 0; row < step.Rows; row++)
                for (int u = 0; u < hidden; u++)
                {
                    float* gate = step.Gate(row, u, 4);
                    int at = row * hidden + u;
                    float before = step.CPrevious[at];
                    float i = variant.Value(variant.F, gate[0] + (peepholes == null ? 0 : peepholes[u] * before));
                    float f = variant.InputForget ? 1 - i : variant.Value(variant.F, gate[Lanes] + (peepholes == null ? 0 : peepholes[2 * hidden + u] * before));
                    float g = variant.Value(variant.G, gate[2 * Lanes]);
                    float c = f * before + i * g;
                    float o = variant.Value(variant.F, gate[3 * Lanes] + (peepholes == null ? 0 : peepholes[hidden + u] * c));
                    step.C[at] = c;
                    step.H[(long)row * step.HRow + u] = o * variant.H.Value(c);
                    gate[0] = i;
                    gate[Lanes] = f;
                    gate[2 * Lanes] = g;
                    gate[3 * Lanes] = o;
                }
        }

        /// <summary>The gradients of the gates and of c'; those of the peepholes are added to <paramref name="dPeepholes"/>.</summary>
        public static void LstmBackward(in GateStep step, in GateVariant variant, float* peepholes, float* dPeepholes)
        {
            int hidden = step.Hidden;
            for (int row = 0; row < step.Rows; row++)
            {
                for (int u = 0; u < hidden; u++)
                {
                    float* gate = step.Gate(row, u, 4);
                    int at = row * hidden + u;
                    float i = gate[0], f = gate[Lanes], g = gate[2 * Lanes], o = gate[3 * Lanes];
                    float before = step.CPrevious[at], c = step.C[at], y = variant.H.Value(c), dh = step.OutputGradient(row, u);
                    float dO = dh * y * variant.Derivative(variant.F, o);
                    float dc = step.DC[at] + dh * o * variant.H.Derivative(y);
                    if (peepholes != null) dc += dO * peepholes[hidden + u];
                    float dF = variant.InputForget ? 0 : dc * before * variant.Derivative(variant.F, f);
                    float dI = dc * (variant.InputForget ? g - before : g) * variant.Derivative(variant.F, i);
                    float dBefore = dc * f;
                    if (peepholes != null)
                    {
                        dBefore += dI * peepholes[u] + dF * peepholes[2 * hidden + u];
                        dPeepholes[u] += dI * before;
                        dPeepholes[hidden + u] += dO * c;
                        dPeepholes[2 * hidden + u] += dF * before;
                    }
                    gate[0] = dI;
                    gate[Lanes] = dF;
                    gate[2 * Lanes] = dc * i * variant.Derivative(variant.G, g);
                    gate[3 * Lanes] = dO;
                    step.DC[at] = dBefore;
                }
                step.ClearPadding(row, 4);
            }
        }

        /// <summary>Reset after the product: n = g(n + f(r) q), h = (1 − f(z)) n + f(z) h'.</summary>
        public static void GruForward(in GateStep step, in GateVariant variant)
        {
            for (int row = 0; row < step.Rows; row++)
                for (int u = 0; u < step.Hidden; u++)
                {
                    float* gate = step.Gate(row, u, 4);
                    float r = variant.Value(variant.F, gate[0]);
                    float z = variant.Value(variant.F, gate[Lanes]);
                    float n = variant.Value(variant.G, gate[2 * Lanes] + r * gate[3 * Lanes]);
                    gate[0] = r;
                    gate[Lanes] = z;
                    gate[2 * Lanes] = n;
                    step.H[(long)row * step.HRow + u] = (1 - z) * n + z * step.HPrevious[(long)row * step.HPreviousRow + u];
                }
        }

        public static void GruBackward(in GateStep step, in GateVariant variant)
        {
            for (int row = 0; row < step.Rows; row++)
            {
                for (int u = 0; u < step.Hidden; u++)
                {
                    float* gate = step.Gate(row, u, 4);
                    float r = gate[0], z = gate[Lanes], n = gate[2 * Lanes], q = gate[3 * Lanes];
                    float h = step.HPrevious[(long)row * step.HPreviousRow + u], dh = step.OutputGradient(row, u);
                    float dn = dh * (1 - z) * variant.Derivative(variant.G, n);
                    gate[0] = dn * q * variant.Derivative(variant.F, r);
                    gate[Lanes] = dh * (h - n) * variant.Derivative(variant.F, z);
                    gate[2 * Lanes] = dn;
                    gate[3 * Lanes] = dn * r;
                    step.DH[row * step.Hidden + u] = dh * z;
                }
                step.ClearPadding(row, 4);
            }
        }

        /// <summary>Reset before the product, first half.</summary>
        public static void GruResetForward(in GateStep step, in GateVariant variant, float* reset)
        {
            for (int row = 0; row < step.Rows; row++)
                for (int u = 0; u < step.Hidden; u++)
                {
                    float* gate = step.Gate(row, u, 3);
                    gate[0] = variant.Value(variant.F, gate[0]);
                    gate[Lanes] = variant.Value(variant.F, gate[Lanes]);
                    reset[row * step.Hidden + u] = gate[0] * step.HPrevious[(long)row * step.HPreviousRow + u];
                }
        }

        /// <summary>Reset before the product, second half.</summary>
        public static void GruCandidateForward(in GateStep step, in GateVariant variant)
        {
            for (int row = 0; row < step.Rows; row++)
                for (int u = 0; u < step.Hidden; u++)
                {
                    float* gate = step.Gate(row, u, 3);
                    float z = gate[Lanes], n = variant.Value(variant.G, gate[2 * Lanes]);
                    gate[2 * Lanes] = n;
                    step.H[(long)row * step.HRow + u] = (1 - z) * n + z * step.HPrevious[(long)row * step.HPreviousRow + u];
                }
        }

        public static void GruCandidateBackward(in GateStep step, in GateVariant variant)
        {
            for (int row = 0; row < step.Rows; row++)
            {
                for (int u = 0; u < step.Hidden; u++)
                {
                    float* gate = step.Gate(row, u, 3);
                    float z = gate[Lanes], n = gate[2 * Lanes];
                    float h = step.HPrevious[(long)row * step.HPreviousRow + u], dh = step.OutputGradient(row, u);
                    gate[Lanes] = dh * (h - n) * variant.Derivative(variant.F, z);
                    gate[2 * Lanes] = dh * (1 - z) * variant.Derivative(variant.G, n);
                    step.DH[row * step.Hidden + u] = dh * z;
                }
                step.ClearPadding(row, 3);
            }
        }

        public static void GruResetBackward(in GateStep step, in GateVariant variant, float* dReset)
        {
            for (int row = 0; row < step.Rows; row++)
                for (int u = 0; u < step.Hidden; u++)
                {
                    float* gate = step.Gate(row, u, 3);
                    int at = row * step.Hidden + u;
                    float r = gate[0];
                    gate[0] = dReset[at] * step.HPrevious[(long)row * step.HPreviousRow + u] * variant.Derivative(variant.F, r);
                    step.DH[at] += dReset[at] * r;
                }
        }
    }
}
