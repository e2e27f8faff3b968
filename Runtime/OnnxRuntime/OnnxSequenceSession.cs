using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Recurrent.Onnx;

namespace Recurrent.OnnxRuntime
{
    /// <summary>
    /// Runs a recurrent ONNX model step by step and carries its states: fill the inputs, step, read the outputs.
    /// All memory is allocated by the first step; from the second on a step on the CPU allocates nothing.
    /// One run at a time; every member may be called from any thread.
    /// </summary>
    public sealed class OnnxSequenceSession : IDisposable
    {
        private readonly object _gate = new object();
        private readonly string _name;
        private readonly InferenceSession _session;
        private readonly RunOptions _runOptions = new RunOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
        private readonly bool _onDevice;

        private readonly List<OnnxValueInfo> _inputs = new List<OnnxValueInfo>();
        private readonly List<OnnxValueInfo> _outputs = new List<OnnxValueInfo>();
        private readonly List<OnnxValueInfo> _states = new List<OnnxValueInfo>();
        private readonly List<string> _fallbacks = new List<string>();
        private readonly Dictionary<string, int> _inputIndex = new Dictionary<string, int>();
        private readonly Dictionary<string, int> _outputIndex = new Dictionary<string, int>();
        private readonly Dictionary<string, int> _stateIndex = new Dictionary<string, int>();

        private readonly byte[][] _staged; // what callers fill, per input
        private readonly TensorBuffer[] _bound; // what the run reads, per input
        private readonly TensorBuffer[][] _state; // [set][state]
        private readonly TensorBuffer[][] _output = new TensorBuffer[2][]; // [set][output]
        private readonly int[] _batchAxis; // per state, -1 where the batch has no axis of its own
        private readonly OrtIoBinding?[] _binding = new OrtIoBinding?[2]; // by the set it reads

        // A run reads one set and writes the other, so that what the last step left can be read meanwhile.
        private readonly long[] _stepOfSet = new long[2];
        private int _current;
        private long _steps;
        private bool _running;
        private bool _disposed;

        /// <summary>Opens a model file.</summary>
        /// <exception cref="ModelFileException">ONNX Runtime cannot load the model.</exception>
        /// <exception cref="ArgumentException">The options do not fit the model: names the value and what is missing.</exception>
        public OnnxSequenceSession(string path, OnnxSessionOptions? options = null)
            : this(path, session => new InferenceSession(path, session), options ?? new OnnxSessionOptions())
        {
        }

        /// <summary>Opens a model from memory, as where assets are no files.</summary>
        /// <exception cref="ModelFileException">ONNX Runtime cannot load the model.</exception>
        /// <exception cref="ArgumentException">The options do not fit the model: names the value and what is missing.</exception>
        public OnnxSequenceSession(byte[] model, OnnxSessionOptions? options = null)
            : this("model in memory", session => new InferenceSession(model, session), options ?? new OnnxSessionOptions())
        {
        }

        private OnnxSequenceSession(string name, Func<SessionOptions, InferenceSession> open, OnnxSessionOptions options)
        {
            _name = name;
            if (options.BatchSize < 1)
                throw new ArgumentException(FormattableString.Invariant($"OnnxSequenceSession: BatchSize is {options.BatchSize}, expected 1 or more."), nameof(options));
            BatchSize = options.BatchSize;
            _session = ProviderChain.Open(name, open, options, _fallbacks, out ExecutionProvider active);
            Provider = active;
            _onDevice = active == ExecutionProvider.Cuda || active == ExecutionProvider.TensorRT || active == ExecutionProvider.DirectML;
            try
            {
                var plan = new SessionPlan(_session, options);
                StatePairs = plan.Pairs;
                _batchAxis = new int[plan.Pairs.Count];
                _state = new[] { new TensorBuffer[plan.Pairs.Count], new TensorBuffer[plan.Pairs.Count] };
                _bound = new TensorBuffer[plan.Inputs.Count];
                _staged = new byte[plan.Inputs.Count][];
                for (int s = 0; s < plan.Pairs.Count; s++)
                {
                    SessionPlan.Tensor state = plan.States[s];
                    _states.Add(state.Info);
                    _stateIndex.Add(plan.Pairs[s].Input, s);
                    _stateIndex.Add(plan.Pairs[s].Output, s);
                    _batchAxis[s] = state.BatchAxis;
                    _state[0][s] = new TensorBuffer(state.Type, state.Shape);
                    _state[1][s] = new TensorBuffer(state.Type, state.Shape);
                }
                for (int i = 0; i < plan.Inputs.Count; i++)
                {
                    SessionPlan.Tensor input = plan.Inputs[i];
                    _inputs.Add(input.Info);
                    _inputIndex.Add(input.Info.Name, i);
                    _bound[i] = new TensorBuffer(input.Type, input.Shape);
                    _staged[i] = new byte[_bound[i].Length];
                }
                foreach (OnnxValueInfo output in plan.Outputs)
                {
                    _outputIndex.Add(output.Name, _outputs.Count);
                    _outputs.Add(output);
                }
            }
            catch
            {
                Free();
                throw;
            }
        }

