using UnityEngine;

namespace Recurrent.Components
{
    /// <summary>
    /// Recorded play as an asset: the bytes of an .episodes file, as <see cref="SequenceRecorder"/> and the command line write it. A <see cref="SequenceTrainer"/> learns from it.
    /// </summary>
    [HelpURL(DocumentationPage.Components + "recordings-as-assets")]
    public sealed class EpisodesAsset : RecordedAsset<EpisodeFile>
    {
        /// <summary>Makes an asset at run time.</summary>
        /// <param name="bytes">The content of an .episodes file; kept, not copied.</param>
        public static EpisodesAsset Create(byte[] bytes)
        {
            var asset = CreateInstance<EpisodesAsset>();
            asset.SetBytes(bytes);
            return asset;
        }

        private protected override EpisodeFile Read(byte[] bytes) => EpisodeFile.Load(bytes, name);
    }
}
