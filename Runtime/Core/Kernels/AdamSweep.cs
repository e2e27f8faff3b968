namespace Recurrent
{
    /// <summary>
    /// The numbers of one sweep of Adam over its parameters p with gradients d: g = d + <see cref="Penalty"/> p, m += <see cref="Blend1"/> (g − m),
    /// v = <see cref="Beta2"/> v + <see cref="Blend2"/> g², v̂ = v or with amsgrad max(v̂, v),
    /// p = <see cref="Keep"/> p − <see cref="StepSize"/> m / (√v̂ <see cref="Correction2"/> + <see cref="Epsilon"/>).
    /// </summary>
    public struct AdamSweep
    {
        /// <summary>What is left of a parameter by decoupled weight decay; 1 without.</summary>
        public float Keep;

        /// <summary>Weight decay as a part of the gradient; 0 without.</summary>
        public float Penalty;

        /// <summary>1 − β₁.</summary>
        public float Blend1;

        /// <summary>β₂.</summary>
        public float Beta2;

        /// <summary>1 − β₂.</summary>
        public float Blend2;

        /// <summary>The learning rate over 1 − β₁ᵗ.</summary>
        public float StepSize;

        /// <summary>1 / √(1 − β₂ᵗ).</summary>
        public float Correction2;

        /// <summary>ε.</summary>
        public float Epsilon;
    }
}
