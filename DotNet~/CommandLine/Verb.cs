using System;
using System.CommandLine;
using System.IO;
using System.Threading;
using System.Threading.Tasks;

namespace Recurrent.CommandLine;

/// <summary>
/// What all verbs share: where figures and files go, the seed, the threads, and Ctrl-C as a token. A verb computes and reports; it handles no errors.
/// </summary>
internal abstract class Verb : Command
{
    private readonly Option<string?> _json = OptionOf.FilePath("--json", "Write the figures to this file, for scripts.", "FILE");
    private readonly Option<string?> _out = OptionOf.FilePath("--out", "Folder for pictures and models. [default: out]", "DIR");
    private readonly Option<int?> _seed = OptionOf.Whole("--seed", "What all randomness comes from. [default: 1]", 0);
    private readonly Option<int?> _threads = OptionOf.Whole("--threads", "Threads that compute; the results do not depend on it. [default: one a processor, at most 8]", 1);

    protected Verb(string name, string description)
        : base(name, description) =>
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), CancellationToken.None));

    /// <summary>Adds the options that all verbs share, after the verb's own, so that help shows them last.</summary>
    protected void AddSharedOptions()
    {
        Add(_seed);
        Add(_threads);
        Add(_out);
        Add(_json);
    }

    /// <summary>Does the verb's work.</summary>
    /// <param name="parsed">The options.</param>
    /// <param name="report">Where everything goes that the verb has to say or to leave behind.</param>
    /// <param name="cancellation">Set by Ctrl-C.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    protected abstract int Run(ParseResult parsed, Report report, CancellationToken cancellation);

    /// <summary>The seed.</summary>
    protected ulong Seed(ParseResult parsed) => (ulong)(parsed.GetValue(_seed) ?? 1);

    /// <summary>How many threads compute.</summary>
    protected int Threads(ParseResult parsed) => parsed.GetValue(_threads) ?? Math.Min(Environment.ProcessorCount, 8);

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        TextWriter output = parsed.InvocationConfiguration.Output;
        var report = new Report(output, parsed.GetValue(_out) ?? "out", parsed.GetValue(_json));
        int code = Run(parsed, report, cancellation);
        report.Finish();
        return code;
    }
}
