using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// How far back in time learning reaches: the norm of ∂L/∂h_t at every step t of every recurrent cell, for a loss that is taken at the last step.
    /// Where it falls towards the start the gradient vanishes, where it grows it explodes (Bengio et al., 1994; Pascanu et al., 2013).
    /// A loss that is taken at every step hides both: each step then has a gradient of its own, however little comes back from later ones.
    /// </summary>
    public sealed class GradientFlow
    {
        private GradientFlow(string[] cells, float[][] norms)
        {
            Cells = cells;
            Norms = norms;
        }

        /// <summary>The cells' names.</summary>
        public string[] Cells { get; }

        /// <summary>(cells, T): ‖∂L/∂h_t‖ over all rows and units.</summary>
        public float[][] Norms { get; }

        /// <summary>T.</summary>
        public int Steps => Norms[0].Length;

        /// <summary>
        /// Runs a layer forward and backward once. L is the sum of the last step's outputs unless a gradient is given. The gradients of the
        /// parameters are as before.
        /// </summary>
        /// <param name="layer">The layer or model; one recurrent cell at least.</param>
        /// <param name="input">(batch, T, input features).</param>
        /// <param name="batch">Rows.</param>
        /// <param name="outputGradient">∂L/∂y at the last step of the output, (batch, output features), or at all of them, (batch, T, output features); empty for ones at the last.</param>
        /// <exception cref="ArgumentException">A size does not fit, or nothing in the layer is recurrent.</exception>
        public static GradientFlow Measure(Layer layer, ReadOnlySpan<float> input, int batch = 1, ReadOnlySpan<float> outputGradient = default)
        {
            if (batch < 1 || input.Length == 0 || input.Length % (batch * layer.InputSize) != 0)
                throw new ArgumentException($"GradientFlow: {input.Length} numbers are no whole number of steps of {batch} rows of {layer.InputSize}.", nameof(input));
            int steps = input.Length / (batch * layer.InputSize);
            using var pass = new SequencePass(layer, batch, steps, training: true);
            IReadOnlyList<CellTap> taps = pass.Watch();
            if (taps.Count == 0) throw new ArgumentException($"GradientFlow: {layer} has no recurrent cell.", nameof(layer));
            pass.Forward(input, batch, steps);
            int features = layer.OutputSize, outputs = pass.OutputSteps;
            var gradient = new float[batch * outputs * features];
            bool everyStep = outputGradient.Length == gradient.Length;
            if (outputGradient.Length > 0 && outputGradient.Length != batch * features && !everyStep)
                throw new ArgumentException($"GradientFlow: the gradient has {outputGradient.Length} numbers, expected {batch} × {features}, or {batch} × {outputs} × {features} for every step.", nameof(outputGradient));
            if (everyStep) outputGradient.CopyTo(gradient);
            for (int row = 0; row < batch && !everyStep; row++)
            {
                Span<float> last = gradient.AsSpan(((row + 1) * outputs - 1) * features, features);
                if (outputGradient.IsEmpty) last.Fill(1);
                else outputGradient.Slice(row * features, features).CopyTo(last);
            }
            Backward(pass, gradient);
            var cells = new string[taps.Count];
            var norms = new float[taps.Count][];
            for (int i = 0; i < cells.Length; i++)
            {
                cells[i] = taps[i].Name;
                norms[i] = Array.ConvertAll(taps[i].GradientNorms.ToArray(), norm => (float)norm);
            }
            return new GradientFlow(cells, norms);
        }

        /// <summary>As a table for a recording file: a row a step, a column a cell.</summary>
        public RecordedTable ToTable()
        {
            var values = new float[Steps * Cells.Length];
            for (int t = 0; t < Steps; t++)
                for (int i = 0; i < Cells.Length; i++) values[t * Cells.Length + i] = Norms[i][t];
            return new RecordedTable(RecordedTable.GradientFlow, Cells, values);
        }

        /// <summary>From such a table.</summary>
        public static GradientFlow FromTable(RecordedTable table)
        {
            var norms = new float[table.Columns.Length][];
            for (int i = 0; i < norms.Length; i++) norms[i] = table.Column(i);
            return new GradientFlow(table.Columns, norms);
        }

        /// <summary>A backward pass that leaves the parameters' gradients as they were.</summary>
        internal static void Backward(SequencePass pass, ReadOnlySpan<float> outputGradient)
        {
            float[] gradients = pass.Layer.Store.Gradients;
            var before = (float[])gradients.Clone();
            pass.Backward(outputGradient);
            before.CopyTo(gradients, 0);
        }
    }
}
