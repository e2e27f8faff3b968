using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent.Onnx;

namespace Recurrent
{
    /// <summary>
    /// What a model's file says about itself, for a person who has to decide what to do with it: layers, sizes, inputs and outputs, scalers, vocabularies, and who made it. What does not
    /// fit into layers has a card too, with the reason. A card keeps nothing of the weights, and making one takes memory in proportion to the file.
    /// </summary>
    /// <example><code>
    /// ModelCard card = ModelCard.Read("guard.safetensors");
    /// card.ToString();      // what it holds, line by line
    /// card.WhyNotLayers;    // null: it fits into layers that train
    /// </code></example>
    public sealed class ModelCard
    {
        private const int LongestText = 200, MostShown = 8, MostParts = 64;

        private ModelCard(string name, string format)
        {
            Name = name;
            Format = format;
        }

        /// <summary>Where the model came from: a path, or what the caller called it.</summary>
        public string Name { get; }

        /// <summary><c>safetensors</c> or <c>ONNX</c>.</summary>
        public string Format { get; }

        /// <summary>The program that wrote the file, with its version; empty where the file does not say.</summary>
        public string Producer { get; private set; } = string.Empty;

        /// <summary>The version of ONNX's operators; 0 for a safetensors file.</summary>
        public long Opset { get; private set; }

        /// <summary>The layers in one line, such as <c>GRU(3→64) → Linear(64→1)</c>; null where the model does not fit into layers.</summary>
        public string? Layers { get; private set; }

        /// <summary>Why the model cannot be read into layers, a sentence; null where it can.</summary>
        public string? WhyNotLayers { get; private set; }

        /// <summary>
        /// Whether a safetensors file has weights and no word about the architecture, as Python's <c>save_file(model.state_dict())</c> writes it. Such a file is read with
        /// <see cref="ModelFile.LoadParameters(SequenceModel, string)"/> into a model of its architecture; <see cref="Parts"/> says what it looks like.
        /// </summary>
        public bool WeightsOnly { get; private set; }

        /// <summary>Whether the file also has what a trainer needs to go on.</summary>
        public bool IsCheckpoint { get; private set; }

        /// <summary>The layers; where the model does not fit, the recurrent nodes of the graph, or what groups of weights look like.</summary>
        public IReadOnlyList<ModelCardPart> Parts { get; private set; } = Array.Empty<ModelCardPart>();

        /// <summary>How many numbers were trained, as far as the file says.</summary>
        public long ParameterCount { get; private set; }

        /// <summary>What the model is fed, states left out where <see cref="States"/> names them. Empty for weights alone.</summary>
        public IReadOnlyList<OnnxValueInfo> Inputs { get; private set; } = Array.Empty<OnnxValueInfo>();

        /// <summary>What it gives, states left out as in <see cref="Inputs"/>.</summary>
        public IReadOnlyList<OnnxValueInfo> Outputs { get; private set; } = Array.Empty<OnnxValueInfo>();

        /// <summary>Which inputs and outputs of an .onnx file are its states; layers carry theirs by themselves.</summary>
        public IReadOnlyList<StatePair> States { get; private set; } = Array.Empty<StatePair>();

        /// <summary>Whether the layers read a sequence as a whole and cannot be fed step by step; false where it is not known.</summary>
        public bool NeedsWholeSequence { get; private set; }

        /// <summary>How inputs are scaled before they are fed, or null.</summary>
        public Scaler? InputScaler { get; private set; }

        /// <summary>How outputs are scaled back, or null.</summary>
        public Scaler? TargetScaler { get; private set; }

        /// <summary>What a step of the agent consists of whose policy this is, or null.</summary>
        public EpisodeLayout? EpisodeLayout { get; private set; }

        /// <summary>The vocabularies and names of classes, by their name in the metadata.</summary>
        public IReadOnlyList<KeyValuePair<string, Vocabulary>> Vocabularies { get; private set; } = Array.Empty<KeyValuePair<string, Vocabulary>>();

        /// <summary>The texts of the file that no other property of the card holds.</summary>
        public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; private set; } = Array.Empty<KeyValuePair<string, string>>();

