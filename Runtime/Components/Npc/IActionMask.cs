using System;

namespace Recurrent.Components
{
    /// <summary>Something that forbids actions, such as opening a door where there is none: implemented by a script beside the <see cref="RecurrentNpc"/>.</summary>
    public interface IActionMask
    {
        /// <summary>Sets to false what is forbidden now; called once a decision. Each branch must be left one action.</summary>
        /// <param name="allowed">The discrete actions of all branches, one branch behind the other; true at first.</param>
        public void Mask(Span<bool> allowed);
    }
}
