using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// A part of a model that maps sequences of <see cref="InputSize"/> features to sequences of <see cref="OutputSize"/> features.
    /// A layer holds parameters; the memory of a computation is a <see cref="SequencePass"/>, so that one layer can serve several at once.
    /// </summary>
    public abstract class Layer
    {
        private int _packedVersion;
        private Action<WorkSlicer>? _pack;

        private protected Layer(int inputSize, int outputSize)
        {
            InputSize = inputSize;
            OutputSize = outputSize;
            Store = new ParameterStore();
        }

        /// <summary>Features of an input step.</summary>
        public int InputSize { get; private protected set; }

        /// <summary>Features of an output step.</summary>
        public int OutputSize { get; private protected set; }

        /// <summary>The parameters, under PyTorch's names.</summary>
        public IReadOnlyList<Parameter> Parameters => Own;

        /// <summary>The arrays in which the parameters stand: this layer's own, or its model's.</summary>
        public ParameterStore Store { get; internal set; }

        /// <summary>How many numbers of state one row carries from step to step; 0 for a layer without memory.</summary>
        public virtual int StateSize => 0;

        /// <summary>Whether the output at a step needs later steps of the input, so that the layer cannot be streamed.</summary>
        public virtual bool NeedsWholeSequence => false;

        /// <summary>A stream over this layer: step by step, with the state carried.</summary>
        /// <param name="batch">How many rows are stepped together.</param>
        /// <param name="weights">In which precision recurrent layers read their weights; bfloat16 is for one row.</param>
        /// <exception cref="ArgumentException">The layer needs the whole sequence, or several rows are to read bfloat16.</exception>
        public SequenceStream OpenStream(int batch = 1, WeightPrecision weights = WeightPrecision.Single) => new SequenceStream(this, batch, null, weights);

        /// <summary>What the table of a model calls the layer: <c>LSTM(8→16)</c>.</summary>
        public abstract override string ToString();

        /// <summary>Whether the layer's parameters stand in a model's arrays.</summary>
        internal bool Joined { get; private set; }

        internal List<Parameter> Own { get; } = new List<Parameter>();

        /// <summary>How many floats the gradients of one lane take, in the layout of the packed weights.</summary>
        internal virtual int PackedGradientLength => 0;

        /// <summary>Whether one step comes out for a whole sequence, so that lengths no longer matter.</summary>
        internal virtual bool CollapsesSteps => false;

        /// <summary>How many steps come out when <paramref name="steps"/> go in.</summary>
        internal int OutputSteps(int steps) => CollapsesSteps ? 1 : steps;

        internal abstract LayerPass CreatePass(PassMemory memory, Activations input);

        /// <summary>The same for a layer whose output is read by <paramref name="reader"/> alone, if by one that picks steps: of the others no gradient need be kept.</summary>
        internal virtual LayerPass CreatePass(PassMemory memory, Activations input, StepSelection? reader) => CreatePass(memory, input);

        /// <summary>Makes the layer part of a model, whose store has adopted its parameters.</summary>
        internal virtual void Join(ParameterStore store)
        {
            Store = store;
            Joined = true;
        }

        /// <summary>Brings the packed weights up to date with the parameters. Not to be called while a pass runs.</summary>
        internal void Prepare() => Prepare(WorkSlicer.Whole);

        /// <summary>The same in pieces.</summary>
        internal void Prepare(WorkSlicer work)
        {
            if (_packedVersion == Store.Version) return;
            Pack(work);
            if (!work.Stopped) _packedVersion = Store.Version;
        }

        /// <summary>The same on all threads of a team.</summary>
        internal void Prepare(WorkerTeam team)
        {
            if (_packedVersion == Store.Version) return;
            team.Share(_pack ??= Pack);
            _packedVersion = Store.Version;
        }

        /// <summary>Adds one lane's gradients, as passes accumulated them, to those of the parameters; in pieces.</summary>
        internal virtual unsafe void AddGradients(float* packed, WorkSlicer work)
        {
        }

        /// <summary>Draws new initial values, PyTorch's default for the layer, from a seed.</summary>
        public void Initialize(ulong seed) => Initialize(new RandomSource(seed));

        internal virtual void Initialize(RandomSource random)
        {
        }

        /// <summary>Tells a layer how many features the layer before it gives.</summary>
        internal virtual void Attach(int features)
        {
            if (features != InputSize) throw new ArgumentException($"{this}: the layer before it gives {features} features, expected {InputSize}.");
        }

        internal void PackWeights(WorkSlicer work) => Pack(work);

        private protected virtual void Pack(WorkSlicer work)
        {
        }

        private protected Parameter AddParameter(string name, params int[] shape)
        {
            Parameter parameter = Store.Add(name, shape);
            Own.Add(parameter);
            return parameter;
        }

        private protected void CheckSize(int size, string name)
        {
            if (size < 1) throw new ArgumentOutOfRangeException(name, $"{GetType().Name}: {name} must be at least 1, got {size}.");
        }
    }
}
