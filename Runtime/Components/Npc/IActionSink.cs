using System;

namespace Recurrent.Components
{
    /// <summary>Something that does what an NPC decided, such as walking: implemented by a script beside the <see cref="RecurrentNpc"/>. All sinks are told every action.</summary>
    public interface IActionSink
    {
        /// <summary>Does it; called once a step, with the same action again until the next decision where actions are repeated.</summary>
        /// <param name="discrete">(branches): which action of each branch, from 0.</param>
        /// <param name="continuous">(continuous actions).</param>
        public void Act(ReadOnlySpan<int> discrete, ReadOnlySpan<float> continuous);
    }
}
