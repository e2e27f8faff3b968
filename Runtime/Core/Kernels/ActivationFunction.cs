using System;
using System.Globalization;

namespace Recurrent
{
    /// <summary>An activation function with its parameters. Its derivative is taken from its value, so that a tape keeps values alone.</summary>
    public readonly struct ActivationFunction : IEquatable<ActivationFunction>
    {
        /// <summary>A function with given parameters; those that it does not have are not looked at.</summary>
        /// <exception cref="ArgumentException">
        /// α is negative for LeakyRelu or Elu, or zero for ScaledTanh: the value would not say where it comes from; or a parameter is not finite.
        /// </exception>
        public ActivationFunction(ActivationKind kind, float alpha = 0, float beta = 0)
        {
            bool good = kind switch
            {
                ActivationKind.LeakyRelu => alpha >= 0,
                ActivationKind.Elu => alpha >= 0,
                ActivationKind.ScaledTanh => alpha != 0,
                _ => true,
            };
            if (!good || !float.IsFinite(alpha) || !float.IsFinite(beta))
                throw new ArgumentException(FormattableString.Invariant($"{kind}: cannot be trained with alpha {alpha} and beta {beta}."));
            Kind = kind;
            Alpha = alpha;
            Beta = beta;
        }

        /// <summary>tanh.</summary>
        public static ActivationFunction Tanh => new ActivationFunction(ActivationKind.Tanh);

        /// <summary>The sigmoid.</summary>
        public static ActivationFunction Sigmoid => new ActivationFunction(ActivationKind.Sigmoid);

        /// <summary>The rectifier.</summary>
        public static ActivationFunction Relu => new ActivationFunction(ActivationKind.Relu);

        /// <summary>Which function.</summary>
        public ActivationKind Kind { get; }

        /// <summary>α.</summary>
        public float Alpha { get; }

        /// <summary>β.</summary>
        public float Beta { get; }

        /// <summary>Whether the function has an α.</summary>
        internal bool HasAlpha => HasBeta || Kind == ActivationKind.LeakyRelu || Kind == ActivationKind.ThresholdedRelu || Kind == ActivationKind.Elu;

        /// <summary>Whether the function has a β.</summary>
        internal bool HasBeta => Kind == ActivationKind.Affine || Kind == ActivationKind.ScaledTanh || Kind == ActivationKind.HardSigmoid;

        /// <summary>f(x).</summary>
        public float Value(float x) => Kind switch
        {
            ActivationKind.Relu => x > 0 ? x : x <= 0 ? 0 : x,
            ActivationKind.Tanh => MathF.Tanh(x),
            ActivationKind.Sigmoid => 1 / (1 + MathF.Exp(-x)),
            ActivationKind.Affine => Alpha * x + Beta,
            ActivationKind.LeakyRelu => x < 0 ? Alpha * x : x,
            ActivationKind.ThresholdedRelu => x > Alpha ? x : x <= Alpha ? 0 : x,
            ActivationKind.ScaledTanh => Alpha * MathF.Tanh(Beta * x),
            ActivationKind.HardSigmoid => Math.Min(1, Math.Max(0, Alpha * x + Beta)),
            ActivationKind.Elu => x < 0 ? Alpha * (MathF.Exp(x) - 1) : x,
            ActivationKind.Softsign => x / (1 + MathF.Abs(x)),
            _ => x > 0 ? x + MathF.Log(1 + MathF.Exp(-x)) : MathF.Log(1 + MathF.Exp(x)),
        };

        /// <summary>f'(x), from y = f(x).</summary>
        public float Derivative(float y) => Kind switch
        {
            ActivationKind.Relu => y > 0 ? 1 : 0,
            ActivationKind.Tanh => 1 - y * y,
            ActivationKind.Sigmoid => y * (1 - y),
            ActivationKind.Affine => Alpha,
            ActivationKind.LeakyRelu => y < 0 || (Alpha == 0 && y == 0) ? Alpha : 1,
            ActivationKind.ThresholdedRelu => y == 0 ? 0 : 1,
            ActivationKind.ScaledTanh => Beta * (Alpha - y * y / Alpha),
            ActivationKind.HardSigmoid => y > 0 && y < 1 ? Alpha : 0,
            ActivationKind.Elu => y < 0 ? y + Alpha : 1,
            ActivationKind.Softsign => (1 - MathF.Abs(y)) * (1 - MathF.Abs(y)),
            _ => 1 - MathF.Exp(-y),
        };

        /// <inheritdoc/>
        public bool Equals(ActivationFunction other) => Kind == other.Kind && Alpha == other.Alpha && Beta == other.Beta;

        /// <inheritdoc/>
        public override bool Equals(object? obj) => obj is ActivationFunction other && Equals(other);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine((int)Kind, Alpha, Beta);

        /// <summary>The name, and the parameters where the function has them.</summary>
        public override string ToString()
        {
            string alpha = Alpha.ToString("R", CultureInfo.InvariantCulture), beta = Beta.ToString("R", CultureInfo.InvariantCulture);
            return HasBeta ? $"{Kind}({alpha}, {beta})" : HasAlpha ? $"{Kind}({alpha})" : Kind.ToString();
        }
    }
}
