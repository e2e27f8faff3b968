using System;
using Recurrent.Diagnostics;

namespace Recurrent.Components
{
    /// <summary>
    /// Something with a network whose hidden states a <see cref="StateProbe"/> can record: <see cref="RecurrentNpc"/>, <see cref="NpcAgent"/>, <see cref="SequenceForecaster"/>,
    /// <see cref="OnnxSequence"/>, or a script with a stream of its own, which gives <see cref="StateFeed.Of(SequenceStream, int)"/>.
    /// </summary>
    public interface IStateSource
    {
        /// <summary>Raised after another network was opened or the one that was there was closed (<see cref="StateMarkKind.Reopened"/>), and after its states were set.</summary>
        public event Action<StateMarkKind>? StateChanged;

        /// <summary>The network that is at work now.</summary>
        /// <param name="row">Which row, where several are stepped together; 0 where there is one.</param>
        /// <returns>Null while there is none, and where it cannot be seen.</returns>
        /// <exception cref="ArgumentException">There is no such row.</exception>
        public StateFeed? Watch(int row = 0);
    }
}
