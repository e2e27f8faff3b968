namespace Recurrent.Components
{
    /// <summary>Who decides for an NPC.</summary>
    public enum NpcControl
    {
        /// <summary>The model where there is one that fits, otherwise the heuristic.</summary>
        Auto,

        /// <summary>The model; without one the NPC does nothing.</summary>
        Model,

        /// <summary>The heuristic.</summary>
        Heuristic,
    }
}
