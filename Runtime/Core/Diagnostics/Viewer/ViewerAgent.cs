namespace Recurrent.Diagnostics
{
    /// <summary>A line in a viewer's list of agents.</summary>
    public sealed class ViewerAgent
    {
        internal ViewerAgent(string name, string warning, bool isAttached, bool hasEnded)
        {
            Name = name;
            Warning = warning;
            IsAttached = isAttached;
            HasEnded = hasEnded;
        }

        /// <summary>Its name.</summary>
        public string Name { get; }

        /// <summary>What is wrong with it, in a few words; empty for nothing.</summary>
        public string Warning { get; }

        /// <summary>Whether its steps are recorded, or at hand.</summary>
        public bool IsAttached { get; }

        /// <summary>Whether only what was recorded of it is left: it is gone, or was recorded before the editor loaded the code anew.</summary>
        public bool HasEnded { get; }
    }
}
