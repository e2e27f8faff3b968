using System.Collections.Generic;

namespace Recurrent.Tests.Onnx
{
    /// <summary>
    /// The ONNX operators that Unity's Sentis (Inference Engine, com.unity.ai.inference 2) lists as supported for floats on all its backends,
    /// in the manual's page "Supported ONNX operators". Not among them: GRU, RNN, Scan, If, Loop, ReverseSequence.
    /// </summary>
    internal static class SentisOperators
    {
        public static readonly HashSet<string> Supported = new HashSet<string>
        {
            "Abs", "Acos", "Acosh", "Add", "Asin", "Asinh", "Atan", "Atanh", "BatchNormalization", "Cast", "Ceil", "Celu", "Clip", "Concat", "Constant", "ConstantOfShape", "Cos", "Cosh",
            "Div", "Dropout", "Elu", "Equal", "Erf", "Exp", "Expand", "Flatten", "Floor", "Gather", "GatherElements", "GatherND", "Gemm", "Greater", "HardSigmoid", "HardSwish", "Identity",
            "LayerNormalization", "LeakyRelu", "Less", "Log", "LogSoftmax", "MatMul", "Max", "Mean", "Min", "Mod", "Mul", "Neg", "OneHot", "Pad", "Pow", "PRelu", "Range", "Reciprocal",
            "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum", "Relu", "Reshape", "Round", "Selu", "Shape", "Sigmoid", "Sign", "Sin", "Sinh", "Size", "Slice", "Softmax",
            "Softplus", "Softsign", "Split", "Sqrt", "Squeeze", "Sub", "Sum", "Tan", "Tanh", "ThresholdedRelu", "Tile", "Transpose", "Unsqueeze", "Where",
        };
    }
}
