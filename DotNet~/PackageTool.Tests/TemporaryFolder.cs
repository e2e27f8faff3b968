using System;
using System.IO;

namespace Recurrent.PackageTool.Tests;

/// <summary>A folder for one test, gone afterwards.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public TemporaryFolder() => FullPath = Directory.CreateTempSubdirectory("recurrent-").FullName;

    public string FullPath { get; }

    public string Write(string path, string text = "")
    {
        string file = Path.Combine(FullPath, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
        return file;
    }

    public void Dispose() => Directory.Delete(FullPath, recursive: true);
}
