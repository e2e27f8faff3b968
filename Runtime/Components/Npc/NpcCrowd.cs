using System;
using System.Collections.Generic;
using System.Diagnostics;
using Recurrent.Diagnostics;
using UnityEngine;
using Debug = UnityEngine.Debug;

namespace Recurrent.Components
{
    /// <summary>
    /// Many NPCs of one model, stepped as one batch a decision: all observe, the network takes one step for all, all act. Each does what it would do alone. NPCs join and leave at
    /// any moment, also while others act, and nobody's state is touched by it. <see cref="RecurrentNpc"/>s join by themselves where they name the crowd;
    /// a script lets <see cref="NpcAgent"/>s of its own join. The network runs in managed layers.
    /// </summary>
    [AddComponentMenu("Recurrent/NPC Crowd"), DisallowMultipleComponent]
    [HelpURL(DocumentationPage.Components + "npc-crowd")]
    public sealed class NpcCrowd : MonoBehaviour, ISetup
    {
        [SerializeField, Tooltip("What drives all of them.")]
        private SequenceModelAsset? _model;

        [SerializeField, Min(1), Tooltip("For how many there is room at first; more take memory when they join.")]
        private int _capacity = 64;

        [SerializeField, Range(1, 8), Tooltip("How many threads share a step; worth it from some hundred NPCs on. 1 where there are no threads (WebGL).")]
        private int _threads = 1;

        [SerializeField, Range(1, 20), Tooltip("Steps from one decision of all to the next.")]
        private int _decisionPeriod = 5;

        [SerializeField, Range(0, 19), Tooltip("At which step of a period they decide, so that several crowds do not in the same frame.")]
        private int _decisionOffset;

        [SerializeField, Tooltip("Whether they act in the steps between decisions too, as they last decided.")]
        private bool _repeatAction = true;

        [SerializeField, Tooltip("When it takes its steps.")]
        private StepTime _stepTime = StepTime.FixedUpdate;

        private readonly List<NpcAgent?> _agents = new List<NpcAgent?>();
        private SequenceModelAsset? _opened;
        private PolicyCrowd? _crowd;
        private SequenceModel? _network;
        private StepMeter? _meter;
        private DecisionSchedule _schedule;
        private bool _isStale, _isStepping, _hasGaps;

        /// <summary>What drives all of them. Another model begins with states of zero.</summary>
        public SequenceModelAsset? Model
        {
            get => _model;
            set => _model = value;
        }

        /// <summary>How many threads share a step; counts for a model that is opened from now on.</summary>
        public int Threads
        {
            get => _threads;
            set
            {
                _threads = Mathf.Clamp(value, 1, 8);
                _isStale = true;
            }
        }

        /// <summary>Steps from one decision of all to the next, 1 … 20.</summary>
        public int DecisionPeriod
        {
            get => _decisionPeriod;
            set => _decisionPeriod = Mathf.Clamp(value, 1, 20);
        }

        /// <summary>At which step of a period they decide, 0 … 19.</summary>
        public int DecisionOffset
        {
            get => _decisionOffset;
            set => _decisionOffset = Mathf.Clamp(value, 0, 19);
        }

        /// <summary>Whether they act in the steps between decisions too.</summary>
        public bool RepeatAction
        {
            get => _repeatAction;
            set => _repeatAction = value;
        }

        /// <summary>When it takes its steps.</summary>
        public StepTime StepTime
        {
            get => _stepTime;
            set => _stepTime = value;
        }

        /// <summary>How many belong to it.</summary>
        public int Count { get; private set; }

        /// <summary>Whether a model drives them.</summary>
        public bool IsOpen => _crowd != null;

        /// <summary>How long the last decision of all took: observing, the network, acting.</summary>
        public TimeSpan DecisionTime { get; private set; }

        /// <summary>Lets somebody join, with what the network remembered of it when it left, or with a state of zero.</summary>
        /// <exception cref="ArgumentException">It belongs to another crowd.</exception>
        public void Join(NpcAgent agent)
        {
            if (agent == null) throw new ArgumentNullException(nameof(agent));
            if (agent.Crowd == this) return;
            if (agent.Crowd != null) throw new ArgumentException($"{Who}: {agent.Name} belongs to another crowd; expected it to leave that first.", nameof(agent));
            agent.Crowd = this;
            _agents.Add(agent);
            Count++;
            if (_crowd != null) Take(agent);
        }

        /// <summary>Takes somebody out. What the network remembers of it is kept until it joins again.</summary>
        /// <exception cref="ArgumentException">It does not belong to the crowd.</exception>
        public void Leave(NpcAgent agent)
        {
            if (agent == null) throw new ArgumentNullException(nameof(agent));
            if (agent.Crowd != this) throw new ArgumentException($"{Who}: {agent.Name} does not belong to it.", nameof(agent));
            Release(agent);
            agent.Crowd = null;
            Count--;
            int index = _agents.IndexOf(agent);
            if (_isStepping)
            {
                _agents[index] = null;
                _hasGaps = true;
            }
            else
            {
                _agents.RemoveAt(index);
            }
        }

