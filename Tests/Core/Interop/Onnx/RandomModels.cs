using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.Tests.Onnx
{
    /// <summary>Models of a few units, drawn from a seed over all layers and options that the package has.</summary>
    public static class RandomModels
    {
        /// <summary>A model with at least one recurrent layer.</summary>
        /// <param name="random">What is drawn from.</param>
        /// <param name="step">Whether the model must be one that can be fed step by step.</param>
        public static SequenceModel Next(RandomSource random, bool step)
        {
            var layers = new List<Layer>();
            int features = random.Next(4) + 1;
            if (random.Next(5) == 0)
            {
                layers.Add(new Embedding(7, features, seed: random.NextUInt64()));
            }
            else if (random.Next(4) == 0)
            {
                layers.Add(new Linear(features, features + 1, random.Next(2) == 0, random.NextUInt64()));
                layers.Add(new Activation((Nonlinearity)random.Next(3)));
                features++;
            }
            int count = 1 + random.Next(2);
            for (int i = 0; i < count; i++)
            {
                if (!step && random.Next(6) == 0) layers.Add(new Reverse(features));
                Layer recurrent = Recurrent(random, features, step);
                layers.Add(recurrent);
                features = recurrent.OutputSize;
                if (random.Next(4) == 0) layers.Add(new Dropout(0.4f));
            }
            if (random.Next(2) == 0) layers.Add(!step && features % 2 == 0 && random.Next(2) == 0 ? new FinalStates() : (Layer)new LastStep());
            if (random.Next(3) > 0)
            {
                layers.Add(new Linear(features, 3, random.Next(3) > 0, random.NextUInt64()));
                if (random.Next(3) == 0) layers.Add(new Softmax(random.Next(2) == 0));
                else if (random.Next(3) == 0) layers.Add(new Activation((Nonlinearity)random.Next(3)));
            }
            return new SequenceModel(layers.ToArray());
        }

        public static Layer Recurrent(RandomSource random, int features, bool step)
        {
            int hidden = random.Next(5) + 2, levels = 1 + random.Next(3);
            bool bias = random.Next(4) > 0, both = !step && random.Next(2) == 0, cell = random.Next(8) == 0;
            int kind = random.Next(4);
            ulong seed = random.NextUInt64();
            CellOptions options = Options(random, kind);
            switch (kind)
            {
                case 0:
                    var nonlinearity = (Nonlinearity)random.Next(2);
                    return cell ? new RNNCell(features, hidden, nonlinearity, bias, seed, options) : (Layer)new RNN(features, hidden, levels, nonlinearity, bias, 0.2f, both, seed, options);
                case 1:
                    bool after = random.Next(2) == 0, keeps = random.Next(3) > 0;
                    return cell ? new GRUCell(features, hidden, bias, after, keeps, seed, options) : (Layer)new GRU(features, hidden, levels, bias, 0.2f, both, after, keeps, seed, options);
                default:
                    int projection = kind == 3 ? 1 + random.Next(hidden - 1) : 0;
                    return cell ? new LSTMCell(features, hidden, bias, projection, seed, options) : (Layer)new LSTM(features, hidden, levels, bias, 0.2f, both, projection, seed, options);
            }
        }

        /// <summary>Batch first, (batch, steps, features); whole numbers where the model begins with an embedding.</summary>
        public static float[] Input(RandomSource random, SequenceModel model, int batch, int steps)
        {
            bool symbols = model.Layers[0] is Embedding;
            return Enumerable.Range(0, batch * steps * model.InputSize).Select(_ => symbols ? random.Next(7) : random.NextSingle(-1.5f, 1.5f)).ToArray();
        }

        /// <summary>What a model is made of, for a message.</summary>
        public static string Describe(SequenceModel model) => string.Join(" → ", model.Layers.Select(layer =>
            layer.ToString() + (layer is RecurrentLayer recurrent ? Text(recurrent.Options) : layer is RecurrentCell cell ? Text(cell.Options) : "")));

        private static string Text(CellOptions options) => options.IsDefault ? "" :
            FormattableString.Invariant($"[{string.Join(",", options.Activations)} | {string.Join(",", options.ReverseActivations)} clip {options.Clip} coupled {options.InputForget} peepholes {options.Peepholes}]");

        private static CellOptions Options(RandomSource random, int kind)
        {
            var options = new CellOptions();
            if (random.Next(2) == 0) return options;
            int functions = kind == 0 ? 1 : kind == 1 ? 2 : 3;
            if (random.Next(2) == 0) options.Activations = Functions(random, functions);
            if (random.Next(3) == 0) options.ReverseActivations = Functions(random, functions);
            if (random.Next(3) == 0) options.Clip = random.NextSingle(0.2f, 1);
            if (kind >= 2) options.InputForget = random.Next(3) == 0;
            if (kind >= 2) options.Peepholes = random.Next(2) == 0;
            return options;
        }

        private static ActivationFunction[] Functions(RandomSource random, int count) =>
            Enumerable.Range(0, count).Select(_ => new ActivationFunction((ActivationKind)random.Next(11), random.NextSingle(0.2f, 0.9f), random.NextSingle(0.2f, 0.9f))).ToArray();
    }
}
