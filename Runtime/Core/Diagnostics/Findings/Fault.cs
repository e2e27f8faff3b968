namespace Recurrent.Diagnostics
{
    /// <summary>What can be wrong with a recurrent network.</summary>
    public enum Fault
    {
        /// <summary>Something is not a number, or infinite.</summary>
        NotANumber,

        /// <summary>Gates or states stand at an end of their range, where they learn next to nothing.</summary>
        Saturated,

        /// <summary>Units do not move.</summary>
        DeadUnits,

        /// <summary>The gradient, or the loss, grows without bound.</summary>
        Exploding,

        /// <summary>The gradient does not reach back in time.</summary>
        Vanishing,

        /// <summary>The loss does not fall, or the predictions are no better than a constant.</summary>
        NotLearning,

        /// <summary>The training loss falls on while the validation loss climbs.</summary>
        Overfitting,

        /// <summary>The inputs are far from zero mean and unit variance.</summary>
        InputsNotNormalized,
    }
}
