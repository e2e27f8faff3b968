using System.IO;
using System.Linq;
using Recurrent;
using Recurrent.Components;
using UnityEditor.AssetImporters;
using UnityEngine;

namespace RecurrentEditor
{
    /// <summary>Makes a <see cref="SequenceModelAsset"/> of a .safetensors file. Weights without an architecture become one too, with a warning that says how to use them.</summary>
    [ScriptedImporter(Version, "safetensors")]
    public sealed class SafetensorsImporter : ScriptedImporter
    {
        /// <summary>Rises when the same file gives another asset, so that Unity imports it again.</summary>
        public const int Version = 1;

        [SerializeField, Tooltip("What runs the model. Auto: managed layers.")]
        private SequenceBackend _backend = SequenceBackend.Auto;

        /// <inheritdoc/>
        public override void OnImportAsset(AssetImportContext ctx) => AssetImport.Run(ctx, file =>
        {
            byte[] bytes = File.ReadAllBytes(file);
            ModelCard card = ModelCard.Of(SafeTensorsFile.Load(bytes, ctx.assetPath));
            if (card.WeightsOnly)
                ctx.LogImportWarning(AssetImport.Line(ctx, $"has weights and no architecture ({string.Join("; ", card.Parts.Take(8))}). Make a model of these layers, with these names, and read the weights into it: "
                    + "model.LoadParameters(asset.GetBytes()). A file that says all itself comes from SequenceModel.Save."));
            else if (card.WhyNotLayers != null) throw new ModelFileException(ctx.assetPath, card.WhyNotLayers);
            return (SequenceModelAsset.Create(bytes, ModelFormat.Safetensors, _backend), AssetPicture.Of(card));
        });
    }
}
