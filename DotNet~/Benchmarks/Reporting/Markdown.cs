using System;
using System.Linq;

namespace Recurrent.Benchmarks;

/// <summary>A table in Markdown, row by row as they come.</summary>
internal sealed class Markdown
{
    public Markdown(string title, params string[] columns)
    {
        Console.WriteLine();
        Console.WriteLine($"### {title}");
        Console.WriteLine();
        Row(columns);
        Row(columns.Select(_ => "---").ToArray());
    }

    public void Row(params string[] cells)
    {
        Console.WriteLine($"| {string.Join(" | ", cells)} |");
        Console.Out.Flush();
    }
}
