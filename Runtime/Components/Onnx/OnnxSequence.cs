using System;
using System.Collections.Generic;
using Recurrent.Diagnostics;
using Recurrent.Onnx;
using UnityEngine;

namespace Recurrent.Components
{
    /// <summary>
    /// An ONNX model at work, its states carried from step to step, its inputs and outputs by name: a script sets inputs, and reads what the step gave. The backend can be changed while
    /// it runs, and the states go along.
    /// </summary>
    [AddComponentMenu("Recurrent/ONNX Sequence"), DisallowMultipleComponent]
    [HelpURL(DocumentationPage.Components + "onnx-sequence")]
    public sealed class OnnxSequence : MonoBehaviour, IStateSource, ISetup
    {
        [SerializeField, Tooltip("An .onnx model; one in layers is exported when it is opened.")]
        private SequenceModelAsset? _model;

        [SerializeField, Tooltip("What runs it. Auto: ONNX Runtime where that is installed, else managed layers.")]
        private SequenceBackend _backend = SequenceBackend.Auto;

        [SerializeField, Tooltip("When it takes its steps.")]
        private StepTime _stepTime = StepTime.FixedUpdate;

        [SerializeField, Min(1), Tooltip("Rows that are stepped together, each with states of its own.")]
        private int _batch = 1;

        private IOnnxSequence? _sequence;
        private SequenceModelAsset? _opened;
        private StepMeter? _meter;
        private SequenceBackend _runsIn;
        private bool _isStale, _isBroken, _isMoving, _hasComplained;

        /// <summary>Raised before a step: the time to set the inputs.</summary>
        public event Action<OnnxSequence>? Stepping;

        /// <summary>Raised after a step, with the outputs there.</summary>
        public event Action<OnnxSequence>? Stepped;

        /// <summary>Raised when the model was opened or closed, and when its states were set.</summary>
        public event Action<StateMarkKind>? StateChanged;

        /// <summary>The model; another one is opened when it is next asked for, and begins with states of zero.</summary>
        public SequenceModelAsset? Model
        {
            get => _model;
            set
            {
                _model = value;
                Reopen();
            }
        }

        /// <summary>What runs it. Changed while it runs, states and inputs go along to the other backend.</summary>
        public SequenceBackend Backend
        {
            get => _backend;
            set
            {
                if (_backend == value) return;
                _backend = value;
                _isMoving |= !_isStale && !_isBroken && _sequence != null;
                _isStale = true;
            }
        }

        /// <summary>When it takes its steps.</summary>
        public StepTime StepTime
        {
            get => _stepTime;
            set => _stepTime = value;
        }

        /// <summary>Rows that are stepped together; another number opens the model anew.</summary>
        public int Batch
        {
            get => _batch;
            set
            {
                if (_batch == value) return;
                _batch = Math.Max(1, value);
                Reopen();
            }
        }

        /// <summary>Whether the model is there and can run; opens it if need be. Where it cannot, one error in the log has said why.</summary>
        public bool IsOpen => Open();

        /// <summary>What runs it now, which is not <see cref="Backend"/> where that could not; null where nothing does.</summary>
        public SequenceBackend? RunsIn => _sequence == null ? (SequenceBackend?)null : _runsIn;

        /// <summary>The names of the inputs, states not among them; none where the model cannot run.</summary>
        public IReadOnlyList<string> Inputs => Open() ? _sequence!.Inputs : Array.Empty<string>();

        /// <summary>The names of the outputs, states not among them.</summary>
        public IReadOnlyList<string> Outputs => Open() ? _sequence!.Outputs : Array.Empty<string>();

        /// <summary>How many steps were taken since the model was opened.</summary>
        public long StepCount { get; private set; }

        /// <summary>Sets an input; it keeps what it was set to last.</summary>
        /// <param name="input">Its name.</param>
        /// <param name="values">All rows, one after the other.</param>
        /// <returns>Whether it was set; not where the model cannot run.</returns>
        /// <exception cref="ArgumentException">There is no such input, or it has another length.</exception>
        public bool Set(string input, ReadOnlySpan<float> values)
        {
            if (!Open()) return false;
            Span<float> room = _sequence!.Input(input);
            if (values.Length != room.Length) throw new ArgumentException($"{Who}: input '{input}' has {room.Length} values, got {values.Length}.", nameof(values));
            values.CopyTo(room);
            return true;
        }

        /// <summary>What the last step gave; empty where the model cannot run.</summary>
        /// <param name="output">The output's name.</param>
        /// <exception cref="ArgumentException">There is no such output.</exception>
        public ReadOnlySpan<float> Get(string output) => Open() ? _sequence!.Output(output) : default;

        /// <summary>Takes a step. With an input that is not finite it takes none, for the states would never recover, and an error says so once. Allocates nothing.</summary>
        /// <returns>Whether it was taken.</returns>
        public bool Step()
        {
            if (!Open()) return false;
            Stepping?.Invoke(this);
            if (!Open() || !IsFinite()) return false;
            long begun = Meter.Begin();
            _sequence!.Step();
            Meter.End(begun);
            StepCount++;
            Stepped?.Invoke(this);
            return true;
        }

        /// <summary>Sets all states to zero.</summary>
        public void ResetState()
        {
            if (!Open()) return;
            _sequence!.Reset();
            StateChanged?.Invoke(StateMarkKind.Reset);
        }

        /// <summary>A copy of the states, for a saved game; empty where the model cannot run.</summary>
        public float[] Snapshot() => Open() ? _sequence!.Snapshot() : Array.Empty<float>();

