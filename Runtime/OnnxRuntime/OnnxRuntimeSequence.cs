using System;
using System.Collections.Generic;
using Recurrent.Diagnostics;
using Recurrent.Onnx;

namespace Recurrent.OnnxRuntime
{
    /// <summary>
    /// A model in ONNX Runtime, its inputs and outputs as floats by name, whatever their own type: what <see cref="OnnxStream.OpenByName"/> opens. A step allocates
    /// nothing from the second on, unless an output changes its size.
    /// </summary>
    public sealed class OnnxRuntimeSequence : IOnnxSequence, IWatchable
    {
        private readonly OnnxSequenceSession _session;
        private readonly string[] _inputs, _outputs;
        private readonly Dictionary<string, float[]> _inputValues = new Dictionary<string, float[]>(), _outputValues = new Dictionary<string, float[]>();
        private readonly List<SessionFeed> _feeds = new List<SessionFeed>();
        private readonly int _stateLength;
        private float[] _seenInput = Array.Empty<float>(), _seenOutput = Array.Empty<float>();

        /// <summary>Opens a model from memory.</summary>
        /// <param name="model">The content of an .onnx file.</param>
        /// <param name="options">How it is opened, the number of rows among it; null for one row on the CPU.</param>
        /// <exception cref="ModelFileException">ONNX Runtime cannot load the model, or a state is not of floats, or a value of a type that floats do not hold.</exception>
        public OnnxRuntimeSequence(byte[] model, OnnxSessionOptions? options = null)
        {
            _session = new OnnxSequenceSession(model, options);
            try
            {
                _inputs = Names(_session.Inputs);
                _outputs = Names(_session.Outputs);
                foreach (OnnxValueInfo input in _session.Inputs) _inputValues.Add(input.Name, new float[Length(input)]);
                foreach (OnnxValueInfo output in _session.Outputs)
                {
                    if (!IsKnown(output.ElementType)) throw Unknown(output);
                    _outputValues.Add(output.Name, Array.Empty<float>());
                }
                foreach (OnnxValueInfo state in _session.States)
                    _stateLength += state.ElementType == OnnxDataType.Float ? _session.State<float>(state.Name).Length : throw new ModelFileException("model in memory", $"its state {state} is not of floats.");
            }
            catch
            {
                _session.Dispose();
                throw;
            }
        }

        /// <inheritdoc/>
        public IReadOnlyList<string> Inputs => _inputs;

        /// <inheritdoc/>
        public IReadOnlyList<string> Outputs => _outputs;

        /// <inheritdoc/>
        public int Batch => _session.BatchSize;

        /// <inheritdoc/>
        public Span<float> Input(string name) => _inputValues.TryGetValue(name, out float[]? values) ? values
            : throw new ArgumentException($"The model has no input '{name}', only {string.Join(", ", _inputs)}.", nameof(name));

        /// <inheritdoc/>
        public ReadOnlySpan<float> Output(string name) => _outputValues.TryGetValue(name, out float[]? values) ? values
            : throw new ArgumentException($"The model has no output '{name}', only {string.Join(", ", _outputs)}.", nameof(name));

        /// <inheritdoc/>
        public void Step()
        {
            for (int i = 0; i < _inputs.Length; i++) Write(_session.Inputs[i], _inputValues[_inputs[i]]);
            _session.Step();
            for (int i = 0; i < _outputs.Length; i++) Read(_session.Outputs[i]);
            foreach (SessionFeed feed in _feeds) Show(feed);
        }

        /// <summary>
        /// A row as something that can be recorded: all inputs and all outputs, in the order of their names here, and its states; ONNX Runtime does not give the gates out.
        /// </summary>
        /// <exception cref="ArgumentException">There is no such row.</exception>
        public StateFeed Watch(int row)
        {
            if (_feeds.Find(known => known.Row == row) is SessionFeed there) return there;
            int inputs = 0, outputs = 0;
            foreach (string name in _inputs) inputs += _inputValues[name].Length / Batch;
            // Before the first step an output is as large as its fixed axes say: the open ones are the batch, and one step of time.
            foreach (OnnxValueInfo output in _session.Outputs) outputs += Math.Max(_outputValues[output.Name].Length / Batch, SizeOf(output));
            _seenInput = new float[inputs];
            _seenOutput = new float[outputs];
            var feed = new SessionFeed(_session, row, inputs, outputs);
            _feeds.Add(feed);
            return feed;
        }

        /// <inheritdoc/>
        public void Reset() => _session.Reset();

        /// <inheritdoc/>
        public float[] Snapshot() => _session.CopyStates(_stateLength);

