namespace Recurrent.OnnxRuntime
{
    /// <summary>A copy of the states of an <see cref="OnnxSequenceSession"/> at one moment.</summary>
    public sealed class OnnxState
    {
        internal OnnxState(byte[][] values)
        {
            Values = values;
        }

        internal byte[][] Values { get; }
    }
}
