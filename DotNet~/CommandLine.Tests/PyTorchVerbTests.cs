using System;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

/// <summary>Our side of an exchange with PyTorch; that side was run by hand, see Documentation~/pytorch.md.</summary>
public sealed class PyTorchVerbTests
{
    private CommandLineRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandLineRun();

    [TearDown]
    public void DeleteRun() => _run.Dispose();

    [TestCase("lstm", "follow", "CrossEntropy", false)]
    [TestCase("lstm-all", "classify", "CrossEntropy", true)]
    [TestCase("gru", "follow", "MeanSquaredError", true)]
    [TestCase("rnn", "classify", "MeanSquaredError", false)]
    public void WritesAModelAndRecordingsAndJudgesThem(string cell, string task, string loss, bool named)
    {
        Assert.That(_run.Run("pytorch", "--cell", cell, "--task", task), Is.EqualTo(ExitCode.Success), _run.Error);
        string model = _run.PathOf("start.safetensors"), data = _run.PathOf("recordings.safetensors");
        Assert.That(_run.Output, Does.Contain("torchrun --nproc_per_node=2 DotNet~/Torch/train_ddp.py --model " + model));
        Assert.That(SafeTensorsFile.Load(data).TryGetMetadata("loss", out string? name) && name == loss, Is.EqualTo(named));
        Assert.That(_run.Run("pytorch", "--model", model, "--data", data), Is.EqualTo(ExitCode.Success), _run.Error);
        // Untrained: the variance of the sums (0.25 / (1 − 0.64) = 0.69 in the long run), or ln 2.
        Assert.That(_run.Json["loss"].AsDouble(), task == "follow" ? Is.EqualTo(0.64).Within(0.08) : Is.EqualTo(Math.Log(2)).Within(0.08));
    }

    [Test]
    public void OutputsAreComparedNumberByNumber()
    {
        _run.Run("pytorch");
        string modelFile = _run.PathOf("start.safetensors"), dataFile = _run.PathOf("recordings.safetensors"), file = _run.PathOf("outputs.safetensors");
        SequenceModel model = ModelFile.Load(modelFile);
        ArrayDataset data = DatasetFile.Load(dataFile);
        // Step by step here, sequence by sequence there.
        float[] outputs = Enumerable.Range(0, data.Count).SelectMany(i =>
        {
            float[] input = new float[data.Steps(i) * 3], target = new float[data.Steps(i)], output = new float[data.Steps(i)];
            data.Read(i, input, target);
            using SequenceStream stream = model.OpenStream();
            for (int t = 0; t < output.Length; t++) stream.Step(input.AsSpan(t * 3, 3), output.AsSpan(t, 1));
            return output;
        }).ToArray();
        Assert.That(Compare(outputs), Is.EqualTo(ExitCode.Success), _run.Output);
        Assert.That(_run.Json["difference"].AsDouble(), Is.LessThan(1e-6));
        outputs[77] += 0.01f;
        Assert.That(Compare(outputs), Is.EqualTo(ExitCode.Failure));
        Assert.That(_run.Json["difference"].AsDouble(), Is.EqualTo(0.01).Within(1e-5));
        Assert.That(Compare(outputs[1..]), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain($"has {outputs.Length - 1} outputs, expected {outputs.Length}."));

        int Compare(float[] theirs)
        {
            var writer = new SafeTensorsWriter();
            writer.Add("outputs", new[] { theirs.Length, 1 }, theirs);
            writer.Save(file);
            return _run.Run("pytorch", "--model", modelFile, "--data", dataFile, "--outputs", file);
        }
    }

    [TestCase("recurrent pytorch: --model and --data judge together: expected both or none", "--model", "a")]
    [TestCase("recurrent pytorch: --outputs are compared with a model's: expected --model FILE --data FILE with it", "--outputs", "a")]
    [TestCase("recurrent pytorch: --cell chooses an example, --model has a model: expected one of them", "--model", "a", "--data", "b", "--cell", "gru")]
    public void ABadOptionIsOneLine(string expected, params string[] arguments)
    {
        Assert.That(_run.RunAsGiven(["pytorch", .. arguments]), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.StartWith(expected));
    }
}
