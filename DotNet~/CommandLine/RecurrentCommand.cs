using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Threading;

namespace Recurrent.CommandLine;

/// <summary><c>recurrent</c>: finds the verb, runs it, and turns whatever goes wrong into one line and an exit code.</summary>
public static class RecurrentCommand
{
    /// <summary>The verb that runs when none is named.</summary>
    private const string DefaultVerb = "forecast";

    /// <summary>How long a verb may take to end after Ctrl-C: it saves what was learned and draws it.</summary>
    private static readonly TimeSpan EndingTime = TimeSpan.FromSeconds(30);

    /// <summary>Runs the command line.</summary>
    /// <param name="arguments">As the shell gives them.</param>
    /// <param name="output">Where results go.</param>
    /// <param name="error">Where the line about a mistake goes.</param>
    /// <param name="cancellation">Does what Ctrl-C does.</param>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter error, CancellationToken cancellation = default)
    {
        var verbose = new Option<bool>("--verbose") { Description = "Show where an error came from.", Recursive = true };
        // Not a RootCommand, which would be called after the file it came in.
        var root = new Command("recurrent", "Trains, tests and shows recurrent networks, in plain C#. Without a verb: forecast.")
        {
            new ForecastVerb(),
            new RecordVerb(),
            new ImitateVerb(),
            new ConvertVerb(),
            new ViewVerb(),
            new GalleryVerb(),
            new GenerateVerb(),
            new GradientsVerb(),
            new PyTorchVerb(),
            new ReberVerb(),
            new SumOfBitsVerb(),
            new ClassifyVerb(),
            new TranslateVerb(),
            new InspectVerb(),
            new ExportVerb(),
            new ParityVerb(),
            new VerifyVerb(),
            new FuzzVerb(),
            new HelpOption { Recursive = true },
            new VersionOption(),
            verbose,
        };

        if (NamesVerb(arguments) && root.Subcommands.All(verb => verb.Name != arguments[0]))
        {
            error.WriteLine($"recurrent: expected {string.Join(" or ", root.Subcommands.Select(verb => verb.Name))}, got '{arguments[0]}'.");
            return ExitCode.BadInput;
        }

        ParseResult parsed = root.Parse(WithVerb(arguments));
        if (parsed.Errors.Count > 0)
        {
            error.WriteLine($"{Title(parsed)}: {parsed.Errors[0].Message.TrimEnd('.')}. Options: {Title(parsed)} --help");
            return ExitCode.BadInput;
        }

        try
        {
            var configuration = new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = EndingTime };
            return parsed.InvokeAsync(configuration, cancellation).GetAwaiter().GetResult();
        }
        catch (Exception e)
        {
            bool tooLarge = e is OutOfMemoryException or OverflowException;
            bool expected = tooLarge || e is ArgumentException or IOException or UnauthorizedAccessException;
            string what = tooLarge ? "a network of that size does not fit into memory" : expected ? OneLine(e) : $"unexpected {e.GetType().Name}: {OneLine(e)} (--verbose shows where)";
            error.WriteLine($"{Title(parsed)}: {what}");
            if (parsed.GetValue(verbose)) error.WriteLine(e);
            return expected ? ExitCode.BadInput : ExitCode.Unexpected;
        }
    }

    /// <summary>Puts the default verb in front where the arguments begin with none.</summary>
    private static IReadOnlyList<string> WithVerb(IReadOnlyList<string> arguments)
    {
        bool answeredByRoot = arguments.Count > 0 && arguments[0] is "--help" or "-h" or "-?" or "--version";
        return NamesVerb(arguments) || answeredByRoot ? arguments : arguments.Prepend(DefaultVerb).ToArray();
    }

    private static bool NamesVerb(IReadOnlyList<string> arguments) => arguments.Count > 0 && !arguments[0].StartsWith('-');

    private static string Title(ParseResult parsed)
    {
        CommandResult command = parsed.CommandResult;
        return command.Parent is CommandResult root ? $"{root.Command.Name} {command.Command.Name}" : command.Command.Name;
    }

    private static string OneLine(Exception e)
    {
        string message = e.Message;
        // What .NET appends is the name of a parameter of ours, which is no option of the user's.
        if (e is ArgumentException { ParamName: { Length: > 0 } name }) message = message.Replace($" (Parameter '{name}')", "");
        return message.ReplaceLineEndings(" ");
    }
}
