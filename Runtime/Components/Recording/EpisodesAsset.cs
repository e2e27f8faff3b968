using System;
using UnityEngine;

namespace Recurrent.Components
{
    /// <summary>
    /// Recorded play as an asset: the bytes of an .episodes file, as <see cref="SequenceRecorder"/> and the command line write it. A <see cref="SequenceTrainer"/> learns from it.
    /// </summary>
    [HelpURL(DocumentationPage.Components + "recordings-as-assets")]
    public sealed class EpisodesAsset : ScriptableObject
    {
        [SerializeField, HideInInspector]
        private byte[] _bytes = Array.Empty<byte>();

        [NonSerialized]
        private EpisodeFile? _file;

        /// <summary>Whether there are no bytes yet.</summary>
        public bool IsEmpty => _bytes.Length == 0;

        /// <summary>The episodes and what they consist of: read at the first call, and again after <see cref="SetBytes"/>.</summary>
        /// <exception cref="ModelFileException">The bytes are no recorded play; the message says why.</exception>
        public EpisodeFile File => _file ??= IsEmpty ? throw new ModelFileException(name, "the asset is empty: it was given no recording.") : EpisodeFile.Load(_bytes, name);

        /// <summary>Makes an asset at run time.</summary>
        /// <param name="bytes">The content of an .episodes file; kept, not copied.</param>
        public static EpisodesAsset Create(byte[] bytes)
        {
            var asset = CreateInstance<EpisodesAsset>();
            asset.SetBytes(bytes);
            return asset;
        }

        /// <summary>Gives the asset another recording.</summary>
        /// <param name="bytes">The content of an .episodes file; kept, not copied.</param>
        public void SetBytes(byte[] bytes)
        {
            _bytes = bytes ?? throw new ArgumentNullException(nameof(bytes));
            _file = null;
        }

        /// <summary>The content of the file. Not a copy.</summary>
        public byte[] GetBytes() => _bytes;
    }
}
