using System;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;

namespace Recurrent.PackageTool;

/// <summary>
/// ONNX Runtime as a package of sources for Unity, com.github.asus4.onnxruntime, fetched by npm once for a user and kept without its native libraries.
/// </summary>
public static class OnnxRuntimeForUnity
{
    /// <summary>The package's name.</summary>
    public const string Name = "com.github.asus4.onnxruntime";

    /// <summary>Its version.</summary>
    public const string Version = "0.4.9";

    // As npm writes it in a lock file: of the tarball, in base64.
    private const string Integrity = "sha512-BkzxduSZ9IkeDP6Q8lz2TFU2ie7hSSvS7ZIfzMooExoq0CNzJnuuGaUJ7IsojBgqO4ouD1jXah8OYyJbCN29Fg==";

    private static string Folder => Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "recurrent-package", $"{Name}-{Version}");

    /// <summary>The package, or null where it was not fetched yet.</summary>
    public static PackageContents? Find() => File.Exists(Path.Combine(Folder, PackageManifest.FileName)) ? new PackageContents(new PackageFolder(Folder), immutable: true) : null;

    /// <summary>Fetches the package, about 150 MB, of which 2 stay.</summary>
    /// <exception cref="IOException">npm is missing or finds no registry, or what came is not what it should be.</exception>
    public static PackageContents Fetch()
    {
        string temporary = Directory.CreateTempSubdirectory("recurrent-").FullName;
        try
        {
            Npm("pack", $"{Name}@{Version}", "--silent", "--pack-destination", temporary);
            string tarball = Path.Combine(temporary, $"{Name}-{Version}.tgz");
            using (FileStream stream = File.OpenRead(tarball))
            {
                string integrity = "sha512-" + Convert.ToBase64String(SHA512.HashData(stream));
                if (integrity != Integrity) throw new IOException($"{Name} {Version}: npm brought a file of {integrity}, expected {Integrity}.");
            }

            string sources = Path.Combine(temporary, "sources");
            using (FileStream stream = File.OpenRead(tarball))
            using (var reader = new TarReader(new GZipStream(stream, CompressionMode.Decompress)))
            {
                while (reader.GetNextEntry() is { } entry)
                {
                    string path = entry.Name["package/".Length..];
                    if (entry.DataStream == null || path.StartsWith("Plugins/", StringComparison.Ordinal)) continue;
                    Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(sources, path))!);
                    entry.ExtractToFile(Path.Combine(sources, path), overwrite: true);
                }
            }

            CopyAll(sources, Folder);
            return Find() ?? throw new IOException($"{Name} {Version}: the tarball holds no {PackageManifest.FileName}.");
        }
        finally
        {
            Directory.Delete(temporary, recursive: true);
        }
    }

    // A move would fail where the temporary folder is on another disk. The manifest is the sign that all is there: it comes last.
    private static void CopyAll(string from, string to)
    {
        foreach (string file in Directory.GetFiles(from, "*", SearchOption.AllDirectories).OrderBy(file => Path.GetFileName(file) == PackageManifest.FileName))
        {
            string copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }

    private static void Npm(params string[] arguments)
    {
        try
        {
            var start = OperatingSystem.IsWindows() ? new ProcessStartInfo("cmd", ["/c", "npm", .. arguments]) : new ProcessStartInfo("npm", arguments);
            start.RedirectStandardOutput = true;
            start.RedirectStandardError = true;
            using Process npm = Process.Start(start)!;
            npm.OutputDataReceived += (_, _) => { };
            npm.BeginOutputReadLine();
            string error = npm.StandardError.ReadToEnd();
            npm.WaitForExit();
            if (npm.ExitCode != 0) throw new IOException($"npm {string.Join(' ', arguments)} failed: {error.Trim()}");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new IOException($"{Name} comes by npm, which is not installed: {e.Message}", e);
        }
    }
}
