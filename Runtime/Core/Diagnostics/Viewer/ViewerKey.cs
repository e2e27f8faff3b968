namespace Recurrent.Diagnostics
{
    /// <summary>The keys that a viewer answers to.</summary>
    public enum ViewerKey
    {
        /// <summary>One step back; with Shift ten.</summary>
        Left,

        /// <summary>One step on; with Shift ten.</summary>
        Right,

        /// <summary>The unit above the selected one.</summary>
        Up,

        /// <summary>The unit below the selected one.</summary>
        Down,

        /// <summary>The oldest step.</summary>
        Home,

        /// <summary>The newest step, and along with it.</summary>
        End,

        /// <summary>Fits the selected range, or everything.</summary>
        Fit,

        /// <summary>Selects nothing.</summary>
        Escape,
    }
}
