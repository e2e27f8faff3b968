using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Recurrent.Benchmarks;

/// <summary>TorchSharp in a process of its own, with an environment of its own. It idles, blocked in a read, while others are measured.</summary>
internal sealed class TorchProcess : IDisposable
{
    /// <summary>The hidden command that turns this program into a <see cref="TorchServer"/>.</summary>
    public const string Command = "torch-server";

    private readonly Process _process;
    private readonly BinaryReader _reader;
    private readonly BinaryWriter _writer;

    /// <summary>Starts the process and waits until TorchSharp is loaded.</summary>
    /// <param name="threads">How many torch may use. Where there are several, each is bound to a processor: two of them may share one otherwise.</param>
    /// <param name="keepsMemory">Whether the C library is told to keep freed memory, which spares torch the page faults of every step.</param>
    public TorchProcess(int threads, bool keepsMemory)
    {
        string program = Environment.ProcessPath!;
        bool isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, UseShellExecute = false };
        if (isHost) start.ArgumentList.Add(typeof(TorchProcess).Assembly.Location);
        start.ArgumentList.Add(Command);
        start.ArgumentList.Add(threads.ToString(CultureInfo.InvariantCulture));
        if (threads > 1)
        {
            start.Environment["OMP_PROC_BIND"] = "true";
            start.Environment["OMP_PLACES"] = string.Join(",", Enumerable.Range(0, threads).Select(processor => $"{{{processor}}}"));
        }
        if (keepsMemory)
        {
            start.Environment["MALLOC_MMAP_THRESHOLD_"] = "4000000000";
            start.Environment["MALLOC_TRIM_THRESHOLD_"] = "8000000000";
            start.Environment["MALLOC_TOP_PAD_"] = "268435456";
        }
        _process = Process.Start(start)!;
        _reader = new BinaryReader(_process.StandardOutput.BaseStream);
        _writer = new BinaryWriter(new BufferedStream(_process.StandardInput.BaseStream));
        Version = _reader.ReadString();
    }

    /// <summary>The versions of TorchSharp and of libtorch.</summary>
    public string Version { get; }

    /// <summary>A training step that begins with our model's parameters.</summary>
    public IContender OpenTraining(Workload workload, CellKind cell, TrainingData data, SequenceModel model)
    {
        WriteTraining(TorchRequest.OpenTraining, workload, cell, data, model);
        return Open();
    }

    /// <summary>Whole trainings, each of which begins with our model's parameters.</summary>
    public IContender OpenJob(Workload workload, CellKind cell, TrainingData data, SequenceModel model, int epochs)
    {
        WriteTraining(TorchRequest.OpenJob, workload, cell, data, model);
        _writer.Write(epochs);
        return Open();
    }

    /// <summary>A step of inference with our layer's parameters.</summary>
    public IContender OpenStep(RecurrentLayer layer, CellKind cell, Frames frames, bool asCell)
    {
        _writer.Write((byte)TorchRequest.OpenStep);
        _writer.Write((int)cell);
        _writer.Write(layer.InputSize);
        _writer.Write(layer.HiddenSize);
        _writer.Write(frames.Batch);
        _writer.Write(asCell);
        _writer.Write(layer.Parameters);
        _writer.Write(frames.Values);
        return Open();
    }

    public void Dispose()
    {
        _writer.Dispose();
        _process.WaitForExit();
        _reader.Dispose();
        _process.Dispose();
    }

    private void WriteTraining(TorchRequest request, Workload workload, CellKind cell, TrainingData data, SequenceModel model)
    {
        _writer.Write((byte)request);
        _writer.Write(workload.Id);
        _writer.Write((int)cell);
        _writer.Write(model.Parameters);
        _writer.Write(TrainingData.Flat(data.Inputs));
        _writer.Write(TrainingData.Flat(data.Targets));
    }

    private Contender Open()
    {
        _writer.Flush();
        return new Contender(this, _reader.ReadInt32());
    }

    private void Send(TorchRequest request, int number)
    {
        _writer.Write((byte)request);
        _writer.Write(number);
    }

    private sealed class Contender(TorchProcess process, int number) : IContender
    {
        public float[][] Check()
        {
            process.Send(TorchRequest.Check, number);
            process._writer.Flush();
            return process._reader.ReadArrays();
        }

        public double Run(int calls)
        {
            process.Send(TorchRequest.Run, number);
            process._writer.Write(calls);
            process._writer.Flush();
            return process._reader.ReadDouble();
        }

        public void Dispose()
        {
            process.Send(TorchRequest.Close, number);
            process._writer.Flush();
        }
    }
}
