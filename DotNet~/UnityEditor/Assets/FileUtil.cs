namespace UnityEditor;

public class FileUtil
{
    public static string GetPhysicalPath(string path) => AssetDatabase.FileOf(path);
}
