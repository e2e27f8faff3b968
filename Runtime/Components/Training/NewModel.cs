using System;
using UnityEngine;

namespace Recurrent.Components
{
    /// <summary>The network that is made where there is none yet, as a field of a component: recurrent layers of one kind, and a linear one.</summary>
    [Serializable]
    public sealed class NewModel
    {
        [SerializeField, Tooltip("GRU: the best for most games. LSTM: remembers longest, a third more work. RNN: the smallest.")]
        private CellKind _cell;

        [SerializeField, Range(1, 1024), Tooltip("Units of a layer: how much it can keep in mind.")]
        private int _hiddenSize = 32;

        [SerializeField, Range(1, 4), Tooltip("Recurrent layers, one on the other.")]
        private int _layers = 1;

        /// <summary>One layer of 32 GRU units.</summary>
        public NewModel()
        {
        }

        /// <summary>Some other network.</summary>
        /// <param name="cell">The kind of its recurrent layers.</param>
        /// <param name="hiddenSize">Units of a layer, at least 1.</param>
        /// <param name="layers">How many layers, at least 1.</param>
        public NewModel(CellKind cell, int hiddenSize, int layers = 1)
        {
            _cell = cell;
            _hiddenSize = hiddenSize;
            _layers = layers;
        }

        /// <summary>Makes it.</summary>
        /// <param name="inputs">Features of its input.</param>
        /// <param name="outputs">Features of its output.</param>
        /// <param name="seed">What its weights are drawn from.</param>
        /// <exception cref="ArgumentException">A size is below 1.</exception>
        public SequenceModel Make(int inputs, int outputs, ulong seed)
        {
            Layer memory = _cell switch
            {
                CellKind.Lstm => new LSTM(inputs, _hiddenSize, _layers, seed: seed),
                CellKind.Rnn => new RNN(inputs, _hiddenSize, _layers, seed: seed),
                _ => new GRU(inputs, _hiddenSize, _layers, seed: seed),
            };
            return new SequenceModel(("memory", memory), ("head", new Linear(_hiddenSize, outputs, seed: RandomSource.Combine(seed, 1))));
        }
    }
}
