using System;
using System.Collections.Generic;
using System.Linq;

namespace UnityEditor;

public sealed class PluginImporter : AssetImporter
{
    private readonly HashSet<BuildTarget> _platforms = new();
    private bool _any = true;
    private bool _editor = true;

    public bool isNativePlugin => false;

    public string[] DefineConstraints { get; set; } = Array.Empty<string>();

    public static PluginImporter[] GetAllImporters() => AssetDatabase.FindAssets(".dll").Select(guid => GetAtPath(AssetDatabase.GUIDToAssetPath(guid))).OfType<PluginImporter>().ToArray();

    public bool GetCompatibleWithAnyPlatform() => _any;

    public void SetCompatibleWithAnyPlatform(bool enable) => _any = enable;

    public bool GetCompatibleWithEditor() => _editor;

    public void SetCompatibleWithEditor(bool enable) => _editor = enable;

    public bool GetCompatibleWithPlatform(BuildTarget platform) => _platforms.Contains(platform);

    public void SetCompatibleWithPlatform(BuildTarget platform, bool enable) => _ = enable ? _platforms.Add(platform) : _platforms.Remove(platform);
}
