namespace Recurrent
{
    /// <summary>A stack of gated recurrent units over time; see <see cref="GRUCell"/> for the equations and their variants.</summary>
    public sealed class GRU : RecurrentLayer
    {
        /// <summary>Creates the layer with PyTorch's default initialisation.</summary>
        /// <param name="inputSize">Features of an input step.</param>
        /// <param name="hiddenSize">Hidden units.</param>
        /// <param name="numLayers">How many cells are stacked.</param>
        /// <param name="bias">Whether there are biases.</param>
        /// <param name="dropout">The share of outputs dropped between levels while training, in [0, 1).</param>
        /// <param name="bidirectional">Whether the sequence is also read from its end.</param>
        /// <param name="resetAfter">Whether the reset gate acts after the recurrent product (PyTorch), or before it (Cho 2014).</param>
        /// <param name="updateKeepsState">Whether z = 1 keeps the state (PyTorch), or replaces it.</param>
        /// <param name="seed">What the initial weights are drawn from.</param>
        /// <param name="options">What ONNX allows beyond PyTorch; null for nothing.</param>
        /// <exception cref="System.ArgumentOutOfRangeException">A size is below 1, or the dropout out of range.</exception>
        public GRU(int inputSize, int hiddenSize, int numLayers = 1, bool bias = true, float dropout = 0, bool bidirectional = false,
            bool resetAfter = true, bool updateKeepsState = true, ulong seed = 0, CellOptions? options = null)
            : base(inputSize, hiddenSize, hiddenSize, numLayers, bidirectional, dropout)
        {
            ResetAfter = resetAfter;
            UpdateKeepsState = updateKeepsState;
            CreateCells((input, suffix) => new GRUCell(input, hiddenSize, bias, resetAfter, updateKeepsState, options, Store, suffix));
            Initialize(seed);
        }

        /// <summary>Whether the reset gate acts after the recurrent product.</summary>
        public bool ResetAfter { get; }

        /// <summary>Whether z = 1 keeps the state.</summary>
        public bool UpdateKeepsState { get; }
    }
}
