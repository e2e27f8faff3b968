namespace Recurrent.PackageTool;

/// <summary>One thing that is wrong with the package, printed as one line.</summary>
/// <param name="Path">The file or folder, relative to the package, with forward slashes.</param>
/// <param name="Message">What is wrong with it.</param>
public readonly record struct Problem(string Path, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Message}";
}
