using System;
using System.Collections.Generic;
using Recurrent.Diagnostics;
using Recurrent.Onnx;

namespace Recurrent.OnnxRuntime
{
    /// <summary>
    /// A model in ONNX Runtime behind the interface that managed models have: one input, one output, floats, the states carried. A step allocates nothing
    /// from the second on. For models with more inputs there is <see cref="OnnxSequenceSession"/>.
    /// </summary>
    public sealed class OnnxRuntimeStream : ISequenceStream, IWatchable
    {
        private readonly OnnxSequenceSession _session;
        private readonly string _input, _output;
        private readonly List<SessionFeed> _feeds = new List<SessionFeed>();
        private readonly bool _symbols;
        private readonly int _stateLength;

        /// <summary>Opens a model from memory.</summary>
        /// <param name="model">The content of an .onnx file.</param>
        /// <param name="options">How it is opened, the number of rows among it; null for one row on the CPU.</param>
        /// <exception cref="ModelFileException">The model is bad, has other inputs than one of floats or whole numbers, or recurrent nodes whose states are neither inputs nor outputs.</exception>
        public OnnxRuntimeStream(byte[] model, OnnxSessionOptions? options = null)
        {
            options ??= new OnnxSessionOptions();
            OnnxModel parsed = OnnxModel.Read(model);
            _session = new OnnxSequenceSession(model, options);
            try
            {
                if (_session.StatePairs.Count == 0 && RecurrentNode.FindAll(parsed).Count > 0)
                    throw new ModelFileException(parsed.Path, "its states are neither inputs nor outputs, so that it cannot be fed step by step.");
                if (_session.Inputs.Count != 1 || _session.Outputs.Count == 0)
                    throw new ModelFileException(parsed.Path, $"its inputs are [{string.Join(", ", _session.Inputs)}], expected one besides the states.");
                OnnxValueInfo input = _session.Inputs[0], output = _session.Outputs[0];
                _symbols = input.ElementType == OnnxDataType.Int64;
                List<OnnxDimension>? axes = output.Shape;
                if ((!_symbols && input.ElementType != OnnxDataType.Float) || output.ElementType != OnnxDataType.Float || axes == null || axes.Count == 0 || !axes[axes.Count - 1].IsFixed)
                    throw new ModelFileException(parsed.Path, $"reads {input} and computes {output}; expected floats, and a fixed number of features.");
                _input = input.Name;
                _output = output.Name;
                InputSize = _symbols ? _session.Input<long>(_input).Length / _session.BatchSize : _session.Input<float>(_input).Length / _session.BatchSize;
                OutputSize = (int)axes[axes.Count - 1].Value;
                foreach (OnnxValueInfo state in _session.States)
                    _stateLength += state.ElementType == OnnxDataType.Float
                        ? _session.State<float>(state.Name).Length
                        : throw new ModelFileException(parsed.Path, $"its state {state} is not of floats.");
            }
            catch
            {
                _session.Dispose();
                throw;
            }
        }

        /// <summary>What computes.</summary>
        public ExecutionProvider Provider => _session.Provider;

        /// <inheritdoc/>
        public int InputSize { get; }

        /// <inheritdoc/>
        public int OutputSize { get; }

        /// <inheritdoc/>
        public int Batch => _session.BatchSize;

        /// <summary>Makes ONNX Runtime the backend that <see cref="OnnxStream.Open"/> opens.</summary>
        public static void Register() =>
            OnnxStream.Register(SequenceBackend.OnnxRuntime, (model, batch) => new OnnxRuntimeStream(model, new OnnxSessionOptions { BatchSize = batch }),
                (model, batch) => new OnnxRuntimeSequence(model, new OnnxSessionOptions { BatchSize = batch }));

        /// <inheritdoc/>
        public void Step(ReadOnlySpan<float> input, Span<float> output)
        {
            if (input.Length != Batch * InputSize) throw new ArgumentException(FormattableString.Invariant($"OnnxRuntimeStream: the input has {input.Length} numbers, expected {Batch * InputSize}."), nameof(input));
            if (output.Length != Batch * OutputSize) throw new ArgumentException(FormattableString.Invariant($"OnnxRuntimeStream: the output has {output.Length} numbers, expected {Batch * OutputSize}."), nameof(output));
            if (_symbols)
            {
                Span<long> symbols = _session.Input<long>(_input);
                for (int i = 0; i < symbols.Length; i++) symbols[i] = (long)input[i];
            }
            else input.CopyTo(_session.Input<float>(_input));
            _session.Step();
            _session.Output<float>(_output).CopyTo(output);
            foreach (SessionFeed feed in _feeds) feed.Record(input.Slice(feed.Row * InputSize, InputSize), output.Slice(feed.Row * OutputSize, OutputSize));
        }

        /// <summary>A row as something that can be recorded: what it was fed and gave, and its states; ONNX Runtime does not give the gates out.</summary>
        /// <exception cref="ArgumentException">There is no such row.</exception>
        public StateFeed Watch(int row)
        {
            if (_feeds.Find(known => known.Row == row) is SessionFeed there) return there;
            var feed = new SessionFeed(_session, row, InputSize, OutputSize);
            _feeds.Add(feed);
            return feed;
        }

        /// <inheritdoc/>
        public void Reset() => _session.Reset();

        /// <inheritdoc/>
        public void Reset(int row) => _session.Reset(row);

        /// <inheritdoc/>
        public float[] Snapshot() => _session.CopyStates(_stateLength);

        /// <inheritdoc/>
        public void Restore(ReadOnlySpan<float> snapshot)
        {
            if (snapshot.Length != _stateLength) throw new ArgumentException(FormattableString.Invariant($"OnnxRuntimeStream: the snapshot has {snapshot.Length} numbers, expected {_stateLength}."), nameof(snapshot));
            _session.SetStates(snapshot);
        }

        /// <inheritdoc/>
        public void Dispose() => _session.Dispose();
    }
}
