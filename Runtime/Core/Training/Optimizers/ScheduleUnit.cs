namespace Recurrent
{
    /// <summary>What a <see cref="LearningRateSchedule"/> counts.</summary>
    public enum ScheduleUnit
    {
        /// <summary>Finished passes through the training data.</summary>
        Epoch,

        /// <summary>Finished optimizer steps.</summary>
        Step,
    }
}
