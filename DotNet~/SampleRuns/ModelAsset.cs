using System;
using System.IO;
using System.Text.RegularExpressions;
using Recurrent;

namespace SampleRuns;

/// <summary>A model as the .asset file that Unity would write of a SequenceModelAsset.</summary>
internal static class ModelAsset
{
    public static void Write(string package, string path, SequenceModel model)
    {
        string meta = File.ReadAllText(Path.Combine(package, "Runtime/Components/SequenceModelAsset.cs.meta"));
        string guid = Regex.Match(meta, "guid: ([0-9a-f]{32})").Groups[1].Value;
        File.WriteAllText(path, $$"""
            %YAML 1.1
            %TAG !u! tag:unity3d.com,2011:
            --- !u!114 &11400000
            MonoBehaviour:
              m_ObjectHideFlags: 0
              m_CorrespondingSourceObject: {fileID: 0}
              m_PrefabInstance: {fileID: 0}
              m_PrefabAsset: {fileID: 0}
              m_GameObject: {fileID: 0}
              m_Enabled: 1
              m_EditorHideFlags: 0
              m_Script: {fileID: 11500000, guid: {{guid}}, type: 3}
              m_Name: {{Path.GetFileNameWithoutExtension(path)}}
              m_EditorClassIdentifier: 
              _bytes: {{Convert.ToHexStringLower(model.ToBytes())}}
              _format: 0
              _backend: 0

            """.ReplaceLineEndings("\n"));
    }
}
