using System;

namespace Recurrent
{
    /// <summary>
    /// A network that acts: fed what is observed step by step, it carries its state and chooses an action for every discrete branch and every continuous one, for one agent or for
    /// several at once. A step allocates nothing. What an action consists of stands in the model's metadata, and how observations are scaled in the model, so that one file is all that a game needs.
    /// R rows (agents), O observations, B branches, M discrete actions in all, C continuous actions. Not thread-safe.
    /// </summary>
    /// <example><code>
    /// using var policy = Policy.Load("npc.safetensors");
    /// policy.Sampler = new ActionSampler(new RandomSource(7), temperature: 0.8f);
    /// policy.Act(observation, actions);          // every frame
    /// policy.Reset();                            // where an episode begins
    /// </code></example>
    public sealed class Policy : IDisposable
    {
        /// <summary>Under which name the layout stands in a model's metadata.</summary>
        public const string LayoutKey = "episode_layout";

        private readonly ISequenceStream _stream;
        private readonly Scaler? _scaler;
        private readonly float[] _input;  // (R, O)
        private readonly float[] _output; // (R, M + 2C)

        /// <summary>A policy over a stream, such as that of a model in another runtime.</summary>
        /// <param name="stream">What computes; disposed with the policy.</param>
        /// <param name="layout">What observation and action consist of.</param>
        /// <param name="inputScaler">How observations were scaled for training; not at all if null.</param>
        /// <exception cref="ArgumentException">The sizes do not fit.</exception>
        public Policy(ISequenceStream stream, EpisodeLayout layout, Scaler? inputScaler = null)
        {
            _stream = stream ?? throw new ArgumentNullException(nameof(stream));
            Layout = layout ?? throw new ArgumentNullException(nameof(layout));
            CheckSizes("the network", stream.InputSize, stream.OutputSize, layout);
            if (inputScaler != null && inputScaler.Columns != layout.ObservationSize)
                throw new ArgumentException($"Policy: the scaler has {inputScaler.Columns} columns, expected {layout.ObservationSize}.", nameof(inputScaler));
            _scaler = inputScaler;
            _input = new float[stream.Batch * layout.ObservationSize];
            _output = new float[stream.Batch * stream.OutputSize];
        }

        /// <summary>What observation and action consist of.</summary>
        public EpisodeLayout Layout { get; }

        /// <summary>What computes. Stepped by others, its states are not the policy's any more.</summary>
        public ISequenceStream Stream => _stream;

        /// <summary>R: how many agents act together.</summary>
        public int Batch => _stream.Batch;

        /// <summary>How actions are drawn; the most likely unless set.</summary>
        public ActionSampler Sampler { get; set; } = ActionSampler.Greedy;

        /// <summary>(R, M + 2C): what the network put out in the last step: logits, means, log-variances.</summary>
        public ReadOnlySpan<float> Output => _output;

        /// <summary>Writes a layout into a model's metadata, so that <see cref="Open"/> finds it there. A model with another output is refused.</summary>
        /// <returns>The model.</returns>
        /// <exception cref="ArgumentException">The sizes do not fit.</exception>
        public static SequenceModel Describe(SequenceModel model, EpisodeLayout layout)
        {
            CheckSizes(model.ToString(), model.InputSize, model.OutputSize, layout);
            model.Metadata[LayoutKey] = layout.ToMetadata();
            return model;
        }

        /// <summary>A policy over a model that <see cref="Describe"/> described. Training it further changes how the policy acts.</summary>
        /// <param name="model">The network.</param>
        /// <param name="batch">R: how many agents act together.</param>
        /// <exception cref="ArgumentException">The model has no layout or another one, or needs whole sequences.</exception>
        public static Policy Open(SequenceModel model, int batch = 1)
        {
            EpisodeLayout layout = LayoutOf(model) ?? throw new ArgumentException($"Policy: {model} has no '{LayoutKey}' in its metadata; Policy.Describe writes it.", nameof(model));
            CheckSizes(model.ToString(), model.InputSize, model.OutputSize, layout);
            return new Policy(model.OpenStream(batch), layout, model.InputScaler);
        }

        /// <summary>The layout that <see cref="Describe"/> wrote into a model; null where it has none.</summary>
        /// <exception cref="ArgumentException">What stands there is no layout.</exception>
        public static EpisodeLayout? LayoutOf(SequenceModel model)
        {
            if (!model.Metadata.TryGetValue(LayoutKey, out string? text)) return null;
            try
            {
                return EpisodeLayout.FromMetadata(text);
            }
            catch (FormatException e)
            {
                throw new ArgumentException($"Policy: the '{LayoutKey}' of {model}: {e.Message}", nameof(model), e);
            }
        }