        /// <summary>What a reader should know: a sentence each.</summary>
        public IReadOnlyList<string> Warnings { get; private set; } = Array.Empty<string>();

        /// <summary>The card of a file: of an .onnx file with the external data beside it where it ends so, else of a safetensors file.</summary>
        /// <exception cref="ModelFileException">The file is bad; path and reason are in the message.</exception>
        /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
        public static ModelCard Read(string path) =>
            path.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase) ? Of(OnnxModel.Read(path)) : Of(SafeTensorsFile.Load(path));

        /// <summary>The card of a model in memory.</summary>
        /// <param name="model">The model.</param>
        /// <param name="name">What the card calls it.</param>
        public static ModelCard Of(SequenceModel model, string name = "model")
        {
            var card = new ModelCard(name, "safetensors");
            card.ReadMetadata(model.Metadata);
            card.ReadLayers(model);
            return card;
        }

        /// <summary>The card of a safetensors file. One that is sound has a card, whether or not a model can be made of it.</summary>
        public static ModelCard Of(SafeTensorsFile file)
        {
            var card = new ModelCard(file.Path, "safetensors") { IsCheckpoint = file.TryGetMetadata(Trainer.CheckpointKey, out _) };
            card.WeightsOnly = !file.TryGetMetadata(ModelFile.FormatKey, out string? version);
            if (!card.WeightsOnly) card.Producer = $"recurrent, format {version}";
            else if (file.TryGetMetadata(ModelFile.FormatTypeKey, out string? library)) card.Producer = Library(library);
            card.ReadMetadata(file.Metadata.Where(pair => Array.IndexOf(ModelFile.OwnKeys, pair.Key) < 0));
            try
            {
                card.ReadLayers(ModelFile.Read(file));
            }
            catch (ModelFileException e)
            {
                card.WhyNotLayers = e.Reason;
                card.Parts = StateDictionary.Parts(file.Tensors.Where(tensor => !ModelFile.IsTrainers(tensor)));
                card.ParameterCount = card.Parts.Sum(part => part.ParameterCount);
            }
            return card;
        }

        /// <summary>The card of an .onnx file. One that is sound has a card, whether or not it fits into layers.</summary>
        public static ModelCard Of(OnnxModel model)
        {
            var card = new ModelCard(model.Path, "ONNX") { Producer = $"{model.ProducerName} {model.ProducerVersion}".Trim(), Opset = model.OpsetVersion };
            card.ReadMetadata(model.Metadata);
            try
            {
                OnnxImport import = OnnxImport.From(model);
                card.ReadLayers(import.Model);
                card.Warnings = import.Warnings;
            }
            catch (ModelFileException e)
            {
                card.WhyNotLayers = e.Reason;
                card.ReadNodes(model);
            }
            card.States = StatePairs.Find(model);
            card.Inputs = model.Graph.RequiredInputs().Where(input => card.States.All(pair => pair.Input != input.Name)).ToArray();
            card.Outputs = model.Graph.Outputs.Where(output => card.States.All(pair => pair.Output != output.Name)).ToArray();
            return card;
        }

        /// <summary>The card as headings and texts, for a table; texts are shortened. What does not apply is left out.</summary>
        public IReadOnlyList<KeyValuePair<string, string>> ToRows()
        {
            var rows = new List<KeyValuePair<string, string>>();
            void Row(string heading, string? text)
            {
                if (!string.IsNullOrEmpty(text)) rows.Add(new KeyValuePair<string, string>(heading, Shorten(text!)));
            }
            Row("Format", Opset > 0 ? FormattableString.Invariant($"{Format}, operator set {Opset}") : Format);
            Row("Made by", Producer);
            Row("Layers", Layers);
            if (WhyNotLayers != null) rows.Add(new KeyValuePair<string, string>("Does not fit into layers", WhyNotLayers));
            if (Layers == null) Row(WeightsOnly ? "Looks like" : "Parts", Join(Parts.Select(part => part.ToString()), "; ", Parts.Count));
            string[] cells = Parts.Where(part => part.Cell.Length > 0).GroupBy(Cell).Select(same => same.Count() == 1 ? same.Key : FormattableString.Invariant($"{same.Count()} × {same.Key}")).ToArray();
            Row(cells.Length == 1 ? "Cell" : "Cells", Join(cells, "; ", cells.Length));
            if (ParameterCount > 0) Row("Parameters", ParameterCount.ToString("N0", CultureInfo.InvariantCulture));
            Row(Inputs.Count == 1 ? "Input" : "Inputs", Join(Inputs.Select(input => input.ToString()), "; ", Inputs.Count));
            Row(Outputs.Count == 1 ? "Output" : "Outputs", Join(Outputs.Select(output => output.ToString()), "; ", Outputs.Count));
            Row("States", Join(States.Select(pair => pair.ToString()), "; ", States.Count));
            if (Layers != null) Row("Runs", NeedsWholeSequence ? "over whole sequences" : "step by step");
            Row("Input scaler", Describe(InputScaler));
            Row("Target scaler", Describe(TargetScaler));
            Row("Agent", EpisodeLayout?.ToString());
            foreach (KeyValuePair<string, Vocabulary> pair in Vocabularies)
                Row(pair.Key, FormattableString.Invariant($"{pair.Value.Count} symbols: ") + Join(pair.Value.Symbols.Select(Quoted), " ", pair.Value.Count));
            if (IsCheckpoint) Row("Checkpoint", "of a training run that can be resumed");
            foreach (KeyValuePair<string, string> pair in Metadata.Take(MostParts)) Row("metadata " + pair.Key, pair.Value);
            foreach (string warning in Warnings) rows.Add(new KeyValuePair<string, string>("Warning", warning));
            return rows;
        }

        /// <summary>The rows, one a line.</summary>
        public override string ToString() => string.Join("\n", ToRows().Select(row => $"{row.Key}: {row.Value}"));

        private void ReadLayers(SequenceModel model)
        {
            Layers = model.ToString();
            ParameterCount = model.Store.Length;
            NeedsWholeSequence = model.NeedsWholeSequence;
            InputScaler = model.InputScaler;
            TargetScaler = model.TargetScaler;
            var parts = new List<ModelCardPart>();
            AddParts(model, string.Empty, parts);
            Parts = parts;
            Layer first = FirstOf(model);
            Inputs = new[]
            {
                first is Embedding ? new OnnxValueInfo("symbol", OnnxDataType.Int64, "batch", "time")
                    : new OnnxValueInfo(first is EncoderDecoder ? "source and target symbol" : "input", first is EncoderDecoder ? OnnxDataType.Int64 : OnnxDataType.Float, "batch", "time", model.InputSize),
            };
            Outputs = new[] { new OnnxValueInfo("output", OnnxDataType.Float, "batch", model.CollapsesSteps ? 1 : (OnnxDimension)"time", model.OutputSize) };
        }

        private void ReadNodes(OnnxModel model)
        {
            ParameterCount = Weights(model.Graph, 1);
            try
            {
                IReadOnlyList<RecurrentNode> nodes = RecurrentNode.FindAll(model);
                Parts = nodes.Select(Part).ToArray();
                Warnings = nodes.Where(node => node.HasSuspectReset).Select(node => $"{node}: a PyTorch GRU with linear_before_reset = 0, which PyTorch does not have; OnnxModel.RepairGruReset() puts the 1 in.").ToArray();
            }
            catch (ModelFileException)
            {
                // The reason above is this one.
            }
        }

        private static ModelCardPart Part(RecurrentNode node)
        {
            string direction = node.Direction.ToString().ToLowerInvariant(), cell = node.Operator.ToString();
            string input = node.InputSize > 0 ? node.InputSize.ToString(CultureInfo.InvariantCulture) : "?";
            return new ModelCardPart((node.Location.Length > 0 ? node.Location + " / " : "") + node.Node.Name, $"{cell}({input}→{node.HiddenSize}{(node.Direction == RecurrentDirection.Forward ? "" : ", " + direction)})")
            {
                Cell = cell,
                InputSize = node.InputSize,
                HiddenSize = node.HiddenSize,
                OutputSize = node.Directions * node.HiddenSize,
                NumLayers = 1,
                Direction = direction,
                ParameterCount = (node.W?.LongLength ?? 0) + (node.R?.LongLength ?? 0) + (node.B?.LongLength ?? 0) + (node.P?.LongLength ?? 0),
            };
        }

        /// <summary>What can be understood of the texts goes into properties, the rest is kept as it is.</summary>
        private void ReadMetadata(IEnumerable<KeyValuePair<string, string>> texts)
        {
            var vocabularies = new List<KeyValuePair<string, Vocabulary>>();
            var others = new List<KeyValuePair<string, string>>();
            foreach (KeyValuePair<string, string> pair in texts)
            {
                try
                {
                    if (pair.Key == ModelFile.InputScalerKey) InputScaler = Scaler.FromMetadata(pair.Value);
                    else if (pair.Key == ModelFile.TargetScalerKey) TargetScaler = Scaler.FromMetadata(pair.Value);
                    else if (pair.Key == Policy.LayoutKey) EpisodeLayout = EpisodeLayout.FromMetadata(pair.Value);
                    else if (pair.Key == "classes" || pair.Key.EndsWith("vocabulary", StringComparison.Ordinal)) vocabularies.Add(new KeyValuePair<string, Vocabulary>(pair.Key, Vocabulary.FromMetadata(pair.Value)));
                    else if (pair.Key != StatePairs.MetadataKey) others.Add(pair);
                }
                catch (FormatException)
                {
                    others.Add(pair);
                }
            }
            Vocabularies = vocabularies;
            Metadata = others;
        }

        private static void AddParts(SequenceModel model, string prefix, List<ModelCardPart> parts)
        {
            for (int i = 0; i < model.Layers.Count; i++)
            {
                string name = prefix + model.LayerNames[i];
                if (model.Layers[i] is SequenceModel inner) AddParts(inner, name + ".", parts);
                else parts.Add(new ModelCardPart(name, model.Layers[i]));
            }
        }

        private static Layer FirstOf(Layer layer) => layer is SequenceModel model ? FirstOf(model.Layers[0]) : layer;

        private static long Weights(OnnxGraph graph, int depth)
        {
            long count = graph.Initializers.Where(tensor => tensor.ElementType == OnnxDataType.Float || tensor.ElementType == OnnxDataType.Double || tensor.ElementType == OnnxDataType.Float16
                || tensor.ElementType == OnnxDataType.BFloat16).Sum(tensor => (long)tensor.Count);
            return depth >= OnnxGraph.MaxDepth ? count : count + graph.Nodes.SelectMany(node => node.Subgraphs()).Sum(subgraph => Weights(subgraph, depth + 1));
        }

        private static string Cell(ModelCardPart part) =>
            FormattableString.Invariant($"{part.Cell}, {part.HiddenSize} units{(part.NumLayers > 1 ? $", {part.NumLayers} layers" : "")}, {part.Direction}");

        private static string Library(string format) => format switch
        {
            "pt" => "PyTorch",
            "tf" => "TensorFlow",
            "flax" => "Flax",
            "np" => "NumPy",
            "mlx" => "MLX",
            _ => format,
        };

        private static string? Describe(Scaler? scaler)
        {
            if (scaler == null) return null;
            string Numbers(ReadOnlySpan<float> values) => Join(values.ToArray().Select(value => value.ToString("G6", CultureInfo.InvariantCulture)), ", ", values.Length);
            return $"{scaler.GetType().Name}, {(scaler.Columns == 1 ? "1 column" : scaler.Columns.ToString(CultureInfo.InvariantCulture) + " columns")}: offset {Numbers(scaler.Offset)}; scale {Numbers(scaler.Scale)}";
        }

        private static string Quoted(string symbol) => symbol.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) ? $"'{symbol.Replace("\n", "\\n").Replace("\r", "\\r").Replace("\t", "\\t")}'" : symbol;

        private static string Join(IEnumerable<string> texts, string between, int count) =>
            string.Join(between, texts.Take(MostShown)) + (count > MostShown ? between + FormattableString.Invariant($"… {count - MostShown} more") : "");

        private static string Shorten(string text) => text.Length <= LongestText ? text : text.Substring(0, char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText) + "…";
    }
}
