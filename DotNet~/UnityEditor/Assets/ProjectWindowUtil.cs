namespace UnityEditor;

public class ProjectWindowUtil
{
    public static void ShowCreatedAsset(UnityEngine.Object o) => Selection.activeObject = o;

    public static void CreateAsset(UnityEngine.Object asset, string pathName) => AssetDatabase.CreateAsset(asset, AssetDatabase.GenerateUniqueAssetPath(pathName.Contains('/') ? pathName : "Assets/" + pathName));
}
