using System;

namespace Unity.Profiling.Editor;

[AttributeUsage(AttributeTargets.Class)]
public class ProfilerModuleMetadataAttribute : Attribute
{
    public ProfilerModuleMetadataAttribute(string displayName) => DisplayName = displayName;

    public string DisplayName { get; }

    public string IconPath { get; set; }
}
