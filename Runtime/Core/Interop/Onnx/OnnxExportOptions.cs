using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>What kind of file <see cref="OnnxExporter"/> writes.</summary>
    public sealed class OnnxExportOptions
    {
        /// <summary>A whole sequence in one run, or a single step.</summary>
        public OnnxGraphKind Graph { get; set; }

        /// <summary>Whether a sequence begins with states that are inputs and ends with states that are outputs; a single step always does.</summary>
        public bool States { get; set; }

        /// <summary>Whether a sequence has the input <c>lengths</c> (batch), Int32: each row's number of steps.</summary>
        public bool Lengths { get; set; }

        /// <summary>The operator set, 9 to 22.</summary>
        public int Opset { get; set; } = 17;

        /// <summary>
        /// Whether cells are written as MatMul, Add, Mul, Sub, Sigmoid and Tanh, with one pair of states for each cell, instead of as operators of ONNX: for
        /// runtimes that lack RNN and GRU. A single step only.
        /// </summary>
        public bool Elementary { get; set; }

        /// <summary>
        /// Whether the values carry ML-Agents' names: <c>obs_0</c>, all states together in <c>recurrent_in</c> and <c>recurrent_out</c> (batch, 1, states),
        /// <c>continuous_actions</c>, and the constants that ML-Agents looks for. A single step only.
        /// </summary>
        public bool MLAgentsNames { get; set; }

        /// <summary>The symbols of an embedding or of classes, in order; kept in the metadata as a JSON list under <c>vocabulary</c>.</summary>
        public IReadOnlyList<string>? Vocabulary { get; set; }

        /// <summary>For Unity's Sentis (Inference Engine), which has neither GRU, RNN nor Scan: one step in elementary operators of a set it reads.</summary>
        public static OnnxExportOptions Sentis => new OnnxExportOptions { Graph = OnnxGraphKind.Step, Elementary = true, Opset = 15 };

        /// <summary>For an ML-Agents policy in Sentis.</summary>
        public static OnnxExportOptions MLAgents => new OnnxExportOptions { Graph = OnnxGraphKind.Step, Elementary = true, Opset = 15, MLAgentsNames = true };
    }
}
