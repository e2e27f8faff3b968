using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using Recurrent.Diagnostics;

namespace Recurrent.CommandLine;

/// <summary>
/// <c>recurrent record</c>: trains a network on recorded play, to choose the next action, and writes down its states while it plays the episodes that
/// it never saw, so that <c>recurrent view</c> can show them.
/// </summary>
internal sealed class RecordVerb : Verb
{
    private const string FileName = "play.rnnstate";
    private const double TestShare = 0.2;

    private readonly Option<string?> _csv = OptionOf.FilePath("--csv", "Recorded play: one row a step, with a header.", "FILE");
    private readonly Option<string?> _action = OptionOf.Text("--action", "The column of the action, a number 0, 1, 2, …; a row holds the one that came before it. [default: a0]", "NAME");
    private readonly Option<string?> _episode = OptionOf.Text("--episode", "The column that tells episodes apart. [default: episode]", "NAME");
    private readonly Option<string?> _ignore = OptionOf.Text("--ignore", "Columns that the network does not see, between commas. [default: step,reward,done]", "NAMES");
    private readonly Option<string?> _cell = OptionOf.Choice("--cell", "The recurrent cell. [default: lstm]", "lstm", "gru", "rnn");
    private readonly Option<int?> _hidden = OptionOf.Whole("--hidden", "Hidden units. [default: 64]", 1);
    private readonly Option<int?> _epochs = OptionOf.Whole("--epochs", "How often the training part is gone through. [default: 15]", 1);

    /// <summary>The verb, for the root command.</summary>
    public RecordVerb()
        : base("record", "Trains a network on recorded play, and records its states on episodes that it never saw.")
    {
        foreach (Option option in new Option[] { _csv, _action, _episode, _ignore, _cell, _hidden, _epochs }) Add(option);
        _csv.Required = true;
        AddSharedOptions();
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        CsvTable table = CsvTable.Load(parsed.GetValue(_csv)!);
        int action = table.IndexOf(parsed.GetValue(_action) ?? "a0"), episode = table.IndexOf(parsed.GetValue(_episode) ?? "episode");
        int[] hidden = (parsed.GetValue(_ignore) ?? "step,reward,done").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(name => table.IndexOf(name)).Append(action).Append(episode).ToArray();
        int[] seen = Enumerable.Range(0, table.Columns.Count).Except(hidden).ToArray();
        int classes = (int)table.Column(action).Max() + 1;
        (List<float[]> inputs, List<float[]> targets) = Episodes(table, action, episode, seen, classes);
        int features = seen.Length + classes, test = Math.Max(1, (int)(inputs.Count * TestShare)), train = inputs.Count - 2 * test;
        if (train < 1) throw new ArgumentException($"{parsed.GetValue(_csv)} has {inputs.Count} episodes of two steps or more; expected at least 3.");
        SequenceDataset Part(int first, int count) => new ArrayDataset(inputs.GetRange(first, count), targets.GetRange(first, count), features, 1);
        SequenceDataset held = Part(train + test, test);

        report.MakeFolders();
        ulong seed = Seed(parsed);
        int units = parsed.GetValue(_hidden) ?? 64, epochs = parsed.GetValue(_epochs) ?? 15;
        RecurrentLayer recurrent = parsed.GetValue(_cell) switch { "gru" => new GRU(features, units, seed: seed), "rnn" => new RNN(features, units, seed: seed), _ => new LSTM(features, units, seed: seed) };
        var model = new SequenceModel(recurrent, new Linear(units, classes, seed: seed + 1));
        report.Line($"{inputs.Count} episodes: {train} to train, {test} to validate, {test} to play; {features} inputs, {classes} actions; {model}");
        var log = new TrainingLog();
        using (var trainer = new Trainer(model, Losses.CrossEntropy(), new Adam(2e-3f), new TrainingOptions { BatchSize = 8, Seed = seed, ClipNorm = 1, Threads = Threads(parsed) }))
        {
            TrainingResult result = trainer.Fit(Part(0, train), Part(train, test), epochs, log, cancellation);
            report.Line(FormattableString.Invariant($"{result.Message} Validation loss {result.BestLoss:0.000} (epoch {result.BestEpoch})."));
            if (result.Outcome == TrainingOutcome.Cancelled) return ExitCode.Cancelled;
        }

        var played = new List<Recording>();
        long step = 0;
        for (int i = 0; i < held.Count; i++)
        {
            played.Add(DatasetRecorder.Sequence(model, held, i, "player", step));
            step += held.Steps(i);
        }
        (int right, int copied, int steps) = Score(played, seen.Length);
        report.Line(FormattableString.Invariant($"{100.0 * right / steps:0.0} % of {steps} actions are right; repeating the last action is right for {100.0 * copied / steps:0.0} %."));

        var first = new float[held.Steps(0) * features];
        held.Read(0, first, new float[held.TargetSteps(0)]);
        var tables = new List<RecordedTable>(log.ToTables()) { GradientFlow.Measure(model, first).ToTable(), InputAttribution.Measure(model, first, Argmax(played[0], classes)).ToTable() };
        RecordingFile.Save(report.File(FileName, "the states on the episodes it never saw, for recurrent view"), Join(played), tables);
        report.Json.Member("verb", "record").Member("steps", steps).Member("accuracy", (double)right / steps).Member("copyAccuracy", (double)copied / steps);
        return ExitCode.Success;
    }

