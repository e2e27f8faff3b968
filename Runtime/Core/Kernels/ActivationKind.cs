namespace Recurrent
{
    /// <summary>The activation functions of ONNX's recurrent operators, with the parameters α and β where they have them.</summary>
    public enum ActivationKind
    {
        /// <summary>max(0, x).</summary>
        Relu,

        /// <summary>tanh(x).</summary>
        Tanh,

        /// <summary>1 / (1 + exp(−x)).</summary>
        Sigmoid,

        /// <summary>α x + β.</summary>
        Affine,

        /// <summary>x where x ≥ 0, otherwise α x.</summary>
        LeakyRelu,

        /// <summary>x where x &gt; α, otherwise 0.</summary>
        ThresholdedRelu,

        /// <summary>α tanh(β x).</summary>
        ScaledTanh,

        /// <summary>min(1, max(0, α x + β)).</summary>
        HardSigmoid,

        /// <summary>x where x ≥ 0, otherwise α (exp(x) − 1).</summary>
        Elu,

        /// <summary>x / (1 + |x|).</summary>
        Softsign,

        /// <summary>log(1 + exp(x)).</summary>
        Softplus,
    }
}
