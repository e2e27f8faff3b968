using System;

namespace Recurrent.Components
{
    /// <summary>
    /// Something an NPC perceives, such as its velocity or the distance to a wall: implemented by a script beside the <see cref="RecurrentNpc"/>. An NPC's observation is what
    /// all its sources write, one behind the other in the order of the components.
    /// </summary>
    public interface IObservationSource
    {
        /// <summary>How many numbers it writes. It must not change.</summary>
        public int ObservationSize { get; }

        /// <summary>Writes what is perceived now; called once a decision.</summary>
        /// <param name="observation">(<see cref="ObservationSize"/>), zeros at first; finite numbers.</param>
        public void Observe(Span<float> observation);
    }
}
