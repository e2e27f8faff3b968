namespace Recurrent.Components
{
    /// <summary>How a <see cref="SequenceTrainer"/> stands.</summary>
    public enum TrainerState
    {
        /// <summary>Nothing is trained.</summary>
        Idle,

        /// <summary>A run goes on.</summary>
        Running,

        /// <summary>A run rests: it was paused, the trainer is disabled, or the application is paused.</summary>
        Paused,
    }
}
