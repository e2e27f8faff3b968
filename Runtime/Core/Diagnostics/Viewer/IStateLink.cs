using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// Where a viewer of states reads from: a running game, a file, a player on a device. All members are called, and all events raised, on one thread.
    /// </summary>
    public interface IStateLink : IDisposable
    {
        /// <summary>What the list of targets calls it: "Play Mode", "npc.rnnstate".</summary>
        public string Name { get; }

        /// <summary>Whether steps are added while one looks. Recording, pausing and stepping mean something only then.</summary>
        public bool IsLive { get; }

        /// <summary>Who can be looked at, in the order of the list.</summary>
        public IReadOnlyList<LinkedAgent> Agents { get; }

        /// <summary>Raised when an agent comes or goes, when a warning changes, or when an agent got another network.</summary>
        public event Action? AgentsChanged;

        /// <summary>What was measured beside the states, such as the losses of a training run; empty for nothing.</summary>
        public IReadOnlyList<RecordedTable> Tables { get; }

        /// <summary>
        /// Looks at an agent: its steps are recorded from now on. Of one that is attached already it gives the same steps again, or new ones if its network is another by now.
        /// What it gave stays readable after <see cref="Detach"/>.
        /// </summary>
        /// <exception cref="ArgumentException">There is no such agent.</exception>
        /// <exception cref="InvalidOperationException">No more can be looked at together.</exception>
        public IRecordedSteps Attach(string agent);

        /// <summary>Looks away: nothing is recorded of the agent any more. Of one that is not attached nothing happens.</summary>
        public void Detach(string agent);

        /// <summary>Sets what is broken on in an attached agent, in place of what was set before; a file ignores it.</summary>
        /// <exception cref="ArgumentException">A breakpoint names something that the network does not have.</exception>
        public void SetBreakpoints(string agent, IReadOnlyList<Breakpoint> breakpoints);

        /// <summary>Raised in the step in which a breakpoint comes to hold; the listener pauses.</summary>
        public event Action<BreakpointHit>? BreakpointHit;

        /// <summary>Whether steps of attached agents are recorded.</summary>
        public bool IsRecording { get; set; }

        /// <summary>Whether the game stands still. Set in <see cref="BreakpointHit"/>, the game stands still after this step.</summary>
        public bool IsPaused { get; set; }

        /// <summary>Lets a paused game go on by one frame.</summary>
        public void StepOnce();

        /// <summary>How many steps were lost on the way here because they came faster than they could be carried.</summary>
        public long DroppedSteps { get; }
    }
}
