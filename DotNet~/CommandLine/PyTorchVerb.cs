using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Linq;
using System.Threading;

namespace Recurrent.CommandLine;

/// <summary>
/// <c>recurrent pytorch</c>: the two sides of training elsewhere. Without options it writes a model and recordings to begin with; given what PyTorch made of them
/// it says how good the model is now, and whether both compute the same.
/// </summary>
internal sealed class PyTorchVerb : Verb
{
    private const string ModelName = "start.safetensors", DataName = "recordings.safetensors";

    /// <summary>How far an output may be from PyTorch's, as a share of the largest.</summary>
    private const double Tolerance = 1e-5;

    private const int Sequences = 400, Longest = 30, Shortest = 5, Features = 3, Units = 24;

    private readonly Option<string?> _cell = OptionOf.Choice("--cell", "The example's recurrent layer; lstm-all has 2 layers, both directions and a projection. [default: lstm]", "rnn", "lstm", "lstm-all", "gru");
    private readonly Option<string?> _task = OptionOf.Choice("--task", "The example's task: a leaky sum at every step, or its sign at the end. [default: follow]", "follow", "classify");
    private readonly Option<string?> _model = OptionOf.FilePath("--model", "Judge this model by --data.", "FILE");
    private readonly Option<string?> _data = OptionOf.FilePath("--data", "Recordings, as DatasetFile writes them.", "FILE");
    private readonly Option<string?> _outputs = OptionOf.FilePath("--outputs", "What PyTorch computed with the model for the recordings, to compare with.", "FILE");

    /// <summary>The verb, for the root command.</summary>
    public PyTorchVerb()
        : base("pytorch", "Writes a model and recordings for DotNet~/Torch/train_ddp.py, and judges what comes back.")
    {
        foreach (Option option in new Option[] { _cell, _task, _model, _data, _outputs }) Add(option);
        AddSharedOptions();
        Validators.Add(CheckTogether);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation) =>
        parsed.GetValue(_model) is { } model ? Judge(parsed, report, model, parsed.GetValue(_data)!) : Begin(parsed, report);

    private void CheckTogether(CommandResult result)
    {
        bool model = result.GetResult(_model) != null;
        if (model != (result.GetResult(_data) != null)) result.AddError("--model and --data judge together: expected both or none");
        if (!model && result.GetResult(_outputs) != null) result.AddError("--outputs are compared with a model's: expected --model FILE --data FILE with it");
        foreach (Option option in new Option[] { _cell, _task })
            if (model && result.GetResult(option) != null) result.AddError($"{option.Name} chooses an example, --model has a model: expected one of them");
    }

    private int Begin(ParseResult parsed, Report report)
    {
        ulong seed = Seed(parsed);
        bool classify = parsed.GetValue(_task) == "classify";
        RecurrentLayer recurrent = parsed.GetValue(_cell) switch
        {
            "rnn" => new RNN(Features, Units, seed: RandomSource.Combine(seed, 1)),
            "gru" => new GRU(Features, Units, seed: RandomSource.Combine(seed, 1)),
            "lstm-all" => new LSTM(Features, Units, numLayers: 2, bidirectional: true, projSize: Units / 2, seed: RandomSource.Combine(seed, 1)),
            _ => new LSTM(Features, Units, seed: RandomSource.Combine(seed, 1)),
        };
        var layers = new List<(string, Layer)> { ("rnn", recurrent) };
        if (classify) layers.Add(("last", recurrent.Bidirectional ? new FinalStates() : new LastStep()));
        layers.Add(("head", new Linear(recurrent.OutputSize, classify ? 2 : 1, seed: RandomSource.Combine(seed, 2))));
        var model = new SequenceModel(layers.ToArray());

        report.MakeFolders();
        string modelFile = report.File(ModelName, "the model, with its initial weights"), dataFile = report.File(DataName, "the recordings");
        model.Save(modelFile);
        Draw(classify, new RandomSource(RandomSource.Combine(seed, 3))).Save(dataFile, classify ? Losses.CrossEntropy() : Losses.MeanSquaredError);
        report.Line(model.Summary().TrimEnd());
        report.Line();
        report.Line("Where PyTorch is, train it on two processes:");
        report.Line($"  torchrun --nproc_per_node=2 DotNet~/Torch/train_ddp.py --model {modelFile} --data {dataFile} --out trained.safetensors --outputs outputs.safetensors");
        report.Line("and then judge what came back:");
        report.Line($"  recurrent pytorch --model trained.safetensors --data {dataFile} --outputs outputs.safetensors");
        report.Json.Member("verb", "pytorch").Member("parameters", model.Store.Length).Member("sequences", Sequences);
        return ExitCode.Success;
    }

