using System;

namespace Recurrent.Components
{
    /// <summary>How an NPC stands, for a saved game: with it, the NPC goes on exactly where it was. JsonUtility writes and reads it.</summary>
    [Serializable]
    public sealed class NpcSnapshot
    {
        /// <summary>The states of the network.</summary>
        public float[] State = Array.Empty<float>();

        /// <summary>The discrete actions that it last decided on.</summary>
        public int[] Discrete = Array.Empty<int>();

        /// <summary>The continuous actions that it last decided on.</summary>
        public float[] Continuous = Array.Empty<float>();

        /// <summary>Whether there is such an action.</summary>
        public bool HasAction;

        /// <summary>Steps since the episode began.</summary>
        public int Step;

        /// <summary>What its random numbers go on from.</summary>
        public ulong[] Random = Array.Empty<ulong>();
    }
}
