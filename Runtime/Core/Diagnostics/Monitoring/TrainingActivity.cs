namespace Recurrent.Diagnostics
{
    /// <summary>What a training that is monitored does now.</summary>
    public enum TrainingActivity
    {
        /// <summary>Nothing is trained.</summary>
        Idle,

        /// <summary>A run goes on.</summary>
        Running,

        /// <summary>A run rests.</summary>
        Paused,
    }
}
