using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.CommandLine;

/// <summary>Dates of 1900 to 2099 as people write them, and as ISO 8601 does: "the 3rd of March, 2021" is 2021-03-03. Days come first, but after a slash the month does.</summary>
internal static class DateTask
{
    private static readonly DateTime First = new(1900, 1, 1), End = new(2100, 1, 1);

    private static readonly Func<DateTime, string>[] Forms =
    {
        date => Text(date, "d MMMM yyyy"),
        date => Text(date, "d MMM yyyy"),
        date => Text(date, "MMMM d, yyyy"),
        date => Text(date, "MMM d, yyyy"),
        date => Text(date, "dddd, d MMMM yyyy"),
        date => Text(date, "ddd d MMM yyyy"),
        date => Text(date, "dddd, MMMM d, yyyy"),
        date => $"{Ordinal(date.Day)} of {Text(date, "MMMM yyyy")}",
        date => $"the {Ordinal(date.Day)} of {Text(date, "MMMM, yyyy")}",
        date => $"{Text(date, "MMMM")} {Ordinal(date.Day)}, {Text(date, "yyyy")}",
        date => $"{Text(date, "MMMM")} the {Ordinal(date.Day)}, {Text(date, "yyyy")}",
        date => $"{Ordinal(date.Day)} {Text(date, "MMM yyyy")}",
        date => Text(date, "d.M.yyyy"),
        date => Text(date, "dd.MM.yyyy"),
        date => Text(date, "M'/'d'/'yyyy"),
        date => Text(date, "MM'/'dd'/'yyyy"),
        date => Text(date, "yyyy'/'M'/'d"),
        date => Text(date, "yyyyMMdd"),
    };

    /// <summary>Texts that differ in more than capitals, a third of them in small letters.</summary>
    public static IReadOnlyList<TextPair> Make(int count, ulong seed)
    {
        var random = new RandomSource(RandomSource.Combine(seed, 0xDA7E));
        var seen = new HashSet<string>();
        var pairs = new List<TextPair>(count);
        int days = (End - First).Days;
        while (pairs.Count < count)
        {
            DateTime date = First.AddDays(random.Next(days));
            string text = Forms[random.Next(Forms.Length)](date);
            string small = text.ToLowerInvariant();
            if (random.Next(3) == 0) text = small;
            if (seen.Add(small)) pairs.Add(new TextPair(text, Text(date, "yyyy-MM-dd")));
        }
        return pairs;
    }

    private static string Text(DateTime date, string format) => date.ToString(format, CultureInfo.InvariantCulture);

    private static string Ordinal(int day)
    {
        string ending = (day / 10 == 1 ? 0 : day % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
        return day.ToString(CultureInfo.InvariantCulture) + ending;
    }
}
