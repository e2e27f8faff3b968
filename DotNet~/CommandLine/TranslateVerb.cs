using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Linq;
using System.Threading;
using Recurrent.Diagnostics;
using Spectre.Console;

namespace Recurrent.CommandLine;

/// <summary><c>recurrent translate</c>: trains an encoder-decoder on pairs of texts and scores what it writes freely; or translates with one that was trained.</summary>
internal sealed class TranslateVerb : Verb
{
    private const string ModelFileName = "translate.safetensors", PictureName = "translate.png";

    private const int PixelScale = 2, PictureWidth = 1760, PictureHeight = 760, Examples = 5;

    private static readonly TranslateSettings Sums = TranslateSettings.Addition(AttentionScore.None), Dates = TranslateSettings.Dates;

    private readonly Argument<string[]> _texts = new("TEXT") { Description = "With --model: what to translate.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _task = OptionOf.Choice("--task", "Pairs that the program makes: sums of two numbers, or dates as people write them. [default: addition]", "addition", "dates");
    private readonly Option<string?> _tsv = OptionOf.FilePath("--tsv", "Pairs from a file: a source and a target a line, separated by a tab.", "FILE");
    private readonly Option<string?> _model = OptionOf.FilePath("--model", "Translate the texts with a network that was trained before.", "FILE");
    private readonly Option<string?> _attention = new("--attention")
    {
        Description = "Luong's attention over the source; without a word, general. [default: none; with --task dates and --tsv general]",
        HelpName = "none|dot|general",
        Arity = ArgumentArity.ZeroOrOne,
        CustomParser = Attention,
    };

    private readonly Option<(float First, float Last)?> _teacherForcing = new("--teacher-forcing")
    {
        Description = "Share of a decoder's steps that are fed the right symbol in training: 0.5, or from the first epoch to the last, 1..0.5. [default: 1]",
        HelpName = "X[..X]",
        CustomParser = Ratios,
    };

    private readonly Option<int?> _beam = OptionOf.Whole("--beam", "Beginnings of a translation that are kept at every step; 1 is greedy. [default: 1]", 1);
    private readonly Option<bool> _words = new("--words") { Description = "With --tsv: a symbol is a word, not a character." };
    private readonly Option<string?> _cell = OptionOf.Choice("--cell", "The recurrent cell. [default: lstm]", "lstm", "gru", "rnn");
    private readonly Option<int?> _layers = OptionOf.Whole("--layers", "How many recurrent layers are stacked on each side. [default: 1]", 1);
    private readonly Option<int?> _hidden = OptionOf.Whole("--hidden", $"Hidden units of a layer. {Default(s => s.Options.HiddenSize)}", 1);
    private readonly Option<int?> _embedding = OptionOf.Whole("--embedding", $"Features of a symbol; 0 for one-hot. {Default(s => s.Options.EmbeddingDim)}", 0);
    private readonly Option<int?> _epochs = OptionOf.Whole("--epochs", $"How often the training part is gone through. [default: {Sums.Epochs} for addition, {Dates.Epochs} for dates, {TranslateSettings.File("").Epochs} for a file]", 1);
    private readonly Option<int?> _batch = OptionOf.Whole("--batch", $"Pairs in a mini-batch. {Default(s => s.Batch)}", 1);
    private readonly Option<double?> _learningRate = OptionOf.Real("--learning-rate", $"Adam's learning rate. {Default(s => s.LearningRate)}", 0, 10);
    private readonly Option<int?> _seeds = OptionOf.Whole("--seeds", "Repeat with this many seeds, from --seed upwards, and show mean ± standard deviation. [default: 1]", 1);

    /// <summary>The verb, for the root command.</summary>
    public TranslateVerb()
        : base("translate", "Trains an encoder-decoder on pairs of texts and scores what it writes freely; or translates with one that was trained.")
    {
        Add(_texts);
        foreach (Option option in new Option[] { _task, _tsv, _model, _beam }.Concat(TrainingOptions)) Add(option);
        AddSharedOptions();
        Validators.Add(CheckTogether);
    }

    private Option[] TrainingOptions => new Option[] { _attention, _teacherForcing, _words, _cell, _layers, _hidden, _embedding, _epochs, _batch, _learningRate, _seeds };

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        if (parsed.GetValue(_model) is { } model) return Translate(model, parsed.GetValue(_texts)!, parsed.GetValue(_beam) ?? 1, report);
        TranslateSettings settings = Settings(parsed);
        int seeds = parsed.GetValue(_seeds) ?? 1, threads = Threads(parsed), code = ExitCode.Success;
        var runs = new List<TranslateRun>();
        string modelFile = "";
        try
        {
            for (int i = 0; i < seeds && code == ExitCode.Success; i++)
            {
                var run = new TranslateRun(settings, Seed(parsed) + (ulong)i, threads);
                runs.Add(run);
                if (i == 0)
                {
                    report.MakeFolders();
                    Introduce(report, settings, run, threads);
                }
                run.Learn(trainer => TrainingDisplay.Run(trainer, settings.Epochs, report, seeds > 1 ? $"seed {run.Seed}" : "", lines: seeds == 1, cancellation));
                if (run.Result.Outcome == TrainingOutcome.Cancelled) code = ExitCode.Cancelled;
                if (run.Result.Outcome == TrainingOutcome.Diverged) code = ExitCode.Failure;
                if (i > 0 && code == ExitCode.Cancelled)
                {
                    // Half a run would spoil the mean of the whole ones.
                    runs.RemoveAt(i);
                    run.Dispose();
                    report.Line($"Cancelled: the figures are those of {i} of {seeds} seeds.");
                    break;
                }
                if (i == 0) run.Translator.Save(modelFile = report.File(ModelFileName, $"the network{(seeds > 1 ? $" of seed {run.Seed}" : "")}, with its vocabularies"));
                run.Score(CancellationToken.None);
                report.Line(Ending(run));
            }

            Tabulate(report, settings, runs);
            ShowExamples(report, runs[0]);
            Draw(report, settings, runs[0]);
            bool alike = CheckFile(report, runs[0], modelFile, settings.BeamWidth), reached = Judge(report, settings, runs);
            Write(report.Json, settings, runs, reached, alike);
            return code == ExitCode.Success && !(alike && reached) ? ExitCode.Failure : code;
        }
        finally
        {
            foreach (TranslateRun run in runs) run.Dispose();
        }
    }

