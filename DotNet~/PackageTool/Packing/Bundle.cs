using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Recurrent.PackageTool;

/// <summary>
/// The package with MathNet.Numerics and ONNX Runtime in it, for teams without registries: managed DLLs, the native libraries of the chosen platforms, how Unity
/// imports each, licences and checksums. Its asmdefs see the package itself where they would see the optional ones.
/// </summary>
public static class Bundle
{
    private sealed record Native(string Platform, string Folder, string[] Files, PluginMeta Meta);

    // iOS is not here: it needs a managed part that links statically, which NuGet has not for Unity.
    private static readonly Native[] Natives =
    [
        new("win-x64", "runtimes/win-x64/native", ["onnxruntime.dll", "onnxruntime_providers_shared.dll"], new PluginMeta(["Editor", "Win64"], [], "x86_64", "Windows")),
        new("linux-x64", "runtimes/linux-x64/native", ["libonnxruntime.so", "libonnxruntime_providers_shared.so"], new PluginMeta(["Editor", "Linux64"], [], "x86_64", "Linux")),
        new("osx-arm64", "runtimes/osx-arm64/native", ["libonnxruntime.dylib"], new PluginMeta(["Editor", "OSXUniversal"], [], "ARM64", "OSX")),
        new("android", "runtimes/android/native", ["onnxruntime.aar"], new PluginMeta(["Android"], [])),
    ];

    private static readonly (string Define, string Package)[] Dlls = [(Surroundings.MathNetDll, "MathNet.Numerics"), (Surroundings.OnnxRuntimeDll, "Microsoft.ML.OnnxRuntime")];

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 4, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The platforms that it can have native libraries for.</summary>
    public static IEnumerable<string> Platforms => Natives.Select(native => native.Platform);

    /// <summary>The files.</summary>
    /// <param name="package">The package.</param>
    /// <param name="platforms">Some of <see cref="Platforms"/>.</param>
    /// <exception cref="FileNotFoundException">A NuGet package was not restored.</exception>
    public static IReadOnlyList<TarballFile> Files(PackageContents package, IReadOnlyCollection<string> platforms)
    {
        PackageManifest manifest = PackageManifest.Read(package.Folder.Root);
        var files = new List<TarballFile>();
        var checksums = new StringBuilder();
        foreach (TarballFile file in Tarball.Files(package.Folder)) files.Add(package.Asmdefs.Exists(asmdef => asmdef.Path == file.Path) ? WithOwnDefines(package, file.Path, manifest) : file);
        int at = files.FindIndex(file => file.Path == PackageManifest.FileName);
        files[at] = WithTitle(package);

        AddFolder("Plugins");
        AddFolder("Plugins/MathNet");
        Add("Plugins/MathNet/MathNet.Numerics.dll", "MathNet.Numerics", NuGetPackages.MathNet, new PluginMeta(null, []));
        AddText("Plugins/MathNet/LICENSE.txt", MathNetLicence);
        AddFolder("Plugins/OnnxRuntime");
        Add("Plugins/OnnxRuntime/Microsoft.ML.OnnxRuntime.dll", "Microsoft.ML.OnnxRuntime.Managed", NuGetPackages.OnnxRuntime, new PluginMeta(null, ["WebGL"]));
        AddText("Plugins/OnnxRuntime/LICENSE.txt", File.ReadAllText(NuGetPackages.Find("Microsoft.ML.OnnxRuntime", "LICENSE")));
        AddText("Plugins/OnnxRuntime/ThirdPartyNotices.txt", File.ReadAllText(NuGetPackages.Find("Microsoft.ML.OnnxRuntime", "ThirdPartyNotices.txt")));
        foreach (Native native in Natives.Where(native => platforms.Contains(native.Platform)))
        {
            AddFolder("Plugins/OnnxRuntime/" + native.Platform);
            foreach (string name in native.Files)
                Add($"Plugins/OnnxRuntime/{native.Platform}/{name}", "Microsoft.ML.OnnxRuntime", NuGetPackages.Find("Microsoft.ML.OnnxRuntime", $"{native.Folder}/{name}"), native.Meta);
        }

        AddText("Plugins/checksums.txt", checksums.ToString());
        return files;

        void Add(string path, string id, string source, PluginMeta meta)
        {
            using (FileStream stream = File.OpenRead(source)) checksums.Append(Convert.ToHexStringLower(SHA256.HashData(stream))).Append("  ").Append(path["Plugins/".Length..]).Append("  # ").Append(id).Append(' ').Append(NuGetPackages.Version(id)).Append('\n');
            files.Add(new TarballFile(path, () => File.OpenRead(source)));
            AddMeta(path, meta.Write(MetaFile.GuidOf($"{manifest.Name}/{path}")));
        }

        void AddText(string path, string text)
        {
            files.Add(new TarballFile(path, Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"))));
            AddMeta(path, MetaFile.Create(path, isFolder: false, MetaFile.GuidOf($"{manifest.Name}/{path}")));
        }

        void AddFolder(string path) => AddMeta(path, MetaFile.Create(path, isFolder: true, MetaFile.GuidOf($"{manifest.Name}/{path}")));

        void AddMeta(string path, string meta) => files.Add(new TarballFile(path + ".meta", Encoding.UTF8.GetBytes(meta)));
    }

    // A version define may name the package that it stands in: so no project needs a scripting define.
    private static TarballFile WithOwnDefines(PackageContents package, string path, PackageManifest manifest)
    {
        JsonNode json = JsonNode.Parse(package.Read(path))!;
        Asmdef asmdef = package.Asmdefs.Find(asmdef => asmdef.Path == path)!;
        foreach ((string define, string _) in Dlls)
        {
            if (!asmdef.DefineConstraints.Any(constraint => DefineConstraint.Parse(constraint)?.Symbols.Contains(define) == true)) continue;
            json["versionDefines"]!.AsArray().Add(new JsonObject { ["name"] = manifest.Name, ["expression"] = manifest.Version, ["define"] = define });
        }

        return new TarballFile(path, Encoding.UTF8.GetBytes(json.ToJsonString(Indented) + "\n"));
    }

    private static TarballFile WithTitle(PackageContents package)
    {
        JsonNode json = JsonNode.Parse(package.Read(PackageManifest.FileName))!;
        json["displayName"] = $"{json["displayName"]} (with {string.Join(" and ", Dlls.Select(dll => dll.Package))})";
        return new TarballFile(PackageManifest.FileName, Encoding.UTF8.GetBytes(json.ToJsonString(Indented) + "\n"));
    }

    // Its package names the licence and has no text of it.
    private const string MathNetLicence = """
        Math.NET Numerics
        Copyright (c) 2002-2022 Math.NET

        Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal
        in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies
        of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

        The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

        THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS
        FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER
        IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

        """;
}
