using System;
using System.Collections.Generic;
using System.CommandLine;
using System.IO;

namespace Recurrent.PackageTool;

/// <summary><c>recurrent-package metas [--fix] [--prune]</c></summary>
public static class MetasVerb
{
    /// <summary>The verb, for the root command.</summary>
    public static Command Create()
    {
        var package = new Option<string?>("--package") { Description = "The package's folder. Default: the nearest one with a package.json, from here upwards.", HelpName = "DIR" };
        var fix = new Option<bool>("--fix") { Description = "Write the missing .meta files. Those that exist are never changed." };
        var prune = new Option<bool>("--prune") { Description = "Delete .meta files that belong to nothing." };
        var verb = new Command("metas", "Checks that everything Unity sees has a .meta with a GUID of its own.") { package, fix, prune };
        verb.SetAction(parsed => Run(parsed.GetValue(package), parsed.GetValue(fix), parsed.GetValue(prune), Console.Out));
        return verb;
    }

    /// <summary>Runs the verb.</summary>
    /// <returns>0, or 1 where problems are left.</returns>
    public static int Run(string? folder, bool fix, bool prune, TextWriter output)
    {
        string root = folder ?? PackageFolder.FindRoot(Directory.GetCurrentDirectory());
        if (fix)
        {
            foreach (string meta in MetasRule.WriteMissing(new PackageFolder(root))) output.WriteLine($"{meta}: written");
        }

        if (prune)
        {
            foreach (string meta in MetasRule.DeleteOrphans(new PackageFolder(root))) output.WriteLine($"{meta}: deleted");
        }

        var package = new PackageFolder(root);
        IReadOnlyList<Problem> problems = MetasRule.Check(package);
        foreach (Problem problem in problems) output.WriteLine(problem);
        output.WriteLine($"metas: {package.Assets.Count} files and folders, {problems.Count} problems");
        return problems.Count == 0 ? 0 : 1;
    }
}
