using System;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Recurrent.PackageTool;

/// <summary>A version as semver.org 2.0.0 orders them. The build part after a plus does not count.</summary>
public readonly partial struct SemanticVersion : IComparable<SemanticVersion>
{
    private readonly int[] _numbers;
    private readonly string[] _preRelease;

    private SemanticVersion(Match match)
    {
        _numbers = [Number(match, "major"), Number(match, "minor"), Number(match, "patch")];
        _preRelease = match.Groups["pre"].Success ? match.Groups["pre"].Value.Split('.') : [];
    }

    /// <summary>Whether it is a strict version: three numbers, and what may follow them.</summary>
    public static bool IsStrict(string text) => Strict().IsMatch(text);

    /// <summary>Reads a version; in a range the later numbers may be missing.</summary>
    public static bool TryParse(string text, out SemanticVersion version)
    {
        Match match = Partial().Match(text);
        version = match.Success ? new SemanticVersion(match) : default;
        return match.Success;
    }

    /// <inheritdoc/>
    public int CompareTo(SemanticVersion other)
    {
        for (int i = 0; i < 3; i++)
        {
            int order = _numbers[i].CompareTo(other._numbers[i]);
            if (order != 0) return order;
        }

        // A version without a pre-release part comes after those with one.
        if (_preRelease.Length == 0 || other._preRelease.Length == 0) return other._preRelease.Length.CompareTo(_preRelease.Length);
        for (int i = 0; i < Math.Min(_preRelease.Length, other._preRelease.Length); i++)
        {
            int order = Compare(_preRelease[i], other._preRelease[i]);
            if (order != 0) return order;
        }

        return _preRelease.Length.CompareTo(other._preRelease.Length);
    }

    // Numbers come before words.
    private static int Compare(string a, string b) => (int.TryParse(a, NumberStyles.None, null, out int x), int.TryParse(b, NumberStyles.None, null, out int y)) switch
    {
        (true, true) => x.CompareTo(y),
        (true, false) => -1,
        (false, true) => 1,
        _ => string.CompareOrdinal(a, b),
    };

    private static int Number(Match match, string group) => match.Groups[group].Success ? int.Parse(match.Groups[group].Value, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private const string Tail = @"(-(?<pre>(0|[1-9]\d{0,8}|\d*[a-zA-Z-][0-9a-zA-Z-]*)(\.(0|[1-9]\d{0,8}|\d*[a-zA-Z-][0-9a-zA-Z-]*))*))?(\+[0-9a-zA-Z-]+(\.[0-9a-zA-Z-]+)*)?$";

    [GeneratedRegex(@"^(?<major>0|[1-9]\d{0,8})\.(?<minor>0|[1-9]\d{0,8})\.(?<patch>0|[1-9]\d{0,8})" + Tail)]
    private static partial Regex Strict();

    [GeneratedRegex(@"^(?<major>0|[1-9]\d{0,8})(\.(?<minor>0|[1-9]\d{0,8})(\.(?<patch>0|[1-9]\d{0,8}))?)?" + Tail)]
    private static partial Regex Partial();
}
