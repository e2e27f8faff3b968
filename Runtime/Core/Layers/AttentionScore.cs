namespace Recurrent
{
    /// <summary>How an <see cref="EncoderDecoder"/> weighs the encoder's outputs at each of the decoder's steps (Luong, Pham and Manning, 2015).</summary>
    public enum AttentionScore
    {
        /// <summary>There is no attention: the decoder knows of the source what its state holds.</summary>
        None,

        /// <summary>h · s, for an encoder and a decoder with outputs of one size.</summary>
        Dot,

        /// <summary>(W_a h) · s, with a matrix that is learned.</summary>
        General,
    }
}
