using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary><c>recurrent-package unpack-check FILE [--project DIR] [--unity DIR] [--offline]</c></summary>
public static class UnpackCheckVerb
{
    // These speak of the repository: its history, and what its documents say of DotNet~.
    private static readonly string[] NotOfAPackage = ["GUIDs", "documents"];

    /// <summary>The verb, for the root command.</summary>
    public static Command Create()
    {
        var tarball = new Argument<string>("FILE") { Description = "A tarball that the verb pack made." };
        var project = new Option<string?>("--project") { Description = "The folder of the project, empty or new; a temporary one unless given.", HelpName = "DIR" };
        var unity = new Option<string?>("--unity") { Description = "As of the verb compile.", HelpName = "DIR" };
        var offline = new Option<bool>("--offline") { Description = "As of the verb compile." };
        var verb = new Command("unpack-check", "Installs a tarball into an empty project, checks it, and compiles it from there.") { tarball, project, unity, offline };
        verb.SetAction(parsed =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            string dotNet = Path.Combine(PackageFolder.FindRoot(AppContext.BaseDirectory), "DotNet~");
            Surroundings around = CompileVerb.Surroundings(dotNet, parsed.GetValue(unity), parsed.GetValue(offline), output);
            if (parsed.GetValue(project) is { } folder) return Run(parsed.GetValue(tarball)!, folder, around, output);
            string temporary = Directory.CreateTempSubdirectory("recurrent-").FullName;
            try
            {
                return Run(parsed.GetValue(tarball)!, temporary, around, output);
            }
            finally
            {
                Directory.Delete(temporary, recursive: true);
            }
        });
        return verb;
    }

    /// <summary>Runs the verb.</summary>
    /// <returns>0, or 1 where something is wrong.</returns>
    public static int Run(string tarball, string folder, Surroundings around, TextWriter output)
    {
        TarballProject project;
        try
        {
            project = TarballProject.Create(folder, tarball);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{tarball}: {e.Message}", e);
        }

        var package = new PackageContents(new PackageFolder(project.PackageRoot), immutable: true);
        output.WriteLine($"{tarball} lies in {Path.GetRelativePath(folder, project.PackageRoot)}: {package.Files.Count} files that Unity imports");
        int problems = 0;
        foreach ((string name, var check) in PackageRules.All.Where(rule => !NotOfAPackage.Contains(rule.Name)))
        {
            foreach (Problem problem in check(package))
            {
                output.WriteLine($"{name}: {problem}");
                problems++;
            }
        }

        foreach (string stray in package.Folder.Shipped.Where(path => path.StartsWith("DotNet~", StringComparison.Ordinal)).Concat(Directory.EnumerateFileSystemEntries(project.PackageRoot, ".*").Select(Path.GetFileName).OfType<string>()))
        {
            output.WriteLine($"{stray}: does not belong into a package");
            problems++;
        }

        // With DLLs of its own, there is nothing for the project to add.
        bool isBundle = package.Files.Any(file => file.StartsWith("Plugins/", StringComparison.Ordinal));
        IEnumerable<Combination> combinations = isBundle ? Combination.Alone : Combination.Whole.Concat(Combination.Broken);
        return CombinationReport.Write(package, combinations, around, output).Count + problems == 0 ? 0 : 1;
    }
}
