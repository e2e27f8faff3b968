using System;
using System.IO;

namespace UnityEngine;

/// <summary>The folders of the application: under one temporary folder, which goes with the world, unless the player names others.</summary>
internal sealed class Places : IDisposable
{
    private string? _temporary, _persistent;

    public string Persistent
    {
        get => _persistent ??= Folder("Persistent");
        set => _persistent = value;
    }

    public string Cache => Folder("Cache");

    public string Data { get; set; } = "";

    public string Streaming { get; set; } = "";

    public void Dispose()
    {
        if (_temporary != null && Directory.Exists(_temporary)) Directory.Delete(_temporary, true);
        _temporary = null;
    }

    private string Folder(string name)
    {
        _temporary ??= Path.Combine(Path.GetTempPath(), "UnityDouble-" + Guid.NewGuid().ToString("N"));
        return Directory.CreateDirectory(Path.Combine(_temporary, name)).FullName;
    }
}
