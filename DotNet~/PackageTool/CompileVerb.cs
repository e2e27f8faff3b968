using System.CommandLine;
using System.IO;
using System.Linq;

namespace Recurrent.PackageTool;

/// <summary><c>recurrent-package compile [DIR] [--unity DIR] [--offline]</c></summary>
public static class CompileVerb
{
    /// <summary>The verb, for the root command.</summary>
    public static Command Create()
    {
        Argument<string?> package = PackageFolder.Argument();
        var unity = new Option<string?>("--unity") { Description = "A folder of Unity's assemblies, such as Editor/Data/Managed, instead of the doubles in DotNet~.", HelpName = "DIR" };
        var offline = new Option<bool>("--offline") { Description = $"Do not fetch {OnnxRuntimeForUnity.Name} (by npm, 150 MB, once)." };
        var verb = new Command("compile", "Compiles every assembly as Unity does, in every combination of what a project may hold.") { package, unity, offline };
        verb.SetAction(parsed =>
        {
            PackageFolder folder = PackageFolder.Open(parsed.GetValue(package));
            TextWriter output = parsed.InvocationConfiguration.Output;
            return Run(new PackageContents(folder), Surroundings(folder.FullPath("DotNet~"), parsed.GetValue(unity), parsed.GetValue(offline), output), output);
        });
        return verb;
    }

    /// <summary>Compiles in every combination.</summary>
    /// <returns>0, or 1 where something failed that should not.</returns>
    public static int Run(PackageContents package, Surroundings around, TextWriter output) =>
        CombinationReport.Write(package, Combination.Whole.Concat(Combination.Broken), around, output).Count == 0 ? 0 : 1;

    /// <summary>What is compiled against.</summary>
    public static Surroundings Surroundings(string dotNet, string? unity, bool offline, TextWriter output)
    {
        var compiler = new UnityCompiler();
        EngineAssemblies engine = unity == null ? EngineAssemblies.Doubles(dotNet, compiler) : EngineAssemblies.FromFolder(unity, compiler);
        PackageContents? onnxRuntime = OnnxRuntimeForUnity.Find();
        if (onnxRuntime == null && !offline)
        {
            try
            {
                output.WriteLine($"Fetching {OnnxRuntimeForUnity.Name} {OnnxRuntimeForUnity.Version} …");
                onnxRuntime = OnnxRuntimeForUnity.Fetch();
            }
            catch (IOException e)
            {
                output.WriteLine(e.Message);
            }
        }

        return new Surroundings(compiler, engine, onnxRuntime);
    }
}
