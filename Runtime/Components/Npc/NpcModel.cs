using System;

namespace Recurrent.Components
{
    /// <summary>A model as an NPC's: what it says of its actions, and whether they fit.</summary>
    internal static class NpcModel
    {
        /// <summary>What observation and action of a model consist of.</summary>
        /// <param name="asset">The model.</param>
        /// <param name="own">What is taken where it says nothing.</param>
        /// <exception cref="ArgumentException">Neither says anything.</exception>
        /// <exception cref="ModelFileException">The asset has no model that can be read.</exception>
        public static EpisodeLayout LayoutOf(SequenceModelAsset asset, EpisodeLayout? own) =>
            (asset.Format == ModelFormat.Safetensors ? Policy.LayoutOf(asset.Model) : null) ?? own
            ?? throw new ArgumentException($"the model '{asset.name}' does not say what its actions are, and the component does not either.");

        /// <summary>Opens a model for one agent, in the backend that the asset chooses.</summary>
        /// <exception cref="ArgumentException">It does not fit the agent.</exception>
        /// <exception cref="ModelFileException">The asset has no model that can be read.</exception>
        public static Policy Open(SequenceModelAsset asset, NpcAgent agent)
        {
            EpisodeLayout layout = LayoutOf(asset, agent.Layout);
            if (agent.Fit(layout) is string difference) throw new ArgumentException(difference);
            ISequenceStream stream = asset.OpenStream();
            try
            {
                return new Policy(stream, layout, asset.Format == ModelFormat.Safetensors ? asset.Model.InputScaler : null);
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
    }
}
