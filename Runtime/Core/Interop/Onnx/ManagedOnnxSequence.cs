using System;
using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>A model that became layers, under the names it had: one input and one output.</summary>
    internal sealed class ManagedOnnxSequence : IOnnxSequence
    {
        private readonly SequenceStream _stream;
        private readonly string[] _inputs, _outputs;
        private readonly float[] _input, _output;

        public ManagedOnnxSequence(OnnxImport import, int batch)
        {
            _stream = import.Model.OpenStream(batch);
            _inputs = new[] { import.Input };
            _outputs = new[] { import.Output };
            _input = new float[batch * _stream.InputSize];
            _output = new float[batch * _stream.OutputSize];
        }

        public IReadOnlyList<string> Inputs => _inputs;

        public IReadOnlyList<string> Outputs => _outputs;

        public int Batch => _stream.Batch;

        public Span<float> Input(string name) => name == _inputs[0] ? _input : throw new ArgumentException($"The model has no input '{name}', only '{_inputs[0]}'.", nameof(name));

        public ReadOnlySpan<float> Output(string name) => name == _outputs[0] ? _output : throw new ArgumentException($"The model has no output '{name}', only '{_outputs[0]}'.", nameof(name));

        public void Step() => _stream.Step(_input, _output);

        public void Reset() => _stream.Reset();

        public float[] Snapshot() => _stream.Snapshot();

        public void Restore(ReadOnlySpan<float> snapshot) => _stream.Restore(snapshot);

        public void Dispose() => _stream.Dispose();
    }
}
