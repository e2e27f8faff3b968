using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;

namespace Recurrent.CommandLine;

/// <summary>Options that say what they expected when they are given something else.</summary>
internal static class OptionOf
{
    /// <summary>A whole number; null when not given.</summary>
    public static Option<int?> Whole(string name, string description, int minimum) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument => Parse<int>(argument, name, $"a whole number of at least {minimum}",
            (string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= minimum),
    };

    /// <summary>A number in a range, ends included; null when not given.</summary>
    public static Option<double?> Real(string name, string description, double low, double high = double.PositiveInfinity) => new(name)
    {
        Description = description,
        HelpName = "X",
        CustomParser = argument => Parse<double>(argument, name, double.IsInfinity(high) ? FormattableString.Invariant($"a number of at least {low}") : FormattableString.Invariant($"a number from {low} to {high}"),
            (string text, out double value) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value >= low && value <= high && double.IsFinite(value)),
    };

    /// <summary>One of some words; null when not given.</summary>
    public static Option<string?> Choice(string name, string description, params string[] words)
    {
        string expected = string.Join('|', words);
        return new Option<string?>(name)
        {
            Description = description,
            HelpName = expected,
            CustomParser = argument =>
            {
                string word = argument.Tokens[0].Value;
                if (Array.IndexOf(words, word) < 0) argument.AddError($"{name}: expected {expected}, got '{word}'");
                return word;
            },
        };
    }

    /// <summary>The path of a file or folder; null when not given.</summary>
    public static Option<string?> FilePath(string name, string description, string helpName) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = argument =>
        {
            string path = argument.Tokens[0].Value;
            if (path.Length == 0 || path.IndexOfAny(Path.GetInvalidPathChars()) >= 0) argument.AddError($"{name}: '{path}' cannot be a path");
            return path;
        },
    };

    /// <summary>A word that the verb judges itself; null when not given.</summary>
    public static Option<string?> Text(string name, string description, string helpName) => new(name) { Description = description, HelpName = helpName };

    private delegate bool TryParse<T>(string text, out T value);

    private static T? Parse<T>(ArgumentResult argument, string name, string expected, TryParse<T> tryParse)
        where T : struct
    {
        string text = argument.Tokens[0].Value;
        if (tryParse(text, out T value)) return value;
        argument.AddError($"{name}: expected {expected}, got '{text}'");
        return null;
    }
}
