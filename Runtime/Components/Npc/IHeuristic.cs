using System;

namespace Recurrent.Components
{
    /// <summary>
    /// What drives an NPC while there is no model, and what a model may be taught from: a player's controls, a script, a behaviour tree. Implemented by a script beside the
    /// <see cref="RecurrentNpc"/>.
    /// </summary>
    public interface IHeuristic
    {
        /// <summary>Decides; called once a decision.</summary>
        /// <param name="observation">What the sources perceived.</param>
        /// <param name="discrete">(branches): receives which action of each branch, from 0; zeros at first.</param>
        /// <param name="continuous">(continuous actions): receives them; zeros at first.</param>
        public void Decide(ReadOnlySpan<float> observation, Span<int> discrete, Span<float> continuous);
    }
}
