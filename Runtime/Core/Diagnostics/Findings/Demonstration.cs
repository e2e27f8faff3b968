namespace Recurrent.Diagnostics
{
    /// <summary>What a <see cref="DemonstrationRun"/> does to its network.</summary>
    public enum Demonstration
    {
        /// <summary>Nothing: it learns.</summary>
        Healthy,

        /// <summary>It is not trained.</summary>
        Untrained,

        /// <summary>The learning rate is a hundred times what it should be.</summary>
        LearningRateTimes100,

        /// <summary>The forget gates begin with a bias of −10.</summary>
        ForgetBiasMinus10,

        /// <summary>The inputs are a thousand times what they should be.</summary>
        InputsTimes1000,

        /// <summary>The weights of the lower layer are held at zero.</summary>
        LayerFrozenAtZero,

        /// <summary>There is a tenth of the data with five times the noise: with many epochs it learns that by heart.</summary>
        TooFewData,
    }
}
