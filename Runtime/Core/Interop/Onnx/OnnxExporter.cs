using System;

namespace Recurrent.Onnx
{
    /// <summary>
    /// Writes layers and models as ONNX, with batch and time left open. Weights are written in ONNX's gate order; dropout is left out; a projection
    /// becomes a Scan over one step, for which ONNX's LSTM has no attribute; layout 1, which ONNX Runtime does not run, is never written.
    /// </summary>
    public static class OnnxExporter
    {
        /// <summary>The model as ONNX.</summary>
        /// <param name="model">A model, a layer or a cell.</param>
        /// <param name="options">What kind of file; null for a whole sequence without states.</param>
        /// <exception cref="ArgumentException">The model cannot be said in this way: names the layer and the reason.</exception>
        public static OnnxModel Export(Layer model, OnnxExportOptions? options = null)
        {
            options ??= new OnnxExportOptions();
            if (model == null) throw new ArgumentNullException(nameof(model));
            if (options.Opset < 9 || options.Opset > 22) throw Refuse($"the operator set is {options.Opset}, expected 9 to 22");
            bool step = options.Graph == OnnxGraphKind.Step;
            if (!step && (options.Elementary || options.MLAgentsNames)) throw Refuse("elementary operators and ML-Agents' names are for a single step, Graph = Step");
            if (step && options.Lengths) throw Refuse("a single step has no lengths");
            if (options.Lengths && options.Opset < 11) throw Refuse($"lengths need operator set 11, got {options.Opset}");
            if (step && model.NeedsWholeSequence) throw Refuse($"{model}: needs the whole sequence, and so has no single step");
            if (model.InputSize < 1) throw Refuse($"{model}: has the size of the layer before it, and so is exported only inside a model");
            return new ExportRun(model, options).Model;
        }

        /// <summary>Exports a model and writes the file so that the path holds the old file or the whole new one at any moment.</summary>
        /// <exception cref="ArgumentException">The model cannot be said in this way: names the layer and the reason.</exception>
        /// <exception cref="System.IO.IOException">The file cannot be written.</exception>
        public static void SaveOnnx(this Layer model, string path, OnnxExportOptions? options = null) => Export(model, options).Save(path);

        internal static ArgumentException Refuse(string reason) => new ArgumentException($"OnnxExporter: {reason}.");
    }
}
