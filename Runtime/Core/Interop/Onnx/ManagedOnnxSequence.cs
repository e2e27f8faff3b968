using System;
using System.Collections.Generic;
using Recurrent.Diagnostics;

namespace Recurrent.Onnx
{
    /// <summary>A model that became layers, under the names it had: one input and one output.</summary>
    internal sealed class ManagedOnnxSequence : IOnnxSequence, IWatchable
    {
        private readonly SequenceStream _stream;
        private readonly string[] _inputs, _outputs;
        private readonly float[] _input, _output;
        private readonly int[] _blocks; // of a row's states, in their order: one cell's hidden or cell state each

        public ManagedOnnxSequence(OnnxImport import, int batch)
        {
            _stream = import.Model.OpenStream(batch);
            _inputs = new[] { import.Input };
            _outputs = new[] { import.Output };
            _blocks = Blocks(import.Model);
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

        // As a graph keeps them, so that they can go to another backend and back: (cells, batch, H) instead of (batch, cells · H).
        public float[] Snapshot()
        {
            ReadOnlySpan<float> rows = _stream.State;
            var snapshot = new float[rows.Length];
            int at = 0, place = 0;
            foreach (int size in _blocks)
            {
                for (int row = 0; row < Batch; row++, at += size) rows.Slice(row * (rows.Length / Batch) + place, size).CopyTo(snapshot.AsSpan(at));
                place += size;
            }
            return snapshot;
        }

        public void Restore(ReadOnlySpan<float> snapshot)
        {
            var rows = new float[_stream.State.Length];
            if (snapshot.Length != rows.Length) throw new ArgumentException($"The snapshot has {snapshot.Length} numbers, expected {rows.Length}.", nameof(snapshot));
            int at = 0, place = 0;
            foreach (int size in _blocks)
            {
                for (int row = 0; row < Batch; row++, at += size) snapshot.Slice(at, size).CopyTo(rows.AsSpan(row * (rows.Length / Batch) + place));
                place += size;
            }
            _stream.Restore(rows);
        }

        public StateFeed Watch(int row) => StateFeed.Of(_stream, row);

        public void Dispose() => _stream.Dispose();

        private static int[] Blocks(SequenceModel model)
        {
            var blocks = new List<int>();
            foreach (Layer layer in model.Layers)
            {
                if (layer is RecurrentLayer cells)
                {
                    int count = cells.NumLayers * cells.Directions;
                    for (int i = 0; i < count; i++) blocks.Add(cells.CellOutputSize);
                    for (int i = 0; i < count && cells.CellStateSize > 0; i++) blocks.Add(cells.CellStateSize);
                }
                else if (layer.StateSize > 0) blocks.Add(layer.StateSize);
            }
            return blocks.ToArray();
        }
    }
}
