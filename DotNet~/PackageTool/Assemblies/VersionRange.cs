using System;

namespace Recurrent.PackageTool;

/// <summary>
/// The versions that an asmdef's version define speaks of: <c>1.2.0</c> and later, <c>[1.2.0]</c> alone, or an interval such as <c>[1.2,2.0)</c>,
/// without spaces; empty for every version.
/// </summary>
public sealed class VersionRange
{
    private readonly SemanticVersion? _low, _high;
    private readonly bool _withLow, _withHigh;

    private VersionRange(SemanticVersion? low, bool withLow, SemanticVersion? high, bool withHigh)
    {
        (_low, _withLow, _high, _withHigh) = (low, withLow, high, withHigh);
    }

    /// <summary>Reads an expression, or returns null where Unity would not understand it.</summary>
    public static VersionRange? Parse(string text)
    {
        if (text.Length == 0) return new VersionRange(null, false, null, false);
        if (SemanticVersion.TryParse(text, out SemanticVersion least)) return new VersionRange(least, true, null, false);
        if (text.Length < 3 || text[0] is not ('[' or '(') || text[^1] is not (']' or ')')) return null;

        string[] ends = text[1..^1].Split(',');
        (bool withLow, bool withHigh) = (text[0] == '[', text[^1] == ']');
        if (!SemanticVersion.TryParse(ends[0], out SemanticVersion low)) return null;
        if (ends.Length == 1) return withLow && withHigh ? new VersionRange(low, true, low, true) : null;
        if (ends.Length != 2 || !SemanticVersion.TryParse(ends[1], out SemanticVersion high) || high.CompareTo(low) < 0) return null;
        return new VersionRange(low, withLow, high, withHigh);
    }

    /// <summary>Whether a version lies within.</summary>
    /// <exception cref="FormatException">It is no version.</exception>
    public bool Contains(string text)
    {
        if (!SemanticVersion.TryParse(text, out SemanticVersion version)) throw new FormatException($"'{text}' is no version.");
        return (_low is not { } low || Order(version, low) is var a && (a > 0 || (a == 0 && _withLow)))
            && (_high is not { } high || Order(version, high) is var b && (b < 0 || (b == 0 && _withHigh)));
    }

    private static int Order(SemanticVersion a, SemanticVersion b) => a.CompareTo(b);
}
