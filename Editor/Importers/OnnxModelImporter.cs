using Recurrent;
using Recurrent.Components;
using Recurrent.Onnx;
using UnityEditor.AssetImporters;
using UnityEngine;

namespace RecurrentEditor
{
    /// <summary>
    /// Makes a <see cref="SequenceModelAsset"/> of an .onnx file that this importer was chosen for. By itself it takes none: other packages claim the extension, and an importer that
    /// changes takes away what refers to the old asset.
    /// </summary>
    [ScriptedImporter(Version, new string[0], new[] { "onnx" })]
    public sealed class OnnxModelImporter : ScriptedImporter
    {
        /// <summary>Rises when the same file gives another asset, so that Unity imports it again.</summary>
        public const int Version = 1;

        [SerializeField, Tooltip("What runs the model. Auto: ONNX Runtime where it is installed, else managed layers.")]
        private SequenceBackend _backend = SequenceBackend.Auto;

        /// <inheritdoc/>
        public override void OnImportAsset(AssetImportContext ctx) => AssetImport.Run(ctx, file =>
        {
            (byte[] bytes, ModelCard card) = Read(file, ctx.assetPath);
            if (card.WhyNotLayers != null) ctx.LogImportWarning(AssetImport.Line(ctx, $"plays in ONNX Runtime only, for it does not fit into layers: {card.WhyNotLayers}"));
            foreach (string warning in card.Warnings) ctx.LogImportWarning(AssetImport.Line(ctx, warning));
            return (SequenceModelAsset.Create(bytes, ModelFormat.Onnx, _backend), AssetPicture.Of(card));
        });

        /// <summary>A model with all its data inside, be it in files beside it.</summary>
        /// <exception cref="ModelFileException">The file is bad.</exception>
        internal static (byte[] Bytes, ModelCard Card) Read(string file, string name)
        {
            try
            {
                OnnxModel model = OnnxModel.Read(file);
                return (model.ToBytes(), ModelCard.Of(model));
            }
            catch (ModelFileException e)
            {
                throw new ModelFileException(name, e.Reason, e);
            }
        }
    }
}
