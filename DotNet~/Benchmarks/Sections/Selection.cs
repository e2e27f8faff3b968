using System;
using System.Linq;

namespace Recurrent.Benchmarks;

/// <summary>Which rows are wanted: of sections, workloads or sizes, and cells those that were named, or all where none was.</summary>
internal sealed class Selection
{
    private readonly string[] _sections, _workloads, _sizes, _cells;
    private readonly bool _all;

    /// <exception cref="ArgumentException">A word names nothing; the message lists what there is.</exception>
    public Selection(string[] words, int[] threads)
    {
        words = words.SelectMany(word => word.Split(',', StringSplitOptions.RemoveEmptyEntries)).Select(Plain).ToArray();
        _sections = Among(Section.Names);
        _workloads = Among(Workload.All.Select(workload => workload.Id).ToArray());
        _sizes = Among(LayerSize.All.Select(size => size.ToString()).ToArray());
        _cells = Among(CellKinds.All.Select(cell => cell.ToString()).ToArray());
        _all = words.Length == 0;
        Threads = threads;
        string[] known = [.. Section.Names, .. Workload.All.Select(workload => workload.Id), .. LayerSize.All.Select(size => Plain(size.ToString())), .. CellKinds.All.Select(cell => Plain(cell.ToString()))];
        foreach (string word in words)
            if (!known.Contains(word)) throw new ArgumentException($"'{word}' names no rows; there are {string.Join(", ", known)}.");

        string[] Among(string[] names) => names.Select(Plain).Where(words.Contains).ToArray();
    }

    /// <summary>Threads of each side, one number a table.</summary>
    public int[] Threads { get; }

    public bool Wants(string section) => _all || _sections.Length == 0 || _sections.Contains(section);

    /// <summary>Where only sizes of layers are named, no workload is wanted.</summary>
    public bool Wants(Workload workload) => _workloads.Length == 0 ? _sizes.Length == 0 : _workloads.Contains(workload.Id);

    /// <summary>Where only workloads are named, no size of a layer is wanted.</summary>
    public bool Wants(LayerSize size) => _sizes.Length == 0 ? _workloads.Length == 0 : _sizes.Contains(Plain(size.ToString()));

    public bool Wants(CellKind cell) => _cells.Length == 0 || _cells.Contains(Plain(cell.ToString()));

    private static string Plain(string word) => word.Trim().ToLowerInvariant().Replace('→', '-');
}