        /// <summary>What computes the model.</summary>
        public ExecutionProvider Provider { get; }

        /// <summary>One line for each provider that was asked for and could not start.</summary>
        public IReadOnlyList<string> Fallbacks => _fallbacks;

        /// <summary>Independent sequences in one step.</summary>
        public int BatchSize { get; }

        /// <summary>The inputs that a caller fills, with the shapes they have in this session.</summary>
        public IReadOnlyList<OnnxValueInfo> Inputs => _inputs;

        /// <summary>The outputs that a caller reads, states not among them; shapes as the model declares them until the first step, then as they are.</summary>
        public IReadOnlyList<OnnxValueInfo> Outputs => _outputs;

        /// <summary>The carried states under the names of their inputs, with the shapes they have in this session.</summary>
        public IReadOnlyList<OnnxValueInfo> States => _states;

        /// <summary>Which output becomes which input in the next step, and why the two were taken for a pair.</summary>
        public IReadOnlyList<StatePair> StatePairs { get; }

        /// <summary>Whether a run is in flight.</summary>
        public bool IsRunning
        {
            get
            {
                lock (_gate)
                    return _running;
            }
        }

        /// <summary>The outputs of the last step that is done.</summary>
        public OnnxOutputs Latest
        {
            get
            {
                lock (_gate)
                    return new OnnxOutputs(this, _current, _steps);
            }
        }

        /// <summary>
        /// An input's memory, row-major: what stands there when a run starts is what the run reads. It keeps its values, and a run in flight does not see changes.
        /// </summary>
        /// <exception cref="ArgumentException">The model has no such input, it is a carried state, or its elements are of another type.</exception>
        public Span<T> Input<T>(string name) where T : unmanaged
        {
            if (!_inputIndex.TryGetValue(name, out int input))
                throw new ArgumentException($"OnnxSequenceSession: no input '{name}'; there are {Names(_inputs)}" +
                    (_stateIndex.ContainsKey(name) ? ", and this one is a state: see State." : "."));
            _bound[input].Span<T>(name); // checks the type
            return System.Runtime.InteropServices.MemoryMarshal.Cast<byte, T>(_staged[input]);
        }

        /// <summary>The values of an output or a state after the last step, row-major. To read several outputs of one step while others run: <see cref="Latest"/>.</summary>
        /// <exception cref="ArgumentException">The model has no such output, or its elements are of another type.</exception>
        /// <exception cref="InvalidOperationException">There was no step yet.</exception>
        public ReadOnlySpan<T> Output<T>(string name) where T : unmanaged => Latest.Get<T>(name);

        /// <summary>A carried state, by the name of its input or its output: what the next step starts from. It may be written between steps.</summary>
        /// <exception cref="ArgumentException">There is no such state, or its elements are of another type.</exception>
        /// <exception cref="InvalidOperationException">A run is in flight.</exception>
        public Span<T> State<T>(string name) where T : unmanaged
        {
            lock (_gate)
            {
                RequireIdle();
                return _state[_current][StateIndex(name)].Span<T>(name);
            }
        }

        /// <summary>Runs one step here and now, from the inputs and the carried states.</summary>
        /// <exception cref="InvalidOperationException">A run is in flight, or ONNX Runtime failed; the states are as before the step.</exception>
        public void Step()
        {
            Begin();
            try
            {
                Run();
            }
            finally
            {
                End();
            }
        }

        /// <summary>One step of a model with a single float input and a single float output beside its states.</summary>
        /// <exception cref="ArgumentException">The model has more of them, or the lengths differ from the model's.</exception>
        public void Step(ReadOnlySpan<float> input, Span<float> output)
        {
            if (_inputs.Count != 1 || _outputs.Count != 1)
                throw new ArgumentException($"OnnxSequenceSession: the inputs are {Names(_inputs)}, the outputs {Names(_outputs)}: fill and read them by name.");
            Copy(input, Input<float>(_inputs[0].Name), "input");
            Step();
            Copy(Output<float>(_outputs[0].Name), output, "output");
        }