    private static string? Attention(ArgumentResult argument)
    {
        if (argument.Tokens.Count == 0) return "general";
        string word = argument.Tokens[0].Value;
        if (word is not ("none" or "dot" or "general")) argument.AddError($"--attention: expected none|dot|general, got '{word}'");
        return word;
    }

    private static (float, float)? Ratios(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        var ratios = new List<float>();
        foreach (string part in text.Split(".."))
            if (float.TryParse(part, NumberStyles.Float, CultureInfo.InvariantCulture, out float ratio) && ratio >= 0 && ratio <= 1) ratios.Add(ratio);
            else ratios.Add(float.NaN);
        if (ratios.Count <= 2 && !ratios.Any(float.IsNaN)) return (ratios[0], ratios[^1]);
        argument.AddError($"--teacher-forcing: expected a number from 0 to 1, or two such as 1..0.5, got '{text}'");
        return null;
    }

    private static string Default<T>(Func<TranslateSettings, T> value) => Equals(value(Sums), value(Dates))
        ? FormattableString.Invariant($"[default: {value(Sums)}]")
        : FormattableString.Invariant($"[default: {value(Sums)}; with --task dates and --tsv {value(Dates)}]");

    private void CheckTogether(CommandResult result)
    {
        bool Given(Option option) => result.GetResult(option) is { Implicit: false };
        bool texts = result.GetResult(_texts) is { Tokens.Count: > 0 };
        if (Given(_task) && Given(_tsv)) result.AddError("--task makes pairs, --tsv reads them: expected one of them");
        if (Given(_words) && !Given(_tsv)) result.AddError("--words reads words from a file: expected --tsv FILE with it");
        if (texts && !Given(_model)) result.AddError("a text is translated by a network that was trained before: expected --model FILE with it");
        if (!Given(_model)) return;
        if (!texts) result.AddError("--model translates: expected a text after it");
        foreach (Option option in TrainingOptions.Append(_task).Append(_tsv))
            if (Given(option)) result.AddError($"{option.Name} is for training, --model for a network that was trained before: expected one of them");
    }

    private TranslateSettings Settings(ParseResult parsed)
    {
        AttentionScore? attention = parsed.GetValue(_attention) switch { "none" => AttentionScore.None, "dot" => AttentionScore.Dot, "general" => AttentionScore.General, _ => null };
        TranslateSettings defaults = parsed.GetValue(_tsv) is { } file ? TranslateSettings.File(file) : parsed.GetValue(_task) == "dates" ? TranslateSettings.Dates : TranslateSettings.Addition(attention ?? AttentionScore.None);
        TranslatorOptions options = defaults.Options;
        options.Attention = attention ?? options.Attention;
        options.Words = parsed.GetValue(_words);
        options.Cell = parsed.GetValue(_cell) switch { "gru" => RecurrentKind.GRU, "rnn" => RecurrentKind.RNN, _ => options.Cell };
        options.NumLayers = parsed.GetValue(_layers) ?? options.NumLayers;
        options.HiddenSize = parsed.GetValue(_hidden) ?? options.HiddenSize;
        options.EmbeddingDim = parsed.GetValue(_embedding) ?? options.EmbeddingDim;
        return defaults with
        {
            Epochs = parsed.GetValue(_epochs) ?? defaults.Epochs,
            Batch = parsed.GetValue(_batch) ?? defaults.Batch,
            LearningRate = (float?)parsed.GetValue(_learningRate) ?? defaults.LearningRate,
            TeacherForcing = parsed.GetValue(_teacherForcing) ?? defaults.TeacherForcing,
            BeamWidth = parsed.GetValue(_beam) ?? defaults.BeamWidth,
        };
    }

