using System.Collections.Generic;
using System.CommandLine;
using System.IO;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary><c>recurrent-package check [DIR]</c></summary>
public static class CheckVerb
{
    /// <summary>The verb, for the root command.</summary>
    public static Command Create()
    {
        Argument<string?> package = PackageFolder.Argument();
        var verb = new Command("check", "Checks all that an editor, the Package Manager or IL2CPP would trip over.") { package };
        verb.SetAction(parsed => Run(PackageFolder.Open(parsed.GetValue(package)), parsed.InvocationConfiguration.Output));
        return verb;
    }

    /// <summary>Runs the verb.</summary>
    /// <returns>0, or 1 where there are problems.</returns>
    public static int Run(PackageFolder folder, TextWriter output)
    {
        var package = new PackageContents(folder);
        int count = 0;
        foreach ((string name, var check) in PackageRules.All)
        {
            List<Problem> problems = check(package).ToList();
            foreach (Problem problem in problems) output.WriteLine(problem);
            output.WriteLine($"{name}: {(problems.Count == 0 ? "good" : $"{problems.Count} problems")}");
            count += problems.Count;
        }

        output.WriteLine($"check: {package.Asmdefs.Count} assemblies, {package.Scripts.Count()} scripts, {folder.Assets.Count} files and folders, {count} problems");
        return count == 0 ? 0 : 1;
    }
}
