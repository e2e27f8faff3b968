using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary><c>recurrent-package api [DIR] [--fix]</c></summary>
public static class ApiVerb
{
    private const string Baseline = "DotNet~/PublicApi";

    /// <summary>The verb, for the root command.</summary>
    public static Command Create()
    {
        Argument<string?> package = PackageFolder.Argument();
        var fix = new Option<bool>("--fix") { Description = $"Write {Baseline} anew." };
        var verb = new Command("api", $"Compares what the engine-free assemblies offer with {Baseline}.") { package, fix };
        verb.SetAction(parsed =>
        {
            PackageFolder folder = PackageFolder.Open(parsed.GetValue(package));
            TextWriter output = parsed.InvocationConfiguration.Output;
            return Run(new PackageContents(folder), CompileVerb.Surroundings(folder.FullPath("DotNet~"), null, offline: true, output), parsed.GetValue(fix), output);
        });
        return verb;
    }

    /// <summary>Runs the verb.</summary>
    /// <returns>0, or 1 where they differ.</returns>
    public static int Run(PackageContents package, Surroundings around, bool fix, TextWriter output)
    {
        IReadOnlyDictionary<string, IReadOnlyList<string>> now = PublicApi.Of(package, around);
        string folder = package.Folder.FullPath(Baseline);
        int differences = 0;
        foreach ((string name, IReadOnlyList<string> lines) in now)
        {
            string file = Path.Combine(folder, name + ".txt");
            string[] before = File.Exists(file) ? File.ReadAllLines(file) : [];
            foreach (string gone in before.Except(lines)) output.WriteLine($"- {gone}");
            foreach (string added in lines.Except(before)) output.WriteLine($"+ {added}");
            differences += before.Except(lines).Count() + lines.Except(before).Count();
            if (!fix) continue;
            Directory.CreateDirectory(folder);
            File.WriteAllText(file, string.Concat(lines.Select(line => line + "\n")));
        }

        foreach (string stray in (Directory.Exists(folder) ? Directory.GetFiles(folder, "*.txt") : []).Where(file => !now.ContainsKey(Path.GetFileNameWithoutExtension(file))))
        {
            output.WriteLine($"- {Baseline}/{Path.GetFileName(stray)}: there is no such assembly");
            differences++;
            if (fix) File.Delete(stray);
        }

        output.WriteLine($"api: {now.Count} assemblies, {now.Values.Sum(lines => lines.Count)} lines, {differences} differences{(fix && differences > 0 ? ", written" : "")}");
        return differences == 0 || fix ? 0 : 1;
    }
}
