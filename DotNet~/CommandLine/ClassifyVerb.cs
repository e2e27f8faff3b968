using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Threading;
using Recurrent.Diagnostics;
using Spectre.Console;

namespace Recurrent.CommandLine;

/// <summary><c>recurrent classify</c>: trains a text classifier, shows what it takes for what, and uses one that was saved.</summary>
internal sealed class ClassifyVerb : Verb
{
    private const string ModelFileName = "classifier.safetensors", PictureName = "confusion.png";
    private const int PixelScale = 2, PictureWidth = 1000, PictureHeight = 900;

    private static readonly ClassifySettings Folder = ClassifySettings.Folder, Negation = ClassifySettings.Negation;

    private readonly Argument<string[]> _texts = new("TEXT") { Description = "Texts to classify, with --model.", Arity = ArgumentArity.ZeroOrMore };
    private readonly Option<string?> _data = OptionOf.FilePath("--data", "A folder with a text file for each class, called after it, and in it a text a line.", "DIR");
    private readonly Option<string?> _task = OptionOf.Choice("--task", "A made task: sentences of a vocabulary of 10,000 words, in which a negation decides the class.", "negation");
    private readonly Option<string?> _model = OptionOf.FilePath("--model", "A classifier that was saved: says of each TEXT what it is.", "FILE");
    private readonly Option<string?> _tokens = OptionOf.Choice("--tokens", "What a text is cut into. [default: characters; with --task words]", Tokenizer.Characters.Name, Tokenizer.Words.Name);
    private readonly Option<int?> _vocabulary = OptionOf.Whole("--vocabulary", "The most symbols that are told apart, the most frequent of the training part. [default: all]", 3);
    private readonly Option<int?> _count = OptionOf.Whole("--texts", $"Sentences of the made task. [default: {Negation.Texts}]", 20);
    private readonly Option<string?> _cell = OptionOf.Choice("--cell", $"The recurrent cell. {Default(s => s.Cell)}", "lstm", "gru", "rnn");
    private readonly Option<int?> _embedding = OptionOf.Whole("--embedding", $"Numbers by which a symbol is known. {Default(s => s.Embedding)}", 1);
    private readonly Option<int?> _hidden = OptionOf.Whole("--hidden", $"Hidden units of a layer in each direction. {Default(s => s.Hidden)}", 1);
    private readonly Option<int?> _layers = OptionOf.Whole("--layers", $"How many recurrent layers are stacked. {Default(s => s.Layers)}", 1);
    private readonly Option<double?> _dropout = OptionOf.Real("--dropout", $"Share of the outputs dropped between layers and before the last, while training. {Default(s => s.Dropout)}", 0, 0.95);
    private readonly Option<int?> _epochs = OptionOf.Whole("--epochs", $"How often the training part is gone through. {Default(s => s.Epochs)}", 1);
    private readonly Option<int?> _batch = OptionOf.Whole("--batch", $"Texts in a mini-batch. {Default(s => s.Batch)}", 1);
    private readonly Option<double?> _learningRate = OptionOf.Real("--learning-rate", $"Adam's learning rate. {Default(s => s.LearningRate)}", 0, 10);
    private readonly Option<string?> _schedule = OptionOf.Choice("--schedule", $"How the learning rate goes on: as it is, or down to 0 along a cosine. {Default(s => s.Schedule)}", "constant", "cosine");
    private readonly Option<double?> _weightDecay = OptionOf.Real("--weight-decay", $"Decoupled weight decay (AdamW). {Default(s => s.WeightDecay)}", 0, 10);
    private readonly Option<double?> _validation = OptionOf.Real("--validation", $"Share of the training part by which the best epoch is chosen. {Default(s => s.Validation)}", 0, 0.8);
    private readonly Option<double?> _test = OptionOf.Real("--test", $"Share of every class that is looked at once, when all is done. {Default(s => s.Test)}", 0.01, 0.8);
    private readonly Option<string?> _balance = OptionOf.Choice("--balance", "Whether every class counts alike, however few texts it has. [default: no]", "yes", "no");
    private readonly Option<int?> _split = OptionOf.Whole("--split", "The seed of the split into parts, and of the made task; --seed does not change them. [default: 1]", 0);
    private readonly Option<int?> _seeds = OptionOf.Whole("--seeds", "Repeat with this many seeds, from --seed upwards, and show mean ± standard deviation. [default: 1]", 1);

