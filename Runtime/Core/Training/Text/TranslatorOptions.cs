namespace Recurrent
{
    /// <summary>What a <see cref="Translator"/> is made of. The defaults suit short texts, character by character.</summary>
    public sealed class TranslatorOptions
    {
        /// <summary>Whether a symbol is a word, between white space, rather than a character.</summary>
        public bool Words { get; set; }

        /// <summary>The most symbols of the source's vocabulary. Where the material has more, the rarest become one, and so does any other in a text to translate.</summary>
        public int MaxSourceSymbols { get; set; } = int.MaxValue;

        /// <summary>Whether the source is read from its end, so that its beginning is the freshest in memory when the target begins.</summary>
        public bool ReverseSource { get; set; }

        /// <summary>
        /// Whether all texts are filled up with padding to the length of the longest, and padding is read and put out like any other symbol; there is no symbol for the end then.
        /// </summary>
        public bool FixedLength { get; set; }

        /// <summary>The recurrent layer of both sides.</summary>
        public RecurrentKind Cell { get; set; } = RecurrentKind.LSTM;

        /// <summary>Hidden units of the decoder, and of the encoder, whose two directions share them if it has two.</summary>
        public int HiddenSize { get; set; } = 128;

        /// <summary>How many layers are stacked on both sides.</summary>
        public int NumLayers { get; set; } = 1;

        /// <summary>The share of a level's outputs dropped on the way to the next level, while training.</summary>
        public float Dropout { get; set; }

        /// <summary>Whether the encoder reads the source from both ends.</summary>
        public bool Bidirectional { get; set; }

        /// <summary>Features of a symbol's learned vector; 0 for one-hot symbols.</summary>
        public int EmbeddingDim { get; set; }

        /// <summary>As in <see cref="EncoderDecoderOptions.FeedsSymbols"/>.</summary>
        public bool FeedsSymbols { get; set; } = true;

        /// <summary>As in <see cref="EncoderDecoderOptions.RepeatsEncoder"/>.</summary>
        public bool RepeatsEncoder { get; set; }

        /// <summary>As in <see cref="EncoderDecoderOptions.CarriesState"/>.</summary>
        public bool CarriesState { get; set; } = true;

        /// <summary>As in <see cref="EncoderDecoderOptions.Attention"/>.</summary>
        public AttentionScore Attention { get; set; }
    }
}