        /// <summary>
        /// Runs one step on another thread, from the inputs as they are now. The task ends when the outputs can be read; until then they are those of the step before.
        /// </summary>
        /// <param name="cancellation">Stops the run between two operators; the states are then as before the step.</param>
        /// <exception cref="InvalidOperationException">A run is in flight.</exception>
        public Task<OnnxOutputs> RunAsync(CancellationToken cancellation = default)
        {
            Begin();
            return Task.Run(() =>
            {
                try
                {
                    using CancellationTokenRegistration registration = cancellation.Register(Stop);
                    cancellation.ThrowIfCancellationRequested();
                    return Run();
                }
                catch (InvalidOperationException) when (cancellation.IsCancellationRequested)
                {
                    throw new OperationCanceledException(cancellation);
                }
                finally
                {
                    End();
                }
            });
        }

        /// <summary>Sets every state to zero: the beginning of a sequence.</summary>
        /// <exception cref="InvalidOperationException">A run is in flight.</exception>
        public void Reset()
        {
            lock (_gate)
            {
                RequireIdle();
                foreach (TensorBuffer state in _state[_current])
                    state.Bytes.Clear();
            }
        }

        /// <summary>Sets the states of one sequence of the batch to zero; the others go on.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such sequence.</exception>
        /// <exception cref="InvalidOperationException">A run is in flight, or a state has no axis for the batch.</exception>
        public void Reset(int sequence)
        {
            if (sequence < 0 || sequence >= BatchSize)
                throw new ArgumentOutOfRangeException(nameof(sequence), sequence, FormattableString.Invariant($"OnnxSequenceSession: the batch has {BatchSize} sequences."));
            lock (_gate)
            {
                RequireIdle();
                for (int s = 0; s < _states.Count; s++)
                {
                    if (_batchAxis[s] < 0 && BatchSize > 1)
                        throw new InvalidOperationException($"OnnxSequenceSession: state '{_states[s].Name}' has no axis for the batch.");
                    Clear(_state[_current][s].Bytes, _states[s].Shape!, Math.Max(0, _batchAxis[s]), BatchSize > 1 ? sequence : -1);
                }
            }
        }

        /// <summary>A copy of all states.</summary>
        /// <exception cref="InvalidOperationException">A run is in flight.</exception>
        public OnnxState Snapshot()
        {
            var values = new byte[_states.Count][];
            for (int s = 0; s < values.Length; s++)
                values[s] = new byte[_state[0][s].Length];
            var state = new OnnxState(values);
            Snapshot(state);
            return state;
        }

        /// <summary>Copies all states into a snapshot that was taken before, without allocating.</summary>
        /// <exception cref="ArgumentException">The snapshot is of another model or batch.</exception>
        /// <exception cref="InvalidOperationException">A run is in flight.</exception>
        public void Snapshot(OnnxState destination)
        {
            lock (_gate)
            {
                RequireIdle();
                RequireFit(destination);
                for (int s = 0; s < _states.Count; s++)
                    _state[_current][s].Bytes.CopyTo(destination.Values[s]);
            }
        }

        /// <summary>Goes back to the states of a snapshot; the outputs of the last step stay.</summary>
        /// <exception cref="ArgumentException">The snapshot is of another model or batch.</exception>
        /// <exception cref="InvalidOperationException">A run is in flight.</exception>
        public void Restore(OnnxState state)
        {
            lock (_gate)
            {
                RequireIdle();
                RequireFit(state);
                for (int s = 0; s < _states.Count; s++)
                    state.Values[s].AsSpan().CopyTo(_state[_current][s].Bytes);
            }
        }

        /// <summary>All states, which are of floats, one after the other: <paramref name="length"/> numbers.</summary>
        internal float[] CopyStates(int length)
        {
            var states = new float[length];
            int at = 0;
            foreach (OnnxValueInfo state in _states)
            {
                Span<float> values = State<float>(state.Name);
                values.CopyTo(states.AsSpan(at));
                at += values.Length;
            }
            return states;
        }

        /// <summary>Numbers of a state for one sequence of the batch: all of them where the batch has no axis of its own.</summary>
        internal int StateSize(int state) => _state[0][state].Length / TensorBuffer.ElementSize(_state[0][state].Type) / (_batchAxis[state] < 0 ? 1 : BatchSize);