    /// <summary>The verb, for the root command.</summary>
    public ClassifyVerb()
        : base("classify", "Trains a text classifier on a folder of texts or on a made task; or says of which class a text is, by one that was saved.")
    {
        Add(_texts);
        Option[] own =
        {
            _data, _task, _model, _tokens, _vocabulary, _count, _cell, _embedding, _hidden, _layers, _dropout, _epochs, _batch, _learningRate, _schedule, _weightDecay,
            _validation, _test, _balance, _split, _seeds,
        };
        foreach (Option option in own) Add(option);
        AddSharedOptions();
        Validators.Add(CheckTogether);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        if (parsed.GetValue(_model) is { } file) return Use(file, parsed.GetValue(_texts)!, report);
        ClassifySettings settings = Settings(parsed);
        ulong split = (ulong)(parsed.GetValue(_split) ?? 1), firstSeed = Seed(parsed);
        string? folder = parsed.GetValue(_data);
        bool made = folder == null;
        LabelledTexts texts = folder == null ? NegationTask.Make(settings.Texts, new RandomSource(RandomSource.Combine(split, 1))) : LabelledTexts.FromFolder(folder);
        Tokenizer tokenizer = Tokenizer.Named(parsed.GetValue(_tokens) ?? (made ? Tokenizer.Words : Tokenizer.Characters).Name);
        Vocabulary? vocabulary = made && tokenizer == Tokenizer.Words && settings.Vocabulary >= NegationTask.VocabularySize ? NegationTask.Vocabulary : null;
        int seeds = parsed.GetValue(_seeds) ?? 1, threads = Threads(parsed);
        string name = folder == null ? "Sentences in which a negation decides" : Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));

        var run = new ClassifyRun(settings, texts, tokenizer, vocabulary, split, threads);
        report.MakeFolders();
        var results = new List<Result>();
        ConfusionCounts? counts = null;
        bool alike = true;
        int code = ExitCode.Success;
        for (int i = 0; i < seeds && code == ExitCode.Success; i++)
        {
            ulong seed = firstSeed + (ulong)i;
            (TextClassifier classifier, Trainer trainer) = run.Begin(seed);
            using (classifier)
            using (trainer)
            {
                if (i == 0) Introduce(report, settings, run, classifier, trainer, name, threads);
                TrainingResult training = TrainingDisplay.Run(trainer, settings.Epochs, report, seeds > 1 ? $"seed {seed}" : "", lines: seeds == 1, cancellation);
                if (training.Outcome == TrainingOutcome.Cancelled) code = ExitCode.Cancelled;
                if (training.Outcome == TrainingOutcome.Diverged) code = ExitCode.Failure;
                if (i > 0 && code == ExitCode.Cancelled)
                {
                    report.Line($"Cancelled: the figures are those of {i} of {seeds} seeds.");
                    break;
                }
                var result = new Result(seed, training, trainer.Progress.Elapsed.TotalSeconds, classifier.Evaluate(run.Validation), classifier.Evaluate(run.Test), classifier.Evaluate(run.Unseen));
                results.Add(result);
                report.Line($"{(seeds > 1 ? $"seed {seed}: {Percent(result.Test.Accuracy)} of the test part; " : "")}{training.Message} {Seconds(result.Seconds)}");
                if (i > 0) continue;
                counts = result.Test;
                string path = report.File(ModelFileName, $"the classifier{(seeds > 1 ? $" of seed {seed}" : "")}, with its vocabulary and classes");
                classifier.Save(path);
                using TextClassifier loaded = TextClassifier.Load(path);
                alike = loaded.Evaluate(run.Test).ToArray().SequenceEqual(result.Test.ToArray());
            }
        }

        (ConfusionCounts Test, ConfusionCounts Unseen)? bag = code == ExitCode.Success ? Bag(run, firstSeed, report, cancellation) : null;
        Tabulate(report, settings, run, results, bag);
        report.Picture(PictureName, "what it takes for what, on the test part", Draw(counts!, name, settings, firstSeed));
        report.Line(alike ? "Loaded again from its file, the classifier says the same of every text of the test part." : "Loaded again from its file, the classifier says OTHER things: the file does not hold what was trained.");
        Write(report.Json, settings, run, results, bag, alike);
        return alike ? code : ExitCode.Failure;
    }

    private static string Default<T>(Func<ClassifySettings, T> value)
    {
        T folder = value(Folder), made = value(Negation);
        return Equals(folder, made) ? FormattableString.Invariant($"[default: {folder}]") : FormattableString.Invariant($"[default: {folder}; with --task {made}]");
    }

    private void CheckTogether(CommandResult result)
    {
        bool texts = result.GetResult(_texts) is { Tokens.Count: > 0 }, model = result.GetResult(_model) != null;
        int sources = new Option[] { _data, _task, _model }.Count(option => result.GetResult(option) != null);
        if (sources != 1) result.AddError("expected one of --data DIR, --task negation and --model FILE");
        else if (model && !texts) result.AddError("--model needs something to classify: expected at least one TEXT");
        else if (!model && texts) result.AddError("a TEXT is classified by --model FILE: expected it, or no TEXT");
        else if (result.GetResult(_count) != null && result.GetResult(_task) == null) result.AddError("--texts says how many sentences are made: expected --task with it");
    }

    private ClassifySettings Settings(ParseResult parsed)
    {
        ClassifySettings defaults = parsed.GetValue(_data) != null ? Folder : Negation;
        return defaults with
        {
            Vocabulary = parsed.GetValue(_vocabulary) ?? defaults.Vocabulary,
            Texts = parsed.GetValue(_count) ?? defaults.Texts,
            Cell = parsed.GetValue(_cell) ?? defaults.Cell,
            Embedding = parsed.GetValue(_embedding) ?? defaults.Embedding,
            Hidden = parsed.GetValue(_hidden) ?? defaults.Hidden,
            Layers = parsed.GetValue(_layers) ?? defaults.Layers,
            Dropout = (float?)parsed.GetValue(_dropout) ?? defaults.Dropout,
            Epochs = parsed.GetValue(_epochs) ?? defaults.Epochs,
            Batch = parsed.GetValue(_batch) ?? defaults.Batch,
            LearningRate = (float?)parsed.GetValue(_learningRate) ?? defaults.LearningRate,
            Schedule = parsed.GetValue(_schedule) ?? defaults.Schedule,
            WeightDecay = (float?)parsed.GetValue(_weightDecay) ?? defaults.WeightDecay,
            Validation = parsed.GetValue(_validation) ?? defaults.Validation,
            Test = parsed.GetValue(_test) ?? defaults.Test,
            Balance = parsed.GetValue(_balance) == "yes",
        };
    }

    private static int Use(string file, string[] texts, Report report)
    {
        using TextClassifier classifier = TextClassifier.Load(file);
        var probabilities = new float[classifier.Classes.Count];
        report.Json.Member("verb", "classify").Member("model", file).Name("texts").BeginArray();
        foreach (string text in texts)
        {
            int best = classifier.Classify(text, probabilities);
            int[] order = Enumerable.Range(0, probabilities.Length).OrderByDescending(c => probabilities[c]).ToArray();
            report.Line($"{text}: {string.Join(", ", order.Take(3).Select(c => $"{classifier.Classes[c]} {Percent(probabilities[c])}"))}");
            report.Json.BeginObject().Member("text", text).Member("class", classifier.Classes[best]).Name("probabilities").BeginObject();
            for (int c = 0; c < probabilities.Length; c++) report.Json.Member(classifier.Classes[c], probabilities[c]);
            report.Json.EndObject().EndObject();
        }
        report.Json.EndArray();
        return ExitCode.Success;
    }

    private static void Introduce(Report report, ClassifySettings settings, ClassifyRun run, TextClassifier classifier, Trainer trainer, string name, int threads)
    {
        report.Line($"{name}: {run.Train.Count} texts to train, {(run.Validation.Count > 0 ? $"{run.Validation.Count} to validate, " : "")}{run.Test.Count} to test, of which {run.Unseen.Count} do not also stand in the training part;");
        report.Line($"{run.Train.Classes.Count} classes; {run.Vocabulary.Count} symbols ({run.Tokenizer})");
        for (int label = 0; label < 2; label++)
            report.Line($"such as: {run.Train.Texts[run.Train.Labels.ToList().IndexOf(label)]} ({run.Train.Classes[label]})");
        report.Line();
        report.Line(classifier.Model.Summary().TrimEnd());
        report.Line();
        report.Line(FormattableString.Invariant($"Training: {(settings.WeightDecay > 0 ? "AdamW" : "Adam")} {settings.LearningRate}, {settings.Schedule} learning rate, {settings.Epochs} epochs, batches of {settings.Batch}, {(settings.Balance ? "every class counts alike" : "every text counts alike")}; ")
            + FormattableString.Invariant($"{threads} {(threads == 1 ? "thread" : "threads")}, {KernelSet.Default.Name} kernels, {(trainer.Bytes + 4L * sizeof(float) * classifier.Model.Store.Length) / 1e6:0.0} MB of memory"));
    }

    /// <summary>Trains what does not see the order; null if it was cancelled.</summary>
    private static (ConfusionCounts, ConfusionCounts)? Bag(ClassifyRun run, ulong seed, Report report, CancellationToken cancellation)
    {
        using Trainer trainer = run.BeginBag(seed);
        TrainingResult training = TrainingDisplay.Run(trainer, trainer.Progress.Epochs, report, $"bag of {run.Tokenizer}", lines: false, cancellation);
        return training.Outcome == TrainingOutcome.Cancelled ? null : (run.EvaluateBag(trainer.Model, run.Test), run.EvaluateBag(trainer.Model, run.Unseen));
    }

    private static void Tabulate(Report report, ClassifySettings settings, ClassifyRun run, List<Result> results, (ConfusionCounts Test, ConfusionCounts Unseen)? bag)
    {
        ConfusionCounts first = results[0].Test;
        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn("by");
        foreach (string heading in new[] { "accuracy, %", "not in training, %", "mean of classes, %" }) table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        int majority = Enumerable.Range(0, first.Classes.Count).MaxBy(run.Train.CountOf);
        Row($"always {first.Classes[majority]}", new[] { (double)first.CountOf(majority) / first.Count }, new[] { (double)results[0].Unseen.CountOf(majority) / results[0].Unseen.Count }, new[] { 1.0 / Enumerable.Range(0, first.Classes.Count).Count(c => first.CountOf(c) > 0) });
        if (bag is var (test, unseen)) Row($"bag of {run.Tokenizer}", new[] { test.Accuracy }, new[] { unseen.Accuracy }, new[] { test.BalancedAccuracy });
        Row(settings.Network, results.Select(r => r.Test.Accuracy), results.Select(r => r.Unseen.Accuracy), results.Select(r => r.Test.BalancedAccuracy));
        report.Line();
        report.Console.Write(table);
        if (run.Validation.Count > 0) report.Line($"Validation accuracy: {Share(results.Select(r => r.Validation.Accuracy))} %");
        if (results.Count > 1) report.Line($"Mean ± standard deviation of {results.Count} seeds, on one split.");

        report.Line();
        var classes = new Table { Border = TableBorder.Horizontal };
        classes.AddColumn($"class{(results.Count > 1 ? $", seed {results[0].Seed}" : "")}");
        foreach (string heading in new[] { "trained on", "tested on", "recall, %", "precision, %" }) classes.AddColumn(new TableColumn(heading).RightAligned());
        for (int c = 0; c < first.Classes.Count; c++)
            classes.AddRow(first.Classes[c].EscapeMarkup(), $"{run.Train.CountOf(c)}", $"{first.CountOf(c)}", Share(new[] { first.Recall(c) }), Share(new[] { first.Precision(c) }));
        report.Console.Write(classes);

        void Row(string by, params IEnumerable<double>[] shares) => table.AddRow(shares.Select(Share).Prepend(by.EscapeMarkup()).ToArray());
    }

    private static StateCanvas Draw(ConfusionCounts counts, string name, ClassifySettings settings, ulong seed)
    {
        var grid = new PanelGrid(1, 1) { Title = name, Subtitle = $"test part, {settings.Network}, seed {seed}" };
        grid[0, 0] = new ConfusionMatrix(counts.ToArray(), counts.Classes.Symbols.ToArray());
        return grid.Draw(PictureWidth * PixelScale, PictureHeight * PixelScale, Skin.Light.WithScale(PixelScale));
    }

    private static void Write(JsonWriter json, ClassifySettings settings, ClassifyRun run, List<Result> results, (ConfusionCounts Test, ConfusionCounts Unseen)? bag, bool alike)
    {
        ConfusionCounts first = results[0].Test;
        json.Member("verb", "classify").Member("model", settings.Network).Member("seeds", results.Count).Member("train", run.Train.Count).Member("test", run.Test.Count).Member("unseen", run.Unseen.Count).Member("symbols", run.Vocabulary.Count);
        json.Member("accuracy", results.Average(r => r.Test.Accuracy)).Member("accuracySpread", Figure.Of(results.Select(r => r.Test.Accuracy)).Spread);
        Number("unseenAccuracy", results.Average(r => r.Unseen.Accuracy));
        if (run.Validation.Count > 0) json.Member("validationAccuracy", results.Average(r => r.Validation.Accuracy));
        json.Member("majority", first.MajorityShare).Member("balancedAccuracy", results.Average(r => r.Test.BalancedAccuracy));
        if (bag is var (test, _)) json.Member("bagAccuracy", test.Accuracy);
        json.Member("seconds", results.Average(r => r.Seconds)).Member("loadedAlike", alike);
        json.Name("classes").BeginArray();
        for (int c = 0; c < first.Classes.Count; c++)
        {
            json.BeginObject().Member("class", first.Classes[c]).Member("count", first.CountOf(c));
            Number("recall", first.Recall(c));
            Number("precision", first.Precision(c));
            json.EndObject();
        }
        json.EndArray().Name("runs").BeginArray();
        foreach (Result result in results)
        {
            json.BeginObject().Member("seed", (long)result.Seed).Member("outcome", result.Training.Outcome.ToString()).Member("epochs", result.Training.History.Count).Member("bestEpoch", result.Training.BestEpoch);
            json.Member("accuracy", result.Test.Accuracy).Member("seconds", result.Seconds).EndObject();
        }
        json.EndArray();

        // JSON has no word for a share of nothing.
        void Number(string name, double value)
        {
            if (double.IsFinite(value)) json.Member(name, value);
            else json.Member(name, null);
        }
    }

    private static string Percent(double share) => FormattableString.Invariant($"{100 * share:0.0} %");

    private static string Share(IEnumerable<double> shares)
    {
        Figure figure = Figure.Of(shares.Select(share => 100 * share));
        return double.IsNaN(figure.Mean) ? "–" : figure.Spread > 1e-9 ? FormattableString.Invariant($"{figure.Mean:0.0} ± {figure.Spread:0.0}") : FormattableString.Invariant($"{figure.Mean:0.0}");
    }

    private static string Seconds(double seconds) => FormattableString.Invariant($"{seconds:0.0} s");

    /// <summary>How one seed went.</summary>
    private sealed record Result(ulong Seed, TrainingResult Training, double Seconds, ConfusionCounts Validation, ConfusionCounts Test, ConfusionCounts Unseen);
}
