using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary><c>recurrent-package pack [DIR] [--out DIR] [--bundle PLATFORMS]</c></summary>
public static class PackVerb
{
    /// <summary>The most that a tarball without a bundle may take.</summary>
    public const int MostBytes = 3 * 1024 * 1024;

    /// <summary>The verb, for the root command.</summary>
    public static Command Create()
    {
        Argument<string?> package = PackageFolder.Argument();
        var to = new Option<string>("--out") { Description = "The folder for the tarball.", HelpName = "DIR", DefaultValueFactory = _ => "out" };
        var bundle = new Option<string?>("--bundle")
        {
            Description = $"With MathNet.Numerics and ONNX Runtime in it, and native libraries for some of {string.Join(',', Bundle.Platforms)}, or for all of them.",
            HelpName = "PLATFORMS",
        };
        var verb = new Command("pack", "Makes the tarball that \"Add package from tarball\" takes, the same bytes each time.") { package, to, bundle };
        verb.SetAction(parsed => Run(PackageFolder.Open(parsed.GetValue(package)), parsed.GetValue(to)!, parsed.GetValue(bundle), parsed.InvocationConfiguration.Output));
        return verb;
    }

    /// <summary>Runs the verb.</summary>
    /// <returns>0, or 1 where the package has problems or the tarball is too large.</returns>
    public static int Run(PackageFolder folder, string to, string? bundle, TextWriter output)
    {
        var package = new PackageContents(folder);
        IReadOnlyList<Problem> problems = PackageRules.Check(package);
        if (problems.Count > 0)
        {
            foreach (Problem problem in problems) output.WriteLine(problem);
            output.WriteLine($"pack: {problems.Count} problems, no tarball");
            return 1;
        }

        string[] platforms = bundle is null ? [] : bundle == "all" ? Bundle.Platforms.ToArray() : bundle.Split(',');
        if (platforms.Except(Bundle.Platforms).FirstOrDefault() is { } unknown) throw new InvalidDataException($"--bundle: expected {string.Join(',', Bundle.Platforms)}, got '{unknown}'.");
        List<TarballFile> files = (bundle == null ? Tarball.Files(folder) : Bundle.Files(package, platforms)).OrderBy(file => file.Path, StringComparer.Ordinal).ToList();
        byte[] tarball = Tarball.Create(files);

        PackageManifest manifest = PackageManifest.Read(folder.Root);
        string name = $"{manifest.Name}-{manifest.Version}{(bundle == null ? "" : "-bundle")}.tgz";
        Directory.CreateDirectory(to);
        File.WriteAllBytes(Path.Combine(to, name), tarball);

        long unpacked = 0;
        foreach (TarballFile file in files)
        {
            using Stream content = file.Open();
            unpacked += content.Length;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{content.Length,11:N0}  {file.Path}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Path.Combine(to, name)}: {files.Count:N0} files, {tarball.Length:N0} bytes, unpacked {unpacked:N0}"));
        output.WriteLine($"integrity: {Tarball.Integrity(tarball)}");
        output.WriteLine($"sha256 of the archive inside: {Tarball.ArchiveChecksum(tarball)}");
        if (bundle != null || tarball.Length <= MostBytes) return 0;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"pack: larger than {MostBytes:N0} bytes"));
        return 1;
    }
}
