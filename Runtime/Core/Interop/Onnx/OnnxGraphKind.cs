namespace Recurrent.Onnx
{
    /// <summary>What one run of an exported model computes.</summary>
    public enum OnnxGraphKind
    {
        /// <summary>A whole sequence: input (batch, time, features), output (batch, time, features), or (batch, features) where the model picks a step.</summary>
        Sequence,

        /// <summary>One step: input (batch, features), output (batch, features), the states as inputs and outputs.</summary>
        Step,
    }
}
