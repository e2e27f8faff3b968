using System;
using System.Collections.Generic;
using System.CommandLine;
using System.Linq;
using System.Threading;
using Recurrent.Diagnostics;
using Spectre.Console;

namespace Recurrent.CommandLine;

/// <summary><c>recurrent gallery</c>: what healthy and ill networks look like, from real training runs; or what looking costs.</summary>
internal sealed class GalleryVerb : Verb
{
    private readonly Option<bool> _budgets = new("--budgets") { Description = "Measure what recording and drawing cost instead." };
    private readonly Option<string?> _skin = OptionOf.Choice("--skin", "Only this ground. [default: both]", "light", "dark");

    /// <summary>The verb, for the root command.</summary>
    public GalleryVerb()
        : base("gallery", "Trains healthy and deliberately broken networks, and draws what each of them looks like.")
    {
        Add(_budgets);
        Add(_skin);
        AddSharedOptions();
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        report.Json.Member("verb", "gallery");
        if (parsed.GetValue(_budgets)) return Budgets(report);
        report.MakeFolders();
        var gallery = new Gallery(Seed(parsed));
        var page = new HtmlReport("Gallery of hidden states");
        page.Paragraph("Small networks that forecast a noisy sine, healthy and with faults induced on purpose. All of them were trained for these pictures.");
        foreach (string skin in new[] { "light", "dark" })
        {
            if (parsed.GetValue(_skin) is { } only && only != skin) continue;
            Skin colors = (skin == "dark" ? Skin.Dark : Skin.Light).WithScale(2);
            page.Heading(skin == "dark" ? "Dark" : "Light");
            foreach ((string name, string caption, StateCanvas picture) in gallery.Draw(colors))
            {
                cancellation.ThrowIfCancellationRequested();
                report.Picture($"{name}.{skin}.png", caption, picture);
                page.Picture(picture, caption, colors.Scale);
            }
        }

        page.Heading("What the diagnosis says");
        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn("network").AddColumn("diagnosis");
        var rows = new List<string[]>();
        report.Json.Name("diagnoses").BeginArray();
        foreach (Demonstration what in Enum.GetValues<Demonstration>())
        {
            DemonstrationRun run = gallery.Run(what);
            run.Save(report.File($"{what}.rnnstate", "its recording, for recurrent view"));
            Diagnosis diagnosis = run.Diagnose();
            string faults = diagnosis.Findings.Count == 0 ? diagnosis.ToString() : string.Join(", ", diagnosis.Findings.Select(finding => finding.Title).Distinct());
            table.AddRow(what.ToString(), faults.EscapeMarkup());
            if (diagnosis.Findings.Count == 0) rows.Add(new[] { what.ToString(), faults, "" });
            foreach (Finding finding in diagnosis.Findings) rows.Add(new[] { what.ToString(), $"{finding.Title} ({finding.Place})", finding.Evidence });
            report.Json.BeginObject().Member("network", what.ToString()).Name("faults").BeginArray();
            foreach (Fault fault in diagnosis.Findings.Select(finding => finding.Fault).Distinct()) report.Json.Value(fault.ToString());
            report.Json.EndArray().EndObject();
        }
        report.Json.EndArray();
        page.Table(new[] { "network", "fault", "evidence" }, rows);
        page.Write(report.File("gallery.html", "all of it on one page"));
        report.Console.Write(table);
        return ExitCode.Success;
    }

    private static int Budgets(Report report)
    {
        List<ViewerBudgets.Figure> figures = ViewerBudgets.Measure();
        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn("what");
        foreach (string heading in new[] { "µs", "at most", "bytes", "" }) table.AddColumn(new TableColumn(heading).RightAligned());
        report.Json.Name("budgets").BeginArray();
        foreach (ViewerBudgets.Figure figure in figures)
        {
            table.AddRow(figure.What.EscapeMarkup(), FormattableString.Invariant($"{figure.Microseconds:0.00}"), figure.Limit > 0 ? FormattableString.Invariant($"{figure.Limit}") : "–", FormattableString.Invariant($"{figure.Bytes:0.##}"), figure.Held ? "held" : "MISSED");
            report.Json.BeginObject().Member("what", figure.What).Member("microseconds", figure.Microseconds).Member("limit", figure.Limit).Member("bytes", figure.Bytes).EndObject();
        }
        report.Json.EndArray();
        report.Console.Write(table);
        return figures.TrueForAll(figure => figure.Held) ? ExitCode.Success : ExitCode.Failure;
    }
}
