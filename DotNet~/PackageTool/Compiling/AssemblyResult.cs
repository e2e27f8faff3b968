using System.Collections.Generic;

namespace Recurrent.PackageTool;

/// <summary>What became of an assembly.</summary>
public enum AssemblyOutcome
{
    /// <summary>It compiled.</summary>
    Compiled,

    /// <summary>Its platforms or its constraints leave it out, or there is nothing to compile it against.</summary>
    LeftOut,

    /// <summary>It did not compile.</summary>
    Failed,

    /// <summary>It was not tried, because an assembly that it uses did not compile.</summary>
    Blocked,
}

/// <summary>What became of an assembly in a project.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Outcome">What became of it.</param>
/// <param name="Messages">Why: the compiler's messages, the constraint, the assembly that failed.</param>
/// <param name="IsOptional">Whether it has constraints that depend on what is installed.</param>
public sealed record AssemblyResult(string Name, AssemblyOutcome Outcome, IReadOnlyList<string> Messages, bool IsOptional)
{
    /// <summary>The assembly, where it compiled.</summary>
    public CompiledAssembly? Assembly { get; init; }
}
