using System;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// Which inputs an output hangs on: |∂y/∂x(t)| of one number of the last output, for every input at every step (the saliency of Simonyan et al., 2013).
    /// It says how much y moves when x is nudged, not how much of y it made.
    /// </summary>
    public sealed class InputAttribution
    {
        private InputAttribution(float[] gradient, int inputs)
        {
            Gradient = gradient;
            Inputs = inputs;
            Magnitude = Array.ConvertAll(gradient, Math.Abs);
        }

        /// <summary>(T, I): ∂y/∂x(t), with its sign.</summary>
        public float[] Gradient { get; }

        /// <summary>(T, I): |∂y/∂x(t)|. The last row is the step of the output; k rows above it is k steps back.</summary>
        public float[] Magnitude { get; }

        /// <summary>I: input features.</summary>
        public int Inputs { get; }

        /// <summary>T.</summary>
        public int Steps => Gradient.Length / Inputs;

        /// <summary>Runs a layer forward and backward once. The gradients of the parameters are as before.</summary>
        /// <param name="layer">The layer or model.</param>
        /// <param name="input">(T, input features).</param>
        /// <param name="output">Which number of the last output step.</param>
        /// <param name="state">The states to begin with; empty for zeros.</param>
        /// <exception cref="ArgumentException">A size does not fit, or there is no such output.</exception>
        public static InputAttribution Measure(Layer layer, ReadOnlySpan<float> input, int output = 0, ReadOnlySpan<float> state = default)
        {
            int features = layer.InputSize;
            if (input.Length == 0 || input.Length % features != 0) throw new ArgumentException($"InputAttribution: {input.Length} numbers are no whole number of steps of {features}.", nameof(input));
            if ((uint)output >= (uint)layer.OutputSize) throw new ArgumentException($"InputAttribution: {layer} has {layer.OutputSize} outputs, got the number {output}.", nameof(output));
            int steps = input.Length / features;
            using var pass = new SequencePass(layer, 1, steps, training: true);
            pass.Forward(input, 1, steps, state);
            var outputGradient = new float[pass.OutputSteps * layer.OutputSize];
            outputGradient[outputGradient.Length - layer.OutputSize + output] = 1;
            GradientFlow.Backward(pass, outputGradient);
            var gradient = new float[steps * features];
            pass.CopyInputGradient(gradient);
            return new InputAttribution(gradient, features);
        }

        /// <summary>The magnitudes as a table for a recording file: a row a step, a column an input.</summary>
        public RecordedTable ToTable()
        {
            var columns = new string[Inputs];
            for (int i = 0; i < columns.Length; i++) columns[i] = FormattableString.Invariant($"input {i}");
            return new RecordedTable(RecordedTable.Attribution, columns, Magnitude);
        }
    }
}
