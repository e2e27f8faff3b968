using System;
using System.Linq;

namespace UnityEditor.AssetImporters;

/// <summary>The inspector of an importer's settings, with what it made.</summary>
public abstract class AssetImporterEditor : Editor
{
    private UnityEngine.Object[] _assets = Array.Empty<UnityEngine.Object>();
    private SerializedObject _assetSerialized;

    public virtual bool showImportedObject => true;

    protected UnityEngine.Object[] assetTargets => _assets;

    protected UnityEngine.Object assetTarget => _assets.Length > 0 ? _assets[0] : null;

    protected SerializedObject assetSerializedObject => _assetSerialized ??= new SerializedObject(_assets);

    protected virtual bool needsApplyRevert => true;

    protected virtual bool useAssetDrawPreview => true;

    public virtual void OnEnable()
    {
    }

    public virtual void OnDisable()
    {
    }

    public virtual bool HasModified() => serializedObject.hasModifiedProperties;

    protected void ApplyRevertGUI()
    {
    }

    protected virtual void Apply()
    {
        serializedObject.ApplyModifiedPropertiesWithoutUndo();
        foreach (AssetImporter importer in targets.OfType<AssetImporter>()) importer.SaveAndReimport();
    }

    internal void FindAssets() => _assets = targets.OfType<AssetImporter>().Select(importer => AssetDatabase.LoadMainAssetAtPath(importer.assetPath)).Where(asset => asset != null).ToArray();
}
