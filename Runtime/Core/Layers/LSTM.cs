using System;

namespace Recurrent
{
    /// <summary>A stack of long short-term memory cells over time; see <see cref="LSTMCell"/> for the equations.</summary>
    public sealed class LSTM : RecurrentLayer
    {
        /// <summary>Creates the layer with PyTorch's default initialisation.</summary>
        /// <param name="inputSize">Features of an input step.</param>
        /// <param name="hiddenSize">Hidden units.</param>
        /// <param name="numLayers">How many cells are stacked.</param>
        /// <param name="bias">Whether there are biases.</param>
        /// <param name="dropout">The share of outputs dropped between levels while training, in [0, 1).</param>
        /// <param name="bidirectional">Whether the sequence is also read from its end.</param>
        /// <param name="projSize">Features to which h is projected; 0 for no projection.</param>
        /// <param name="seed">What the initial weights are drawn from.</param>
        /// <param name="options">What ONNX allows beyond PyTorch; null for nothing.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1, the projection not smaller than the hidden size, or the dropout out of range.</exception>
        public LSTM(int inputSize, int hiddenSize, int numLayers = 1, bool bias = true, float dropout = 0, bool bidirectional = false,
            int projSize = 0, ulong seed = 0, CellOptions? options = null)
            : base(inputSize, hiddenSize, projSize == 0 ? hiddenSize : projSize, numLayers, bidirectional, dropout)
        {
            ProjectionSize = projSize;
            CreateCells((input, suffix) => new LSTMCell(input, hiddenSize, bias, projSize, options, Store, suffix));
            Initialize(seed);
        }

        /// <summary>Features of the projection, or 0.</summary>
        public int ProjectionSize { get; }

        /// <summary>Sets the forget gate's bias of every cell, in sum over both bias vectors: 1 keeps more of the state at first (Jozefowicz et al., 2015).</summary>
        /// <exception cref="InvalidOperationException">The layer has no biases.</exception>
        public void SetForgetBias(float value)
        {
            for (int k = 0; k < NumLayers; k++)
                for (int d = 0; d < Directions; d++) ((LSTMCell)Cell(k, d)).SetForgetBias(value);
        }
    }
}
