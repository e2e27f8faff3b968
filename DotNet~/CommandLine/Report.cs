using System.Collections.Generic;
using System.IO;
using Recurrent.Diagnostics;
using Spectre.Console;

namespace Recurrent.CommandLine;

/// <summary>What a verb leaves behind: lines and tables on the console, files in the folder of <c>--out</c>, figures in the file of <c>--json</c>.</summary>
internal sealed class Report
{
    /// <summary>Wide enough for every table; a file or a pipe has no width of its own.</summary>
    private const int RedirectedWidth = 120;

    private readonly string _folder;
    private readonly string? _jsonPath;
    private readonly JsonWriter _json = new(indented: true);
    private readonly List<(string Path, string What)> _files = new();

    public Report(TextWriter output, string folder, string? jsonPath)
    {
        _folder = folder;
        _jsonPath = jsonPath;
        bool terminal = ReferenceEquals(output, System.Console.Out) && !System.Console.IsOutputRedirected;
        Console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = terminal ? AnsiSupport.Detect : AnsiSupport.No,
            Interactive = terminal ? InteractionSupport.Detect : InteractionSupport.No,
        });
        if (!terminal) Console.Profile.Width = RedirectedWidth;
        _json.BeginObject();
    }

    /// <summary>The console; plain text where the output is not a terminal.</summary>
    public IAnsiConsole Console { get; }

    /// <summary>The object in the file of <c>--json</c>, to which a verb adds members.</summary>
    public JsonWriter Json => _json;

    /// <summary>Whether someone watches, so that a bar may move.</summary>
    public bool Interactive => Console.Profile.Capabilities.Interactive && Console.Profile.Capabilities.Ansi;

    /// <summary>Makes the folders that files will go to: a path that cannot be is refused before the work rather than after it.</summary>
    public void MakeFolders()
    {
        Directory.CreateDirectory(_folder);
        if (_jsonPath != null && Path.GetDirectoryName(Path.GetFullPath(_jsonPath)) is { } folder) Directory.CreateDirectory(folder);
    }

    /// <summary>Writes a line of plain text: nothing in it is markup.</summary>
    public void Line(string text = "")
    {
        // Where nobody watches, a line stays one: a file has no width to wrap at.
        if (Interactive) Console.WriteLine(text);
        else Console.Profile.Out.Writer.WriteLine(text);
    }

    /// <summary>The path of a file in the folder of <c>--out</c>; the file is listed at the end.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="what">What is in it, for the list.</param>
    public string File(string name, string what)
    {
        string path = Path.Combine(_folder, name);
        _files.Add((path, what));
        return path;
    }

    /// <summary>Writes a picture into the folder of <c>--out</c>.</summary>
    public void Picture(string name, string what, StateCanvas picture) => AtomicFile.Write(File(name, what), stream => Png.Write(picture, stream));

    /// <summary>Writes the figures and lists the files.</summary>
    public void Finish()
    {
        _json.EndObject();
        if (_jsonPath != null)
        {
            AtomicFile.Write(_jsonPath, stream => stream.Write(_json.ToUtf8()));
            _files.Add((_jsonPath, "the figures"));
        }
        if (_files.Count == 0) return;
        Line();
        foreach ((string path, string what) in _files) Line($"{path}  {what}");
    }
}
