namespace Recurrent
{
    /// <summary>How a training run stands.</summary>
    public enum TrainingOutcome
    {
        /// <summary>No run was begun.</summary>
        NotStarted,

        /// <summary>It goes on.</summary>
        Running,

        /// <summary>All epochs are done.</summary>
        Completed,

        /// <summary>The validation loss did not become better for as many epochs as the patience allows.</summary>
        StoppedEarly,

        /// <summary>It was cancelled.</summary>
        Cancelled,

        /// <summary>The loss, its gradient or the weights were no longer finite.</summary>
        Diverged,
    }
}
