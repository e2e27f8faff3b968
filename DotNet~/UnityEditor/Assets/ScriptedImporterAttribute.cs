using System;

namespace UnityEditor.AssetImporters;

[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public class ScriptedImporterAttribute : Attribute
{
    public bool AllowCaching;

    public ScriptedImporterAttribute(int version, string ext) : this(version, new[] { ext }, null)
    {
    }

    public ScriptedImporterAttribute(int version, string[] exts) : this(version, exts, null)
    {
    }

    public ScriptedImporterAttribute(int version, string[] exts, string[] overrideExts)
    {
        this.version = version;
        fileExtensions = exts ?? Array.Empty<string>();
        overrideFileExtensions = overrideExts;
    }

    public int version { get; }

    public int importQueuePriority => 0;

    public string[] fileExtensions { get; }

    public string[] overrideFileExtensions { get; }
}
