using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace Recurrent
{
    /// <summary>
    /// Layers applied one after the other. The parameters of all stand in one array of values and one of gradients, under the layer's name:
    /// <c>0.weight_ih_l0</c> as in PyTorch's <c>nn.Sequential</c>, or <c>lstm.weight_ih_l0</c> where the layer was given a name.
    /// </summary>
    public sealed class SequenceModel : Layer
    {
        private readonly Layer[] _layers;
        private readonly string[] _names;

        /// <summary>Composes layers, named by their position: 0, 1, 2, …</summary>
        /// <exception cref="ArgumentException">There is no layer, a layer already belongs to a model, or sizes do not fit; the message says where.</exception>
        public SequenceModel(params Layer[] layers)
            : this(Number(layers))
        {
        }

        /// <summary>Composes named layers.</summary>
        /// <exception cref="ArgumentException">
        /// There is no layer, a layer already belongs to a model, sizes do not fit, or a name is empty, used twice or has a dot in it.
        /// </exception>
        public SequenceModel(params (string Name, Layer Layer)[] layers)
            : base(0, 0)
        {
            if (layers.Length == 0) throw new ArgumentException("SequenceModel: expected at least one layer, got none.", nameof(layers));
            _layers = Array.ConvertAll(layers, named => named.Layer ?? throw new ArgumentException($"SequenceModel: layer '{named.Name}' is null.", nameof(layers)));
            _names = Array.ConvertAll(layers, named => named.Name);
            Check();

            int features = _layers[0].InputSize;
            if (features == 0) throw new ArgumentException($"SequenceModel: {_layers[0]} cannot come first, for it has the size of the layer before it.", nameof(layers));
            InputSize = features;
            foreach (Layer layer in _layers)
            {
                layer.Attach(features);
                features = layer.OutputSize;
            }
            OutputSize = features;

            Store.Adopt(Array.ConvertAll(_layers, layer => layer.Store));
            for (int i = 0; i < _layers.Length; i++)
            {
                foreach (Parameter parameter in _layers[i].Parameters) parameter.Name = $"{_names[i]}.{parameter.Name}";
                Own.AddRange(_layers[i].Parameters);
                _layers[i].Join(Store);
            }
        }

        /// <summary>The layers, in order.</summary>
        public IReadOnlyList<Layer> Layers => _layers;

        /// <summary>The layers' names, in order.</summary>
        public IReadOnlyList<string> LayerNames => _names;

        /// <summary>How inputs were scaled for training, one column a feature, if they were. It is kept with the model, not applied by it.</summary>
        public Scaler? InputScaler { get; set; }

        /// <summary>How targets were scaled for training, one column a feature of the output, if they were. It is kept with the model, not applied by it.</summary>
        public Scaler? TargetScaler { get; set; }

        /// <summary>
        /// What else a program needs to use the model, such as a vocabulary or the names of classes: text by name, kept in the model's file and not looked at.
        /// </summary>
        public IDictionary<string, string> Metadata { get; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

        /// <inheritdoc/>
        public override int StateSize
        {
            get
            {
                int size = 0;
                foreach (Layer layer in _layers) size += layer.StateSize;
                return size;
            }
        }

        /// <inheritdoc/>
        public override bool NeedsWholeSequence => Array.Exists(_layers, layer => layer.NeedsWholeSequence);

        /// <summary>A table: every layer with its features and its parameters, and their number in all.</summary>
        public string Summary()
        {
            var rows = new List<string[]> { new[] { "name", "layer", "in", "out", "parameters" } };
            for (int i = 0; i < _layers.Length; i++)
            {
                Layer layer = _layers[i];
                int count = 0;
                foreach (Parameter parameter in layer.Parameters) count += parameter.Length;
                rows.Add(new[] { _names[i], layer.ToString(), Text(layer.InputSize), Text(layer.OutputSize), Text(count) });
                foreach (Parameter parameter in layer.Parameters)
                    rows.Add(new[] { "", "  " + parameter.ToString().Substring(_names[i].Length + 1), "", "", Text(parameter.Length) });
            }
            rows.Add(new[] { "", "total", Text(InputSize), Text(OutputSize), Text(Store.Length) });

            var widths = new int[rows[0].Length];
            foreach (string[] row in rows)
                for (int column = 0; column < row.Length; column++) widths[column] = Math.Max(widths[column], row[column].Length);
            var table = new StringBuilder();
            foreach (string[] row in rows)
            {
                for (int column = 0; column < row.Length; column++)
                    table.Append(column < 2 ? row[column].PadRight(widths[column]) : row[column].PadLeft(widths[column])).Append(column < row.Length - 1 ? "  " : "\n");
            }
            return table.ToString();
        }

        /// <summary>The layers in one line.</summary>
        public override string ToString() => string.Join(" → ", Array.ConvertAll(_layers, layer => layer.ToString()));

        internal override int PackedGradientLength
        {
            get
            {
                int length = 0;
                foreach (Layer layer in _layers) length += layer.PackedGradientLength;
                return length;
            }
        }

        internal override bool CollapsesSteps => Array.Exists(_layers, layer => layer.CollapsesSteps);

        internal override LayerPass CreatePass(PassMemory memory, Activations input) => new Pass(_layers, _names, memory, input);

        internal override void Initialize(RandomSource random)
        {
            foreach (Layer layer in _layers) layer.Initialize(random);
        }

        internal override void Join(ParameterStore store)
        {
            base.Join(store);
            foreach (Layer layer in _layers) layer.Join(store);
        }

        internal override unsafe void AddGradients(float* packed, WorkSlicer work)
        {
            foreach (Layer layer in _layers)
            {
                layer.AddGradients(packed, work);
                packed += layer.PackedGradientLength;
            }
        }

        private protected override void Pack(WorkSlicer work)
        {
            foreach (Layer layer in _layers) layer.PackWeights(work);
        }

        private static (string, Layer)[] Number(Layer[] layers)
        {
            var named = new (string, Layer)[layers.Length];
            for (int i = 0; i < layers.Length; i++) named[i] = (Text(i), layers[i]);
            return named;
        }

        private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

        private void Check()
        {
            for (int i = 0; i < _layers.Length; i++)
            {
                if (string.IsNullOrEmpty(_names[i]) || _names[i].Contains('.')) throw new ArgumentException($"SequenceModel: '{_names[i]}' cannot name a layer; expected letters without a dot.");
                if (_layers[i].Joined) throw new ArgumentException($"SequenceModel: {_layers[i]} at position {i} already belongs to a model.");
                for (int j = 0; j < i; j++)
                {
                    if (_names[j] == _names[i]) throw new ArgumentException($"SequenceModel: two layers are called '{_names[i]}'.");
                    if (_layers[j] == _layers[i]) throw new ArgumentException($"SequenceModel: {_layers[i]} stands at positions {j} and {i}; expected different layers.");
                }
            }
        }

        private sealed unsafe class Pass : LayerPass
        {
            private readonly Layer[] _layers;
            private readonly string[] _names;
            private readonly LayerPass[] _passes;
            private readonly Batch[] _batches;

            public Pass(Layer[] layers, string[] names, PassMemory memory, Activations input)
            {
                _layers = layers;
                _names = names;
                _passes = new LayerPass[layers.Length];
                _batches = new Batch[layers.Length];
                Input = input;
                Activations below = input;
                for (int i = 0; i < layers.Length; i++)
                {
                    _passes[i] = layers[i].CreatePass(memory, below, i + 1 < layers.Length ? layers[i + 1] as StepSelection : null);
                    if (i > 0) _passes[i].InputGradient = _passes[i - 1].OutputGradient;
                    below = _passes[i].Output;
                }
                Output = below;
                OutputGradient = _passes[layers.Length - 1].OutputGradient;
            }

            public override void Forward(in Batch batch, WorkSlicer work)
            {
                Batch current = batch;
                for (int i = 0; i < _layers.Length; i++)
                {
                    _passes[i].Forward(current, work);
                    current = Next(current, _layers[i]);
                }
            }

            public override void Backward(in Batch batch, float* gradients, WorkSlicer work)
            {
                _passes[0].InputGradient = InputGradient;
                Batch current = batch;
                for (int i = 0; i < _layers.Length; i++)
                {
                    _batches[i] = current;
                    current = Next(current, _layers[i]);
                    gradients += _layers[i].PackedGradientLength;
                }
                for (int i = _layers.Length - 1; i >= 0; i--)
                {
                    gradients -= _layers[i].PackedGradientLength;
                    _passes[i].Backward(_batches[i], gradients, work);
                }
            }

            public override void Watch(string prefix, List<CellTap> taps)
            {
                for (int i = 0; i < _passes.Length; i++) _passes[i].Watch($"{prefix}{_names[i]}.", taps);
            }

            /// <summary>The batch as the layer after <paramref name="layer"/> sees it: with its own states, dropout and number of steps.</summary>
            private static Batch Next(Batch batch, Layer layer)
            {
                int states = layer.StateSize;
                if (batch.State != null) batch.State += states;
                if (batch.FinalState != null) batch.FinalState += states;
                if (batch.StateGradient != null) batch.StateGradient += states;
                if (batch.FinalStateGradient != null) batch.FinalStateGradient += states;
                batch.Seed = RandomSource.Combine(batch.Seed, 1);
                if (layer.CollapsesSteps) batch.Lengths = null;
                batch.Steps = layer.OutputSteps(batch.Steps);
                return batch;
            }
        }
    }
}
