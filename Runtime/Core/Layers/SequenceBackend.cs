namespace Recurrent
{
    /// <summary>What runs a model.</summary>
    public enum SequenceBackend
    {
        /// <summary>ONNX Runtime where it is there, otherwise managed layers.</summary>
        Auto,

        /// <summary>This package's own layers: everywhere, and trainable.</summary>
        Managed,

        /// <summary>ONNX Runtime, for which the optional assembly is needed.</summary>
        OnnxRuntime,
    }
}
