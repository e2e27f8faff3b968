using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.CommandLine.Tests;

public sealed class OnnxVerbTests
{
    private CommandLineRun _run = null!;

    [SetUp]
    public void MakeRun() => _run = new CommandLineRun();

    [TearDown]
    public void DeleteRun() => _run.Dispose();

    [Test]
    public void InspectShowsAnOnnxFile()
    {
        var model = new SequenceModel(new LSTM(3, 4, numLayers: 2), new Linear(4, 1));
        model.SaveOnnx(_run.PathOf("model.onnx"), new OnnxExportOptions { Graph = OnnxGraphKind.Step });
        Assert.That(_run.Run("inspect", _run.PathOf("model.onnx")), Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(_run.Output, Does.Contain("operator set 17").And.Contain("layers: LSTM(3→4, 2 layers) → Linear(4→1)").And.Contain("h0 ← hn (metadata)"));
        Assert.That(_run.Json["recurrent"].Items.Select(node => node["hiddenSize"].AsInt32()), Is.EqualTo(new[] { 4, 4 }));
        Assert.That(_run.Json["inputs"][0]["shape"].AsString(), Is.EqualTo("batch × 3"));
        Assert.That(_run.Json["states"].Count, Is.EqualTo(2));
    }

    [Test]
    public void InspectShowsASafetensorsFile()
    {
        new SequenceModel(new GRU(3, 4), new Linear(4, 1)).Save(_run.PathOf("model.safetensors"));
        Assert.That(_run.Run("inspect", _run.PathOf("model.safetensors")), Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(_run.Output, Does.Contain("layers: GRU(3→4) → Linear(4→1)").And.Contain("0.weight_ih_l0"));
        Assert.That(_run.Json["tensors"].Count, Is.EqualTo(6));
    }

    [Test]
    public void InspectSaysWhatWeightsAloneLookLike()
    {
        var writer = new SafeTensorsWriter();
        writer.Add("gru.weight_ih_l0", [9, 2], new float[18]);
        writer.Add("gru.weight_hh_l0", [9, 3], new float[27]);
        writer.Save(_run.PathOf("weights.safetensors"));
        Assert.That(_run.Run("inspect", _run.PathOf("weights.safetensors")), Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(_run.Output, Does.Contain("looks like: gru: GRU(2→3)").And.Contain("does not fit into layers: has no 'recurrent_format'"));
        Assert.That(_run.Json["parts"][0]["hiddenSize"].AsInt32(), Is.EqualTo(3));
        Assert.That(_run.Json["parameters"].AsInt32(), Is.EqualTo(45));
        Assert.That(_run.Json["whyNot"].AsString(), Does.Contain("weights alone"));
    }

    [Test]
    public void InspectWarnsOfATorchGruAndRepairsIt()
    {
        OnnxModel model = OnnxExporter.Export(new GRU(2, 3, resetAfter: false));
        model.ProducerName = "pytorch";
        model.Save(_run.PathOf("gru.onnx"));
        Assert.That(_run.Run("inspect", _run.PathOf("gru.onnx"), "--repair"), Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(_run.Json["warnings"][0].AsString(), Does.Contain("linear_before_reset"));
        Assert.That(RecurrentNode.FindAll(OnnxModel.Read(_run.PathOf("gru-repaired.onnx"))).Single().LinearBeforeReset, Is.True);
    }

    [Test]
    public void ABadFileIsOneLineAndAnExitCode()
    {
        Assert.That(_run.Run("inspect", _run.Write("bad.onnx", "no model")), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.StartWith("recurrent inspect: ").And.Contain("bad.onnx"));
    }

    [TestCase("sequence", "output: Float[batch, time, 1]")]
    [TestCase("step", "h0: Float[1, batch, 4]")]
    [TestCase("sentis", "h_l0_in: Float[batch, 4]")]
    [TestCase("ml-agents", "recurrent_out: Float[batch, 1, 8]")]
    public void ExportWritesWhatIsAskedFor(string target, string line)
    {
        new SequenceModel(new LSTM(3, 4), new Linear(4, 1)).Save(_run.PathOf("model.safetensors"));
        Assert.That(_run.Run("export", _run.PathOf("model.safetensors"), "--for", target), Is.EqualTo(ExitCode.Success), _run.Error);
        Assert.That(_run.Output, Does.Contain(line));
        Assert.That(OnnxModel.Read(_run.PathOf("model.onnx")).OpsetVersion, Is.EqualTo(target is "sequence" or "step" ? 17 : 15));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void ParityHoldsBothBackendsToTheSameNumbers(bool symbols)
    {
        SequenceModel model = symbols ? new SequenceModel(new Embedding(9, 3), new GRU(3, 4), new Linear(4, 2)) : new SequenceModel(new LSTM(3, 4, numLayers: 2), new Linear(4, 2));
        model.Save(_run.PathOf("model.safetensors"));
        Assert.That(_run.Run("parity", _run.PathOf("model.safetensors"), "--steps", "50", "--batch", "2"), Is.EqualTo(ExitCode.Success), _run.Output + _run.Error);
        Assert.That(_run.Json["largestDifference"].AsDouble(), Is.LessThan(1e-5));
        Assert.That(_run.Json["managedMicroseconds"].AsDouble(), Is.GreaterThan(0));
        Assert.That(_run.Json["onnxRuntimeMicroseconds"].AsDouble(), Is.GreaterThan(0));
    }

    [Test]
    public void VerifyComparesBothWithTheExpectedOutputs()
    {
        MakeCase("good", layout: false, change: 0);
        MakeCase("batchwise", layout: true, change: 0);
        Assert.That(_run.Run("verify", _run.PathOf("cases")), Is.EqualTo(ExitCode.Success), _run.Output + _run.Error);
        Assert.That(_run.Json["cases"].Items.Select(each => each["case"].AsString()), Is.EqualTo(new[] { "batchwise", "good" }));
        Assert.That(_run.Json["managedRan"].AsInt32(), Is.EqualTo(2));
        // ONNX Runtime's CPU provider has no layout 1.
        Assert.That(_run.Json["onnxRuntimeRan"].AsInt32(), Is.EqualTo(1));
        Assert.That(_run.Json["cases"][0]["onnxRuntime"]["whyNot"].AsString(), Does.Contain("layout"));
    }

    [Test]
    public void VerifyFailsWhereAnOutputDiffers()
    {
        MakeCase("off", layout: false, change: 0.01f);
        Assert.That(_run.Run("verify", _run.PathOf("cases/off")), Is.EqualTo(ExitCode.Failure));
        Assert.That(_run.Json["cases"][0]["managed"]["error"].AsDouble(), Is.EqualTo(0.01).Within(1e-4));
        Assert.That(_run.Json["cases"][0]["onnxRuntime"]["error"].AsDouble(), Is.EqualTo(0.01).Within(1e-4));
    }

    [Test]
    public void VerifyNamesAFolderThatHoldsNoCase()
    {
        Assert.That(_run.Run("verify", _run.Folder), Is.EqualTo(ExitCode.BadInput));
        Assert.That(_run.Error, Does.Contain("holds no case"));
    }

    [Test]
    public void FuzzFindsNothing()
    {
        Assert.That(_run.Run("fuzz", "--seconds", "20", "--trials", "400", "--seed", "3"), Is.EqualTo(ExitCode.Success), _run.Output + _run.Error);
        Assert.That(_run.Json["trials"].AsInt32(), Is.EqualTo(400));
        Assert.That(_run.Json["refused"].AsInt32(), Is.GreaterThan(200));
    }

    /// <summary>An RNN h = tanh(w x + r h) of one unit in the layout of the conformance tests; outputs computed here.</summary>
    private void MakeCase(string name, bool layout, float change)
    {
        string folder = _run.PathOf(Path.Combine("cases", name)), set = Path.Combine(folder, "test_data_set_0");
        Directory.CreateDirectory(set);
        var model = new OnnxModel();
        model.OpsetImports[""] = 17;
        model.Graph.Name = name;
        long[] shape = layout ? [1, 3, 1] : [3, 1, 1];
        float[] x = [0.5f, -1, 0.25f];
        var inputs = new (string Name, OnnxTensor Tensor)[]
        {
            ("X", OnnxTensor.FromSingles("X", shape, x)), ("W", OnnxTensor.FromSingles("W", [1, 1, 1], [0.8f])), ("R", OnnxTensor.FromSingles("R", [1, 1, 1], [-0.6f])),
        };
        var y = new float[3];
        double h = 0;
        for (int t = 0; t < 3; t++) y[t] = (float)(h = Math.Tanh(0.8f * x[t] - 0.6f * h)) + change;
        var node = new OnnxNode("RNN", ["X", "W", "R"], ["Y"], new OnnxAttribute("hidden_size", 1L));
        if (layout) node.Attributes.Add(new OnnxAttribute("layout", 1L));
        model.Graph.Nodes.Add(node);
        foreach ((string input, OnnxTensor tensor) in inputs) model.Graph.Inputs.Add(new OnnxValueInfo(input, OnnxDataType.Float, tensor.Shape.Select(size => (OnnxDimension)size).ToArray()));
        OnnxDimension[] output = layout ? [1, 3, 1, 1] : [3, 1, 1, 1];
        model.Graph.Outputs.Add(new OnnxValueInfo("Y", OnnxDataType.Float, output));
        model.Save(Path.Combine(folder, "model.onnx"));
        for (int i = 0; i < inputs.Length; i++) inputs[i].Tensor.Save(Path.Combine(set, $"input_{i}.pb"));
        OnnxTensor.FromSingles("Y", layout ? [1, 3, 1, 1] : [3, 1, 1, 1], y).Save(Path.Combine(set, "output_0.pb"));
    }
}
