namespace Recurrent.Diagnostics
{
    /// <summary>Somebody whose network can be looked at through an <see cref="IStateLink"/>.</summary>
    public sealed class LinkedAgent
    {
        /// <summary>Describes an agent.</summary>
        /// <param name="name">Its name, which no other agent of the link has.</param>
        /// <param name="warning">What is wrong with it, in a few words: "NaN since step 42"; empty for nothing.</param>
        /// <param name="network">Its network, where the link has it at hand.</param>
        /// <param name="layout">What a step of it consists of, where the link knows before it is attached.</param>
        public LinkedAgent(string name, string warning = "", Layer? network = null, RecordingLayout? layout = null)
        {
            Name = name;
            Warning = warning;
            Network = network;
            Layout = layout;
        }

        /// <summary>Its name, which no other agent of the link has.</summary>
        public string Name { get; }

        /// <summary>What is wrong with it, in a few words; empty for nothing.</summary>
        public string Warning { get; }

        /// <summary>Its network, for what needs a backward pass (attribution, gradient through time); null where it is in another process or a file.</summary>
        public Layer? Network { get; }

        /// <summary>What a step of it consists of; null where only attaching tells.</summary>
        public RecordingLayout? Layout { get; }
    }
}
