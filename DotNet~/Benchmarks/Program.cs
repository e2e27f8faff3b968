using System;
using System.CommandLine;
using System.Linq;
using Recurrent;
using Recurrent.Benchmarks;

var json = new Option<string?>("--json") { Description = "Also write the rows to this file.", HelpName = "FILE" };
var quick = new Option<bool>("--quick") { Description = "The same rows in less time, with more noise." };
var only = new Option<string[]>("--only")
{
    Description = $"Only some rows, by section ({string.Join(", ", Section.Names)}), workload (a–f), size (8-32, …) or cell: training,a,b,lstm.",
    HelpName = "WORDS",
    DefaultValueFactory = _ => [],
};
var threads = new Option<string>("--threads") { Description = "Threads of each side, a table for each number.", DefaultValueFactory = _ => "1,2" };
var kernels = new Option<string?>("--kernels") { Description = $"Our kernels: {string.Join(", ", KernelSet.Available.Select(set => set.Name))}; the last unless given." };

var peers = new Command("peers", "Measures our training and inference against TorchSharp's and ONNX Runtime's, in turn within one run.") { json, quick, only, threads, kernels };
peers.SetAction(parsed =>
{
    try
    {
        if (parsed.GetValue(kernels) is { } name)
            KernelSet.Default = KernelSet.Available.FirstOrDefault(set => set.Name == name) ?? throw new ArgumentException($"There are no kernels '{name}' here.");
        int[] counts = parsed.GetValue(threads)!.Split(',').Select(int.Parse).ToArray();
        using var run = new PeerRun(new Selection(parsed.GetValue(only)!, counts), parsed.GetValue(quick));
        run.Measure();
        if (parsed.GetValue(json) is { } file) run.Report.Save(file);
        return 0;
    }
    catch (Exception e) when (e is DisagreementException or ArgumentException or FormatException)
    {
        Console.Error.WriteLine(e.Message);
        return e is DisagreementException ? 1 : 2;
    }
});

var count = new Argument<int>("threads");
var server = new Command(TorchProcess.Command) { count };
server.Hidden = true;
server.SetAction(parsed => TorchServer.Run(parsed.GetValue(count)));

return new RootCommand("Recurrent's speed against that of its peers.") { peers, server }.Parse(args).Invoke();
