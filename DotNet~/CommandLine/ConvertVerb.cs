using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;

namespace Recurrent.CommandLine;

/// <summary><c>recurrent convert</c>: recorded play from one kind of file into another.</summary>
internal sealed class ConvertVerb : Verb
{
    private readonly Argument<string> _in = new("IN") { Description = $"Recorded play: {EpisodeFormat.Readable}." };
    private readonly Argument<string> _out = new("OUT") { Description = $"The file to write: {EpisodeFormat.Writable} (for PyTorch)." };
    private readonly Option<string?> _actions = ActionsOption();

    /// <summary>The verb, for the root command.</summary>
    public ConvertVerb()
        : base("convert", "Converts recorded play: episodes, CSV, JSON Lines, demonstrations of ML-Agents, tensors for PyTorch.")
    {
        Add(_in);
        Add(_out);
        Add(_actions);
        AddSharedOptions();
    }

    /// <summary>Says of a table of another program to which observation an action belongs.</summary>
    public static Option<string?> ActionsOption() =>
        OptionOf.Choice("--actions", "In a CSV of another program: whether a row's action came before its observation, as ML-Agents records, or was taken on it. [default: before]", "before", "taken");

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        string from = parsed.GetValue(_in)!, to = parsed.GetValue(_out)!;
        IReadOnlyList<Episode> episodes = EpisodeFormat.Load(from, new EpisodeColumns { ActionsComeBefore = parsed.GetValue(_actions) != "taken" }, report);
        EpisodeFormat.Save(to, episodes);
        int steps = episodes.Sum(episode => episode.Steps), whole = episodes.Count(episode => episode.IsWhole);
        report.Line($"{to}: {episodes.Count} episodes, {whole} of them whole, {steps} steps of {episodes[0].Layout}");
        report.Json.Member("verb", "convert").Member("episodes", episodes.Count).Member("whole", whole).Member("steps", steps);
        return ExitCode.Success;
    }
}
