using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>What a model is made of, as text: the layers with their names, kinds and sizes, as JSON.</summary>
    internal static class Architecture
    {
        private const int MaxLevels = 1000;
        private const int MaxSize = 1 << 20;

        public static string Write(SequenceModel model)
        {
            var json = new JsonWriter();
            WriteLayers(json, model);
            return json.ToString();
        }

        /// <summary>Builds the model, with initial weights.</summary>
        /// <param name="text">What <see cref="Write"/> gave.</param>
        /// <param name="numbers">How many weights there are for it: a model that needs more is refused before it takes memory.</param>
        /// <exception cref="FormatException">The text is no architecture; the message says where.</exception>
        public static SequenceModel Read(string text, long numbers)
        {
            JsonValue layers = JsonValue.Parse(text);
            int levels = 0;
            double weights = Weights(layers, ref levels);
            if (weights > numbers) throw new FormatException(FormattableString.Invariant($"the layers need {weights} weights or more, the file has {numbers}."));
            return (SequenceModel)ReadLayers(layers);
        }

        private static void WriteLayers(JsonWriter json, SequenceModel model)
        {
            json.BeginArray();
            for (int i = 0; i < model.Layers.Count; i++) WriteLayer(json, model.LayerNames[i], model.Layers[i]);
            json.EndArray();
        }

        private static void WriteLayer(JsonWriter json, string name, Layer layer)
        {
            json.BeginObject().Member("name", name).Member("type", layer.GetType().Name);
            WriteMembers(json, layer);
            json.EndObject();
        }

        private static void WriteMembers(JsonWriter json, Layer layer)
        {
            switch (layer)
            {
                case RNN rnn:
                    WriteRecurrent(json, rnn);
                    json.Member("nonlinearity", rnn.Nonlinearity.ToString());
                    break;
                case LSTM lstm:
                    WriteRecurrent(json, lstm);
                    json.Member("projSize", lstm.ProjectionSize);
                    break;
                case GRU gru:
                    WriteRecurrent(json, gru);
                    json.Member("resetAfter", gru.ResetAfter).Member("updateKeepsState", gru.UpdateKeepsState);
                    break;
                case RNNCell cell:
                    WriteCell(json, cell);
                    json.Member("nonlinearity", cell.Nonlinearity.ToString());
                    break;
                case LSTMCell cell:
                    WriteCell(json, cell);
                    json.Member("projSize", cell.ProjectionSize);
                    break;
                case GRUCell cell:
                    WriteCell(json, cell);
                    json.Member("resetAfter", cell.ResetAfter).Member("updateKeepsState", cell.UpdateKeepsState);
                    break;
                case Linear linear:
                    json.Member("inputSize", linear.InputSize).Member("outputSize", linear.OutputSize).Member("bias", linear.HasBias);
                    break;
                case Embedding embedding:
                    json.Member("numEmbeddings", embedding.NumEmbeddings).Member("embeddingDim", embedding.OutputSize).Member("paddingIndex", embedding.PaddingIndex);
                    break;
                case Dropout dropout:
                    json.Member("probability", dropout.Probability);
                    break;
                case Activation activation:
                    json.Member("nonlinearity", activation.Nonlinearity.ToString());
                    break;
                case Softmax softmax:
                    json.Member("logarithm", softmax.Logarithm);
                    break;
                case Reverse reverse:
                    json.Member("inputSize", reverse.InputSize);
                    break;
                case EncoderDecoder both:
                    WriteEncoderDecoder(json, both);
                    break;
                case SequenceModel model:
                    WriteLayers(json.Name("layers"), model);
                    break;
                case LastStep _:
                case FinalStates _:
                    break;
                default:
                    throw new NotSupportedException($"{layer}: a layer of this kind cannot be saved.");
            }
        }

        private static void WriteRecurrent(JsonWriter json, RecurrentLayer layer)
        {
            json.Member("inputSize", layer.InputSize).Member("hiddenSize", layer.HiddenSize).Member("numLayers", layer.NumLayers);
            json.Member("bias", layer.Cell(0).HasBias).Member("dropout", layer.Dropout).Member("bidirectional", layer.Bidirectional);
            WriteOptions(json, layer.Options);
        }

        private static void WriteCell(JsonWriter json, RecurrentCell cell)
        {
            json.Member("inputSize", cell.InputSize).Member("hiddenSize", cell.HiddenSize).Member("bias", cell.HasBias);
            WriteOptions(json, cell.Options);
        }

        private static void WriteEncoderDecoder(JsonWriter json, EncoderDecoder layer)
        {
            EncoderDecoderOptions options = layer.Options;
            json.Member("sourceSymbols", layer.SourceSymbols).Member("targetSymbols", layer.TargetSymbols);
            json.Member("sourceEmbedding", options.SourceEmbedding).Member("targetEmbedding", options.TargetEmbedding);
            json.Member("feedsSymbols", options.FeedsSymbols).Member("repeatsEncoder", options.RepeatsEncoder).Member("carriesState", options.CarriesState);
            json.Member("attention", options.Attention.ToString()).Member("sourcePadding", options.SourcePadding).Member("targetPadding", options.TargetPadding);
            WriteLayer(json.Name("encoder"), "encoder", layer.Encoder);
            WriteLayer(json.Name("decoder"), "decoder", layer.Decoder);
        }

        /// <summary>What differs from PyTorch's cells, and nothing where nothing does.</summary>
        private static void WriteOptions(JsonWriter json, CellOptions options)
        {
            if (options.IsDefault) return;
            json.Name("options").BeginObject();
            WriteFunctions(json, "activations", options.Activations);
            WriteFunctions(json, "reverseActivations", options.ReverseActivations);
            if (!float.IsPositiveInfinity(options.Clip)) json.Member("clip", options.Clip);
            json.Member("inputForget", options.InputForget).Member("peepholes", options.Peepholes).EndObject();
        }

        private static void WriteFunctions(JsonWriter json, string name, IReadOnlyList<ActivationFunction> functions)
        {
            json.Name(name).BeginArray();
            foreach (ActivationFunction function in functions)
                json.BeginObject().Member("kind", function.Kind.ToString()).Member("alpha", function.Alpha).Member("beta", function.Beta).EndObject();
            json.EndArray();
        }

        private static Layer ReadLayers(JsonValue layers)
        {
            var named = new (string, Layer)[layers.Count];
            for (int i = 0; i < named.Length; i++) named[i] = (layers[i]["name"].AsString(), ReadLayer(layers[i]));
            try
            {
                return new SequenceModel(named);
            }
            catch (ArgumentException e)
            {
                throw new FormatException(e.Message, e);
            }
        }

        private static Layer ReadLayer(JsonValue json)
        {
            string name = json["name"].AsString(), type = json["type"].AsString();
            int read = 2;
            JsonValue Member(string member)
            {
                read++;
                return json[member];
            }
            int Size(string member) => AsSize(Member(member), member);
            bool Flag(string member) => Member(member).AsBoolean();
            float Share(string member) => Member(member).AsSingle();
            Nonlinearity Function() => (Nonlinearity)Named(Member("nonlinearity"), typeof(Nonlinearity));
            CellOptions? Options() => json.TryGet("options", out _) ? ReadOptions(Member("options")) : null;
            RecurrentLayer Recurrent(string member) => ReadLayer(Member(member)) as RecurrentLayer ?? throw new FormatException($"layer '{name}': the {member} is no recurrent layer.");
            Layer layer;
            try
            {
                layer = type switch
                {
                    nameof(RNN) => new RNN(Size("inputSize"), Size("hiddenSize"), Size("numLayers"), Function(), Flag("bias"), Share("dropout"),
                        Flag("bidirectional"), options: Options()),
                    nameof(LSTM) => new LSTM(Size("inputSize"), Size("hiddenSize"), Size("numLayers"), Flag("bias"), Share("dropout"),
                        Flag("bidirectional"), Size("projSize"), options: Options()),
                    nameof(GRU) => new GRU(Size("inputSize"), Size("hiddenSize"), Size("numLayers"), Flag("bias"), Share("dropout"),
                        Flag("bidirectional"), Flag("resetAfter"), Flag("updateKeepsState"), options: Options()),
                    nameof(RNNCell) => new RNNCell(Size("inputSize"), Size("hiddenSize"), Function(), Flag("bias"), options: Options()),
                    nameof(LSTMCell) => new LSTMCell(Size("inputSize"), Size("hiddenSize"), Flag("bias"), Size("projSize"), options: Options()),
                    nameof(GRUCell) => new GRUCell(Size("inputSize"), Size("hiddenSize"), Flag("bias"), Flag("resetAfter"), Flag("updateKeepsState"), options: Options()),
                    nameof(Linear) => new Linear(Size("inputSize"), Size("outputSize"), Flag("bias")),
                    nameof(Embedding) => new Embedding(Size("numEmbeddings"), Size("embeddingDim"), Member("paddingIndex").AsInt32()),
                    nameof(Dropout) => new Dropout(Share("probability")),
                    nameof(Activation) => new Activation(Function()),
                    nameof(LastStep) => new LastStep(),
                    nameof(FinalStates) => new FinalStates(),
                    nameof(Softmax) => new Softmax(Flag("logarithm")),
                    nameof(Reverse) => new Reverse(Size("inputSize")),
                    nameof(EncoderDecoder) => new EncoderDecoder(Size("sourceSymbols"), Size("targetSymbols"), Recurrent("encoder"), Recurrent("decoder"), new EncoderDecoderOptions
                    {
                        SourceEmbedding = Size("sourceEmbedding"),
                        TargetEmbedding = Size("targetEmbedding"),
                        FeedsSymbols = Flag("feedsSymbols"),
                        RepeatsEncoder = Flag("repeatsEncoder"),
                        CarriesState = Flag("carriesState"),
                        Attention = (AttentionScore)Named(Member("attention"), typeof(AttentionScore)),
                        SourcePadding = Member("sourcePadding").AsInt32(),
                        TargetPadding = Member("targetPadding").AsInt32(),
                    }),
                    nameof(SequenceModel) => ReadLayers(Member("layers")),
                    _ => throw new FormatException($"layer '{name}' is of the unknown type '{type}'."),
                };
            }
            catch (ArgumentException e)
            {
                throw new FormatException($"layer '{name}': {e.Message}", e);
            }
            CheckMembers($"layer '{name}'", json, read);
            return layer;
        }

        private static CellOptions ReadOptions(JsonValue json)
        {
            bool clipped = json.TryGet("clip", out JsonValue? clip);
            var options = new CellOptions
            {
                Activations = ReadFunctions(json["activations"]),
                ReverseActivations = ReadFunctions(json["reverseActivations"]),
                Clip = clipped ? clip!.AsSingle() : float.PositiveInfinity,
                InputForget = json["inputForget"].AsBoolean(),
                Peepholes = json["peepholes"].AsBoolean(),
            };
            CheckMembers("options", json, clipped ? 5 : 4);
            return options;
        }

        private static ActivationFunction[] ReadFunctions(JsonValue json)
        {
            if (json.Kind != JsonKind.Array) throw new FormatException($"expected a list of functions, got {json.Kind}.");
            var functions = new ActivationFunction[json.Count];
            for (int i = 0; i < functions.Length; i++)
            {
                functions[i] = new ActivationFunction((ActivationKind)Named(json[i]["kind"], typeof(ActivationKind)), json[i]["alpha"].AsSingle(), json[i]["beta"].AsSingle());
                CheckMembers("a function", json[i], 3);
            }
            return functions;
        }

        /// <summary>The value of an enumeration that counts from 0, by its exact name.</summary>
        private static int Named(JsonValue json, Type type)
        {
            string[] names = Enum.GetNames(type);
            int value = Array.IndexOf(names, json.AsString());
            return value >= 0 ? value : throw new FormatException($"expected one of {string.Join(", ", names)}, got '{json.AsString()}'.");
        }

        /// <summary>What is not understood would be lost without a word.</summary>
        private static void CheckMembers(string owner, JsonValue json, int known)
        {
            if (json.Count != known) throw new FormatException($"{owner}: expected {known} members, got {json.Count}: {string.Join(", ", json.Names)}.");
        }

        /// <summary>The fewest weights that layers need: their matrices, without biases. Refuses sizes and numbers of layers beyond reason.</summary>
        private static double Weights(JsonValue layers, ref int levels)
        {
            if (layers.Kind != JsonKind.Array) throw new FormatException($"expected a list of layers, got {layers.Kind}.");
            double weights = 0;
            foreach (JsonValue json in layers.Items) weights += LayerWeights(json, ref levels);
            return weights;
        }

        private static double LayerWeights(JsonValue json, ref int levels)
        {
            double At(string name) => json.TryGet(name, out JsonValue? value) ? AsSize(value, name) : 0;
            int stacked = Math.Max(1, (int)At("numLayers"));
            levels += stacked;
            if (levels > MaxLevels) throw new FormatException($"there are more than {MaxLevels} layers, stacked ones counted.");
            double weights = 0;
            if (json.TryGet("layers", out JsonValue? inner)) weights += Weights(inner, ref levels);
            foreach (string part in new[] { "encoder", "decoder" })
                if (json.TryGet(part, out JsonValue? layer)) weights += LayerWeights(layer, ref levels);
            string type = json["type"].AsString();
            double gates = type.StartsWith(nameof(LSTM), StringComparison.Ordinal) ? 4 : type.StartsWith(nameof(GRU), StringComparison.Ordinal) ? 3 : 1;
            double directions = json.TryGet("bidirectional", out JsonValue? both) && both.AsBoolean() ? 2 : 1;
            double input = At("inputSize"), hidden = At("hiddenSize"), output = At("projSize") > 0 ? At("projSize") : hidden;
            weights += directions * gates * hidden * (input + output + (stacked - 1) * (directions + 1) * output);
            weights += input * At("outputSize") + At("numEmbeddings") * At("embeddingDim");
            return weights + At("sourceSymbols") * At("sourceEmbedding") + At("targetSymbols") * (At("targetEmbedding") + 1);
        }

        private static int AsSize(JsonValue value, string name)
        {
            int size = value.AsInt32();
            return size >= 0 && size <= MaxSize ? size : throw new FormatException($"{name} is {size}, expected 0 to {MaxSize}.");
        }
    }
}