        /// <summary>Copies a state of one sequence, which is of floats: <see cref="StateSize"/> numbers.</summary>
        internal void CopyState(int state, int sequence, Span<float> destination)
        {
            ReadOnlySpan<float> values = State<float>(_states[state].Name);
            int axis = _batchAxis[state], inner = 1;
            if (axis < 0)
            {
                values.CopyTo(destination);
                return;
            }
            for (int i = axis + 1; i < _states[state].Shape!.Count; i++) inner *= (int)_states[state].Shape![i].Value;
            for (int at = 0; at < destination.Length; at += inner) values.Slice(at * BatchSize + sequence * inner, inner).CopyTo(destination.Slice(at, inner));
        }

        /// <summary>Sets all states to what <see cref="CopyStates"/> gave.</summary>
        internal void SetStates(ReadOnlySpan<float> states)
        {
            foreach (OnnxValueInfo state in _states)
            {
                Span<float> values = State<float>(state.Name);
                states.Slice(0, values.Length).CopyTo(values);
                states = states.Slice(values.Length);
            }
        }

        /// <summary>Frees the native memory. A run in flight is stopped and waited for; its task ends in an <see cref="ObjectDisposedException"/>.</summary>
        public void Dispose()
        {
            lock (_gate)
            {
                if (_disposed)
                    return;
                _disposed = true;
                if (_running)
                    _runOptions.Terminate = true;
                while (_running)
                    Monitor.Wait(_gate);
            }
            Free();
        }

        internal ReadOnlySpan<T> Output<T>(string name, int set, long step) where T : unmanaged
        {
            lock (_gate)
            {
                if (_stepOfSet[set] != step)
                    throw new InvalidOperationException($"OnnxSequenceSession: '{name}' was asked of step {step}, whose memory a later step has taken.");
                if (_outputIndex.TryGetValue(name, out int output))
                    return _output[set][output].Span<T>(name);
                if (_stateIndex.TryGetValue(name, out int state))
                    return _state[set][state].Span<T>(name);
            }
            throw new ArgumentException($"OnnxSequenceSession: no output '{name}'; there are {Names(_outputs)} and the states {Names(_states)}.");
        }

        private void Begin()
        {
            lock (_gate)
            {
                RequireIdle();
                _running = true;
                _stepOfSet[1 - _current] = -1;
                for (int i = 0; i < _bound.Length; i++)
                    _staged[i].AsSpan().CopyTo(_bound[i].Bytes);
            }
        }

        private void End()
        {
            lock (_gate)
            {
                _running = false;
                if (!_disposed)
                    _runOptions.Terminate = false;
                Monitor.PulseAll(_gate);
            }
        }

        private void Stop()
        {
            lock (_gate)
                if (_running)
                    _runOptions.Terminate = true;
        }

        /// <summary>The run itself; the set it writes becomes the current one when all of it is there.</summary>
        private OnnxOutputs Run()
        {
            try
            {
                int written = 1 - _current;
                if (_output[written] == null)
                    FirstRun(written);
                else
                {
                    if (_onDevice)
                        BindInputs(_binding[_current]!, _current); // what is bound to a device is copied there when it is bound
                    _session.RunWithBinding(_runOptions, _binding[_current]!);
                }
                lock (_gate)
                {
                    if (_disposed)
                        throw new ObjectDisposedException(nameof(OnnxSequenceSession));
                    _current = written;
                    _stepOfSet[_current] = ++_steps;
                    return new OnnxOutputs(this, _current, _steps);
                }
            }
            catch (OnnxRuntimeException e)
            {
                lock (_gate)
                    if (_disposed)
                        throw new ObjectDisposedException(nameof(OnnxSequenceSession));
                throw new InvalidOperationException($"OnnxSequenceSession '{_name}': {ProviderChain.FirstLine(e.Message)}.", e);
            }
        }

