using System;
using Recurrent.Diagnostics;

namespace Recurrent.Components
{
    /// <summary>
    /// Who observes, decides and acts, apart from any GameObject: a <see cref="RecurrentNpc"/> has one, and a script that has a thousand of them makes them itself and lets them
    /// join an <see cref="NpcCrowd"/>. Observing and acting allocate nothing.
    /// </summary>
    public sealed class NpcAgent : IStateSource
    {
        private readonly IObservationSource[] _sources;
        private readonly int[] _sizes;
        private readonly IActionSink[] _sinks;
        private readonly IActionMask[] _masks;
        private readonly IHeuristic? _heuristic;
        private float[] _observation = Array.Empty<float>(), _continuous = Array.Empty<float>();
        private int[] _discrete = Array.Empty<int>();
        private bool[] _allowed = Array.Empty<bool>();
        private bool _hasComplained;

        /// <summary>Puts an agent together.</summary>
        /// <param name="sources">What it perceives, in order; at least one.</param>
        /// <param name="sinks">What does its actions.</param>
        /// <param name="masks">What forbids actions; none if null.</param>
        /// <param name="heuristic">What decides while there is no model; nothing if null.</param>
        /// <param name="actions">What an action consists of; as the model says if null.</param>
        /// <param name="name">What messages call it.</param>
        /// <exception cref="ArgumentException">Nothing is observed, or a size is out of range.</exception>
        public NpcAgent(IObservationSource[] sources, IActionSink[] sinks, IActionMask[]? masks = null, IHeuristic? heuristic = null, ActionShape? actions = null, string name = "NpcAgent")
        {
            _sources = sources ?? throw new ArgumentNullException(nameof(sources));
            _sinks = sinks ?? throw new ArgumentNullException(nameof(sinks));
            _masks = masks ?? Array.Empty<IActionMask>();
            _heuristic = heuristic;
            Name = name;
            _sizes = Array.ConvertAll(sources, source => source.ObservationSize);
            for (int i = 0; i < _sizes.Length; i++)
            {
                if (_sizes[i] < 0) throw new ArgumentException($"{name}: {sources[i]} gives {_sizes[i]} observations, expected at least 0.", nameof(sources));
                ObservationSize += _sizes[i];
            }
            if (ObservationSize == 0) throw new ArgumentException($"{name}: nothing gives it observations; expected at least one {nameof(IObservationSource)}.", nameof(sources));
            if (actions?.ToLayout(ObservationSize) is EpisodeLayout layout) Take(layout);
        }

        /// <summary>Raised when it has decided, before it acts.</summary>
        public event Action<NpcAgent>? Decided;

        /// <summary>Raised when the network of its crowd begins or ceases to drive it, or forgets it.</summary>
        public event Action<StateMarkKind>? StateChanged;

        /// <summary>What messages call it.</summary>
        public string Name { get; }

        /// <summary>How many numbers all sources give together.</summary>
        public int ObservationSize { get; }

        /// <summary>What observation and action consist of; null until its own actions or a model have said so.</summary>
        public EpisodeLayout? Layout { get; private set; }

        /// <summary>How actions are drawn; the most likely unless set.</summary>
        public ActionSampler Sampler { get; set; } = ActionSampler.Greedy;

        /// <summary>Who decides.</summary>
        public NpcControl Control { get; set; }

        /// <summary>What was last observed.</summary>
        public ReadOnlySpan<float> Observation => _observation;

        /// <summary>The discrete actions that were last decided on.</summary>
        public ReadOnlySpan<int> Discrete => _discrete;

        /// <summary>The continuous actions that were last decided on.</summary>
        public ReadOnlySpan<float> Continuous => _continuous;

        /// <summary>Which discrete actions were allowed in the last decision; empty where nothing masks.</summary>
        public ReadOnlySpan<bool> Allowed => _masks.Length == 0 ? default : _allowed.AsSpan();

        /// <summary>Whether there is a decision to act on.</summary>
        public bool HasAction { get; internal set; }

        /// <summary>Whether it can decide without a model.</summary>
        internal bool CanDecideAlone => _heuristic != null && Layout != null && Control != NpcControl.Model;

        /// <summary>What messages point to in the editor.</summary>
        internal UnityEngine.Object? Context { get; set; }

        /// <summary>The crowd it belongs to.</summary>
        internal NpcCrowd? Crowd { get; set; }

        /// <summary>Its number among those that the crowd's model drives; -1 where it is not.</summary>
        internal int Member { get; set; } = -1;

        /// <summary>What the crowd's network remembered of it when it left, or before a step that must not change it, and which network that was.</summary>
        internal float[] State { get; set; } = Array.Empty<float>();

