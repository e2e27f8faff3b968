using System;
using Recurrent.Diagnostics;

namespace Recurrent
{
    /// <summary>
    /// Many agents that one network drives, stepped as one batch: each has its own state and its own sampler, and agents join and leave between steps without touching
    /// anybody else's. Each gets what a <see cref="Policy"/> of its own would give. A step allocates nothing. Not thread-safe.
    /// O observations, B branches, M discrete actions in all, C continuous actions.
    /// </summary>
    /// <example><code>
    /// using var crowd = new PolicyCrowd(model);
    /// int guard = crowd.Join();
    /// crowd.Observe(guard, observation);              // every frame, for every agent
    /// crowd.Step();
    /// crowd.Act(guard, ActionSampler.Greedy, discrete, continuous);
    /// </code></example>
    public sealed class PolicyCrowd : IDisposable
    {
        private readonly SequenceCrowd _crowd;
        private readonly Scaler? _scaler;

        /// <summary>A crowd without agents.</summary>
        /// <param name="model">The network. Training it further changes how all act.</param>
        /// <param name="layout">What observation and action consist of; as <see cref="Policy.Describe"/> wrote it into the model if null.</param>
        /// <param name="capacity">For how many agents there is room at first.</param>
        /// <param name="threads">How many threads share a step.</param>
        /// <exception cref="ArgumentException">The model has no layout, does not fit it, or needs whole sequences.</exception>
        public PolicyCrowd(SequenceModel model, EpisodeLayout? layout = null, int capacity = 64, int threads = 1)
        {
            Layout = layout ?? Policy.LayoutOf(model) ?? throw new ArgumentException($"PolicyCrowd: {model} has no '{Policy.LayoutKey}' in its metadata; Policy.Describe writes it.", nameof(model));
            Policy.CheckSizes(model.ToString(), model.InputSize, model.OutputSize, Layout);
            _scaler = model.InputScaler;
            if (_scaler != null && _scaler.Columns != Layout.ObservationSize)
                throw new ArgumentException($"PolicyCrowd: the scaler has {_scaler.Columns} columns, expected {Layout.ObservationSize}.", nameof(model));
            _crowd = new SequenceCrowd(model, capacity, threads);
        }

        /// <summary>What observation and action consist of.</summary>
        public EpisodeLayout Layout { get; }

        /// <summary>How many agents there are.</summary>
        public int Count => _crowd.Count;

        /// <summary>Adds an agent, with a state of zero.</summary>
        /// <returns>Its number; given anew once it has left.</returns>
        public int Join() => _crowd.Join();

        /// <summary>Takes an agent out.</summary>
        /// <exception cref="ArgumentException">There is no such agent.</exception>
        public void Leave(int agent) => _crowd.Leave(agent);

        /// <summary>An agent's state, to be saved, restored or cleared. Valid until somebody joins or leaves.</summary>
        /// <exception cref="ArgumentException">There is no such agent.</exception>
        public Span<float> State(int agent) => _crowd.State(agent);

        /// <summary>(M + 2C): what the network put out for an agent in the last step. Valid until somebody joins or leaves.</summary>
        /// <exception cref="ArgumentException">There is no such agent.</exception>
        public ReadOnlySpan<float> Output(int agent) => _crowd.Output(agent);

        /// <summary>An agent's network, to be recorded until the agent leaves.</summary>
        /// <exception cref="ArgumentException">There is no such agent.</exception>
        public StateFeed Feed(int agent) => StateFeed.Of(_crowd, agent);

        /// <summary>Takes what an agent observes; its next step is of that.</summary>
        /// <param name="agent">Who.</param>
        /// <param name="observation">(O), as observed: scaled here.</param>
        /// <exception cref="ArgumentException">There is no such agent, or an observation is not finite; what it observed before stays.</exception>
        public void Observe(int agent, ReadOnlySpan<float> observation)
        {
            Span<float> input = _crowd.Input(agent);
            if (observation.Length != input.Length) throw new ArgumentException($"PolicyCrowd: got {observation.Length} observations, expected {input.Length}.", nameof(observation));
            for (int i = 0; i < observation.Length; i++)
            {
                if (!float.IsFinite(observation[i]))
                    throw new ArgumentException(FormattableString.Invariant($"PolicyCrowd: observation '{Layout.ObservationNames[i]}' is {observation[i]}, expected a finite number."), nameof(observation));
            }
            if (_scaler == null) observation.CopyTo(input);
            else _scaler.Transform(observation, input);
        }

        /// <summary>Carries all agents one step forward.</summary>
        public void Step() => _crowd.Step();

        /// <summary>Chooses an agent's actions by its last step.</summary>
        /// <param name="agent">Who.</param>
        /// <param name="sampler">How its actions are drawn.</param>
        /// <param name="discrete">(B).</param>
        /// <param name="continuous">(C).</param>
        /// <param name="mask">(M): true for an action that is allowed; empty for all.</param>
        /// <exception cref="ArgumentException">There is no such agent, a length does not fit, or the mask forbids all actions of a branch.</exception>
        public void Act(int agent, ActionSampler sampler, Span<int> discrete, Span<float> continuous = default, ReadOnlySpan<bool> mask = default)
        {
            if (discrete.Length != Layout.BranchCount) throw new ArgumentException($"PolicyCrowd: got {discrete.Length} discrete actions, expected {Layout.BranchCount}.", nameof(discrete));
            if (continuous.Length != Layout.ContinuousSize) throw new ArgumentException($"PolicyCrowd: got {continuous.Length} continuous actions, expected {Layout.ContinuousSize}.", nameof(continuous));
            if (!mask.IsEmpty && mask.Length != Layout.MaskSize) throw new ArgumentException($"PolicyCrowd: the mask has {mask.Length} entries, expected {Layout.MaskSize}.", nameof(mask));
            sampler.Draw(Layout, _crowd.Output(agent), mask, discrete, continuous);
        }

        /// <summary>Frees the memory.</summary>
        public void Dispose() => _crowd.Dispose();
    }
}
