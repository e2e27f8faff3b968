using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using Recurrent.Diagnostics;
using Spectre.Console;

namespace Recurrent.CommandLine;

/// <summary><c>recurrent generate</c>: learns to continue a text character by character, and continues it.</summary>
internal sealed class GenerateVerb : Verb
{
    private const string ModelFileName = "generate.safetensors", PictureName = "generate.png", SampleName = "generated.txt";

    private static readonly GenerateSettings Defaults = new();

    private readonly Argument<string?> _text = new("FILE") { Description = "The text to learn from, in UTF-8; with --model, to judge the model by.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _model = OptionOf.FilePath("--model", "Train nothing: let a model that this verb saved write.", "FILE");
    private readonly Option<string?> _prompt = OptionOf.Text("--prompt", "What the model is to continue. [default: a line break]", "TEXT");
    private readonly Option<int?> _length = OptionOf.Whole("--length", "Characters to write. [default: 600]", 0);
    private readonly Option<double?> _temperature = OptionOf.Real("--temperature", "Below 1 likelier, above 1 wilder; 0 always takes the likeliest character. [default: 0.8]", 0, 100);
    private readonly Option<int?> _topK = OptionOf.Whole("--top-k", "Choose among so many of the likeliest characters; 0 for all. [default: 0]", 0);
    private readonly Option<string?> _cell = OptionOf.Choice("--cell", $"The recurrent cell. [default: {Defaults.Cell}]", "lstm", "gru", "rnn");
    private readonly Option<int?> _layers = OptionOf.Whole("--layers", $"How many recurrent layers are stacked. [default: {Defaults.Layers}]", 1);
    private readonly Option<int?> _hidden = OptionOf.Whole("--hidden", $"Hidden units of a layer. [default: {Defaults.Hidden}]", 1);
    private readonly Option<int?> _embedding = OptionOf.Whole("--embedding", $"Features of a character's vector. [default: {Defaults.Embedding}]", 1);
    private readonly Option<double?> _dropout = OptionOf.Real("--dropout", FormattableString.Invariant($"Share of a layer's outputs dropped while training. [default: {Defaults.Dropout}]"), 0, 0.95);
    private readonly Option<int?> _tracks = OptionOf.Whole("--tracks", $"In how many places the text is read at once. [default: {Defaults.Tracks}]", 1);
    private readonly Option<int?> _steps = OptionOf.Whole("--steps", $"Through how many characters a gradient goes back; the state goes on. [default: {Defaults.Steps}]", 1);
    private readonly Option<int?> _epochs = OptionOf.Whole("--epochs", $"How often the text is read. [default: {Defaults.Epochs}]", 1);
    private readonly Option<double?> _learningRate = OptionOf.Real("--learning-rate", FormattableString.Invariant($"Adam's learning rate, which falls along a cosine. [default: {Defaults.LearningRate}]"), 0, 10);
    private readonly Option<double?> _clip = OptionOf.Real("--clip", FormattableString.Invariant($"The largest norm of a gradient; 0 for any. [default: {Defaults.ClipNorm}]"), 0);
    private readonly Option<double?> _validation = OptionOf.Real("--validation", FormattableString.Invariant($"Share of the text, before the test part, by which the best epoch is chosen; 0 takes the last. [default: {Defaults.Validation}]"), 0, 0.5);
    private readonly Option<double?> _test = OptionOf.Real("--test", FormattableString.Invariant($"Share of the text, at its end, by which the model is judged when all is done. [default: {Defaults.Test}]"), 0.001, 0.5);

    /// <summary>The verb, for the root command.</summary>
    public GenerateVerb()
        : base("generate", "Learns to continue a text character by character, and writes on; or lets a saved model write.")
    {
        Add(_text);
        foreach (Option option in new Option[] { _model, _prompt, _length, _temperature, _topK, _cell, _layers, _hidden, _embedding, _dropout, _tracks, _steps, _epochs, _learningRate, _clip, _validation, _test })
            Add(option);
        AddSharedOptions();
        Validators.Add(CheckTogether);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        string? file = parsed.GetValue(_text), text = file == null ? null : Read(file);
        return parsed.GetValue(_model) is { } model ? Write(parsed, report, model, text) : Train(parsed, report, file!, text!, cancellation);
    }

    private void CheckTogether(CommandResult result)
    {
        bool trained = result.GetResult(_model) != null;
        if (!trained && result.GetValue(_text) == null) result.AddError("expected the FILE of a text to learn from, or --model FILE");
        foreach (Option option in new Option[] { _cell, _layers, _hidden, _embedding, _dropout, _tracks, _steps, _epochs, _learningRate, _clip, _validation })
            if (trained && result.GetResult(option) != null) result.AddError($"{option.Name} trains a model, --model has one: expected one of them");
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file, new UTF8Encoding(false, throwOnInvalidBytes: true));
        }
        catch (DecoderFallbackException)
        {
            throw new ArgumentException($"{file} is no text in UTF-8.");
        }
    }

    private GenerateSettings Settings(ParseResult parsed)
    {
        double? clip = parsed.GetValue(_clip);
        return Defaults with
        {
            Cell = parsed.GetValue(_cell) ?? Defaults.Cell,
            Layers = parsed.GetValue(_layers) ?? Defaults.Layers,
            Hidden = parsed.GetValue(_hidden) ?? Defaults.Hidden,
            Embedding = parsed.GetValue(_embedding) ?? Defaults.Embedding,
            Dropout = (float?)parsed.GetValue(_dropout) ?? Defaults.Dropout,
            Tracks = parsed.GetValue(_tracks) ?? Defaults.Tracks,
            Steps = parsed.GetValue(_steps) ?? Defaults.Steps,
            Epochs = parsed.GetValue(_epochs) ?? Defaults.Epochs,
            LearningRate = (float?)parsed.GetValue(_learningRate) ?? Defaults.LearningRate,
            ClipNorm = clip == 0 ? double.PositiveInfinity : clip ?? Defaults.ClipNorm,
            Validation = parsed.GetValue(_validation) ?? Defaults.Validation,
            Test = parsed.GetValue(_test) ?? Defaults.Test,
        };
    }

    private int Train(ParseResult parsed, Report report, string file, string text, CancellationToken cancellation)
    {
        GenerateSettings settings = Settings(parsed);
        int threads = Threads(parsed);
        using var run = new GenerateRun(settings, text, Seed(parsed), threads);
        report.MakeFolders();
        report.Line($"{file}: {run.TrainCharacters} characters to learn from, {text.Length - run.TrainCharacters - run.TestCharacters} to validate, {run.TestCharacters} to test; {run.Vocabulary.Count} symbols");
        report.Line();
        report.Line(run.Model.Summary().TrimEnd());
        report.Line();
        report.Line(FormattableString.Invariant($"Training: Adam {settings.LearningRate}, cosine, {settings.Epochs} epochs of {run.Trainer.Progress.Batches} steps ({settings.Tracks} tracks of {settings.Steps} characters, the state carried on); ")
            + FormattableString.Invariant($"{threads} threads, {KernelSet.Default.Name} kernels, {run.Trainer.Bytes / 1e6:0.0} MB of memory; losses in nats"));
        TrainingResult result = TrainingDisplay.Run(run.Trainer, settings.Epochs, report, "", lines: true, cancellation);
        double seconds = run.Trainer.Progress.Elapsed.TotalSeconds;
        report.Line(FormattableString.Invariant($"{result.Message} {seconds:0} s"));
        string modelFile = report.File(ModelFileName, "the network, with its vocabulary");
        run.Model.Save(modelFile);
        run.Score();
        Tabulate(report, run);
        if (run.Trainer.History.Count > 0) Draw(report, run, Path.GetFileName(file));
        (string prompt, string written) = Sample(parsed, run.Model);
        Show(report, prompt, written);
        bool alike = Sample(parsed, ModelFile.Load(modelFile)).Text == written;
        report.Line();
        report.Line(alike ? "Loaded again from its file, the network writes the same." : "Loaded again from its file, the network writes something ELSE: the file does not hold what was trained.");
        report.Json.Member("verb", "generate").Member("file", file).Member("model", settings.ToString()).Member("parameters", run.Model.Store.Length).Member("epochs", run.Trainer.History.Count);
        report.Json.Member("trainCharacters", run.TrainCharacters).Member("testCharacters", run.TestCharacters).Member("symbols", run.Vocabulary.Count);
        report.Json.Member("testBits", run.TestBits).Member("trainBits", run.TrainBits).Member("seconds", seconds).Member("threads", threads).Member("kernels", KernelSet.Default.Name).Member("loadedAlike", alike);
        report.Json.Name("countedBits").BeginArray();
        foreach (double bits in run.CountedBits) report.Json.Value(bits);
        report.Json.EndArray();
        return result.Outcome == TrainingOutcome.Cancelled ? ExitCode.Cancelled : result.Outcome == TrainingOutcome.Diverged || !alike ? ExitCode.Failure : ExitCode.Success;
    }

    private int Write(ParseResult parsed, Report report, string path, string? text)
    {
        SequenceModel model;
        using (TextGenerator generator = TextGenerator.Load(path)) model = generator.Model;
        report.Json.Member("verb", "generate").Member("parameters", model.Store.Length);
        if (text != null)
        {
            double bits = GenerateRun.Judge(model, text, parsed.GetValue(_test) ?? Defaults.Test, Threads(parsed));
            report.Line(FormattableString.Invariant($"{bits:0.000} bits per character on the last {(parsed.GetValue(_test) ?? Defaults.Test) * 100:0.#} % of {parsed.GetValue(_text)}"));
            report.Line();
            report.Json.Member("testBits", bits);
        }
        (string prompt, string written) = Sample(parsed, model);
        report.Line(prompt + written);
        report.Json.Member("text", written);
        return ExitCode.Success;
    }

    private (string Prompt, string Text) Sample(ParseResult parsed, SequenceModel model)
    {
        using var generator = new TextGenerator(model);
        generator.Sampler.Temperature = (float)(parsed.GetValue(_temperature) ?? 0.8);
        generator.Sampler.TopK = parsed.GetValue(_topK) ?? 0;
        string prompt = parsed.GetValue(_prompt) ?? "";
        generator.Read(prompt);
        return (prompt, generator.Generate(parsed.GetValue(_length) ?? 600, new RandomSource(RandomSource.Combine(Seed(parsed), 4))));
    }

    private static void Show(Report report, string prompt, string written)
    {
        report.Line();
        report.Line(prompt + written);
        AtomicFile.Write(report.File(SampleName, "what it wrote"), stream => stream.Write(Encoding.UTF8.GetBytes(prompt + written)));
    }

    private static void Tabulate(Report report, GenerateRun run)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn("the next character forecast by");
        table.AddColumn(new TableColumn("bits per character, test part").RightAligned());
        table.AddRow($"network ({run.Settings})".EscapeMarkup(), FormattableString.Invariant($"{run.TestBits:0.000}"));
        table.AddRow("the same on the part it learned from", FormattableString.Invariant($"{run.TrainBits:0.000}"));
        for (int n = 0; n < run.CountedBits.Count; n++)
            table.AddRow(n == 0 ? "how often characters occur" : $"counts after the last {(n == 1 ? "character" : $"{n} characters")}", FormattableString.Invariant($"{run.CountedBits[n]:0.000}"));
        report.Line();
        report.Console.Write(table);
    }

    private static void Draw(Report report, GenerateRun run, string name)
    {
        float[] train = run.Bits(epoch => epoch.TrainLoss), validation = run.Bits(epoch => epoch.ValidationLoss);
        float counted = (float)run.CountedBits.Min(), test = (float)run.TestBits;
        float[] ends = { 1, Math.Max(2, train.Length) };
        bool validated = validation.All(float.IsFinite);
        var chart = new LineChart(Axis.Counting("epoch", 1, train.Length), Axis.Fit("bits per character", train, validated ? validation : null, new[] { counted, test }));
        chart.Add(new LineSeries("training, with dropout", train) { First = 1, Marker = MarkerShape.Circle, Value = FormattableString.Invariant($"{train[^1]:0.000}") });
        if (validated) chart.Add(new LineSeries("validation", validation) { First = 1, Marker = MarkerShape.Square, Value = FormattableString.Invariant($"{validation.Min():0.000}") });
        chart.Add(new LineSeries("test part, at the end", ends, new[] { test, test }) { Value = FormattableString.Invariant($"{test:0.000}") });
        chart.Add(new LineSeries($"counts of {run.CountedBits.ToList().IndexOf(run.CountedBits.Min())} characters and the next", ends, new[] { counted, counted }) { Value = FormattableString.Invariant($"{counted:0.000}") });
        var grid = new PanelGrid(1, 1) { Title = $"Learning to continue {name}", Subtitle = run.Settings.ToString() };
        grid[0, 0] = chart;
        report.Picture(PictureName, "bits per character of every epoch", grid.Draw(1400, 800, Skin.Light.WithScale(2)));
    }
}