        /// <summary>Reads a policy from a model's file; <see cref="ModelFile.Save"/> writes it.</summary>
        /// <param name="path">The file.</param>
        /// <param name="batch">R: how many agents act together.</param>
        /// <exception cref="ModelFileException">The file has no model, or no policy.</exception>
        /// <exception cref="System.IO.IOException">The file cannot be read.</exception>
        public static Policy Load(string path, int batch = 1)
        {
            SequenceModel model = ModelFile.Load(path);
            try
            {
                return Open(model, batch);
            }
            catch (ArgumentException e) when (!(e is ArgumentOutOfRangeException))
            {
                throw new ModelFileException(path, e.Message, e);
            }
        }

        /// <summary>Chooses the actions of a step.</summary>
        /// <param name="observation">(R, O), as observed: scaled here.</param>
        /// <param name="discrete">(R, B): receives an action for each branch.</param>
        /// <param name="continuous">(R, C): receives the continuous actions.</param>
        /// <param name="mask">(R, M): true for an action that is allowed; empty for all.</param>
        /// <exception cref="ArgumentException">A length does not fit, an observation is not finite, or a mask forbids all actions of a branch; the state is as it was.</exception>
        public void Act(ReadOnlySpan<float> observation, Span<int> discrete, Span<float> continuous = default, ReadOnlySpan<bool> mask = default)
        {
            Check(observation.Length, Layout.ObservationSize, "observations", nameof(observation));
            Check(discrete.Length, Layout.BranchCount, "discrete actions", nameof(discrete));
            Check(continuous.Length, Layout.ContinuousSize, "continuous actions", nameof(continuous));
            if (!mask.IsEmpty) CheckMask(mask);
            for (int i = 0; i < observation.Length; i++)
            {
                if (!float.IsFinite(observation[i]))
                    throw new ArgumentException(FormattableString.Invariant($"Policy: row {i / Layout.ObservationSize}, observation '{Layout.ObservationNames[i % Layout.ObservationSize]}' is {observation[i]}, expected a finite number."), nameof(observation));
            }
            if (_scaler == null) observation.CopyTo(_input);
            else _scaler.Transform(observation, _input);
            _stream.Step(_input, _output);
            int outputs = _stream.OutputSize, branches = Layout.BranchCount, actions = Layout.ContinuousSize;
            for (int row = 0; row < Batch; row++)
            {
                Sampler.Draw(Layout, _output.AsSpan(row * outputs, outputs), mask.IsEmpty ? default : mask.Slice(row * Layout.MaskSize, Layout.MaskSize),
                    discrete.Slice(row * branches, branches), continuous.Slice(row * actions, actions));
            }
        }

        /// <summary>Forgets everything: the next step begins an episode for all agents.</summary>
        public void Reset() => _stream.Reset();

        /// <summary>Forgets what one agent has seen.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
        public void Reset(int row) => _stream.Reset(row);

        /// <summary>A copy of the states, for a saved game. What a random sampler draws from is the game's to save.</summary>
        public float[] Snapshot() => _stream.Snapshot();

        /// <summary>Goes on from states that <see cref="Snapshot"/> copied.</summary>
        /// <exception cref="ArgumentException">The size is another network's.</exception>
        public void Restore(ReadOnlySpan<float> snapshot) => _stream.Restore(snapshot);

        /// <summary>Frees the stream.</summary>
        public void Dispose() => _stream.Dispose();

        internal static void CheckSizes(string network, int inputs, int outputs, EpisodeLayout layout)
        {
            int expected = PolicyLoss.OutputSizeOf(layout);
            if (inputs != layout.ObservationSize || outputs != expected)
                throw new ArgumentException($"Policy: {network} has {inputs} inputs and {outputs} outputs, expected {layout.ObservationSize} and {expected} for {layout}.");
        }

        private void Check(int length, int size, string what, string name)
        {
            if (length != Batch * size) throw new ArgumentException($"Policy: got {length} {what}, expected {(Batch == 1 ? "" : $"{Batch} × ")}{size}.", name);
        }

        private void CheckMask(ReadOnlySpan<bool> mask)
        {
            Check(mask.Length, Layout.MaskSize, "entries in the mask", nameof(mask));
            for (int row = 0; row < Batch; row++)
                for (int i = 0; i < Layout.BranchCount; i++)
                    if (mask.Slice(row * Layout.MaskSize + Layout.BranchOffsets[i], Layout.BranchSizes[i]).IndexOf(true) < 0)
                        throw new ArgumentException($"Policy: row {row}, the mask forbids all {Layout.BranchSizes[i]} actions of branch '{Layout.BranchNames[i]}'.", nameof(mask));
        }
    }
}