    /// <summary>Sequences of different length; to be told is a leaky sum of the first feature, or whether it is above 0 at the end.</summary>
    private static ArrayDataset Draw(bool classify, RandomSource random)
    {
        var inputs = new List<float[]>();
        var targets = new List<float[]>();
        for (int i = 0; i < Sequences; i++)
        {
            int steps = Shortest + random.Next(Longest - Shortest + 1);
            var input = new float[steps * Features];
            var sums = new float[steps];
            for (int k = 0; k < input.Length; k++) input[k] = random.NextGaussian();
            for (int t = 0; t < steps; t++) sums[t] = (t > 0 ? 0.8f * sums[t - 1] : 0) + 0.5f * input[t * Features];
            inputs.Add(input);
            targets.Add(classify ? new[] { sums[^1] > 0 ? 1f : 0f } : sums);
        }
        return new ArrayDataset(inputs, targets, Features, 1);
    }

    private int Judge(ParseResult parsed, Report report, string modelFile, string dataFile)
    {
        SequenceModel model = ModelFile.Load(modelFile);
        ArrayDataset data = DatasetFile.Load(dataFile);
        Loss loss = SafeTensorsFile.Load(dataFile).TryGetMetadata("loss", out string? name) && name == Losses.CrossEntropy().Name ? Losses.CrossEntropy() : Losses.MeanSquaredError;
        using var trainer = new Trainer(model, loss, new Adam(), new TrainingOptions { Threads = Threads(parsed) });
        double value = trainer.Evaluate(data);
        report.Line(FormattableString.Invariant($"{model}: {loss.Name} {value:0.000000} on {data.Count} sequences of {dataFile}"));
        report.Json.Member("verb", "pytorch").Member("loss", value).Member("sequences", data.Count);
        if (parsed.GetValue(_outputs) is not { } path) return ExitCode.Success;

        float[] theirs = SafeTensorsFile.Load(path)["outputs"].ReadSingle(), ours = Outputs(model, data);
        if (theirs.Length != ours.Length) throw new ModelFileException(path, $"has {theirs.Length} outputs, expected {ours.Length}.");
        double difference = 0, largest = 0;
        for (int i = 0; i < ours.Length; i++)
        {
            // Written so that NaN counts.
            if (!(Math.Abs(ours[i] - (double)theirs[i]) <= difference)) difference = Math.Abs(ours[i] - (double)theirs[i]);
            largest = Math.Max(largest, Math.Abs(theirs[i]));
        }
        bool same = difference <= Tolerance * largest;
        report.Line(FormattableString.Invariant($"{ours.Length} outputs, the largest {largest:0.000}: PyTorch's differ by {difference:0.0e0} at most{(same ? "" : $"; expected {Tolerance} of the largest")}"));
        report.Json.Member("outputs", ours.Length).Member("difference", difference).Member("same", same);
        return same ? ExitCode.Success : ExitCode.Failure;
    }

    /// <summary>What the model gives for every target, one after the other.</summary>
    private static float[] Outputs(SequenceModel model, ArrayDataset data)
    {
        using var pass = new SequencePass(model, 1, data.MaxSteps);
        return Enumerable.Range(0, data.Count).SelectMany(i =>
        {
            float[] input = new float[data.Steps(i) * data.InputSize], target = new float[data.TargetSteps(i) * data.TargetSize];
            data.Read(i, input, target);
            pass.Forward(input, 1, data.Steps(i));
            var output = new float[pass.OutputSteps * model.OutputSize];
            pass.CopyOutput(output);
            return output;
        }).ToArray();
    }
}
