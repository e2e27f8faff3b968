namespace Recurrent
{
    /// <summary>One row of a <see cref="DemoFile"/>: an observation, and the action that came before it.</summary>
    public sealed class DemoRow
    {
        internal DemoRow(float[] observation, int[] discrete, float[] continuous, bool[]? mask, bool hasAction, float reward, bool isEnd, bool isInterrupted)
        {
            Observation = observation;
            Discrete = discrete;
            Continuous = continuous;
            Mask = mask;
            HasAction = hasAction;
            Reward = reward;
            IsEnd = isEnd;
            IsInterrupted = isInterrupted;
        }

        /// <summary>(O): what was observed.</summary>
        public float[] Observation { get; }

        /// <summary>(B): the discrete actions before; empty where <see cref="HasAction"/> is false.</summary>
        public int[] Discrete { get; }

        /// <summary>(C): the continuous actions before; empty where <see cref="HasAction"/> is false.</summary>
        public float[] Continuous { get; }

        /// <summary>(M): which discrete actions are allowed on this observation; null for all.</summary>
        public bool[]? Mask { get; }

        /// <summary>Whether an action was recorded; the last row of a recording that was stopped may have none.</summary>
        public bool HasAction { get; }

        /// <summary>The reward. Imitation needs none, so episodes leave it out.</summary>
        public float Reward { get; }

        /// <summary>Whether the row is the last of its episode.</summary>
        public bool IsEnd { get; }

        /// <summary>Whether the episode ended only because its number of steps was used up.</summary>
        public bool IsInterrupted { get; }
    }
}
