using System.IO;
using Recurrent;
using Recurrent.Components;
using UnityEditor.AssetImporters;

namespace RecurrentEditor
{
    /// <summary>Makes an <see cref="EpisodesAsset"/> of recorded play, an .episodes file. One that was cut while the game wrote it is taken as far as it goes.</summary>
    [ScriptedImporter(Version, "episodes")]
    public sealed class EpisodesImporter : ScriptedImporter
    {
        /// <summary>Rises when the same file gives another asset, so that Unity imports it again.</summary>
        public const int Version = 1;

        /// <inheritdoc/>
        public override void OnImportAsset(AssetImportContext ctx) => AssetImport.Run(ctx, file =>
        {
            byte[] bytes = File.ReadAllBytes(file);
            EpisodeFile episodes = EpisodeFile.Load(bytes, ctx.assetPath, 2 * AssetImport.MaxBytes);
            if (episodes.Cut != null) ctx.LogImportWarning(AssetImport.Line(ctx, episodes.Cut));
            return (EpisodesAsset.Create(bytes), AssetPicture.Of(episodes));
        });
    }
}
