namespace Recurrent
{
    /// <summary>Kinds of work whose pieces take a time of their own for a unit of cost.</summary>
    internal enum WorkKind
    {
        /// <summary>Moving numbers; a unit is a number.</summary>
        Copying,

        /// <summary>Turning weights and their gradients from one layout to the other; a unit is a number.</summary>
        Packing,

        /// <summary>From inputs to outputs; a unit is a multiplication with its addition.</summary>
        Forward,

        /// <summary>Losses and their gradients; a unit is a number of the output.</summary>
        Judging,

        /// <summary>From the gradients of outputs to those of weights; a unit is a multiplication with its addition.</summary>
        Backward,

        /// <summary>Norms of gradients and weights; a unit is a number.</summary>
        Measuring,

        /// <summary>The optimizer's sweep; a unit is a parameter.</summary>
        Sweeping,
    }
}
