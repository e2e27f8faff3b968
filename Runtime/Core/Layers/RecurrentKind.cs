namespace Recurrent
{
    /// <summary>The recurrent layers.</summary>
    public enum RecurrentKind
    {
        /// <summary><see cref="Recurrent.LSTM"/>.</summary>
        LSTM,

        /// <summary><see cref="Recurrent.GRU"/>.</summary>
        GRU,

        /// <summary><see cref="Recurrent.RNN"/> with tanh.</summary>
        RNN,
    }
}
