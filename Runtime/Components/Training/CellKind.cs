namespace Recurrent.Components
{
    /// <summary>A kind of recurrent layer.</summary>
    public enum CellKind
    {
        /// <summary><see cref="GRU"/>.</summary>
        Gru,

        /// <summary><see cref="LSTM"/>.</summary>
        Lstm,

        /// <summary><see cref="RNN"/>.</summary>
        Rnn,
    }
}
