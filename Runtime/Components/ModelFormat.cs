namespace Recurrent.Components
{
    /// <summary>What the bytes of a <see cref="SequenceModelAsset"/> are.</summary>
    public enum ModelFormat
    {
        /// <summary>A model as <see cref="ModelFile"/> writes it.</summary>
        Safetensors,

        /// <summary>The content of an .onnx file.</summary>
        Onnx,
    }
}