        /// <summary>Takes a step: all decide where a decision is due, and otherwise act as before.</summary>
        public void Step()
        {
            if (_isStepping) return;
            Open();
            _isStepping = true;
            try
            {
                if (_schedule.Next(_decisionPeriod, _decisionOffset)) DecideAll();
                else if (_repeatAction) ActAll();
            }
            finally
            {
                _isStepping = false;
                if (_hasGaps) _agents.RemoveAll(agent => agent == null);
                _hasGaps = false;
            }
        }

        /// <summary>The network forgets what it has seen of somebody.</summary>
        /// <exception cref="ArgumentException">It does not belong to the crowd.</exception>
        public void Forget(NpcAgent agent)
        {
            if (agent.Crowd != this) throw new ArgumentException($"{Who}: {agent.Name} does not belong to it.", nameof(agent));
            agent.StateOf = null;
            if (agent.Member >= 0) _crowd!.State(agent.Member).Clear();
            agent.Tell(StateMarkKind.Reset);
        }

        /// <summary>What the network computes for somebody; null where it does not drive him.</summary>
        internal StateFeed? Watch(NpcAgent agent) => agent.Member < 0 ? null : agent.Feed ??= _crowd!.Feed(agent.Member);

        /// <summary>A copy of what the network remembers of somebody; empty without a network.</summary>
        internal float[] Snapshot(NpcAgent agent)
        {
            Open();
            return agent.Member >= 0 ? _crowd!.State(agent.Member).ToArray() : Array.Empty<float>();
        }

        /// <summary>Puts back what <see cref="Snapshot"/> copied.</summary>
        /// <exception cref="ArgumentException">It is of another network.</exception>
        internal void Restore(NpcAgent agent, float[] state)
        {
            Open();
            Span<float> own = agent.Member >= 0 ? _crowd!.State(agent.Member) : default;
            if (state.Length != own.Length) throw new ArgumentException($"{Who}: the snapshot has {state.Length} numbers, expected {own.Length}.");
            state.CopyTo(own);
        }

        /// <summary>How long a step of all takes; the Profiler is told of the states of the first.</summary>
        internal StepMeter Meter => _meter ??= new StepMeter(() => First);

        /// <summary>The network forgets what it has seen of all.</summary>
        internal void ForgetAll()
        {
            foreach (NpcAgent? agent in _agents)
                if (agent != null) Forget(agent);
        }

        /// <summary>The first whom the model drives; null where there is none.</summary>
        internal NpcAgent? First => _agents.Find(agent => agent != null && agent.Member >= 0);

        private string Who => $"NpcCrowd '{name}'";

        private void FixedUpdate()
        {
            if (_stepTime == StepTime.FixedUpdate) Step();
        }

        private void Update()
        {
            if (_stepTime == StepTime.Update) Step();
        }

        private void OnValidate() => this.LogReview(Who);

        void ISetup.Review(ICollection<string> warnings)
        {
            if (_decisionOffset >= _decisionPeriod) warnings.Add($"decides at step {_decisionOffset} of a period of {_decisionPeriod} steps, which is step {_decisionOffset % _decisionPeriod}.");
            if (_threads > 1 && _capacity < 128) warnings.Add($"threads share pieces of 64 NPCs; with room for {_capacity}, one thread does it all.");
        }

        private void OnDestroy()
        {
            foreach (NpcAgent? agent in _agents)
            {
                if (agent == null) continue;
                Release(agent);
                agent.Crowd = null;
            }
            _agents.Clear();
            Count = 0;
            Close();
        }

