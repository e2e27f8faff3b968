using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Recurrent.Torch;
using TorchSharp;

namespace Recurrent.Benchmarks;

/// <summary>
/// The process in which TorchSharp runs: what it reads from the environment, it reads when it is loaded. Obeys a <see cref="TorchProcess"/> through standard
/// input and output, and ends with its input.
/// </summary>
internal static class TorchServer
{
    public static int Run(int threads)
    {
        using var reader = new BinaryReader(Console.OpenStandardInput());
        using var writer = new BinaryWriter(new BufferedStream(Console.OpenStandardOutput()));
        // What libraries print must not get between the answers.
        Console.SetOut(Console.Error);
        TorchNative.Load();
        torch.set_num_threads(threads);
        writer.Write($"TorchSharp {typeof(torch).Assembly.GetName().Version!.ToString(3)}, libtorch {torch.__version__}");
        writer.Flush();

        var open = new Dictionary<int, IContender>();
        for (int next = 0, request; (request = reader.BaseStream.ReadByte()) >= 0;)
        {
            switch ((TorchRequest)request)
            {
                case TorchRequest.OpenTraining:
                    open.Add(next, new TorchTraining(ReadWorkload(reader), (CellKind)reader.ReadInt32(), reader.ReadParameters(), reader.ReadFloats(), reader.ReadFloats()));
                    writer.Write(next++);
                    break;
                case TorchRequest.OpenJob:
                    open.Add(next, new TorchJob(ReadWorkload(reader), (CellKind)reader.ReadInt32(), reader.ReadParameters(), reader.ReadFloats(), reader.ReadFloats(), reader.ReadInt32()));
                    writer.Write(next++);
                    break;
                case TorchRequest.OpenStep:
                    open.Add(next, new TorchStep((CellKind)reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadInt32(), reader.ReadBoolean(), reader.ReadParameters(), reader.ReadArrays()));
                    writer.Write(next++);
                    break;
                case TorchRequest.Check:
                    writer.Write(open[reader.ReadInt32()].Check());
                    break;
                case TorchRequest.Run:
                    writer.Write(open[reader.ReadInt32()].Run(reader.ReadInt32()));
                    break;
                case TorchRequest.Close:
                    open.Remove(reader.ReadInt32(), out IContender? closed);
                    closed!.Dispose();
                    break;
                default:
                    throw new InvalidDataException($"There is no request {request}.");
            }
            writer.Flush();
        }
        foreach (IContender contender in open.Values) contender.Dispose();
        return 0;
    }

    private static Workload ReadWorkload(BinaryReader reader)
    {
        string id = reader.ReadString();
        return Workload.All.Single(workload => workload.Id == id);
    }
}
