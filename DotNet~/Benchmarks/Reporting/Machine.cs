using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Recurrent.Benchmarks;

/// <summary>Where and with what was measured.</summary>
internal sealed record Machine(string Torch)
{
    public string Processor { get; } = FindProcessor();

    public int Processors { get; } = Environment.ProcessorCount;

    public string System { get; } = RuntimeInformation.OSDescription;

    public string Kernels { get; } = KernelSet.Default.Name;

    public string Recurrent { get; } = typeof(KernelSet).Assembly.GetName().Version!.ToString(3);

    public string Runtime { get; } = RuntimeInformation.FrameworkDescription;

    public string OnnxRuntime { get; } = "ONNX Runtime " + OnnxRuntimeContender.Version;

    /// <summary>Whether the required ratios count here: they are those of machines with vectors of 16 floats.</summary>
    public bool RatiosBind { get; } = Vector512.IsHardwareAccelerated;

    public void Print()
    {
        Console.WriteLine($"- {Processor}, {Processors} processors; {System}");
        Console.WriteLine($"- Recurrent {Recurrent}, kernels {Kernels} (of {string.Join(", ", KernelSet.Available.Select(kernels => kernels.Name))}), {Runtime}");
        Console.WriteLine($"- {Torch}; {OnnxRuntime}");
        if (!RatiosBind) Console.WriteLine("- Vector512 is not accelerated here: the required ratios do not count.");
    }

    private static string FindProcessor()
    {
        const string linux = "/proc/cpuinfo";
        string? line = File.Exists(linux) ? File.ReadLines(linux).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal)) : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
