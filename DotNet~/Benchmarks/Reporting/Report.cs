using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Recurrent.Benchmarks;

/// <summary>All rows of a run, for the summary and for a file.</summary>
internal sealed class Report(Machine machine, bool quick)
{
    private static readonly JsonSerializerOptions s_format = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<ResultRow> _rows = [];

    public void Add(ResultRow row) => _rows.Add(row);

    public void PrintSummary()
    {
        ResultRow[] asked = _rows.Where(row => row.Required != null || row.PeakRequired != null || row.Unit == "B").ToArray();
        ResultRow[] below = asked.Where(row => !row.Reached).ToArray();
        Console.WriteLine();
        Console.WriteLine($"{asked.Length - below.Length} of {asked.Length} rows reach what is required{(below.Length > 0 ? ". Below it:" : ".")}");
        Console.WriteLine();
        foreach (ResultRow row in below) Console.WriteLine($"- {row.Name}, {row.Cell}, {Text.Threads(row.Threads)}: {Text.Shortfall(row)}");
    }

    public void Save(string file) => File.WriteAllText(file, JsonSerializer.Serialize(new { machine, quick, rows = _rows }, s_format));
}
