using System;
using System.IO;
using System.Linq;
using Recurrent;
using Recurrent.Analysis;
using Recurrent.Onnx;
using Recurrent.OnnxRuntime;

// Trains, saves, loads, exports and runs: each of the three packages once.
float[] wave = Enumerable.Range(0, 400).Select(t => MathF.Sin(t * 2 * MathF.PI / 25)).ToArray();
var data = SeriesDataset.FromValues(wave, lookBack: 20);
var model = new SequenceModel(("gru", new GRU(inputSize: 1, hiddenSize: 16)), ("last", new LastStep()), ("head", new Linear(16, 1)));
using var trainer = new Trainer(model, Losses.MeanSquaredError, new Adam(learningRate: 1e-2f));
TrainingResult result = trainer.Fit(data.Train, data.Validation, epochs: 20);
Console.WriteLine(FormattableString.Invariant($"Recurrent: {model}; best validation loss {result.BestLoss:0.000000} in epoch {result.BestEpoch}, kernels {KernelSet.Default.Name}"));

string file = Path.Combine(Path.GetTempPath(), $"recurrent-{Environment.ProcessId}.safetensors");
model.Save(file);
SequenceModel loaded = ModelFile.Load(file);
File.Delete(file);

using SequenceStream managed = loaded.OpenStream();
using var native = new OnnxRuntimeStream(OnnxExporter.Export(loaded, new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes());
float[] ours = new float[1], theirs = new float[1], forecast = new float[100];
float difference = 0;
for (int t = 0; t < forecast.Length; t++)
{
    managed.Step(wave.AsSpan(t, 1), ours);
    native.Step(wave.AsSpan(t, 1), theirs);
    difference = Math.Max(difference, Math.Abs(ours[0] - theirs[0]));
    forecast[t] = ours[0];
}

Console.WriteLine(FormattableString.Invariant($"Recurrent.OnnxRuntime: {native.Provider}, differs by at most {difference:0.0e+0} over {forecast.Length} steps"));
double period = Periodogram.Of(forecast).PeakPeriod;
Console.WriteLine(FormattableString.Invariant($"Recurrent.Analysis: the forecast's period is {period:0.0} steps"));
return result.BestLoss < 0.01 && difference < 1e-5 && Math.Abs(period - 25) < 1 ? 0 : 1;
