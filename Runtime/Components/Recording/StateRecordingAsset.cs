using System.IO;
using Recurrent.Diagnostics;
using UnityEngine;

namespace Recurrent.Components
{
    /// <summary>
    /// Recorded hidden states as an asset: the bytes of an .rnnstate file, for the state viewer and for tests. It is read as far as it is whole (<see cref="RecordingFile.Cut"/>).
    /// </summary>
    [HelpURL(DocumentationPage.Components + "recordings-as-assets")]
    public sealed class StateRecordingAsset : RecordedAsset<RecordingFile>
    {
        /// <summary>Makes an asset at run time.</summary>
        /// <param name="bytes">The content of an .rnnstate file; kept, not copied.</param>
        public static StateRecordingAsset Create(byte[] bytes)
        {
            var asset = CreateInstance<StateRecordingAsset>();
            asset.SetBytes(bytes);
            return asset;
        }

        private protected override RecordingFile Read(byte[] bytes) => RecordingFile.Load(new MemoryStream(bytes, writable: false), name, allowCut: true);
    }
}
