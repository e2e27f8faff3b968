namespace Recurrent.Diagnostics
{
    /// <summary>What happened to a network between two of its steps, so that the second does not follow from the first.</summary>
    public enum StateMarkKind
    {
        /// <summary>Its states were set to zero: an episode begins.</summary>
        Reset = 1,

        /// <summary>Its states were put back to what they had been, as by a saved game.</summary>
        Restored = 2,

        /// <summary>It was opened anew: another model, another backend, or the agent joined or left a crowd.</summary>
        Reopened = 3,

        /// <summary>It went on unrecorded meanwhile.</summary>
        Missed = 4,
    }
}