        /// <summary>Lets ONNX Runtime allocate the outputs once, which tells their shapes, then binds memory of our own for every later step.</summary>
        private void FirstRun(int written)
        {
            var shapes = new long[_outputs.Count][];
            var types = new TensorElementType[_outputs.Count];
            using (OrtIoBinding probe = _session.CreateIoBinding())
            {
                BindInputs(probe, _current);
                for (int s = 0; s < _states.Count; s++)
                    probe.BindOutput(StatePairs[s].Output, _state[written][s].Value);
                foreach (OnnxValueInfo output in _outputs)
                    probe.BindOutputToDevice(output.Name, OrtMemoryInfo.DefaultInstance);
                _session.RunWithBinding(_runOptions, probe);
                using IDisposableReadOnlyCollection<OrtValue> values = probe.GetOutputValues();
                var sets = new[] { new TensorBuffer[_outputs.Count], new TensorBuffer[_outputs.Count] };
                for (int o = 0; o < _outputs.Count; o++)
                {
                    // Values come in the order of binding: the states first.
                    OrtValue value = values[_states.Count + o];
                    OrtTensorTypeAndShapeInfo info = value.GetTensorTypeAndShape();
                    shapes[o] = info.Shape;
                    types[o] = info.ElementDataType;
                    sets[0][o] = new TensorBuffer(types[o], shapes[o]);
                    sets[1][o] = new TensorBuffer(types[o], shapes[o]);
                    value.GetTensorMutableRawData().CopyTo(sets[written][o].Bytes);
                }
                for (int set = 0; set < 2; set++)
                {
                    OrtIoBinding binding = _session.CreateIoBinding();
                    _binding[set] = binding;
                    BindInputs(binding, set);
                    for (int s = 0; s < _states.Count; s++)
                        binding.BindOutput(StatePairs[s].Output, _state[1 - set][s].Value);
                    for (int o = 0; o < _outputs.Count; o++)
                        binding.BindOutput(_outputs[o].Name, sets[1 - set][o].Value);
                }
                lock (_gate)
                {
                    for (int o = 0; o < _outputs.Count; o++)
                        _outputs[o].Shape = SessionPlan.Dimensions(shapes[o]);
                    _output[0] = sets[0];
                    _output[1] = sets[1];
                }
            }
        }

        private void BindInputs(OrtIoBinding binding, int set)
        {
            for (int i = 0; i < _inputs.Count; i++)
                binding.BindInput(_inputs[i].Name, _bound[i].Value);
            for (int s = 0; s < _states.Count; s++)
                binding.BindInput(StatePairs[s].Input, _state[set][s].Value);
        }

        private void RequireIdle()
        {
            if (_disposed)
                throw new ObjectDisposedException(nameof(OnnxSequenceSession));
            if (_running)
                throw new InvalidOperationException("OnnxSequenceSession: a run is in flight; wait for its task.");
        }

        private void RequireFit(OnnxState state)
        {
            bool fits = state.Values.Length == _states.Count;
            for (int s = 0; fits && s < _states.Count; s++)
                fits = state.Values[s].Length == _state[0][s].Length;
            if (!fits)
                throw new ArgumentException("OnnxSequenceSession: the snapshot is of another model or batch.");
        }

        private int StateIndex(string name) =>
            _stateIndex.TryGetValue(name, out int state) ? state
            : throw new ArgumentException($"OnnxSequenceSession: no state '{name}'; there are {Names(_states)}.");

        private static void Clear(Span<byte> bytes, List<OnnxDimension> shape, int axis, int index)
        {
            if (index < 0)
            {
                bytes.Clear();
                return;
            }
            long blocks = 1;
            for (int i = 0; i < axis; i++)
                blocks *= shape[i].Value;
            int size = (int)shape[axis].Value;
            int length = (int)(bytes.Length / blocks / size);
            for (int block = 0; block < blocks; block++)
                bytes.Slice((block * size + index) * length, length).Clear();
        }

        private static void Copy(ReadOnlySpan<float> from, Span<float> to, string what)
        {
            if (from.Length != to.Length)
                throw new ArgumentException(FormattableString.Invariant($"OnnxSequenceSession: the {what} has {(what == "input" ? to.Length : from.Length)} values, got {(what == "input" ? from.Length : to.Length)}."), what);
            from.CopyTo(to);
        }

        private static string Names(List<OnnxValueInfo> values) => "[" + string.Join(", ", values) + "]";

        private void Free()
        {
            foreach (OrtIoBinding? binding in _binding)
                binding?.Dispose();
            foreach (TensorBuffer[]?[] group in new[] { new TensorBuffer[]?[] { _bound }, _state ?? new TensorBuffer[0][], _output })
                foreach (TensorBuffer[]? buffers in group)
                    foreach (TensorBuffer? buffer in buffers ?? new TensorBuffer[0])
                        buffer?.Dispose();
            _runOptions.Dispose();
            _session.Dispose();
        }
    }
}
