namespace UnityEditor;

public class AssetImporter : UnityEngine.Object
{
    public string assetPath { get; internal set; }

    public string userData { get; set; } = "";

    public static AssetImporter GetAtPath(string path) => AssetDatabase.ImporterAt(path);

    public void SaveAndReimport() => AssetDatabase.ImportAsset(assetPath);
}