        // What one of them throws is logged, and does not keep the others from going on.
        private void DecideAll()
        {
            long start = Stopwatch.GetTimestamp();
            int count = _agents.Count;
            if (_crowd != null)
            {
                bool anyHeld = false;
                for (int i = 0; i < count; i++)
                {
                    if (!(_agents[i] is NpcAgent agent) || agent.Member < 0) continue;
                    agent.IsHeld = !TryObserve(agent);
                    anyHeld |= agent.IsHeld;
                }
                if (anyHeld) Hold(count);
                long begun = Meter.Begin();
                _crowd.Step();
                Meter.End(begun);
                if (anyHeld) Release(count);
            }
            for (int i = 0; i < count; i++)
            {
                if (_agents[i] is NpcAgent agent) TryDecide(agent);
            }
            DecisionTime = TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - start) / (double)Stopwatch.Frequency);
        }

        private void ActAll()
        {
            int count = _agents.Count;
            for (int i = 0; i < count; i++)
            {
                if (!(_agents[i] is NpcAgent agent) || !agent.HasAction) continue;
                try
                {
                    agent.Act();
                }
                catch (Exception e)
                {
                    Debug.LogException(e, agent.Context);
                }
            }
        }

        /// <summary>Whether somebody's next step by the network is of what it observes now.</summary>
        private bool TryObserve(NpcAgent agent)
        {
            if (agent.Control == NpcControl.Heuristic) return false;
            try
            {
                string? fault = agent.Observe();
                // An observation may have been what made it leave.
                if (agent.Member < 0) return false;
                if (fault == null) _crowd!.Observe(agent.Member, agent.Observation);
                else agent.Complain(fault);
                return fault == null;
            }
            catch (Exception e)
            {
                agent.HasAction = false;
                Debug.LogException(e, agent.Context);
                return false;
            }
        }

        private void TryDecide(NpcAgent agent)
        {
            bool byModel = agent.Member >= 0 && agent.Control != NpcControl.Heuristic;
            if (byModel ? agent.IsHeld : !agent.CanDecideAlone) return;
            try
            {
                string? fault = byModel ? TryDraw(agent) : agent.Observe();
                if (fault == null && !byModel) agent.DecideByHeuristic();
                if (fault == null) agent.Conclude();
                else agent.Complain(fault);
            }
            catch (Exception e)
            {
                Debug.LogException(e, agent.Context);
            }
        }

        private string? TryDraw(NpcAgent agent)
        {
            try
            {
                _crowd!.Act(agent.Member, agent.Sampler, agent.DiscreteBuffer, agent.ContinuousBuffer, agent.Allowed);
                return null;
            }
            catch (ArgumentException e)
            {
                return e.Message;
            }
        }

        /// <summary>Copies the states that the next step must not change.</summary>
        private void Hold(int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (!(_agents[i] is NpcAgent agent) || !agent.IsHeld || agent.Member < 0) continue;
                Keep(agent);
                if (agent.Feed != null) agent.Feed.IsPaused = true;
            }
        }

        /// <summary>Puts them back.</summary>
        private void Release(int count)
        {
            for (int i = 0; i < count; i++)
            {
                if (!(_agents[i] is NpcAgent agent) || !agent.IsHeld || agent.Member < 0) continue;
                agent.State.CopyTo(_crowd!.State(agent.Member));
                if (agent.Feed != null) agent.Feed.IsPaused = false;
            }
        }

        private void Keep(NpcAgent agent)
        {
            Span<float> state = _crowd!.State(agent.Member);
            if (agent.State.Length != state.Length) agent.State = new float[state.Length];
            state.CopyTo(agent.State);
            agent.StateOf = _network;
        }

        /// <summary>Lets the network drive somebody, where it fits.</summary>
        private void Take(NpcAgent agent)
        {
            if (agent.Fit(_crowd!.Layout) is string difference)
            {
                agent.Complain(difference);
                return;
            }
            agent.Member = _crowd.Join();
            agent.IsHeld = true;
            if (agent.StateOf == _network) agent.State.CopyTo(_crowd.State(agent.Member));
            agent.Tell(StateMarkKind.Reopened);
        }

        private void Release(NpcAgent agent)
        {
            if (agent.Member < 0) return;
            Keep(agent);
            _crowd!.Leave(agent.Member);
            agent.Member = -1;
            agent.Feed = null;
            agent.Tell(StateMarkKind.Reopened);
        }

        /// <summary>Opens the model where it is another than the one that is open.</summary>
        private void Open()
        {
            if (_isStepping || (!_isStale && ReferenceEquals(_model, _opened))) return;
            Close();
            _opened = _model;
            if (_model == null) return;
            _model.Changed += Renew;
            if (_model.IsEmpty) return;
            try
            {
                _crowd = new PolicyCrowd(_model.Model, NpcModel.LayoutOf(_model, FirstLayout()), Math.Max(_capacity, Count), _threads);
                _network = _model.Model;
            }
            catch (Exception e) when (e is ArgumentException || e is ModelFileException || e is NotSupportedException)
            {
                Debug.LogError($"{Who}: {e.Message}", this);
                return;
            }
            foreach (NpcAgent? agent in _agents) Take(agent!);
        }

        private EpisodeLayout? FirstLayout()
        {
            foreach (NpcAgent? agent in _agents)
                if (agent!.Layout != null) return agent.Layout;
            return null;
        }

        private void Close()
        {
            if (!ReferenceEquals(_opened, null)) _opened.Changed -= Renew;
            _opened = null;
            _isStale = false;
            foreach (NpcAgent? agent in _agents)
            {
                if (agent != null) Release(agent);
            }
            _crowd?.Dispose();
            _crowd = null;
            _network = null;
        }

        private void Renew() => _isStale = true;
    }
}