    private static int Translate(string file, string[] texts, int beam, Report report)
    {
        using Translator translator = Translator.Load(file);
        translator.BeamWidth = beam;
        report.Json.Member("verb", "translate").Member("model", file).Name("translations").BeginArray();
        foreach (string text in texts)
        {
            IReadOnlyList<Translation> found = translator.Candidates(text);
            report.Line(texts.Length == 1 ? found[0].Text : $"{text} → {found[0].Text}");
            report.Json.BeginObject().Member("source", text).Member("target", found[0].Text).Member("logProbability", found[0].LogProbability).Name("candidates").BeginArray();
            foreach (Translation candidate in found)
            {
                report.Json.BeginObject().Member("target", candidate.Text).Member("logProbability", candidate.LogProbability).EndObject();
                if (found.Count > 1) report.Line(FormattableString.Invariant($"  {100 * Math.Exp(candidate.LogProbability),6:0.00} %  {candidate.Text}"));
            }
            report.Json.EndArray().EndObject();
        }
        report.Json.EndArray();
        return ExitCode.Success;
    }

    private static void Introduce(Report report, TranslateSettings settings, TranslateRun run, int threads)
    {
        string validation = run.Validation.Count > 0 ? $"{run.Validation.Count} to choose the best epoch by, " : "";
        report.Line($"{settings.Name}: {run.Train.Count} pairs to train, {validation}{run.Test.Count} to test");
        foreach (TextPair pair in run.Train.Take(3)) report.Line($"  {pair}");
        report.Line();
        report.Line(run.Translator.Model.Summary().TrimEnd());
        report.Line();
        report.Line(FormattableString.Invariant($"Training: Adam {settings.LearningRate}{(settings.Cosine ? " down to 0 along a cosine" : "")}, {settings.Epochs} epochs, batches of {settings.Batch}{Forcing(settings)}; ")
            + FormattableString.Invariant($"threads: {threads}, {KernelSet.Default.Name} kernels, {run.TrainingBytes / 1e6:0.0} MB of memory"));
    }

    private static string Forcing(TranslateSettings settings)
    {
        (float first, float last) = settings.TeacherForcing;
        return !settings.Options.FeedsSymbols ? "" : FormattableString.Invariant($", teacher forcing {first}{(last == first ? "" : FormattableString.Invariant($" to {last}"))}");
    }

