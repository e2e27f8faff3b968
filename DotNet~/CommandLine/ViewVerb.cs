using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using Recurrent.Diagnostics;

namespace Recurrent.CommandLine;

/// <summary><c>recurrent view</c>: what a recording shows, as pictures, as one page, and in words.</summary>
internal sealed class ViewVerb : Verb
{
    private readonly Argument<string> _recording = new("RECORDING") { Description = "A recording file, as the editor's window and --record write them." };
    private readonly Option<string?> _agent = OptionOf.Text("--agent", "Whose network. [default: the first of the file]", "NAME");
    private readonly Option<string?> _against = OptionOf.FilePath("--against", "Another recording of a network of the same shape, to show the difference to.", "FILE");
    private readonly Option<string?> _againstAgent = OptionOf.Text("--against-agent", "Another agent of the same file, to show the difference to.", "NAME");
    private readonly Option<int?> _from = OptionOf.Whole("--from", "The first step. [default: the recording's]", 0);
    private readonly Option<int?> _to = OptionOf.Whole("--to", "The last step. [default: the recording's]", 0);
    private readonly Option<string?> _break = OptionOf.Text("--break", "List the steps in which a condition comes to hold: \"h[12] > 0.9\", \"norm(c) > 5\", \"nan\".", "CONDITION");
    private readonly Option<string?> _skin = OptionOf.Choice("--skin", "The pictures' ground. [default: light]", "light", "dark");
    private readonly Option<bool> _csv = new("--csv") { Description = "Write the numbers too, one line a step." };

    /// <summary>The verb, for the root command.</summary>
    public ViewVerb()
        : base("view", "Draws a recording of a network's states and says what is wrong with it.")
    {
        Add(_recording);
        foreach (Option option in new Option[] { _agent, _against, _againstAgent, _from, _to, _break, _skin, _csv }) Add(option);
        AddSharedOptions();
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        string path = parsed.GetValue(_recording)!;
        RecordingFile file = RecordingFile.Load(path, allowCut: true);
        if (file.Recordings.Count == 0) throw new ModelFileException(path, file.Cut ?? "the recording has no steps.");
        Recording whole = Choose(file, path, parsed.GetValue(_agent));
        Recording recording = whole.Range(parsed.GetValue(_from) ?? whole.FirstStep, parsed.GetValue(_to) + 1L ?? long.MaxValue);
        Skin skin = (parsed.GetValue(_skin) == "dark" ? Skin.Dark : Skin.Light).WithScale(2);
        report.MakeFolders();
        if (file.Cut != null) report.Line($"{path}: {file.Cut}");
        report.Line($"{recording.Agent}: steps {recording.FirstStep} to {recording.FirstStep + recording.Steps - 1} of {whole.Steps}; {string.Join(", ", recording.Layout.Cells.Select(cell => $"{cell.Name} ({cell.Kind}, {cell.HiddenSize})"))}");

        List<RecordingView> views = RecordingPictures.Of(file, recording, skin);
        if (Other(file, parsed) is { } other)
        {
            RecordingComparison comparison = RecordingComparison.Of(recording, other);
            views.AddRange(comparison.A.Layout.Tracks.Where(track => track.Channel == RecordChannels.Hidden).Select(track => RecordingViews.Difference(comparison, track, skin)));
            report.Line(comparison.FirstDifference < 0
                ? $"No difference to {other.Agent} in {comparison.Difference.Steps} common steps."
                : $"Differs from {other.Agent} since step {comparison.Difference.FirstStep + comparison.FirstDifference}, of {comparison.Difference.Steps} common steps.");
        }
        RecordedTable? flow = file.Table(RecordedTable.GradientFlow);
        Diagnosis diagnosis = Diagnosis.Of(recording, TrainingLog.FromFile(file), flow == null ? null : GradientFlow.FromTable(flow));
        report.Line();
        foreach (string line in diagnosis.ToString().Split('\n')) report.Line(line);
        string[] hits = parsed.GetValue(_break) is { } condition ? Hits(recording, condition) : Array.Empty<string>();
        if (parsed.GetValue(_break) != null)
        {
            report.Line();
            report.Line($"{parsed.GetValue(_break)}: comes to hold in {hits.Length} of {recording.Steps} steps");
            foreach (string hit in hits.Take(20)) report.Line("  " + hit);
        }

        foreach (RecordingView view in views)
        {
            cancellation.ThrowIfCancellationRequested();
            report.Picture(view.Name + ".png", view.Caption, view.Draw(skin));
        }
        RecordingReport.Build(recording, diagnosis, views, skin).Write(report.File("report.html", "all of it on one page"));
        if (parsed.GetValue(_csv)) RecordingCsv.Write(recording, report.File("recording.csv", "the numbers, a line a step"));

        report.Json.Member("verb", "view").Member("agent", recording.Agent).Member("firstStep", recording.FirstStep).Member("steps", recording.Steps).Member("cut", file.Cut).Member("hits", hits.Length).Name("findings").BeginArray();
        foreach (Finding finding in diagnosis.Findings)
            report.Json.BeginObject().Member("fault", finding.Fault.ToString()).Member("place", finding.Place).Member("evidence", finding.Evidence).Member("advice", finding.Advice).EndObject();
        report.Json.EndArray();
        return ExitCode.Success;
    }

    private static Recording Choose(RecordingFile file, string path, string? agent)
    {
        if (agent == null) return file.Recordings[0];
        return file.Recordings.FirstOrDefault(recording => recording.Agent == agent)
            ?? throw new ArgumentException($"{path} has no agent '{agent}'; it has {string.Join(", ", file.Recordings.Select(recording => recording.Agent).Distinct())}.");
    }

    private Recording? Other(RecordingFile file, ParseResult parsed)
    {
        string? agent = parsed.GetValue(_againstAgent);
        if (parsed.GetValue(_against) is { } path) return Choose(RecordingFile.Load(path, allowCut: true), path, agent);
        return agent == null ? null : Choose(file, parsed.GetValue(_recording)!, agent);
    }

    private static string[] Hits(Recording recording, string condition)
    {
        var hits = new List<string>();
        try
        {
            var agent = new AgentRecorder(recording.Agent, recording.Layout, 2);
            agent.BreakpointHit += hit => hits.Add(FormattableString.Invariant($"step {recording.FirstStep + hit.Step}: {hit.Value:G6}"));
            agent.Add(Breakpoint.Parse(condition));
            for (int t = 0; t < recording.Steps; t++) agent.Record(recording.Frame(t));
        }
        catch (FormatException e)
        {
            throw new ArgumentException(e.Message, e);
        }
        return hits.ToArray();
    }
}
