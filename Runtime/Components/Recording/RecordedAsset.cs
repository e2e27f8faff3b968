using System;
using UnityEngine;

namespace Recurrent.Components
{
    /// <summary>A recording as an asset: the bytes of its file, read when somebody asks.</summary>
    /// <typeparam name="TFile">What is read from the bytes.</typeparam>
    public abstract class RecordedAsset<TFile> : ScriptableObject
        where TFile : class
    {
        [SerializeField, HideInInspector]
        private byte[] _bytes = Array.Empty<byte>();

        [NonSerialized]
        private TFile? _file;

        /// <summary>Whether there are no bytes yet.</summary>
        public bool IsEmpty => _bytes.Length == 0;

        /// <summary>What the file holds: read at the first call, and again after <see cref="SetBytes"/>.</summary>
        /// <exception cref="ModelFileException">The bytes are no such recording; the message says why.</exception>
        public TFile File => _file ??= IsEmpty ? throw new ModelFileException(name, "the asset is empty: it was given no recording.") : Read(_bytes);

        /// <summary>Gives the asset another recording.</summary>
        /// <param name="bytes">The content of a file; kept, not copied.</param>
        public void SetBytes(byte[] bytes)
        {
            _bytes = bytes ?? throw new ArgumentNullException(nameof(bytes));
            _file = null;
        }

        /// <summary>The content of the file. Not a copy.</summary>
        public byte[] GetBytes() => _bytes;

        private protected abstract TFile Read(byte[] bytes);
    }
}
