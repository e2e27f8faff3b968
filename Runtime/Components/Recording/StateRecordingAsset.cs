using System;
using System.IO;
using Recurrent.Diagnostics;
using UnityEngine;

namespace Recurrent.Components
{
    /// <summary>Recorded hidden states as an asset: the bytes of an .rnnstate file, for the state viewer and for tests.</summary>
    [HelpURL(DocumentationPage.Components + "recordings-as-assets")]
    public sealed class StateRecordingAsset : ScriptableObject
    {
        [SerializeField, HideInInspector]
        private byte[] _bytes = Array.Empty<byte>();

        [NonSerialized]
        private RecordingFile? _file;

        /// <summary>Whether there are no bytes yet.</summary>
        public bool IsEmpty => _bytes.Length == 0;

        /// <summary>
        /// The recordings and tables, as far as the file is whole (<see cref="RecordingFile.Cut"/>): read at the first call, and again after <see cref="SetBytes"/>.
        /// </summary>
        /// <exception cref="ModelFileException">The bytes are no such recording; the message says why.</exception>
        public RecordingFile File
        {
            get
            {
                if (_file != null) return _file;
                if (IsEmpty) throw new ModelFileException(name, "the asset is empty: it was given no recording.");
                return _file = RecordingFile.Load(new MemoryStream(_bytes, writable: false), name, allowCut: true);
            }
        }

        /// <summary>Makes an asset at run time.</summary>
        /// <param name="bytes">The content of an .rnnstate file; kept, not copied.</param>
        public static StateRecordingAsset Create(byte[] bytes)
        {
            var asset = CreateInstance<StateRecordingAsset>();
            asset.SetBytes(bytes);
            return asset;
        }

        /// <summary>Gives the asset another recording.</summary>
        /// <param name="bytes">The content of an .rnnstate file; kept, not copied.</param>
        public void SetBytes(byte[] bytes)
        {
            _bytes = bytes ?? throw new ArgumentNullException(nameof(bytes));
            _file = null;
        }

        /// <summary>The content of the file. Not a copy.</summary>
        public byte[] GetBytes() => _bytes;
    }
}
