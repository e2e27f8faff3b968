using System;
using System.Collections.Generic;
using Recurrent.Diagnostics;
using UnityEngine;
using UnityEngine.Events;

namespace Recurrent.Components
{
    /// <summary>
    /// An NPC that a recurrent network drives: what the <see cref="IObservationSource"/>s beside it perceive goes in, and what comes out is told to the <see cref="IActionSink"/>s.
    /// Until there is a model, an <see cref="IHeuristic"/> beside it decides. Alone it has a network's state of its own; many of one model belong into an <see cref="NpcCrowd"/>.
    /// </summary>
    [AddComponentMenu("Recurrent/Recurrent NPC"), DisallowMultipleComponent]
    [HelpURL(DocumentationPage.Components + "recurrent-npc")]
    public sealed class RecurrentNpc : MonoBehaviour, IStateSource, ISetup
    {
        [SerializeField, Tooltip("What drives it. A policy: its file says what its actions are.")]
        private SequenceModelAsset? _model;

        [SerializeField, Tooltip("Steps it together with others, by the crowd's model and at the crowd's pace. None: it steps itself.")]
        private NpcCrowd? _crowd;

        [SerializeField, Tooltip("Who decides. Auto: the model where there is one, otherwise the heuristic.")]
        private NpcControl _control;

        [SerializeField, Tooltip("What an action consists of. Nothing: as the model says; a heuristic without a model needs it.")]
        private ActionShape _actions = new ActionShape();

        [SerializeField, Min(0), Tooltip("0: always the likeliest action. 1: actions as likely as the model takes them to be.")]
        private float _temperature;

        [SerializeField, Min(0), Tooltip("How many of the likeliest discrete actions are drawn from; 0 for all.")]
        private int _topK;

        [SerializeField, Tooltip("What it draws from at random. NPCs of one seed that see the same do the same.")]
        private int _seed = 1;

        [SerializeField, Range(1, 20), Tooltip("Steps from one decision to the next.")]
        private int _decisionPeriod = 5;

        [SerializeField, Range(0, 19), Tooltip("At which step of a period it decides, so that not all NPCs do in the same frame.")]
        private int _decisionOffset;

        [SerializeField, Tooltip("Whether it acts in the steps between decisions too, as it last decided.")]
        private bool _repeatAction = true;

        [SerializeField, Tooltip("When it takes its steps.")]
        private StepTime _stepTime = StepTime.FixedUpdate;

        [SerializeField, Tooltip("Whether sources, sinks, masks and the heuristic are looked for below its object too.")]
        private bool _includeChildren;

        [SerializeField, Tooltip("Raised where an episode begins.")]
        private UnityEvent _onEpisodeBegin = new UnityEvent();

        private NpcAgent? _agent;
        private RandomSource? _random;
        private Policy? _policy;
        private DecisionSchedule _schedule;
        private SequenceModelAsset? _opened;
        private StepMeter? _meter;
        private bool _isStale, _isBroken;

        /// <summary>Raised when it has decided, before it acts.</summary>
        public event Action<RecurrentNpc>? Decided;

        /// <summary>Raised where an episode begins anew; true where the one before came to its own end.</summary>
        public event Action<RecurrentNpc, bool>? EpisodeEnded;

        /// <summary>Raised when another network drives it or none does any more, and when its network forgets or is put back.</summary>
        public event Action<StateMarkKind>? StateChanged;

        /// <summary>Raised where an episode begins, also for designers.</summary>
        public UnityEvent OnEpisodeBegin => _onEpisodeBegin;

        /// <summary>What drives it. Another model begins with a state of zero.</summary>
        public SequenceModelAsset? Model
        {
            get => _model;
            set => _model = value;
        }

        /// <summary>What steps it together with others; null where it steps itself.</summary>
        public NpcCrowd? Crowd
        {
            get => _crowd;
            set
            {
                if (value == _crowd) return;
                Leave();
                _crowd = value;
                if (isActiveAndEnabled) Join();
            }
        }

        /// <summary>Who decides.</summary>
        public NpcControl Control
        {
            get => _control;
            set
            {
                _control = value;
                if (_agent != null) _agent.Control = value;
            }
        }

        /// <summary>What an action consists of; nothing for what the model says. Set, it looks anew for what is beside it.</summary>
        public ActionShape Actions
        {
            get => _actions;
            set
            {
                _actions = value ?? throw new ArgumentNullException(nameof(value));
                Leave();
                if (_agent != null) _agent.StateChanged -= Tell;
                _agent = null;
                _isBroken = false;
                _isStale = true;
                if (isActiveAndEnabled) Join();
            }
        }

        /// <summary>0 for the likeliest action, 1 for actions as likely as the model takes them to be.</summary>
        public float Temperature
        {
            get => _temperature;
            set
            {
                _temperature = value;
                Tune();
            }
        }

