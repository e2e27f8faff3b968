using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using Recurrent.Onnx;

namespace Recurrent.OnnxFixtures;

/// <summary>Writes the cases, and says how far ONNX Runtime is from the expected values where it runs them.</summary>
internal static class Program
{
    public const string Command = "dotnet run -c Release --project DotNet~/OnnxFixtures -- --out Tests/Fixtures~/Onnx";

    private static int Main(string[] arguments)
    {
        if (arguments is not ["--out", string folder])
        {
            Console.Error.WriteLine($"Expected --out FOLDER: {Command}");
            return 2;
        }
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        Directory.CreateDirectory(folder);
        var written = new HashSet<string>();
        foreach (Case each in Cases())
        {
            Dictionary<string, float[]> drawn = each.Draw();
            SortedDictionary<string, double[]> computed = new Operator64(each, drawn).Run();
            var expected = new Dictionary<string, double[]>();
            foreach (string name in new[] { "Y", "Y_h", "Y_c" })
                if (computed.TryGetValue(name, out double[]? values)) expected[name] = values;
            OnnxModel model = each.ToModel(drawn, expected);
            string path = Path.Combine(folder, each.Name + ".onnx");
            if (!written.Add(path)) throw new InvalidOperationException($"{each.Name} twice.");
            model.Save(path);
            Console.WriteLine($"{each.Name,-44} {Compare(model.ToBytes(), expected)}");
        }
        string[] leftOver = Directory.GetFiles(folder, "*.onnx").Where(file => !written.Contains(file)).ToArray();
        foreach (string file in leftOver) Console.Error.WriteLine($"{file}: no case writes this file any more; remove it.");
        Console.WriteLine($"{written.Count} cases, {written.Sum(file => new FileInfo(file).Length):n0} bytes");
        return leftOver.Length > 0 ? 1 : 0;
    }

