using System;

namespace Recurrent
{
    /// <summary>
    /// The states of a recurrent layer for the rows of a batch, (batch, <see cref="Layer.StateSize"/>), and their conversion to and from
    /// PyTorch's h and c, (levels · directions, batch, features).
    /// </summary>
    public sealed class RecurrentState
    {
        private readonly RecurrentLayer _layer;
        private readonly int _blocks;

        /// <summary>States of zero.</summary>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="batch"/> is below 1.</exception>
        public RecurrentState(RecurrentLayer layer, int batch)
        {
            if (batch < 1) throw new ArgumentOutOfRangeException(nameof(batch), $"RecurrentState: expected a batch of at least 1, got {batch}.");
            _layer = layer;
            _blocks = layer.NumLayers * layer.Directions;
            Batch = batch;
            Values = new float[batch * layer.StateSize];
        }

        /// <summary>Rows.</summary>
        public int Batch { get; }

        /// <summary>(batch, state), as a <see cref="SequencePass"/> takes them.</summary>
        public float[] Values { get; }

        /// <summary>h: (levels · directions, batch, output features of a cell).</summary>
        public float[] GetHidden() => Get(0, _layer.CellOutputSize);

        /// <summary>c: (levels · directions, batch, hidden); empty but for the LSTM.</summary>
        public float[] GetCell() => Get(_blocks * _layer.CellOutputSize, _layer.CellStateSize);

        /// <summary>Sets h.</summary>
        /// <exception cref="ArgumentException">The size is not (levels · directions, batch, output features of a cell).</exception>
        public void SetHidden(ReadOnlySpan<float> hidden) => Set("h0", hidden, 0, _layer.CellOutputSize);

        /// <summary>Sets c.</summary>
        /// <exception cref="ArgumentException">The size is not (levels · directions, batch, hidden), or the layer has no c.</exception>
        public void SetCell(ReadOnlySpan<float> cell) => Set("c0", cell, _blocks * _layer.CellOutputSize, _layer.CellStateSize);

        private float[] Get(int offset, int size)
        {
            var blocks = new float[_blocks * Batch * size];
            for (int block = 0; block < _blocks; block++)
                for (int row = 0; row < Batch; row++)
                    Array.Copy(Values, row * _layer.StateSize + offset + block * size, blocks, (block * Batch + row) * size, size);
            return blocks;
        }

        private void Set(string name, ReadOnlySpan<float> blocks, int offset, int size)
        {
            if (size == 0) throw new ArgumentException($"{_layer}: has no cell state, got {name}.");
            if (blocks.Length != _blocks * Batch * size) throw new ArgumentException($"{_layer}: {name} has {blocks.Length} numbers, expected {_blocks} × {Batch} × {size} = {_blocks * Batch * size}.");
            for (int block = 0; block < _blocks; block++)
                for (int row = 0; row < Batch; row++)
                    blocks.Slice((block * Batch + row) * size, size).CopyTo(Values.AsSpan(row * _layer.StateSize + offset + block * size));
        }
    }
}
