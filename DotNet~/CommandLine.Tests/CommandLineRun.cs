using System;
using System.IO;
using System.Threading;

namespace Recurrent.CommandLine.Tests;

/// <summary>A run of the command line in this process, in a folder of its own that is gone afterwards.</summary>
internal sealed class CommandLineRun : IDisposable
{
    private readonly StringWriter _output = new(), _error = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("recurrent-").FullName;

    public string Output => _output.ToString();

    public string Error => _error.ToString();

    /// <summary>The figures that <see cref="Run"/> wrote.</summary>
    public JsonValue Json => JsonValue.Parse(File.ReadAllText(PathOf("figures.json")));

    public string PathOf(string file) => Path.Combine(Folder, file);

    /// <summary>Writes a file into the folder.</summary>
    public string Write(string file, string text)
    {
        File.WriteAllText(PathOf(file), text);
        return PathOf(file);
    }

    /// <summary>Runs a verb with its files and figures in this folder.</summary>
    public int Run(params string[] arguments) => RecurrentCommand.Run([.. arguments, "--out", Folder, "--json", PathOf("figures.json")], _output, _error);

    /// <summary>Runs a verb as given.</summary>
    public int RunAsGiven(params string[] arguments) => RecurrentCommand.Run(arguments, _output, _error);

    /// <summary>Runs a verb, and does what Ctrl-C does as soon as its output has some text.</summary>
    public int RunUntil(string text, params string[] arguments)
    {
        using var cancellation = new CancellationTokenSource();
        var output = new WatchingWriter(_output, text, cancellation);
        return RecurrentCommand.Run([.. arguments, "--out", Folder, "--json", PathOf("figures.json")], output, _error, cancellation.Token);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private sealed class WatchingWriter(StringWriter inner, string text, CancellationTokenSource cancellation) : StringWriter
    {
        public override void Write(char value)
        {
            inner.Write(value);
            if (!cancellation.IsCancellationRequested && inner.ToString().Contains(text)) cancellation.Cancel();
        }

        public override void Write(string? value)
        {
            inner.Write(value);
            if (!cancellation.IsCancellationRequested && inner.ToString().Contains(text)) cancellation.Cancel();
        }
    }
}
