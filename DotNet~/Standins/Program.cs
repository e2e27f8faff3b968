using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace Recurrent.Standins
{
    /// <summary>
    /// Prints what each kernel set reaches on the products and gate passes of an LSTM 16→64 with T = 32, B = 32, after comparing their results with
    /// those of the first. Arguments: "native" measures only the loops of Burst's kernels as another compiler made them; "journey" goes a <see cref="Journey"/> with
    /// each kernel set, or those named, and prints the checksums.
    /// </summary>
    internal static class Program
    {
        private const int Blocks = 15;
        private const double BlockSeconds = 0.02;

        private static int Main(string[] arguments)
        {
            CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
            if (arguments.Length > 0 && arguments[0] == "journey")
            {
                bool worked = true;
                foreach (KernelSet kernels in KernelSet.Available)
                    if (arguments.Length == 1 || Array.IndexOf(arguments, kernels.Name) > 0) worked &= Journey.Run(kernels, Console.WriteLine);
                return worked ? 0 : 1;
            }

            var all = new List<KernelSet>();
            if (arguments.Length > 0 && arguments[0] == "native")
            {
                all.Add(new BurstKernels());
            }
            else
            {
                all.AddRange(KernelSet.Available);
                Console.WriteLine($"\n### {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.ProcessArchitecture}; default: {KernelSet.Default.Name}\n");
                Console.WriteLine("| kernels | what | GFLOP/s: median (min–max) |");
                Console.WriteLine("|---|---|---|");
            }

            foreach (KernelSet kernels in all)
            {
                using var workload = new Workload(kernels);
                using var reference = new Workload(all.Count == 1 ? new ScalarKernels() : all[0]);
                foreach (Measured measured in workload.Everything())
                {
                    double off = workload.Difference(reference, measured.Name);
                    if (!(off < 1e-3))
                    {
                        Console.WriteLine($"{kernels.Name}, {measured.Name}: off by {off}");
                        return 1;
                    }
                    double[] rates = Rates(measured);
                    Console.WriteLine($"| {kernels.Name} | {measured.Name} | {rates[Blocks / 2]:0.0} ({rates[0]:0.0}–{rates[Blocks - 1]:0.0}) |");
                }
            }
            return 0;
        }

        private static double[] Rates(in Measured measured)
        {
            // Warm until a block is long enough: the compiler is done by then.
            var clock = new Stopwatch();
            int calls = 1;
            for (double seconds = 0; seconds < BlockSeconds; calls *= 2)
            {
                clock.Restart();
                for (int i = 0; i < 2 * calls; i++) measured.Run();
                seconds = clock.Elapsed.TotalSeconds;
            }
            var rates = new double[Blocks];
            for (int block = 0; block < Blocks; block++)
            {
                clock.Restart();
                for (int i = 0; i < calls; i++) measured.Run();
                rates[block] = measured.Operations * calls / clock.Elapsed.TotalSeconds / 1e9;
            }
            Array.Sort(rates);
            return rates;
        }
    }
}
