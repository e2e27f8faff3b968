using System.IO;
using Recurrent.Components;
using Recurrent.Diagnostics;
using UnityEditor.AssetImporters;

namespace RecurrentEditor
{
    /// <summary>Makes a <see cref="StateRecordingAsset"/> of recorded states, an .rnnstate file. One that was cut while the game wrote it is taken as far as it goes.</summary>
    [ScriptedImporter(Version, "rnnstate")]
    public sealed class StateRecordingImporter : ScriptedImporter
    {
        /// <summary>Rises when the same file gives another asset, so that Unity imports it again.</summary>
        public const int Version = 1;

        /// <inheritdoc/>
        public override void OnImportAsset(AssetImportContext ctx) => AssetImport.Run(ctx, file =>
        {
            byte[] bytes = File.ReadAllBytes(file);
            RecordingFile recording = RecordingFile.Load(new MemoryStream(bytes, writable: false), ctx.assetPath, allowCut: true, 2 * AssetImport.MaxBytes);
            if (recording.Cut != null) ctx.LogImportWarning(AssetImport.Line(ctx, recording.Cut));
            return (StateRecordingAsset.Create(bytes), AssetPicture.Of(recording));
        });
    }
}
