namespace Recurrent.OnnxRuntime
{
    /// <summary>What computes a session. All but the CPU need a native library that was built with them.</summary>
    public enum ExecutionProvider
    {
        /// <summary>The processor: in every library, the default, and for steps of game size usually the fastest.</summary>
        Cpu,
        /// <summary>NVIDIA GPUs.</summary>
        Cuda,
        /// <summary>NVIDIA GPUs through TensorRT.</summary>
        TensorRT,
        /// <summary>DirectX 12 GPUs on Windows.</summary>
        DirectML,
        /// <summary>Apple's neural engine and GPU.</summary>
        CoreML,
        /// <summary>Android's neural networks API.</summary>
        Nnapi,
        /// <summary>XNNPACK: small models on ARM and x86 processors.</summary>
        Xnnpack,
        /// <summary>Qualcomm's neural processor.</summary>
        Qnn,
    }
}