    private static string Compare(byte[] model, Dictionary<string, double[]> expected)
    {
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL, IntraOpNumThreads = 1 };
            using var session = new InferenceSession(model, options);
            using var run = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> values = session.Run(run, new Dictionary<string, OrtValue>(), session.OutputNames);
            double largest = 0;
            for (int o = 0; o < session.OutputNames.Count; o++)
            {
                ReadOnlySpan<float> actual = values[o].GetTensorDataAsSpan<float>();
                double[] wanted = expected[session.OutputNames[o]];
                for (int i = 0; i < wanted.Length; i++) largest = Math.Max(largest, Math.Abs(actual[i] - wanted[i]));
            }
            return $"ONNX Runtime within {largest:g2}";
        }
        catch (OnnxRuntimeException e)
        {
            return "ONNX Runtime refuses: " + e.Message.Split('\n')[0];
        }
    }

    private static IEnumerable<Case> Cases()
    {
        int[] lengths = [4, 1, 0, 3];
        foreach (string kind in new[] { "RNN", "GRU", "LSTM" })
        {
            string name = kind.ToLowerInvariant();
            yield return new Case($"{name}-defaults", kind) { Opset = 7 };
            yield return new Case($"{name}-bias", kind) { Bias = true };
            yield return new Case($"{name}-initial-states", kind) { Bias = true, InitialStates = true, Opset = 22 };
            yield return new Case($"{name}-reverse", kind) { Direction = "reverse", Bias = true, InitialStates = true };
            yield return new Case($"{name}-bidirectional", kind) { Direction = "bidirectional", Bias = true, InitialStates = true };
            yield return new Case($"{name}-lengths", kind) { Batch = 4, Lengths = lengths, Bias = true, Opset = 9 };
            yield return new Case($"{name}-lengths-initial-states", kind) { Batch = 4, Lengths = lengths, Bias = true, InitialStates = true };
            yield return new Case($"{name}-reverse-lengths", kind) { Direction = "reverse", Batch = 4, Lengths = lengths, Bias = true };
            yield return new Case($"{name}-bidirectional-lengths", kind) { Direction = "bidirectional", Batch = 4, Lengths = lengths, Bias = true, InitialStates = true };
            yield return new Case($"{name}-layout-1", kind) { Layout = 1, Bias = true, InitialStates = true };
            yield return new Case($"{name}-layout-1-bidirectional-lengths", kind) { Layout = 1, Direction = "bidirectional", Batch = 4, Lengths = lengths, Bias = true, InitialStates = true, Opset = 22 };
            yield return new Case($"{name}-clip", kind) { Clip = 0.4f, Bias = true, InitialStates = true };
            yield return new Case($"{name}-one-step-one-row", kind) { Steps = 1, Batch = 1, Input = 1, Hidden = 17, Bias = true };
        }

        yield return new Case("gru-linear-before-reset", "GRU") { LinearBeforeReset = true, Bias = true, InitialStates = true };
        yield return new Case("gru-linear-before-reset-no-bias", "GRU") { LinearBeforeReset = true };
        yield return new Case("gru-linear-before-reset-bidirectional-lengths", "GRU") { LinearBeforeReset = true, Direction = "bidirectional", Batch = 4, Lengths = lengths, Bias = true };
        yield return new Case("gru-linear-before-reset-clip", "GRU") { LinearBeforeReset = true, Clip = 0.3f, Bias = true };

        yield return new Case("lstm-peepholes", "LSTM") { Peepholes = true, Bias = true };
        yield return new Case("lstm-peepholes-bidirectional", "LSTM") { Peepholes = true, Direction = "bidirectional", InitialStates = true };
        yield return new Case("lstm-peepholes-clip", "LSTM") { Peepholes = true, Clip = 0.5f, Bias = true, InitialStates = true };
        yield return new Case("lstm-input-forget", "LSTM") { InputForget = true, Bias = true, InitialStates = true };
        yield return new Case("lstm-everything", "LSTM")
        {
            Direction = "bidirectional",
            Batch = 4,
            Lengths = lengths,
            Bias = true,
            InitialStates = true,
            Peepholes = true,
            InputForget = true,
            Clip = 0.8f,
            Layout = 1,
            Activations = ["HardSigmoid", "ScaledTanh", "Softsign", "Sigmoid", "Tanh", "Affine"],
            Alpha = [0.3f, 1.2f, 0.7f],
            Beta = [0.45f, 0.9f, 0.1f],
            Opset = 14,
        };

        // Every function, in each place where the operators have one.
        (string Name, float[] Alpha, float[] Beta)[] functions =
        [
            ("Relu", [], []), ("Tanh", [], []), ("Sigmoid", [], []), ("Affine", [0.6f], [0.2f]), ("LeakyRelu", [0.3f], []), ("ThresholdedRelu", [0.4f], []),
            ("ScaledTanh", [0.8f], [1.3f]), ("HardSigmoid", [0.3f], [0.4f]), ("Elu", [0.7f], []), ("Softsign", [], []), ("Softplus", [], []),
        ];
        foreach ((string name, float[] alpha, float[] beta) in functions)
        {
            string suffix = name.ToLowerInvariant();
            yield return new Case($"rnn-{suffix}", "RNN") { Activations = [name], Alpha = alpha, Beta = beta, Bias = true };
            yield return new Case($"gru-{suffix}-gates", "GRU") { Activations = [name, "Tanh"], Alpha = alpha, Beta = beta, Bias = true, Steps = 2 };
            yield return new Case($"gru-{suffix}-candidate", "GRU") { Activations = ["Sigmoid", name], Alpha = alpha, Beta = beta, Bias = true, LinearBeforeReset = true };
            yield return new Case($"lstm-{suffix}-gates", "LSTM") { Activations = [name, "Tanh", "Tanh"], Alpha = alpha, Beta = beta, Bias = true, Steps = 2 };
            yield return new Case($"lstm-{suffix}-candidate", "LSTM") { Activations = ["Sigmoid", name, "Tanh"], Alpha = alpha, Beta = beta, Bias = true };
            yield return new Case($"lstm-{suffix}-output", "LSTM") { Activations = ["Sigmoid", "Tanh", name], Alpha = alpha, Beta = beta, Bias = true };
        }
        yield return new Case("rnn-two-functions", "RNN") { Direction = "bidirectional", Activations = ["Relu", "Tanh"], Bias = true };
        yield return new Case("gru-default-alpha", "GRU") { Activations = ["HardSigmoid", "LeakyRelu"], Bias = true };
    }
}
