using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;
using Recurrent.Onnx;

namespace Recurrent.CommandLine;

/// <summary>
/// <c>recurrent fuzz</c>: damages sound model files at random and reads them. Each must be read, or refused with the one exception that files have,
/// in bounded time and with memory in proportion to the file.
/// </summary>
internal sealed class FuzzVerb : Verb
{
    private const int DefaultSeconds = 60;
    private const double MaxSecondsOfAFile = 10;
    private const long MaxBytesOfAFile = 1L << 30;

    private readonly Option<int?> _seconds = OptionOf.Whole("--seconds", $"How long. [default: {DefaultSeconds}]", 1);
    private readonly Option<int?> _trials = OptionOf.Whole("--trials", "Stop after so many files. [default: none]", 1);
    private readonly Option<string?> _file = OptionOf.FilePath("--file", "Damage this .onnx or .safetensors file too.", "FILE");

    /// <summary>The verb, for the root command.</summary>
    public FuzzVerb()
        : base("fuzz", "Damages model files at random and reads them: no file may do more than be refused.")
    {
        Add(_seconds);
        Add(_trials);
        Add(_file);
        AddSharedOptions();
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        TimeSpan limit = TimeSpan.FromSeconds(parsed.GetValue(_seconds) ?? DefaultSeconds);
        long most = parsed.GetValue(_trials) ?? long.MaxValue;
        List<(string Name, byte[] Bytes)> sound = Sound();
        foreach ((string name, byte[] bytes) in sound) Read(name, bytes);
        if (parsed.GetValue(_file) is { } file) sound.Add((file, File.ReadAllBytes(file)));

        var random = new RandomSource(Seed(parsed));
        long trials = 0, refused = 0, peak = 0;
        double slowest = 0;
        string? failure = null;
        while (failure == null && trials < most && clock.Elapsed < limit && !cancellation.IsCancellationRequested)
        {
            (string name, byte[] bytes) = sound[random.Next(sound.Count)];
            byte[] damaged = Damage(bytes, sound[random.Next(sound.Count)].Bytes, random);
            long before = GC.GetAllocatedBytesForCurrentThread(), start = Stopwatch.GetTimestamp();
            try
            {
                Read(name, damaged);
            }
            catch (ModelFileException)
            {
                refused++;
            }
            catch (Exception e)
            {
                failure = $"{e.GetType().Name}: {e.Message}";
            }
            trials++;
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            slowest = Math.Max(slowest, seconds);
            peak = Math.Max(peak, allocated);
            if (seconds > MaxSecondsOfAFile) failure ??= FormattableString.Invariant($"took {seconds:0.0} s");
            if (allocated > MaxBytesOfAFile) failure ??= $"allocated {allocated >> 20} MB";
            if (failure == null) continue;
            report.MakeFolders();
            string path = report.File("damaged" + Path.GetExtension(name), "the file that did it");
            File.WriteAllBytes(path, damaged);
        }
        report.Line(FormattableString.Invariant($"{trials} damaged files in {clock.Elapsed.TotalSeconds:0.0} s: {refused} refused, {trials - refused - (failure == null ? 0 : 1)} read; slowest {slowest * 1000:0} ms, most memory {peak / 1048576.0:0.0} MB"));
        report.Line(failure == null ? "Passed" : $"FAILED: {failure}");
        report.Json.Member("verb", "fuzz").Member("trials", trials).Member("refused", refused).Member("slowestSeconds", slowest).Member("mostBytes", peak).Member("passed", failure == null).Member("failure", failure);
        return failure != null ? ExitCode.Failure : cancellation.IsCancellationRequested ? ExitCode.Cancelled : ExitCode.Success;
    }

    /// <summary>Reads a file as far as the package goes with it.</summary>
    private static void Read(string name, byte[] bytes)
    {
        if (name.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase))
        {
            SafeTensorsFile file = SafeTensorsFile.Load(bytes, name);
            foreach (SafeTensor tensor in file.Tensors) _ = tensor.Shape;
            ModelFile.Load(bytes, name);
            return;
        }
        OnnxModel model = OnnxModel.Read(bytes, name);
        StatePairs.Find(model);
        foreach (RecurrentNode node in RecurrentNode.FindAll(model)) node.ToLayer();
        OnnxImport.From(model);
    }

    /// <summary>Small files with everything in them.</summary>
    private static List<(string, byte[])> Sound()
    {
        var everything = new SequenceModel(new Embedding(5, 3), new LSTM(3, 4, numLayers: 2, bidirectional: true, options: new CellOptions { Peepholes = true, Clip = 3, Activations = [ActivationFunction.Sigmoid, new ActivationFunction(ActivationKind.ScaledTanh, 1, 2), ActivationFunction.Tanh] }),
            new FinalStates(), new Dropout(0.5f), new Linear(8, 2), new Softmax());
        var stream = new SequenceModel(new GRU(2, 3, resetAfter: false), new RNN(3, 3, nonlinearity: Nonlinearity.ReLU), new Linear(3, 1));
        var projected = new SequenceModel(new LSTM(2, 4, projSize: 2), new LastStep());
        var sound = new List<(string, byte[])>
        {
            ("sequence.onnx", OnnxExporter.Export(everything).ToBytes()),
            ("lengths.onnx", OnnxExporter.Export(everything, new OnnxExportOptions { States = true, Lengths = true }).ToBytes()),
            ("step.onnx", OnnxExporter.Export(stream, new OnnxExportOptions { Graph = OnnxGraphKind.Step, Opset = 12 }).ToBytes()),
        };
        foreach ((string name, SequenceModel model) in new[] { ("everything", everything), ("stream", stream), ("projected", projected) })
            sound.Add((name + ".safetensors", model.ToBytes()));
        return sound;
    }

    private static byte[] Damage(byte[] sound, byte[] other, RandomSource random)
    {
        var bytes = new List<byte>(sound);
        for (int count = 1 + random.Next(6); count > 0 && bytes.Count > 0; count--)
        {
            int at = random.Next(bytes.Count), length = Math.Min(1 + random.Next(40), bytes.Count - at);
            switch (random.Next(9))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.NextUInt64();
                    break;
                case 2:
                    bytes.RemoveRange(at, bytes.Count - at);
                    break;
                case 3:
                    bytes.RemoveRange(at, length);
                    break;
                case 4:
                    bytes.InsertRange(random.Next(bytes.Count), bytes.GetRange(at, length));
                    break;
                case 5:
                    // A length or a size that claims a great deal.
                    for (int i = 0; i < Math.Min(5, bytes.Count - at); i++) bytes[at + i] = (byte)(i < 4 ? 0xFF : 0x07);
                    break;
                case 6:
                    int from = random.Next(other.Length);
                    bytes.InsertRange(at, other.AsSpan(from, Math.Min(length, other.Length - from)).ToArray());
                    break;
                case 7:
                    // A number in a header of text.
                    bytes[at] = (byte)('0' + random.Next(10));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(new string("[{\"9"[random.Next(4)], 1 + random.Next(200))));
                    break;
            }
        }
        return bytes.ToArray();
    }
}