    /// <summary>A step sees its row and the action before it, one-hot, and is to say the action of the next row, never across an episode's end.</summary>
    private static (List<float[]> Inputs, List<float[]> Targets) Episodes(CsvTable table, int action, int episode, int[] seen, int classes)
    {
        float[] actions = table.Column(action), episodes = table.Column(episode);
        float[][] columns = seen.Select(index => table.Column(index)).ToArray();
        var inputs = new List<float[]>();
        var targets = new List<float[]>();
        for (int start = 0, end; start < actions.Length; start = end)
        {
            for (end = start + 1; end < actions.Length && episodes[end] == episodes[start];) end++;
            int steps = end - start - 1;
            if (steps < 1) continue;
            var input = new float[steps * (seen.Length + classes)];
            for (int t = 0; t < steps; t++)
            {
                Span<float> row = input.AsSpan(t * (seen.Length + classes), seen.Length + classes);
                for (int i = 0; i < seen.Length; i++) row[i] = columns[i][start + t];
                if (t > 0) row[seen.Length + (int)actions[start + t]] = 1;
            }
            inputs.Add(input);
            targets.Add(actions.AsSpan(start + 1, steps).ToArray());
        }
        return (inputs, targets);
    }

    private static (int Right, int Copied, int Steps) Score(List<Recording> played, int firstAction)
    {
        int right = 0, copied = 0, steps = 0;
        foreach (Recording recording in played)
        {
            RecordedTrack output = recording.Layout.Find("output")!, target = recording.Layout.Find("target")!, input = recording.Layout.Find("input")!;
            for (int t = 0; t < recording.Steps; t++, steps++)
            {
                int truth = (int)recording.At(target, t)[0];
                if (Largest(recording.At(output, t)) == truth) right++;
                if (recording.At(input, t)[firstAction + truth] == 1) copied++;
            }
        }
        return (right, copied, steps);
    }

    private static int Argmax(Recording recording, int classes) => Largest(recording.At(recording.Layout.Find("output")!, recording.Steps - 1).Slice(0, classes));

    private static int Largest(ReadOnlySpan<float> values)
    {
        int best = 0;
        for (int i = 1; i < values.Length; i++)
            if (values[i] > values[best]) best = i;
        return best;
    }

    /// <summary>The episodes one after the other, as one recording.</summary>
    private static IEnumerable<Recording> Join(List<Recording> played) =>
        new[] { new Recording(played[0].Agent, played[0].Layout, 0, played.SelectMany(recording => recording.Frames).ToArray()) };
}
