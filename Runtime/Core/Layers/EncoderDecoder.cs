using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// Two recurrent layers that turn one sequence of symbols into another (Sutskever, Vinyals and Le, 2014; Cho et al., 2014): the encoder reads the source,
    /// the decoder puts out the target, with or without attention (<see cref="AttentionScore"/>).
    /// An input step has two numbers, a source symbol and the symbol that the decoder is fed at its step of the same index; each sequence begins at step 0, and where it
    /// has ended stands a negative number or the padding symbol. The output at a step is one number for every target symbol, whose softmax is the probability that
    /// it comes next; zeros where the decoder has no step. In training some steps can be fed the decoder's own choice (teacher forcing with a ratio below 1).
    /// <see cref="SequenceDecoder"/> runs it freely.
    /// The parameters are those of the parts: <c>source.weight</c>, <c>encoder.weight_ih_l0</c>, …, <c>target.weight</c>, <c>decoder.weight_ih_l0</c>, …,
    /// <c>attention.weight</c>, <c>concat.weight</c>, <c>concat.bias</c>, <c>head.weight</c>, <c>head.bias</c>, where there are such parts.
    /// </summary>
    public sealed class EncoderDecoder : Layer
    {
        private readonly List<(string Name, Layer Layer)> _parts = new List<(string, Layer)>();
        private readonly EncoderDecoderOptions _options;

        /// <summary>Joins an encoder and a decoder.</summary>
        /// <param name="sourceSymbols">How many symbols a source is made of.</param>
        /// <param name="targetSymbols">How many symbols a target is made of.</param>
        /// <param name="encoder">Its inputs are the features of a source symbol: of its embedding, or as many as there are symbols. It may be bidirectional.</param>
        /// <param name="decoder">Its inputs are the features of a target symbol, if symbols are fed, then the encoder's outputs, if those are repeated.</param>
        /// <param name="options">The defaults if null.</param>
        /// <param name="seed">What the initial weights of all other parts are drawn from.</param>
        /// <exception cref="ArgumentException">Sizes do not fit each other, a part already belongs to a model, or nothing joins the two; the message says which.</exception>
        public EncoderDecoder(int sourceSymbols, int targetSymbols, RecurrentLayer encoder, RecurrentLayer decoder, EncoderDecoderOptions? options = null, ulong seed = 0)
            : base(2, targetSymbols)
        {
            CheckSize(sourceSymbols, nameof(sourceSymbols));
            CheckSize(targetSymbols, nameof(targetSymbols));
            Encoder = encoder ?? throw new ArgumentNullException(nameof(encoder));
            Decoder = decoder ?? throw new ArgumentNullException(nameof(decoder));
            _options = (options ?? new EncoderDecoderOptions()).Copy();
            SourceSymbols = sourceSymbols;
            CheckOptions();
            ulong Seed(ulong part) => RandomSource.Combine(seed, part);
            Embedding? Table(int symbols, int features, int padding, ulong part) => features == 0 ? null : new Embedding(symbols, features, padding, Seed(part));
            Source = new SymbolInput($"{this}: the source's", sourceSymbols, _options.SourcePadding, Table(sourceSymbols, _options.SourceEmbedding, _options.SourcePadding, 0));
            Target = new SymbolInput($"{this}: the decoder's", targetSymbols, _options.TargetPadding,
                _options.FeedsSymbols ? Table(targetSymbols, _options.TargetEmbedding, _options.TargetPadding, 1) : null);
            CheckParts();

            Head = new Linear(decoder.OutputSize, targetSymbols, seed: Seed(4));
            if (_options.Attention == AttentionScore.General) Score = new Linear(decoder.OutputSize, encoder.OutputSize, bias: false, Seed(2));
            if (_options.Attention != AttentionScore.None) Concat = new Linear(encoder.OutputSize + decoder.OutputSize, decoder.OutputSize, seed: Seed(3));
            foreach ((string name, Layer? part) in new[] { ("source", Source.Table), ("encoder", encoder), ("target", Target.Table), ("decoder", decoder), ("attention", Score), ("concat", Concat), ("head", (Layer?)Head) })
                if (part != null) _parts.Add((name, part));
            Store.Adopt(_parts.ConvertAll(part => part.Layer.Store));
            foreach ((string name, Layer part) in _parts)
            {
                foreach (Parameter parameter in part.Parameters) parameter.Name = $"{name}.{parameter.Name}";
                Own.AddRange(part.Parameters);
                part.Join(Store);
            }
        }

        /// <summary>How many symbols a source is made of.</summary>
        public int SourceSymbols { get; }

        /// <summary>How many symbols a target is made of.</summary>
        public int TargetSymbols => OutputSize;

        /// <summary>What reads the source.</summary>
        public RecurrentLayer Encoder { get; }

        /// <summary>What puts out the target.</summary>
        public RecurrentLayer Decoder { get; }

        /// <summary>How the parts are joined; a copy.</summary>
        public EncoderDecoderOptions Options => _options.Copy();

        /// <inheritdoc/>
        public override bool NeedsWholeSequence => true;

        /// <inheritdoc/>
        public override string ToString() => $"EncoderDecoder({SourceSymbols}→{OutputSize}, {Encoder} → {Decoder}{(_options.Attention == AttentionScore.None ? "" : $", {_options.Attention} attention")})";

        internal SymbolInput Source { get; }

        internal SymbolInput Target { get; }

        /// <summary>W_a of general attention.</summary>
        internal Linear? Score { get; }

        /// <summary>W_c of attention.</summary>
        internal Linear? Concat { get; }

        internal Linear Head { get; }

        /// <summary>The options themselves, for a pass.</summary>
        internal EncoderDecoderOptions Joins => _options;

        internal override int PackedGradientLength
        {
            get
            {
                int length = 0;
                foreach ((_, Layer part) in _parts) length += part.PackedGradientLength;
                return length;
            }
        }

        /// <summary>Where a part's gradients stand in those of a lane.</summary>
        internal int OffsetOf(Layer part)
        {
            int offset = 0, i = 0;
            for (; _parts[i].Layer != part; i++) offset += _parts[i].Layer.PackedGradientLength;
            return offset;
        }

        internal override LayerPass CreatePass(PassMemory memory, Activations input) => new Pass(this, memory, input);

        internal override void Initialize(RandomSource random)
        {
            foreach ((_, Layer part) in _parts) part.Initialize(random);
        }

        internal override void Join(ParameterStore store)
        {
            base.Join(store);
            foreach ((_, Layer part) in _parts) part.Join(store);
        }

        internal override unsafe void AddGradients(float* packed, WorkSlicer work)
        {
            foreach ((_, Layer part) in _parts)
            {
                part.AddGradients(packed, work);
                packed += part.PackedGradientLength;
            }
        }

        private protected override void Pack(WorkSlicer work)
        {
            foreach ((_, Layer part) in _parts) part.PackWeights(work);
        }

        private void CheckOptions()
        {
            if (_options.SourceEmbedding < 0) throw Unfit($"SourceEmbedding is {_options.SourceEmbedding}, expected at least 0");
            if (_options.TargetEmbedding < 0) throw Unfit($"TargetEmbedding is {_options.TargetEmbedding}, expected at least 0");
            if (_options.SourcePadding < -1 || _options.SourcePadding >= SourceSymbols) throw Unfit($"SourcePadding is {_options.SourcePadding}, expected one of {SourceSymbols} symbols or −1");
            if (_options.TargetPadding < -1 || _options.TargetPadding >= OutputSize) throw Unfit($"TargetPadding is {_options.TargetPadding}, expected one of {OutputSize} symbols or −1");
            if (!_options.FeedsSymbols && _options.TargetEmbedding > 0) throw Unfit($"TargetEmbedding is {_options.TargetEmbedding}, expected 0 where no symbols are fed");
            if (!_options.FeedsSymbols && !_options.RepeatsEncoder) throw Unfit("the decoder is fed nothing, expected FeedsSymbols or RepeatsEncoder");
            if (!_options.RepeatsEncoder && !_options.CarriesState && _options.Attention == AttentionScore.None)
                throw Unfit("nothing of the source reaches the decoder, expected CarriesState, RepeatsEncoder or attention");
        }

        private void CheckParts()
        {
            if (Encoder == Decoder) throw Unfit("encoder and decoder are one layer, expected two");
            foreach (RecurrentLayer part in new[] { Encoder, Decoder })
                if (part.Joined) throw Unfit($"{part} already belongs to a model");
            if (Decoder.Bidirectional) throw Unfit("the decoder is bidirectional, and cannot know what comes later");
            if (Encoder.InputSize != Source.Features) throw Unfit($"the encoder takes {Encoder.InputSize} features, expected {Source.Features}");
            int fed = _options.FeedsSymbols ? Target.Features : 0, repeated = _options.RepeatsEncoder ? Encoder.OutputSize : 0;
            if (Decoder.InputSize != fed + repeated) throw Unfit($"the decoder takes {Decoder.InputSize} features, expected {fed} of a symbol + {repeated} of the encoder = {fed + repeated}");
            // With a bidirectional encoder of half the size, both directions' states stand side by side where the decoder has one.
            bool alike = Encoder.NumLayers == Decoder.NumLayers && Encoder.OutputSize == Decoder.OutputSize && Encoder.StateSize == Decoder.StateSize;
            if (_options.CarriesState && !alike)
                throw Unfit($"the decoder cannot take over the encoder's states: expected {Encoder.NumLayers} layers of {Encoder.OutputSize} and {Encoder.StateSize} numbers of state, got {Decoder.NumLayers} of {Decoder.OutputSize} and {Decoder.StateSize}");
            if (_options.Attention == AttentionScore.Dot && Encoder.OutputSize != Decoder.OutputSize)
                throw Unfit($"Dot attention compares outputs of one size, got {Encoder.OutputSize} and {Decoder.OutputSize}; General takes any");
        }

        private ArgumentException Unfit(string reason) => new ArgumentException($"{this}: {reason}.");

        private sealed unsafe class Pass : LayerPass
        {
            private readonly EncoderDecoder _layer;
            private readonly EncoderPass _encoder;
            private readonly DecoderPass _decoder;
            private readonly RandomSource _random = new RandomSource(0);
            private readonly int* _steps;              // of the decoder, by row
            private readonly float* _stateGradient;    // (B, state of the decoder)

            public Pass(EncoderDecoder layer, PassMemory memory, Activations input)
            {
                _layer = layer;
                _encoder = new EncoderPass(layer, memory);
                _decoder = new DecoderPass(layer, memory, _encoder, rowsOfSource: 1);
                _steps = (int*)memory.Take(memory.Rows);
                Input = input;
                Output = _decoder.Output;
                if (!memory.Training) return;
                OutputGradient = _decoder.OutputGradient;
                _stateGradient = memory.Take((long)memory.Rows * layer.Decoder.StateSize);
            }

            public override void Forward(in Batch batch, WorkSlicer work)
            {
                Measure(batch, out Batch source, out Batch target);
                for (int t = 0; t < source.Steps; t++)
                    for (int row = 0; row < batch.Rows; row++) *_encoder.Symbols.At(t, row) = *Input.At(t, row);
                _encoder.Forward(source, work);
                _decoder.Begin(batch.Rows, work);
                _random.Reseed(RandomSource.Combine(batch.Seed, 4));
                long stepCost = (long)batch.Rows * _layer.Decoder.PackedGradientLength;
                bool stepwise = batch.FreeRunning > 0 && _layer._options.FeedsSymbols;
                for (int t = 0; t < target.Steps; t++)
                {
                    for (int row = 0; row < batch.Rows; row++) *_decoder.Symbols.At(t, row) = Fed(batch, t, row);
                    // A step is a piece: what it is fed is known once the one before it is done, and is the same whenever it is drawn.
                    if (stepwise && work.Next(stepCost)) _decoder.Forward(target, t);
                }
                if (!stepwise) _decoder.Forward(target, work);
                ClearPast(batch, Output);
            }

            public override void Backward(in Batch batch, float* gradients, WorkSlicer work)
            {
                Measure(batch, out Batch source, out Batch target);
                ClearPast(batch, OutputGradient);
                _encoder.ClearGradients(source, work);
                target.StateGradient = _stateGradient;
                _decoder.Backward(target, gradients, work);
                if (_layer._options.CarriesState && work.Next((long)batch.Rows * _layer.Encoder.StateSize))
                    for (long i = (long)batch.Rows * _layer.Encoder.StateSize - 1; i >= 0; i--) _encoder.FinalStateGradient[i] += _stateGradient[i];
                _encoder.Backward(source, gradients, work);
                if (InputGradient.Data == null) return;
                for (int t = 0; t < batch.Steps; t++) new Span<float>(InputGradient.At(t, 0), batch.Rows * InputGradient.Row).Clear();
            }

            public override void Watch(string prefix, List<CellTap> taps)
            {
                _encoder.Recurrent.Watch(prefix + "encoder.", taps);
                _decoder.Recurrent.Watch(prefix + "decoder.", taps);
            }

            /// <summary>Finds how many steps each row has on both sides, and makes the two batches.</summary>
            private void Measure(in Batch batch, out Batch source, out Batch target)
            {
                source = target = batch;
                source.Steps = target.Steps = 1;
                for (int row = 0; row < batch.Rows; row++)
                {
                    _encoder.Lengths[row] = _layer.Source.Count(Input, 0, row, batch.LengthOf(row));
                    _steps[row] = _layer.Target.Count(Input, 1, row, batch.LengthOf(row));
                    source.Steps = Math.Max(source.Steps, _encoder.Lengths[row]);
                    target.Steps = Math.Max(target.Steps, _steps[row]);
                }
                target.State = _layer._options.CarriesState ? _encoder.FinalState : null;
                target.StateRow = _layer.Decoder.StateSize;
                target.FinalState = target.FinalStateGradient = null;
            }

            /// <summary>The symbol that a row is fed: the right one, or, by lot, what the decoder put out at the step before.</summary>
            private float Fed(in Batch batch, int t, int row)
            {
                bool own = batch.FreeRunning > 0 && _random.NextSingle() < batch.FreeRunning;
                if (t >= _steps[row]) return -1;
                if (!own || t == 0 || !_layer._options.FeedsSymbols) return Input.At(t, row)[1];
                var numbers = new ReadOnlySpan<float>(Output.At(t - 1, row), Output.Features);
                int best = 0;
                for (int i = 1; i < numbers.Length; i++)
                    if (numbers[i] > numbers[best]) best = i;
                return best;
            }

            private void ClearPast(in Batch batch, in Activations values)
            {
                for (int row = 0; row < batch.Rows; row++)
                    for (int t = _steps[row]; t < batch.Steps; t++) new Span<float>(values.At(t, row), values.Features).Clear();
            }
        }
    }
}
