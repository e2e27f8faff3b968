using System;

namespace Recurrent.Diagnostics
{
    /// <summary>What of a network is recorded.</summary>
    [Flags]
    public enum RecordChannels
    {
        /// <summary>What the network was fed.</summary>
        Input = 1,

        /// <summary>What it gave.</summary>
        Output = 2,

        /// <summary>What it should have given, where the caller knows: see <see cref="AgentRecorder.SetTarget"/>.</summary>
        Target = 4,

        /// <summary>h of every recurrent cell.</summary>
        Hidden = 8,

        /// <summary>c of every LSTM cell.</summary>
        Cell = 16,

        /// <summary>The gates of every LSTM and GRU cell.</summary>
        Gates = 32,

        /// <summary>Everything.</summary>
        All = Input | Output | Target | Hidden | Cell | Gates,
    }
}
