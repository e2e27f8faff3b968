using System;
using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>
    /// One function of the attribute <c>activations</c> with its two constants:
    /// Affine αx+β, Relu, LeakyRelu αx below 0, ThresholdedRelu x from α on, Tanh, ScaledTanh α·tanh(βx), Sigmoid, HardSigmoid min(max(αx+β,0),1),
    /// Elu α(eˣ-1) below 0, Softsign x/(1+|x|), Softplus ln(1+eˣ) (ONNX operators RNN, LSTM, GRU).
    /// </summary>
    public readonly struct RecurrentActivation : IEquatable<RecurrentActivation>
    {
        /// <summary>Names a function and its constants.</summary>
        public RecurrentActivation(string name, float alpha, float beta)
        {
            Name = name;
            Alpha = alpha;
            Beta = beta;
        }

        /// <summary>The function's name as the operators' documentation spells it; an unknown one as the file spells it.</summary>
        public string Name { get; }

        /// <summary>α; 0 where the function has none, NaN where it needs one that neither the file nor the format gives.</summary>
        public float Alpha { get; }

        /// <summary>β; 0 where the function has none, NaN where it needs one that neither the file nor the format gives.</summary>
        public float Beta { get; }

        /// <inheritdoc/>
        public bool Equals(RecurrentActivation other) => Name == other.Name && Alpha.Equals(other.Alpha) && Beta.Equals(other.Beta);

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is RecurrentActivation other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Name, Alpha, Beta);

        /// <summary>For example <c>LeakyRelu(0.01)</c>.</summary>
        public override string ToString() =>
            Beta != 0 ? FormattableString.Invariant($"{Name}({Alpha}, {Beta})") :
            Alpha != 0 ? FormattableString.Invariant($"{Name}({Alpha})") : Name;

        /// <summary>Names that <c>activations</c> may hold, with the defaults of α and β that the operators of the same name have.</summary>
        private static readonly (string Name, float? Alpha, float? Beta)[] Known =
        {
            ("Affine", 1f, 0f),
            ("Relu", null, null),
            ("LeakyRelu", 0.01f, null),
            ("ThresholdedRelu", 1f, null),
            ("Tanh", null, null),
            ("ScaledTanh", float.NaN, float.NaN),
            ("Sigmoid", null, null),
            ("HardSigmoid", 0.2f, 0.5f),
            ("Elu", 1f, null),
            ("Softsign", null, null),
            ("Softplus", null, null),
        };

        /// <summary>
        /// Names and their constants: the lists of α and β are consumed in order by the functions that have one, defaults follow when a list ends.
        /// </summary>
        internal static RecurrentActivation[] Resolve(IReadOnlyList<string> names, IReadOnlyList<float> alphas, IReadOnlyList<float> betas)
        {
            var functions = new RecurrentActivation[names.Count];
            int alpha = 0, beta = 0;
            for (int i = 0; i < functions.Length; i++)
            {
                (string Name, float? Alpha, float? Beta) known =
                    Array.Find(Known, function => string.Equals(function.Name, names[i], StringComparison.OrdinalIgnoreCase));
                functions[i] = new RecurrentActivation(known.Name ?? names[i], Take(known.Alpha, alphas, ref alpha), Take(known.Beta, betas, ref beta));
            }
            return functions;
        }

        private static float Take(float? otherwise, IReadOnlyList<float> values, ref int next) =>
            otherwise == null ? 0 : next < values.Count ? values[next++] : otherwise.Value;
    }
}
