namespace Recurrent.Onnx
{
    /// <summary>The recurrent operators of ONNX.</summary>
    public enum RecurrentOperator
    {
        /// <summary>One gate, one state.</summary>
        RNN,
        /// <summary>Gates in the order i, o, f, c; states h and c.</summary>
        LSTM,
        /// <summary>Gates in the order z, r, h; one state.</summary>
        GRU,
    }
}
