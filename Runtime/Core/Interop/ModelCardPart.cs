using System;

namespace Recurrent
{
    /// <summary>A line of a <see cref="ModelCard"/>: a layer, a recurrent node of an .onnx file, or what a group of weights looks like.</summary>
    public sealed class ModelCardPart
    {
        internal ModelCardPart(string name, string text)
        {
            Name = name;
            Text = text;
        }

        /// <summary>A layer of a model.</summary>
        internal ModelCardPart(string name, Layer layer)
            : this(name, layer.ToString())
        {
            InputSize = layer.InputSize;
            OutputSize = layer.OutputSize;
            foreach (Parameter parameter in layer.Parameters) ParameterCount += parameter.Length;
            if (layer is EncoderDecoder both) layer = both.Encoder;
            if (layer is RecurrentLayer recurrent)
            {
                Cell = recurrent.GetType().Name;
                HiddenSize = recurrent.HiddenSize;
                NumLayers = recurrent.NumLayers;
                Direction = recurrent.Bidirectional ? "bidirectional" : "forward";
            }
            else if (layer is RecurrentCell cell)
            {
                Cell = CellOf(cell.GetType().Name);
                HiddenSize = cell.HiddenSize;
                NumLayers = 1;
                Direction = "forward";
            }
        }

        /// <summary>The name of the layer or node, under which its weights stand: <c>0</c>, <c>body.gru</c>.</summary>
        public string Name { get; }

        /// <summary>What it is, in a few words: <c>GRU(3→64, 2 layers)</c>.</summary>
        public string Text { get; }

        /// <summary><c>RNN</c>, <c>LSTM</c> or <c>GRU</c>; empty for a part without memory. Of an encoder and a decoder, the encoder's.</summary>
        public string Cell { get; internal set; } = string.Empty;

        /// <summary>Features of an input step; 0 where the file does not say.</summary>
        public int InputSize { get; internal set; }

        /// <summary>Units of a recurrent part; 0 for others.</summary>
        public int HiddenSize { get; internal set; }

        /// <summary>Features of an output step; 0 where the file does not say.</summary>
        public int OutputSize { get; internal set; }

        /// <summary>How many cells a recurrent part stacks; 0 for others.</summary>
        public int NumLayers { get; internal set; }

        /// <summary><c>forward</c>, <c>reverse</c> or <c>bidirectional</c>; empty for a part without memory.</summary>
        public string Direction { get; internal set; } = string.Empty;

        /// <summary>How many numbers were trained.</summary>
        public long ParameterCount { get; internal set; }

        /// <summary>For example <c>body.gru: GRU(3→64)</c>.</summary>
        public override string ToString() => Name.Length == 0 ? Text : $"{Name}: {Text}";

        internal static string CellOf(string type) => type.EndsWith("Cell", StringComparison.Ordinal) ? type.Substring(0, type.Length - 4) : type;
    }
}
