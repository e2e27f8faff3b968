using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>One target that a <see cref="SequenceDecoder"/> found for a source.</summary>
    public sealed class DecodedSequence
    {
        internal DecodedSequence(int[] symbols, double logProbability, bool ended, float[] attention)
        {
            Symbols = symbols;
            LogProbability = logProbability;
            Ended = ended;
            Attention = attention;
        }

        /// <summary>The target symbols, without those of the start and the end.</summary>
        public IReadOnlyList<int> Symbols { get; }

        /// <summary>The natural logarithm of the probability of the symbols, and of the end if it came.</summary>
        public double LogProbability { get; }

        /// <summary>Whether the end symbol came; false where the most steps were taken without it.</summary>
        public bool Ended { get; }

        /// <summary>(symbols, source steps): how the source's steps were weighed for each symbol; empty without attention.</summary>
        public float[] Attention { get; }
    }
}
