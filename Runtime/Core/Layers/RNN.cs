namespace Recurrent
{
    /// <summary>A stack of simple recurrent cells over time; see <see cref="RNNCell"/> for the equation.</summary>
    public sealed class RNN : RecurrentLayer
    {
        /// <summary>Creates the layer with PyTorch's default initialisation.</summary>
        /// <param name="inputSize">Features of an input step.</param>
        /// <param name="hiddenSize">Hidden units.</param>
        /// <param name="numLayers">How many cells are stacked.</param>
        /// <param name="nonlinearity"><see cref="Nonlinearity.Tanh"/> or <see cref="Nonlinearity.ReLU"/>.</param>
        /// <param name="bias">Whether there are biases.</param>
        /// <param name="dropout">The share of outputs dropped between levels while training, in [0, 1).</param>
        /// <param name="bidirectional">Whether the sequence is also read from its end.</param>
        /// <param name="seed">What the initial weights are drawn from.</param>
        /// <param name="options">What ONNX allows beyond PyTorch; null for nothing.</param>
        /// <exception cref="System.ArgumentOutOfRangeException">A size is below 1, or the dropout out of range.</exception>
        public RNN(int inputSize, int hiddenSize, int numLayers = 1, Nonlinearity nonlinearity = Nonlinearity.Tanh, bool bias = true,
            float dropout = 0, bool bidirectional = false, ulong seed = 0, CellOptions? options = null)
            : base(inputSize, hiddenSize, hiddenSize, numLayers, bidirectional, dropout)
        {
            Nonlinearity = nonlinearity;
            CreateCells((input, suffix) => new RNNCell(input, hiddenSize, nonlinearity, bias, options, Store, suffix));
            Initialize(seed);
        }

        /// <summary>What the hidden state goes through.</summary>
        public Nonlinearity Nonlinearity { get; }
    }
}
