namespace UnityEditor.AssetImporters;

public class ScriptedImporterEditor : AssetImporterEditor
{
}
