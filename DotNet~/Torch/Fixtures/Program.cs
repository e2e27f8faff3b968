using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Recurrent.Fixtures
{
    /// <summary>Writes the fixtures that the tests read. See Tests/Fixtures~/README.md for what stands in them.</summary>
    internal static class Program
    {
        private const long LargestTotal = 3_000_000;

        private static int Main(string[] arguments)
        {
            if (arguments is not ["--out", string folder])
            {
                Console.Error.WriteLine($"Expected --out FOLDER: {Fixture.Command}");
                return 2;
            }
            SetEnvironment("MKL_CBWR", "COMPATIBLE");
            SetEnvironment("ATEN_CPU_CAPABILITY", "default");
            Torch.TorchNative.Load();
            torch.set_num_threads(1);

            (string Name, Func<IEnumerable<Fixture>> Make)[] groups =
            [
                ("Linear and Embedding", LayerFixtures.All),
                ("recurrent layers", RecurrentFixtures.Layers),
                ("recurrent cells", RecurrentFixtures.Cells),
                ("the tutorial's shapes", RecurrentFixtures.Tutorial),
                ("losses", LossFixtures.All),
                ("optimizers", OptimizerFixtures.All),
            ];
            var written = new HashSet<string>();
            long total = 0;
            foreach (var (name, make) in groups)
            {
                long size = 0;
                int count = 0;
                using var scope = torch.NewDisposeScope();
                foreach (Fixture fixture in make())
                {
                    size += fixture.Save(folder);
                    count++;
                    if (!written.Add(Path.Combine(fixture.Group, fixture.Name))) throw new InvalidOperationException($"{fixture.Group}/{fixture.Name} twice.");
                }
                total += size;
                Console.WriteLine($"{count,4}  {size,9:n0} bytes  {name}");
            }
            Console.WriteLine($"{written.Count,4}  {total,9:n0} bytes");

            string[] leftOver = Directory.GetFiles(folder, "*.safetensors", SearchOption.AllDirectories)
                .Where(file => !written.Contains(Path.ChangeExtension(Path.GetRelativePath(folder, file), null))).ToArray();
            foreach (string file in leftOver) Console.Error.WriteLine($"{file}: no case writes this file any more; remove it.");
            if (total > LargestTotal) Console.Error.WriteLine($"{total:n0} bytes are more than the {LargestTotal:n0} agreed on.");
            return leftOver.Length > 0 || total > LargestTotal ? 1 : 0;
        }

        /// <summary>
        /// What libtorch and its MKL read when they are loaded: code paths that give the same bits whatever the processor and wherever
        /// a tensor lies in memory. .NET keeps variables of its own on Unix, which native code does not see.
        /// </summary>
        private static void SetEnvironment(string name, string value)
        {
            if (OperatingSystem.IsWindows()) Environment.SetEnvironmentVariable(name, value);
            else if (SetNativeVariable(name, value, 1) != 0) throw new InvalidOperationException($"{name} could not be set.");
        }

        [DllImport("libc", EntryPoint = "setenv", CharSet = CharSet.Ansi)]
        private static extern int SetNativeVariable(string name, string value, int overwrite);
    }
}