        /// <summary>Its network in the crowd, once somebody has asked for it.</summary>
        internal StateFeed? Feed { get; set; }

        internal SequenceModel? StateOf { get; set; }

        /// <summary>Whether the step that is being taken must not change its state.</summary>
        internal bool IsHeld { get; set; }

        internal Span<int> DiscreteBuffer => _discrete;

        internal Span<float> ContinuousBuffer => _continuous;

        /// <summary>What its crowd's network computes for it; null where none drives it.</summary>
        /// <exception cref="ArgumentException">The row is not 0.</exception>
        public StateFeed? Watch(int row = 0)
        {
            if (row != 0) throw new ArgumentException($"{Name}: is one agent, of which there is row 0, got row {row}.", nameof(row));
            return Crowd?.Watch(this);
        }

        /// <summary>Tells who watches it.</summary>
        internal void Tell(StateMarkKind kind) => StateChanged?.Invoke(kind);

        /// <summary>Takes the layout of a model.</summary>
        /// <returns>Why it does not fit; null if it does.</returns>
        internal string? Fit(EpisodeLayout model)
        {
            if (model.ObservationSize != ObservationSize) return $"the model expects {model.ObservationSize} observations, the sources give {ObservationSize}.";
            if (Layout == null) Take(model);
            return ActionShape.Difference(model, Layout!);
        }

        /// <summary>Asks sources and masks.</summary>
        /// <returns>What is wrong with what they gave; null if nothing is.</returns>
        internal string? Observe()
        {
            Array.Clear(_observation, 0, _observation.Length);
            int at = 0;
            for (int i = 0; i < _sources.Length; i++)
            {
                int size = _sizes[i], got = _sources[i].ObservationSize;
                if (got != size) return $"{_sources[i]} gives {got} observations, expected {size} as at first.";
                _sources[i].Observe(_observation.AsSpan(at, size));
                at += size;
            }
            for (int i = 0; i < _observation.Length; i++)
                if (!float.IsFinite(_observation[i])) return FormattableString.Invariant($"observation '{Layout!.ObservationNames[i]}' is {_observation[i]}, expected a finite number.");
            if (_masks.Length == 0) return null;
            Array.Fill(_allowed, true);
            foreach (IActionMask mask in _masks) mask.Mask(_allowed);
            for (int i = 0; i < Layout!.BranchCount; i++)
            {
                if (_allowed.AsSpan(Layout.BranchOffsets[i], Layout.BranchSizes[i]).IndexOf(true) < 0) return $"the masks forbid all {Layout.BranchSizes[i]} actions of branch '{Layout.BranchNames[i]}'.";
            }
            return null;
        }

        /// <summary>Lets the heuristic decide.</summary>
        internal void DecideByHeuristic()
        {
            Array.Clear(_discrete, 0, _discrete.Length);
            Array.Clear(_continuous, 0, _continuous.Length);
            _heuristic!.Decide(_observation, _discrete, _continuous);
        }

        /// <summary>Says that it has decided, and acts.</summary>
        internal void Conclude()
        {
            HasAction = true;
            _hasComplained = false;
            Decided?.Invoke(this);
            Act();
        }

        /// <summary>Has nothing to act on, and says why: once, until a decision succeeds.</summary>
        internal void Complain(string fault)
        {
            HasAction = false;
            if (_hasComplained) return;
            _hasComplained = true;
            UnityEngine.Debug.LogError($"{Name}: {fault}", Context);
        }

        /// <summary>Tells the sinks.</summary>
        internal void Act()
        {
            foreach (IActionSink sink in _sinks) sink.Act(_discrete, _continuous);
        }

        /// <summary>Refuses a snapshot of other actions.</summary>
        /// <exception cref="ArgumentException">It is of another layout.</exception>
        internal void CheckFits(NpcSnapshot snapshot)
        {
            if (snapshot.Discrete.Length != _discrete.Length || snapshot.Continuous.Length != _continuous.Length)
                throw new ArgumentException($"{Name}: the snapshot has {snapshot.Discrete.Length} discrete and {snapshot.Continuous.Length} continuous actions, expected {_discrete.Length} and {_continuous.Length}.");
        }

        /// <summary>Puts actions back that were saved.</summary>
        internal void Restore(NpcSnapshot snapshot)
        {
            snapshot.Discrete.CopyTo(_discrete, 0);
            snapshot.Continuous.CopyTo(_continuous, 0);
            HasAction = snapshot.HasAction;
        }

        private void Take(EpisodeLayout layout)
        {
            Layout = layout;
            _observation = new float[layout.ObservationSize];
            _discrete = new int[layout.BranchCount];
            _continuous = new float[layout.ContinuousSize];
            _allowed = new bool[layout.MaskSize];
        }
    }
}
