using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using Recurrent.Diagnostics;
using Spectre.Console;

namespace Recurrent.CommandLine;

/// <summary>
/// <c>recurrent imitate</c>: learns from recorded play to choose the player's next action, on several splits by episode; beside it what needs no learning, and a network without memory.
/// </summary>
internal sealed class ImitateVerb : Verb
{
    private const string FileName = "policy.safetensors", CueName = "cue", Majority = "majority", Copy = "last action";

    /// <summary>What the cue task asks of the turn: of a network with memory, and of one without.</summary>
    private const double RequiredWithMemory = 0.98, AllowedWithout = 0.55;

    private const int DefaultSplits = 5, CueTrain = 2000, CueValidation = 200, CueTest = 1000;

    private readonly Argument<string?> _file = new("FILE") { Description = $"Recorded play: {EpisodeFormat.Readable}.", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _task = OptionOf.Choice("--task", "Instead of a file, a task that the program makes itself: a cue in step 0 decides a turn in step 40.", CueName);
    private readonly Option<string?> _actions = ConvertVerb.ActionsOption();
    private readonly Option<string?> _cell = OptionOf.Choice("--cell", "The recurrent cell. [default: lstm; for --task cue lstm and gru]", "lstm", "gru", "rnn");
    private readonly Option<int?> _hidden = OptionOf.Whole("--hidden", $"Hidden units. [default: {ImitationSettings.ForRecording.Hidden}; for --task cue {ImitationSettings.ForCue.Hidden}]", 1);
    private readonly Option<int?> _epochs = OptionOf.Whole("--epochs", $"How often the training part is gone through; the epoch with the lowest validation loss is kept. [default: {ImitationSettings.ForRecording.Epochs}; for --task cue {ImitationSettings.ForCue.Epochs}]", 1);
    private readonly Option<double?> _rate = OptionOf.Real("--learning-rate", FormattableString.Invariant($"Of Adam. [default: {ImitationSettings.ForRecording.LearningRate}; for --task cue {ImitationSettings.ForCue.LearningRate}]"), 0, 1);
    private readonly Option<double?> _dropout = OptionOf.Real("--dropout", FormattableString.Invariant($"Before the last layer. [default: {ImitationSettings.ForRecording.Dropout}; for --task cue {ImitationSettings.ForCue.Dropout}]"), 0, 0.99);
    private readonly Option<int?> _splits = OptionOf.Whole("--splits", $"Splits into training, validation and test part, by episode. [default: {DefaultSplits}]", 1);

    /// <summary>The verb, for the root command.</summary>
    public ImitateVerb()
        : base("imitate", "Learns from recorded play to choose the player's next action, and says how often it does on episodes that it never saw.")
    {
        Add(_file);
        foreach (Option option in new Option[] { _task, _actions, _cell, _hidden, _epochs, _rate, _dropout, _splits }) Add(option);
        AddSharedOptions();
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        bool cue = parsed.GetValue(_task) == CueName;
        string? file = parsed.GetValue(_file);
        if (cue && file != null) throw new ArgumentException("expected a file or --task, got both");
        if (!cue && file == null) throw new ArgumentException($"expected a file with recorded play ({EpisodeFormat.Readable}), or --task {CueName}");
        ImitationSettings settings = Settings(parsed, cue ? ImitationSettings.ForCue : ImitationSettings.ForRecording);
        int splits = parsed.GetValue(_splits) ?? DefaultSplits;
        ulong seed = Seed(parsed);
        string[] cells = cue && parsed.GetValue(_cell) == null ? ["lstm", "gru"] : [settings.Cell];
        string[] names = [Majority, Copy, ImitationSettings.Memoryless, .. cells];

        report.MakeFolders();
        IReadOnlyList<Episode> episodes = cue ? Array.Empty<Episode>() : EpisodeFormat.Load(file!, new EpisodeColumns { ActionsComeBefore = parsed.GetValue(_actions) != "taken" }, report);
        Func<int, ImitationParts> partsOf = cue ? split => Cues(SplitSeed(seed, split)) : split => ImitationParts.Split(episodes, SplitSeed(seed, split));
        EpisodeLayout layout = cue ? CueTask.Layout : episodes[0].Layout;
        report.Line(cue
            ? $"A cue in step 0 decides the turn in step {CueTask.TurnStep}: {CueTrain} episodes to learn from, {CueValidation} to choose the epoch by, {CueTest} to judge by, drawn anew for each of {splits} splits"
            : $"{episodes.Count} episodes, {episodes.Count(episode => episode.IsWhole)} of them whole, {episodes.Sum(episode => episode.Steps)} steps; {layout}");

        var scores = names.ToDictionary(name => name, _ => new List<ImitationScore>());
        ImitationRun? best = null;
        long start = Stopwatch.GetTimestamp();
        for (int split = 0; split < splits; split++)
        {
            ImitationParts parts = partsOf(split);
            scores[Majority].Add(ImitationScore.Of(Actor.Majority(parts.Train), parts.Test));
            scores[Copy].Add(ImitationScore.Of(Actor.Copy(parts.Train), parts.Test));
            foreach (string cell in names.Skip(2))
            {
                ImitationRun run = ImitationRun.Run(settings with { Cell = cell }, parts, SplitSeed(seed, split), $"split {split + 1} of {splits}, {Title(cell)}", report, cancellation);
                if (run.Training.Outcome != TrainingOutcome.Completed)
                {
                    report.Line($"split {split + 1} of {splits}, {Title(cell)}: {run.Training.Message}");
                    return run.Training.Outcome == TrainingOutcome.Cancelled ? ExitCode.Cancelled : ExitCode.Failure;
                }
                scores[cell].Add(run.Score);
                if (cell != ImitationSettings.Memoryless && (best == null || run.Training.BestLoss < best.Training.BestLoss)) best = run;
            }
            TimeSpan left = Stopwatch.GetElapsedTime(start) / (split + 1) * (splits - split - 1);
            string figures = string.Join(", ", names.Skip(2).Select(name => $"{Title(name)} {Headline(scores[name][split], cue)}"));
            report.Line($"split {split + 1} of {splits}: {figures}{(left.TotalSeconds < 1 ? "" : $"; about {left.ToString(@"m\:ss", CultureInfo.InvariantCulture)} left")}");
        }

        Tabulate(report, names, scores, layout, cue);
        best!.Model.Save(report.File(FileName, $"the policy of the split with the lowest validation loss, for Policy.Load"));
        if (layout.BranchCount > 0) report.Picture("imitate.png", "what the policy takes for what, over all splits", Draw(scores[cells[0]], layout, cells[0]));
        bool passed = !cue || (cells.All(cell => Last(scores[cell]) >= RequiredWithMemory) && Last(scores[ImitationSettings.Memoryless]) <= AllowedWithout);
        if (cue) report.Line(FormattableString.Invariant($"{(passed ? "Passed" : "FAILED")}: the turn is to be right for {100 * RequiredWithMemory:0} % with memory at least, and for {100 * AllowedWithout:0} % without at most"));
        Write(report.Json, names, scores, splits, passed, Stopwatch.GetElapsedTime(start).TotalSeconds);
        return passed ? ExitCode.Success : ExitCode.Failure;
    }

    private ImitationSettings Settings(ParseResult parsed, ImitationSettings settings) => settings with
    {
        Cell = parsed.GetValue(_cell) ?? settings.Cell,
        Hidden = parsed.GetValue(_hidden) ?? settings.Hidden,
        Epochs = parsed.GetValue(_epochs) ?? settings.Epochs,
        LearningRate = (float)(parsed.GetValue(_rate) ?? settings.LearningRate),
        Dropout = (float)(parsed.GetValue(_dropout) ?? settings.Dropout),
        Threads = Threads(parsed),
    };

    private static ulong SplitSeed(ulong seed, int split) => RandomSource.Combine(seed, (ulong)split);

    private static ImitationParts Cues(ulong seed) =>
        new(CueTask.Draw(CueTrain, RandomSource.Combine(seed, 1)), CueTask.Draw(CueValidation, RandomSource.Combine(seed, 2)), CueTask.Draw(CueTest, RandomSource.Combine(seed, 3)));

    private static string Title(string cell) => cell is "lstm" or "gru" or "rnn" ? cell.ToUpperInvariant() : cell;

    private static double Last(List<ImitationScore> scores) => scores.Average(score => score.LastAccuracy);

    private static string Headline(ImitationScore score, bool cue) => cue ? FormattableString.Invariant($"{100 * score.LastAccuracy:0.0} % of turns")
        : score.Decisions > 0 ? FormattableString.Invariant($"{100 * score.Accuracy:0.0} %") : FormattableString.Invariant($"error {score.ContinuousError:0.0000}");

    private static void Tabulate(Report report, string[] names, Dictionary<string, List<ImitationScore>> scores, EpisodeLayout layout, bool cue)
    {
        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn("on episodes never seen");
        if (layout.BranchCount > 0) table.AddColumn(new TableColumn("actions right, %").RightAligned());
        if (cue) table.AddColumn(new TableColumn("turns right, %").RightAligned());
        if (layout.ContinuousSize > 0) table.AddColumn(new TableColumn("error of continuous actions (RMS)").RightAligned());
        foreach (string name in names)
        {
            var row = new List<string> { Title(name) };
            if (layout.BranchCount > 0) row.Add(Percent(scores[name].Select(score => score.Accuracy)));
            if (cue) row.Add(Percent(scores[name].Select(score => score.LastAccuracy)));
            if (layout.ContinuousSize > 0) row.Add(Figure.Of(scores[name].Select(score => score.ContinuousError)).ToString());
            table.AddRow(row.ToArray());
        }
        report.Line();
        report.Console.Write(table);
    }

    private static string Percent(IEnumerable<double> shares)
    {
        Figure figure = Figure.Of(shares.Select(share => 100 * share));
        return FormattableString.Invariant($"{figure.Mean:0.0} ± {figure.Spread:0.0}");
    }

    private static StateCanvas Draw(List<ImitationScore> scores, EpisodeLayout layout, string cell)
    {
        var counts = new int[scores[0].Confusion.Length];
        foreach (ImitationScore score in scores)
            for (int i = 0; i < counts.Length; i++) counts[i] += score.Confusion[i];
        string[] actions = Enumerable.Range(0, layout.BranchSizes[0]).Select(action => $"{layout.BranchNames[0]} = {action}").ToArray();
        var grid = new PanelGrid(1, 1) { Title = $"{Title(cell)}: what it does where the player did what", Subtitle = $"{scores.Count} splits; episodes that it never saw" };
        grid[0, 0] = new ConfusionMatrix(counts, actions);
        return grid.Draw(900, 760, Skin.Light.WithScale(2));
    }

    private static void Write(JsonWriter json, string[] names, Dictionary<string, List<ImitationScore>> scores, int splits, bool passed, double seconds)
    {
        json.Member("verb", "imitate").Member("splits", splits).Member("passed", passed).Member("seconds", seconds).Name("results").BeginArray();
        foreach (string name in names)
        {
            json.BeginObject().Member("name", name);
            List(json, "accuracy", scores[name].Select(score => score.Accuracy));
            List(json, "lastAccuracy", scores[name].Select(score => score.LastAccuracy));
            List(json, "continuousError", scores[name].Select(score => score.ContinuousError));
            json.EndObject();
        }
        json.EndArray();
    }

    /// <summary>A figure for every split, where there is one.</summary>
    private static void List(JsonWriter json, string name, IEnumerable<double> values)
    {
        double[] all = values.ToArray();
        if (double.IsNaN(all[0])) return;
        json.Name(name).BeginArray();
        foreach (double value in all) json.Value(value);
        json.EndArray();
    }
}
