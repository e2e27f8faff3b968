using UnityEngine;

namespace UnityEditor;

public sealed class AssetPreview
{
    /// <summary>The picture that the importer gave, or that the asset's inspector paints.</summary>
    public static Texture2D GetAssetPreview(UnityEngine.Object asset)
    {
        string path = AssetDatabase.GetAssetPath(asset);
        if (AssetDatabase.ContextOf(path)?.ThumbnailOf(asset) is { } thumbnail) return thumbnail;
        Editor editor = Editor.CreateEditor(asset);
        Texture2D painted = editor.RenderStaticPreview(path, AssetDatabase.LoadAllAssetsAtPath(path), 128, 128);
        UnityEngine.Object.DestroyImmediate(editor);
        return painted;
    }

    public static Texture2D GetMiniThumbnail(UnityEngine.Object obj) => null;
}