        /// <inheritdoc/>
        public void Restore(ReadOnlySpan<float> snapshot)
        {
            if (snapshot.Length != _stateLength) throw new ArgumentException(FormattableString.Invariant($"OnnxRuntimeSequence: the snapshot has {snapshot.Length} numbers, expected {_stateLength}."), nameof(snapshot));
            _session.SetStates(snapshot);
        }

        /// <inheritdoc/>
        public void Dispose() => _session.Dispose();

        private static string[] Names(IReadOnlyList<OnnxValueInfo> values)
        {
            var names = new string[values.Count];
            for (int i = 0; i < names.Length; i++) names[i] = values[i].Name;
            return names;
        }

        private static bool IsKnown(OnnxDataType type) => type == OnnxDataType.Float || type == OnnxDataType.Int64 || type == OnnxDataType.Int32 || type == OnnxDataType.Bool;

        private static ModelFileException Unknown(OnnxValueInfo value) => new ModelFileException("model in memory", $"its value {value} is of a type that floats do not stand for.");

        private int Length(OnnxValueInfo input) => input.ElementType switch
        {
            OnnxDataType.Float => _session.Input<float>(input.Name).Length,
            OnnxDataType.Int64 => _session.Input<long>(input.Name).Length,
            OnnxDataType.Int32 => _session.Input<int>(input.Name).Length,
            OnnxDataType.Bool => _session.Input<bool>(input.Name).Length,
            _ => throw Unknown(input),
        };

        private void Write(OnnxValueInfo input, float[] values)
        {
            switch (input.ElementType)
            {
                case OnnxDataType.Int64:
                    Span<long> longs = _session.Input<long>(input.Name);
                    for (int i = 0; i < values.Length; i++) longs[i] = (long)values[i];
                    break;
                case OnnxDataType.Int32:
                    Span<int> ints = _session.Input<int>(input.Name);
                    for (int i = 0; i < values.Length; i++) ints[i] = (int)values[i];
                    break;
                case OnnxDataType.Bool:
                    Span<bool> booleans = _session.Input<bool>(input.Name);
                    for (int i = 0; i < values.Length; i++) booleans[i] = values[i] != 0;
                    break;
                default:
                    values.CopyTo(_session.Input<float>(input.Name));
                    break;
            }
        }

        private void Read(OnnxValueInfo output)
        {
            switch (output.ElementType)
            {
                case OnnxDataType.Int64:
                    ReadOnlySpan<long> longs = _session.Output<long>(output.Name);
                    Span<float> fromLongs = Sized(output.Name, longs.Length);
                    for (int i = 0; i < longs.Length; i++) fromLongs[i] = longs[i];
                    break;
                case OnnxDataType.Int32:
                    ReadOnlySpan<int> ints = _session.Output<int>(output.Name);
                    Span<float> fromInts = Sized(output.Name, ints.Length);
                    for (int i = 0; i < ints.Length; i++) fromInts[i] = ints[i];
                    break;
                case OnnxDataType.Bool:
                    ReadOnlySpan<bool> booleans = _session.Output<bool>(output.Name);
                    Span<float> fromBooleans = Sized(output.Name, booleans.Length);
                    for (int i = 0; i < booleans.Length; i++) fromBooleans[i] = booleans[i] ? 1 : 0;
                    break;
                default:
                    ReadOnlySpan<float> floats = _session.Output<float>(output.Name);
                    floats.CopyTo(Sized(output.Name, floats.Length));
                    break;
            }
        }

        private static int SizeOf(OnnxValueInfo output)
        {
            long size = 1;
            foreach (OnnxDimension axis in output.Shape ?? new List<OnnxDimension>()) size *= axis.IsFixed ? Math.Max(1, axis.Value) : 1;
            return (int)Math.Min(size, RecordingLayout.MaxWidth);
        }

        private void Show(SessionFeed feed)
        {
            Gather(_inputs, _inputValues, feed.Row, _seenInput);
            Gather(_outputs, _outputValues, feed.Row, _seenOutput);
            feed.Record(_seenInput, _seenOutput);
        }

        private void Gather(string[] names, Dictionary<string, float[]> values, int row, Span<float> rest)
        {
            for (int i = 0; i < names.Length; i++)
            {
                ReadOnlySpan<float> all = values[names[i]];
                int size = Math.Min(all.Length / Batch, rest.Length);
                all.Slice(row * (all.Length / Batch), size).CopyTo(rest);
                rest = rest.Slice(size);
            }
            rest.Fill(float.NaN);
        }

        private Span<float> Sized(string name, int length)
        {
            float[] values = _outputValues[name];
            if (values.Length != length) _outputValues[name] = values = new float[length];
            return values;
        }
    }
}
