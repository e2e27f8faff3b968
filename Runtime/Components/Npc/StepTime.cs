namespace Recurrent.Components
{
    /// <summary>When a component takes its steps.</summary>
    public enum StepTime
    {
        /// <summary>With physics, at a fixed rate; a model then sees the same time between its steps on every machine.</summary>
        FixedUpdate,

        /// <summary>Once a frame.</summary>
        Update,

        /// <summary>When a script calls Step().</summary>
        Manual,
    }
}
