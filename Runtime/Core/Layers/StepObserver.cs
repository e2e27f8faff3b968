using System;

namespace Recurrent
{
    /// <summary>Hears of a step of a stream, when it is done.</summary>
    /// <param name="stream">Which; its states are those after the step, and its taps show them.</param>
    /// <param name="input">(batch, input features), as it was fed.</param>
    /// <param name="output">(batch, output features), as it came out.</param>
    public delegate void StepObserver(SequenceStream stream, ReadOnlySpan<float> input, ReadOnlySpan<float> output);
}
