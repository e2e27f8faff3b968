using Recurrent.Components;
using UnityEditor;
using UnityEngine;

namespace RecurrentEditor
{
    [CustomEditor(typeof(RecurrentNpc)), CanEditMultipleObjects]
    internal sealed class RecurrentNpcInspector : PackageInspector
    {
    }

    [CustomEditor(typeof(NpcCrowd)), CanEditMultipleObjects]
    internal sealed class NpcCrowdInspector : PackageInspector
    {
    }

    [CustomEditor(typeof(SequenceForecaster)), CanEditMultipleObjects]
    internal sealed class SequenceForecasterInspector : PackageInspector
    {
    }

    [CustomEditor(typeof(ForecastRenderer)), CanEditMultipleObjects]
    internal sealed class ForecastRendererInspector : PackageInspector
    {
    }

    [CustomEditor(typeof(OnnxSequence)), CanEditMultipleObjects]
    internal sealed class OnnxSequenceInspector : PackageInspector
    {
    }

    [CustomEditor(typeof(SequenceTrainer)), CanEditMultipleObjects]
    internal sealed class SequenceTrainerInspector : PackageInspector
    {
    }

    [CustomEditor(typeof(SequenceRecorder)), CanEditMultipleObjects]
    internal sealed class SequenceRecorderInspector : PackageInspector
    {
    }

    [CustomEditor(typeof(StateProbe)), CanEditMultipleObjects]
    internal sealed class StateProbeInspector : PackageInspector
    {
    }

    [CustomEditor(typeof(StateBroadcast)), CanEditMultipleObjects]
    internal sealed class StateBroadcastInspector : PackageInspector
    {
    }

    [CustomEditor(typeof(SequenceModelAsset)), CanEditMultipleObjects]
    internal sealed class SequenceModelAssetInspector : PackageInspector
    {
        /// <inheritdoc/>
        public override Texture2D? RenderStaticPreview(string assetPath, Object[] subAssets, int width, int height) => AssetImport.Preview(() => AssetPicture.Of(((SequenceModelAsset)target).Card), width, height);
    }

    [CustomEditor(typeof(EpisodesAsset)), CanEditMultipleObjects]
    internal sealed class EpisodesAssetInspector : PackageInspector
    {
        /// <inheritdoc/>
        public override Texture2D? RenderStaticPreview(string assetPath, Object[] subAssets, int width, int height) => AssetImport.Preview(() => AssetPicture.Of(((EpisodesAsset)target).File), width, height);
    }

    [CustomEditor(typeof(StateRecordingAsset)), CanEditMultipleObjects]
    internal sealed class StateRecordingAssetInspector : PackageInspector
    {
        /// <inheritdoc/>
        public override Texture2D? RenderStaticPreview(string assetPath, Object[] subAssets, int width, int height) => AssetImport.Preview(() => AssetPicture.Of(((StateRecordingAsset)target).File), width, height);
    }
}
