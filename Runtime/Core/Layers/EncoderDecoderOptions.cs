namespace Recurrent
{
    /// <summary>How the parts of an <see cref="EncoderDecoder"/> are joined. The defaults are the common arrangement without attention.</summary>
    public sealed class EncoderDecoderOptions
    {
        /// <summary>Features of a source symbol's learned vector; 0 for one-hot symbols.</summary>
        public int SourceEmbedding { get; set; }

        /// <summary>Features of a target symbol's learned vector; 0 for one-hot symbols.</summary>
        public int TargetEmbedding { get; set; }

        /// <summary>Whether the decoder is fed, at every step, the symbol before: the right one in training, its own when it runs freely.</summary>
        public bool FeedsSymbols { get; set; } = true;

        /// <summary>Whether the decoder is fed, at every step, what the encoder put out at the source's end (after the symbol, if that is fed too).</summary>
        public bool RepeatsEncoder { get; set; }

        /// <summary>Whether the decoder begins with the states that the encoder ends with, rather than with zeros.</summary>
        public bool CarriesState { get; set; } = true;

        /// <summary>How the encoder's outputs are weighed at every step of the decoder, if they are.</summary>
        public AttentionScore Attention { get; set; }

        /// <summary>The source symbol that stands where a row has none; −1 where there is no such symbol.</summary>
        public int SourcePadding { get; set; } = -1;

        /// <summary>The target symbol that stands where a row has none; −1 where there is no such symbol.</summary>
        public int TargetPadding { get; set; } = -1;

        internal EncoderDecoderOptions Copy() => (EncoderDecoderOptions)MemberwiseClone();
    }
}
