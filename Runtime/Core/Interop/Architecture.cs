using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>What a model is made of, as text: the layers with their names, kinds and sizes, as JSON.</summary>
    internal static class Architecture
    {
        private const int MaxLayers = 1000;
        private const int MaxSize = 1 << 20;
        private const long MaxParameters = 1L << 29;

        public static string Write(SequenceModel model)
        {
            JsonWriter json = new JsonWriter().BeginArray();
            for (int i = 0; i < model.Layers.Count; i++)
            {
                json.BeginObject().Member("name", model.LayerNames[i]);
                Write(json, model.Layers[i]);
                json.EndObject();
            }
            return json.EndArray().ToString();
        }

        /// <exception cref="FormatException">The text is no architecture; the message says where.</exception>
        public static SequenceModel Read(string text)
        {
            JsonValue layers = JsonValue.Parse(text);
            if (layers.Kind != JsonKind.Array) throw new FormatException($"the architecture is no list of layers but {layers.Kind}");
            if (layers.Count > MaxLayers) throw new FormatException($"the architecture has {layers.Count} layers; expected at most {MaxLayers}");
            var named = new List<(string, Layer)>();
            long parameters = 0;
            foreach (JsonValue layer in layers.Items)
            {
                parameters += Count(layer);
                if (parameters > MaxParameters) throw new FormatException($"the architecture has more than {MaxParameters} parameters");
                named.Add((layer["name"].AsString(), Read(layer)));
            }
            try
            {
                return new SequenceModel(named.ToArray());
            }
            catch (ArgumentException e)
            {
                throw new FormatException(e.Message, e);
            }
        }

        private static void Write(JsonWriter json, Layer layer)
        {
            json.Member("type", layer.GetType().Name);
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
                case LastStep _:
                case FinalStates _:
                    break;
                default:
                    throw new NotSupportedException($"{layer}: a layer of this kind cannot be saved.");
            }
        }

        private static void WriteRecurrent(JsonWriter json, RecurrentLayer layer) => json
            .Member("inputSize", layer.InputSize)
            .Member("hiddenSize", layer.HiddenSize)
            .Member("numLayers", layer.NumLayers)
            .Member("bias", layer.Cell(0).HasBias)
            .Member("dropout", layer.Dropout)
            .Member("bidirectional", layer.Bidirectional);

        private static void WriteCell(JsonWriter json, RecurrentCell cell) => json
            .Member("inputSize", cell.InputSize)
            .Member("hiddenSize", cell.HiddenSize)
            .Member("bias", cell.HasBias);

        private static Layer Read(JsonValue json)
        {
            int Size(string name) => Bounded(json, name);
            bool Flag(string name) => json[name].AsBoolean();
            float Share(string name) => json[name].AsSingle();
            Nonlinearity Function() => Enum.TryParse(json["nonlinearity"].AsString(), out Nonlinearity value) && Enum.IsDefined(typeof(Nonlinearity), value)
                ? value
                : throw new FormatException($"layer '{json["name"].AsString()}' has the nonlinearity '{json["nonlinearity"].AsString()}'; expected {string.Join(", ", Enum.GetNames(typeof(Nonlinearity)))}");
            string type = json["type"].AsString();
            try
            {
                switch (type)
                {
                    case nameof(RNN): return new RNN(Size("inputSize"), Size("hiddenSize"), Size("numLayers"), Function(), Flag("bias"), Share("dropout"), Flag("bidirectional"));
                    case nameof(LSTM): return new LSTM(Size("inputSize"), Size("hiddenSize"), Size("numLayers"), Flag("bias"), Share("dropout"), Flag("bidirectional"), Size("projSize"));
                    case nameof(GRU): return new GRU(Size("inputSize"), Size("hiddenSize"), Size("numLayers"), Flag("bias"), Share("dropout"), Flag("bidirectional"), Flag("resetAfter"), Flag("updateKeepsState"));
                    case nameof(RNNCell): return new RNNCell(Size("inputSize"), Size("hiddenSize"), Function(), Flag("bias"));
                    case nameof(LSTMCell): return new LSTMCell(Size("inputSize"), Size("hiddenSize"), Flag("bias"), Size("projSize"));
                    case nameof(GRUCell): return new GRUCell(Size("inputSize"), Size("hiddenSize"), Flag("bias"), Flag("resetAfter"), Flag("updateKeepsState"));
                    case nameof(Linear): return new Linear(Size("inputSize"), Size("outputSize"), Flag("bias"));
                    case nameof(Embedding): return new Embedding(Size("numEmbeddings"), Size("embeddingDim"), json["paddingIndex"].AsInt32());
                    case nameof(Dropout): return new Dropout(Share("probability"));
                    case nameof(Activation): return new Activation(Function());
                    case nameof(LastStep): return new LastStep();
                    case nameof(FinalStates): return new FinalStates();
                    default: throw new FormatException($"layer '{json["name"].AsString()}' is of the unknown type '{type}'");
                }
            }
            catch (ArgumentException e)
            {
                throw new FormatException($"layer '{json["name"].AsString()}': {e.Message}", e);
            }
        }

        /// <summary>How many parameters a layer will take, so that a hostile file is refused before any memory is.</summary>
        private static long Count(JsonValue json)
        {
            long At(string name) => json.TryGet(name, out _) ? Bounded(json, name) : 0;
            long hidden = At("hiddenSize"), levels = Math.Max(1, At("numLayers"));
            return 16 * levels * hidden * (At("inputSize") + 2 * hidden) + At("inputSize") * At("outputSize") + At("numEmbeddings") * At("embeddingDim");
        }

        private static int Bounded(JsonValue json, string name)
        {
            int size = json[name].AsInt32();
            if (size < 0 || size > MaxSize) throw new FormatException($"layer '{json["name"].AsString()}' has {name} {size}; expected at most {MaxSize}");
            return size;
        }
    }
}
