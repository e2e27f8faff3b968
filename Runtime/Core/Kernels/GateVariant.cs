using System;

namespace Recurrent
{
    /// <summary>
    /// How a cell's gates differ from PyTorch's, as ONNX's operators allow: other functions, a limit on what goes into them, an LSTM whose
    /// forget gate is one minus its input gate.
    /// </summary>
    internal struct GateVariant
    {
        /// <summary>The gates' function (RNN: the only one), the candidate's, and the LSTM's on the cell state.</summary>
        public ActivationFunction F, G, H;

        /// <summary>What goes into F and G is limited to ±this; infinity for no limit.</summary>
        public float Clip;

        /// <summary>f = 1 − i.</summary>
        public bool InputForget;

        public readonly float Value(in ActivationFunction function, float x) => function.Value(Math.Min(Clip, Math.Max(-Clip, x)));

        /// <summary>The derivative, from the value: none where the limit acted.</summary>
        public readonly float Derivative(in ActivationFunction function, float y) =>
            !float.IsPositiveInfinity(Clip) && (y == function.Value(Clip) || y == function.Value(-Clip)) ? 0 : function.Derivative(y);
    }
}
