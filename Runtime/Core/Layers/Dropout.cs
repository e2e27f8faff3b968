using System;

namespace Recurrent
{
    /// <summary>
    /// While training, sets each number to zero with probability p and divides the others by 1 − p (Srivastava et al., 2014); otherwise passes
    /// everything through.
    /// </summary>
    public sealed class Dropout : Layer
    {
        /// <summary>Creates the layer; inside a model it takes the size of the layer before it.</summary>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="probability"/> is not in [0, 1).</exception>
        public Dropout(float probability)
            : base(0, 0)
        {
            if (!(probability >= 0 && probability < 1)) throw new ArgumentOutOfRangeException(nameof(probability), FormattableString.Invariant($"Dropout: the probability must be in [0, 1), got {probability}."));
            Probability = probability;
        }

        /// <summary>p.</summary>
        public float Probability { get; }

        /// <inheritdoc/>
        public override string ToString() => FormattableString.Invariant($"Dropout({Probability})");

        internal override void Attach(int features) => InputSize = OutputSize = features;

        internal override LayerPass CreatePass(PassMemory memory, Activations input) => new DropoutPass(this, memory, input);
    }
}