        /// <summary>How many of the likeliest discrete actions are drawn from; 0 for all.</summary>
        public int TopK
        {
            get => _topK;
            set
            {
                _topK = value;
                Tune();
            }
        }

        /// <summary>What it draws from at random; set, it begins anew.</summary>
        public int Seed
        {
            get => _seed;
            set
            {
                _seed = value;
                _random = null;
                Tune();
            }
        }

        /// <summary>Steps from one decision to the next, 1 … 20.</summary>
        public int DecisionPeriod
        {
            get => _decisionPeriod;
            set => _decisionPeriod = Mathf.Clamp(value, 1, 20);
        }

        /// <summary>At which step of a period it decides, 0 … 19.</summary>
        public int DecisionOffset
        {
            get => _decisionOffset;
            set => _decisionOffset = Mathf.Clamp(value, 0, 19);
        }

        /// <summary>Whether it acts in the steps between decisions too.</summary>
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

        /// <summary>Whether sources, sinks, masks and the heuristic are looked for below its object too. Set before the first step.</summary>
        public bool IncludeChildren
        {
            get => _includeChildren;
            set => _includeChildren = value;
        }

        /// <summary>What it observed and decided. Made at the first asking, of the components that are there then.</summary>
        /// <exception cref="ArgumentException">Nothing beside it gives observations.</exception>
        public NpcAgent Agent => _agent ??= MakeAgent();

        /// <summary>Whether a model decides.</summary>
        public bool IsDrivenByModel => _control != NpcControl.Heuristic && (_crowd != null ? _agent?.Member >= 0 : _policy != null);

        /// <summary>Takes a step: decides where a decision is due, and otherwise acts as before. In a crowd the crowd does it.</summary>
        public void Step()
        {
            if (_crowd != null || _isBroken || !TryAgent(out NpcAgent agent)) return;
            if (_schedule.Next(_decisionPeriod, _decisionOffset)) Decide(agent);
            else if (_repeatAction && agent.HasAction) agent.Act();
        }

        /// <summary>Decides and acts now, whatever the period says; for an NPC without a crowd.</summary>
        public void RequestDecision()
        {
            if (_crowd == null && !_isBroken && TryAgent(out NpcAgent agent)) Decide(agent);
        }

        /// <summary>Begins an episode: the network forgets what it has seen, and the period begins anew.</summary>
        /// <param name="endedWhole">Whether the episode before came to its own end; recordings keep that.</param>
        public void BeginEpisode(bool endedWhole = true)
        {
            EpisodeEnded?.Invoke(this, endedWhole);
            _schedule.Step = 0;
            _policy?.Reset();
            if (_agent != null)
            {
                _agent.HasAction = false;
                _agent.StateOf = null;
                _agent.Crowd?.Forget(_agent);
            }
            Tell(StateMarkKind.Reset);
            _onEpisodeBegin.Invoke();
        }

        /// <summary>A copy of how it stands, for a saved game: the network's state, its last action, its random numbers.</summary>
        /// <exception cref="ArgumentException">Nothing beside it gives observations.</exception>
        public NpcSnapshot Snapshot()
        {
            Open();
            return new NpcSnapshot
            {
                State = _policy?.Snapshot() ?? Agent.Crowd?.Snapshot(Agent) ?? (float[])Agent.State.Clone(),
                Discrete = Agent.Discrete.ToArray(),
                Continuous = Agent.Continuous.ToArray(),
                HasAction = Agent.HasAction,
                Step = _schedule.Step,
                Random = _random?.GetState() ?? Array.Empty<ulong>(),
            };
        }

        /// <summary>Goes on from where <see cref="Snapshot"/> was taken.</summary>
        /// <exception cref="ArgumentException">It is of another model or of other actions, or there is no model that fits; nothing has changed.</exception>
        public void Restore(NpcSnapshot snapshot)
        {
            if (snapshot == null) throw new ArgumentNullException(nameof(snapshot));
            Open();
            NpcAgent agent = Agent;
            agent.CheckFits(snapshot);
            if (agent.Crowd != null) agent.Crowd.Restore(agent, snapshot.State);
            else if (_policy != null) _policy.Restore(snapshot.State);
            else if (snapshot.State.Length > 0) throw new ArgumentException($"{Who}: the snapshot is of a network, and there is none.", nameof(snapshot));
            agent.Restore(snapshot);
            _schedule.Step = snapshot.Step;
            if (snapshot.Random.Length > 0) _random?.SetState(snapshot.Random);
            Tell(StateMarkKind.Restored);
        }

        /// <summary>What its network computes, alone or in a crowd; null while none drives it, and where the network's runtime shows nothing.</summary>
        /// <exception cref="ArgumentException">The row is not 0.</exception>
        public StateFeed? Watch(int row = 0)
        {
            if (row != 0) throw new ArgumentException($"{Who}: is one agent, of which there is row 0, got row {row}.", nameof(row));
            return _policy != null ? StateFeed.Find(_policy.Stream) : _agent?.Watch();
        }

