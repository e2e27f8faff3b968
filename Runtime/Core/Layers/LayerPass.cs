using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>A layer at work on a batch: its buffers, sized once, and the computation forward and back.</summary>
    internal abstract unsafe class LayerPass
    {
        /// <summary>What the layer reads; the pass before it, or the caller, writes it.</summary>
        public Activations Input;

        /// <summary>What the layer computes.</summary>
        public Activations Output;

        /// <summary>The gradient of <see cref="Output"/>; the layer after it, or the loss, writes it. The layer may use it up.</summary>
        public Activations OutputGradient;

        /// <summary>Where the gradient of <see cref="Input"/> goes; Data is null where nobody needs it.</summary>
        public Activations InputGradient;

        /// <summary>Computes the output, in pieces.</summary>
        public abstract void Forward(in Batch batch, WorkSlicer work);

        /// <summary>
        /// From the gradient of the output to that of the input, which is written, and of the parameters, which is added to
        /// <paramref name="gradients"/> in the packed layout; in pieces.
        /// </summary>
        public abstract void Backward(in Batch batch, float* gradients, WorkSlicer work);

        /// <summary>Adds a tap for every recurrent cell, whose names begin with <paramref name="prefix"/>, and notes gradients' norms from now on.</summary>
        public virtual void Watch(string prefix, List<CellTap> taps)
        {
        }
    }
}
