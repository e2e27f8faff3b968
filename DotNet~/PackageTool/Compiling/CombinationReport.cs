using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary>Compiles a package in many projects and tells what came of it, as a table.</summary>
public static class CombinationReport
{
    /// <summary>Compiles, and writes the table.</summary>
    /// <returns>What should have compiled and did not, with the compiler's messages.</returns>
    public static IReadOnlyList<string> Write(PackageContents package, IEnumerable<Combination> combinations, Surroundings around, TextWriter output)
    {
        var clock = Stopwatch.StartNew();
        PackageManifest manifest = PackageManifest.Read(package.Folder.Root);
        string own = CommonPrefix(package.Asmdefs.Select(asmdef => asmdef.Name).ToList());
        foreach (string line in around.Description) output.WriteLine(line);
        output.WriteLine();
        output.WriteLine("| ONNX Runtime | MathNet | Burst | compiled for | assemblies | left out | result |");
        output.WriteLine("|---|---|---|---|---|---|---|");
        var messages = new List<string>();
        int count = 0;
        foreach (Combination combination in combinations)
        {
            IReadOnlyList<AssemblyResult> results = ProjectCompilation.Run(combination.Project(around, package, manifest), combination.Target, around.Compiler, around.Engine);
            List<AssemblyResult> wrong = results.Where(combination.IsWrong).ToList();
            List<AssemblyResult> ours = results.Where(result => package.Asmdefs.Exists(asmdef => asmdef.Name == result.Name)).ToList();
            string fails = string.Join(", ", results.Where(result => result.Outcome is AssemblyOutcome.Failed or AssemblyOutcome.Blocked).Select(result => Short(result.Name)));
            output.WriteLine($"| {combination.OnnxRuntime} | {combination.MathNet} | {combination.Burst} | {combination.Target} | {ours.Count(result => result.Outcome == AssemblyOutcome.Compiled)} | "
                + $"{string.Join(", ", ours.Where(result => IsMissed(result, combination.Target)).Select(result => Short(result.Name)))} | "
                + $"{(wrong.Count > 0 ? $"**fails: {fails}**" : fails.Length > 0 ? $"good; as it must, not {fails}" : "good")} |");
            messages.AddRange(wrong.SelectMany(result => result.Messages.Select(message => $"{result.Name}: {message}")));
            count++;
        }

        output.WriteLine();
        foreach (string message in messages.Distinct()) output.WriteLine(message);
        output.WriteLine($"compile: {count} combinations, {around.Compiler.Compilations} compilations, {messages.Distinct().Count()} errors, {clock.Elapsed.TotalSeconds:0.0} s");
        return messages.Distinct().ToList();

        // Left out for what is not installed, not because tests and the editor's assemblies are no part of a player.
        bool IsMissed(AssemblyResult result, BuildTarget target) => result is { Outcome: AssemblyOutcome.LeftOut, IsOptional: true }
            && package.Asmdefs.Find(asmdef => asmdef.Name == result.Name) is { IsTest: false } asmdef && (target.IsEditor || !asmdef.IsEditorOnly);

        string Short(string name) => own.Length > 0 && name.StartsWith(own + ".", System.StringComparison.Ordinal) ? "…" + name[own.Length..] : name;
    }

    // Recurrent, of Recurrent, Recurrent.Analysis and so on.
    private static string CommonPrefix(List<string> names) => names.Find(name => names.TrueForAll(other => other == name || other.StartsWith(name + ".", System.StringComparison.Ordinal))) ?? "";
}