        /// <summary>How long its network's decisions take, where it decides alone.</summary>
        internal StepMeter Meter => _meter ??= new StepMeter(() => this);

        private string Who => $"RecurrentNpc '{name}'";

        private void OnEnable() => Join();

        private void OnDisable() => Leave();

        private void OnDestroy()
        {
            Close();
            _isBroken = true;
        }

        private void FixedUpdate()
        {
            if (_stepTime == StepTime.FixedUpdate) Step();
        }

        private void Update()
        {
            if (_stepTime == StepTime.Update) Step();
        }

        private void OnValidate()
        {
            Tune();
            this.LogReview(Who);
        }

        void ISetup.Review(ICollection<string> warnings)
        {
            if (_decisionOffset >= _decisionPeriod) warnings.Add($"decides at step {_decisionOffset} of a period of {_decisionPeriod} steps, which is step {_decisionOffset % _decisionPeriod}.");
            if (_crowd != null && _model != null && _crowd.Model != _model) warnings.Add("has a model, but its crowd's is another; the crowd's counts.");
            if (_crowd == null && _model == null && _control == NpcControl.Model) warnings.Add("is to be driven by a model, and there is none.");
            if (_control == NpcControl.Heuristic && _actions.IsEmpty) warnings.Add("is to be driven by its heuristic, which has to be told what the actions are.");
        }

        private void Join()
        {
            if (_crowd == null || !TryAgent(out NpcAgent agent)) return;
            Close();
            _crowd.Join(agent);
        }

        private void Leave()
        {
            if (_agent?.Crowd != null) _agent.Crowd.Leave(_agent);
        }

        private void Decide(NpcAgent agent)
        {
            Open();
            bool byModel = _policy != null && _control != NpcControl.Heuristic;
            if (!byModel && !agent.CanDecideAlone) return;
            string? fault = agent.Observe();
            try
            {
                if (fault == null && byModel)
                {
                    _policy!.Sampler = agent.Sampler;
                    long begun = Meter.Begin();
                    _policy.Act(agent.Observation, agent.DiscreteBuffer, agent.ContinuousBuffer, agent.Allowed);
                    Meter.End(begun);
                }
                else if (fault == null)
                {
                    agent.DecideByHeuristic();
                }
            }
            catch (ArgumentException e) when (byModel)
            {
                fault = e.Message;
            }
            if (fault == null) agent.Conclude();
            else agent.Complain(fault);
        }

        /// <summary>Opens the model where it is another than the one that is open.</summary>
        private void Open()
        {
            if (_crowd != null || (!_isStale && ReferenceEquals(_model, _opened))) return;
            Close();
            _opened = _model;
            if (_model == null) return;
            _model.Changed += Renew;
            if (_model.IsEmpty) return;
            try
            {
                _policy = NpcModel.Open(_model, Agent);
                Tell(StateMarkKind.Reopened);
            }
            catch (Exception e) when (e is ArgumentException || e is ModelFileException || e is NotSupportedException)
            {
                Debug.LogError($"{Who}: {e.Message}", this);
            }
        }

        private void Close()
        {
            if (!ReferenceEquals(_opened, null)) _opened.Changed -= Renew;
            _opened = null;
            _isStale = false;
            if (_policy == null) return;
            _policy.Dispose();
            _policy = null;
            Tell(StateMarkKind.Reopened);
        }

        private void Tell(StateMarkKind kind) => StateChanged?.Invoke(kind);

        private void Renew() => _isStale = true;

        private bool TryAgent(out NpcAgent agent)
        {
            try
            {
                agent = Agent;
                return true;
            }
            catch (ArgumentException e)
            {
                // Once: what is beside it does not change by itself.
                if (!_isBroken) Debug.LogError(e.Message, this);
                _isBroken = true;
                agent = null!;
                return false;
            }
        }

        private NpcAgent MakeAgent()
        {
            var agent = new NpcAgent(Beside<IObservationSource>(), Beside<IActionSink>(), Beside<IActionMask>(), First(Beside<IHeuristic>()), _actions, Who) { Context = this };
            agent.Decided += _ => Decided?.Invoke(this);
            agent.StateChanged += Tell;
            _agent = agent;
            Tune();
            return agent;
        }

        private T[] Beside<T>() => _includeChildren ? GetComponentsInChildren<T>(true) : GetComponents<T>();

        private static T? First<T>(T[] found)
            where T : class => found.Length > 0 ? found[0] : null;

        private void Tune()
        {
            if (_agent == null) return;
            _random ??= new RandomSource((ulong)_seed);
            _agent.Control = _control;
            _agent.Sampler = _temperature > 0 ? new ActionSampler(_random, _temperature, _topK) : ActionSampler.Greedy;
        }
    }
}