    private static string Ending(TranslateRun run)
    {
        bool whole = run.Result.Outcome == TrainingOutcome.Completed;
        return $"seed {run.Seed}: {Percent(run.Characters)} of the characters, {Percent(run.Texts)} of the texts; "
            + FormattableString.Invariant($"{run.Seconds:0.0} s{(whole ? "" : "; " + run.Result.Message)}");
    }

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:0.00} %");

    private static void Tabulate(Report report, TranslateSettings settings, List<TranslateRun> runs)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn("test part, written freely");
        foreach (string heading in new[] { "characters, %", "whole texts, %", "seconds" }) table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        string Of(Func<TranslateRun, double> value) => Figure.Of(runs.Select(value)).ToString();
        string decoding = settings.BeamWidth == 1 ? "greedy" : $"beam of {settings.BeamWidth}";
        table.AddRow(runs.Count > 1 ? $"{decoding}, {runs.Count} seeds" : decoding, Of(run => 100 * run.Characters), Of(run => 100 * run.Texts), Of(run => run.Seconds));
        report.Line();
        report.Console.Write(table);
        if (settings.ScoredLength > 0) report.Line($"Characters are counted over {settings.ScoredLength} places a text, as published; empty ones count.");
    }

    private static void ShowExamples(Report report, TranslateRun run)
    {
        int[] wrong = Enumerable.Range(0, run.Test.Count).Where(i => run.Translations[i].Text != run.Test[i].Target).ToArray();
        report.Line(wrong.Length == 0 ? "None of the test part is wrong." : $"{wrong.Length} of {run.Test.Count} are wrong{(wrong.Length > Examples ? $", the first {Examples}" : "")}:");
        foreach (int i in wrong.Take(Examples)) report.Line($"  {run.Test[i].Source} → {run.Translations[i].Text}, expected {run.Test[i].Target}");
    }

    private static void Draw(Report report, TranslateSettings settings, TranslateRun run)
    {
        IReadOnlyList<EpochRecord> history = run.Result.History;
        if (history.Count == 0) return;
        float[] Losses(Func<EpochRecord, double> loss) => history.Select(epoch => (float)loss(epoch)).ToArray();
        float[] train = Losses(epoch => epoch.TrainLoss), validation = run.Validation.Count > 0 ? Losses(epoch => epoch.ValidationLoss) : Array.Empty<float>();
        var chart = new LineChart(Axis.Counting("epoch", 1, history.Count), Axis.FitLogarithmic("cross-entropy a symbol", train, validation)) { Title = "Loss, the symbol before given" };
        chart.Add(new LineSeries("training", train) { First = 1 });
        if (validation.Length > 0) chart.Add(new LineSeries("validation", validation) { First = 1 });

        Translation? shown = run.Translations.FirstOrDefault(found => found.Attention.Length > 0);
        var grid = new PanelGrid(1, shown == null ? 1 : 2)
        {
            Title = $"Translation: {settings.Name}",
            Subtitle = $"{run.Translator.Model.Layers[0]}, seed {run.Seed}: {Percent(run.Texts)} of the test part's texts",
        };
        grid[0, 0] = chart;
        if (shown != null) grid[0, 1] = new AttentionMap(shown.Attention, Visible(shown.Symbols), Visible(shown.SourceSymbols)) { Title = $"Attention: {string.Concat(shown.SourceSymbols)} → {shown.Text}" };
        report.Picture(PictureName, shown == null ? "the loss of every epoch" : "the loss of every epoch; what the decoder looked at", grid.Draw(PictureWidth, PictureHeight, Skin.Light.WithScale(PixelScale)));
    }

    private static string[] Visible(IReadOnlyList<string> symbols) => symbols.Select(symbol => symbol is " " or Vocabulary.PaddingSymbol ? "·" : symbol).ToArray();

    /// <summary>Loads the network from its file: its translations must be the same.</summary>
    private static bool CheckFile(Report report, TranslateRun run, string file, int beam)
    {
        using Translator loaded = Translator.Load(file);
        loaded.BeamWidth = beam;
        bool alike = Enumerable.Range(0, Math.Min(100, run.Test.Count)).All(i => loaded.Candidates(run.Test[i].Source)[0].LogProbability.Equals(run.Translations[i].LogProbability));
        report.Line(alike ? "Loaded again from its file, the network writes the same." : "Loaded again from its file, the network writes OTHER texts: the file does not hold what was trained.");
        return alike;
    }

    private static bool Judge(Report report, TranslateSettings settings, List<TranslateRun> runs)
    {
        double characters = runs.Average(run => run.Characters), texts = runs.Average(run => run.Texts);
        bool reached = characters >= settings.RequiredCharacters && texts >= settings.RequiredTexts;
        if (settings.RequiredCharacters > 0) report.Line($"{(reached ? "Passed" : "FAILED")}: {Percent(characters)} of the characters, expected {Percent(settings.RequiredCharacters)}");
        if (settings.RequiredTexts > 0) report.Line($"{(reached ? "Passed" : "FAILED")}: {Percent(texts)} of the texts, expected {Percent(settings.RequiredTexts)}");
        return reached;
    }

    private static void Write(JsonWriter json, TranslateSettings settings, List<TranslateRun> runs, bool passed, bool alike)
    {
        TranslateRun first = runs[0];
        json.Member("verb", "translate").Member("pairs", settings.Name).Member("model", first.Translator.Model.ToString()).Member("seeds", runs.Count).Member("beam", settings.BeamWidth);
        json.Member("train", first.Train.Count).Member("validation", first.Validation.Count).Member("test", first.Test.Count).Member("parameters", first.Translator.Model.Store.Length);
        json.Member("characters", runs.Average(run => run.Characters)).Member("texts", runs.Average(run => run.Texts)).Member("seconds", runs.Average(run => run.Seconds));
        json.Member("passed", passed).Member("loadedAlike", alike).Member("kernels", KernelSet.Default.Name);
        json.Name("runs").BeginArray();
        foreach (TranslateRun run in runs)
        {
            json.BeginObject().Member("seed", (long)run.Seed).Member("outcome", run.Result.Outcome.ToString()).Member("epochs", run.Result.History.Count).Member("bestEpoch", run.Result.BestEpoch);
            json.Member("characters", run.Characters).Member("texts", run.Texts).Member("seconds", run.Seconds).EndObject();
        }
        json.EndArray();
    }
}
