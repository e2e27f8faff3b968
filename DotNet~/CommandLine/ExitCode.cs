namespace Recurrent.CommandLine;

/// <summary>What the process returns.</summary>
public static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>The verb ran, and what it had to show did not hold: a bound was missed, a training run diverged.</summary>
    public const int Failure = 1;

    /// <summary>An option or a file is bad.</summary>
    public const int BadInput = 2;

    /// <summary>A defect of the program.</summary>
    public const int Unexpected = 3;

    /// <summary>Ended by Ctrl-C, as shells count it (128 + SIGINT).</summary>
    public const int Cancelled = 130;
}
