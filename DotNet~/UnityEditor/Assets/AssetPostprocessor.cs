namespace UnityEditor;

public class AssetPostprocessor
{
    public string assetPath { get; set; }
}
