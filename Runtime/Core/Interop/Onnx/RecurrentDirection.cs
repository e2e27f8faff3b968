namespace Recurrent.Onnx
{
    /// <summary>The attribute <c>direction</c> of the recurrent operators.</summary>
    public enum RecurrentDirection
    {
        /// <summary>From the first step to the last.</summary>
        Forward,
        /// <summary>From each sequence's last step to the first.</summary>
        Reverse,
        /// <summary>Both, forward first.</summary>
        Bidirectional,
    }
}
