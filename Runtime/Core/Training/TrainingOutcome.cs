namespace Recurrent
{
    /// <summary>Why a training run is where it is.</summary>
    public enum TrainingOutcome
    {
        /// <summary>It goes on.</summary>
        Running,

        /// <summary>All epochs are done.</summary>
        Completed,

        /// <summary>The validation loss did not become better for as many epochs as the patience allows.</summary>
        StoppedEarly,

        /// <summary>It was cancelled.</summary>
        Cancelled,

        /// <summary>The loss or its gradient was no longer finite.</summary>
        Diverged,
    }
}