        /// <summary>Goes on from states that <see cref="Snapshot"/> copied.</summary>
        /// <exception cref="ArgumentException">They are another model's.</exception>
        public void Restore(ReadOnlySpan<float> snapshot)
        {
            if (!Open()) return;
            _sequence!.Restore(snapshot);
            StateChanged?.Invoke(StateMarkKind.Restored);
        }

        /// <summary>
        /// What it computes for a row: in managed layers all of it; in ONNX Runtime input, output and the states that the model gives out. Null while it is not open, and where its
        /// runtime shows nothing.
        /// </summary>
        /// <exception cref="ArgumentException">There is no such row.</exception>
        public StateFeed? Watch(int row = 0) => _sequence == null ? null : StateFeed.Find(_sequence, row);

        /// <summary>How long a step takes.</summary>
        internal StepMeter Meter => _meter ??= new StepMeter(() => this);

        private string Who => $"OnnxSequence '{name}'";

        private void FixedUpdate()
        {
            if (_stepTime == StepTime.FixedUpdate) Step();
        }

        private void Update()
        {
            if (_stepTime == StepTime.Update) Step();
        }

        private void OnDestroy()
        {
            Close();
            _isBroken = true;
        }

        private void OnValidate()
        {
            // Changed in the Inspector, and perhaps while it runs.
            _isMoving |= !_isStale && !_isBroken && _sequence != null;
            _isStale = true;
            this.LogReview(Who);
        }

        void ISetup.Review(ICollection<string> warnings)
        {
            if (_model != null && _model.Format != ModelFormat.Onnx && _backend == SequenceBackend.Managed)
                warnings.Add($"'{_model.name}' is a model in layers and runs in managed layers; ONNX lies between for nothing.");
        }

        private bool Open()
        {
            if (_isStale && this != null)
            {
                IOnnxSequence? before = _isMoving && _opened == _model ? _sequence : null;
                if (before != null) _sequence = null;
                Close();
                _isStale = _isBroken = _isMoving = _hasComplained = false;
                bool isOpen = TryOpen();
                if (isOpen && before != null) Move(before, _sequence!);
                before?.Dispose();
                if (!isOpen && before != null) StateChanged?.Invoke(StateMarkKind.Reopened);
            }
            if (_isBroken) return false;
            return _sequence != null || TryOpen();
        }

        private bool TryOpen()
        {
            try
            {
                if (_model == null) throw new ArgumentException("it has no model; expected an asset.");
                _opened = _model;
                _opened.Changed += Reopen;
                _sequence = OpenIn(_opened.ToOnnx(), _backend);
                StepCount = 0;
                StateChanged?.Invoke(StateMarkKind.Reopened);
                return true;
            }
            catch (Exception e) when (e is ArgumentException || e is NotSupportedException || e is ModelFileException)
            {
                Debug.LogError($"{Who}: {e.Message}", this);
                _isBroken = true;
                return false;
            }
        }

        private IOnnxSequence OpenIn(byte[] onnx, SequenceBackend backend)
        {
            _runsIn = backend != SequenceBackend.Auto ? backend : OnnxStream.IsAvailable(SequenceBackend.OnnxRuntime) ? SequenceBackend.OnnxRuntime : SequenceBackend.Managed;
            if (_runsIn == SequenceBackend.Managed) return OnnxStream.OpenByName(onnx, _runsIn, _batch);
            try
            {
                return OnnxStream.OpenByName(onnx, _runsIn, _batch);
            }
            catch (Exception e) when (e is NotSupportedException || e is ModelFileException)
            {
                IOnnxSequence managed = OnnxStream.OpenByName(onnx, SequenceBackend.Managed, _batch);
                Debug.LogWarning($"{Who}: runs in managed layers instead of ONNX Runtime. {e.Message}", this);
                _runsIn = SequenceBackend.Managed;
                return managed;
            }
        }

        private void Move(IOnnxSequence from, IOnnxSequence to)
        {
            float[] states = from.Snapshot();
            if (states.Length != to.Snapshot().Length)
            {
                Debug.LogWarning($"{Who}: the backends keep other states, {states.Length} and {to.Snapshot().Length} numbers; it begins anew.", this);
                return;
            }
            to.Restore(states);
            foreach (string input in from.Inputs)
            {
                Span<float> room = to.Input(input);
                if (from.Input(input).Length == room.Length) from.Input(input).CopyTo(room);
            }
        }

        private bool IsFinite()
        {
            for (int i = 0; i < _sequence!.Inputs.Count; i++)
            {
                string input = _sequence.Inputs[i];
                foreach (float value in _sequence.Input(input))
                {
                    if (float.IsFinite(value)) continue;
                    if (!_hasComplained) Debug.LogError($"{Who}: input '{input}' holds {value.ToString(System.Globalization.CultureInfo.InvariantCulture)}; expected finite numbers. The step is left out.", this);
                    _hasComplained = true;
                    return false;
                }
            }
            _hasComplained = false;
            return true;
        }

        private void Reopen()
        {
            _isStale = true;
            _isMoving = false;
        }

        private void Close()
        {
            if (!(_opened is null)) _opened.Changed -= Reopen;
            _opened = null;
            StepCount = 0;
            if (_sequence == null) return;
            _sequence.Dispose();
            _sequence = null;
            StateChanged?.Invoke(StateMarkKind.Reopened);
        }
    }
}
