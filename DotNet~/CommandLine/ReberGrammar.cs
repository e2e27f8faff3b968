using System.Collections.Generic;

namespace Recurrent.CommandLine;

/// <summary>
/// The embedded Reber grammar (Hochreiter and Schmidhuber, 1997; after Reber, 1967). An inner string begins with B, takes a way through six states with a coin at each fork,
/// and ends with E; the whole string is B, o, an inner string, o, E with o either T or P. So the symbol before the last can only be told by one that stood
/// at the beginning, while every other follows from the way.
/// </summary>
internal static class ReberGrammar
{
    /// <summary>The symbols, in the order of their numbers.</summary>
    public const string Symbols = "BTSXPVE";

    private const int End = 5;

    // By state: what may come, and where it leads.
    private static readonly (char Symbol, int Next)[][] Ways =
    {
        new[] { ('T', 1), ('P', 2) },
        new[] { ('S', 1), ('X', 3) },
        new[] { ('T', 2), ('V', 4) },
        new[] { ('X', 2), ('S', End) },
        new[] { ('P', 3), ('V', End) },
    };

    /// <summary>Draws a string.</summary>
    public static string Draw(RandomSource random)
    {
        char o = random.Next(2) == 0 ? 'T' : 'P';
        var text = new List<char> { 'B', o, 'B' };
        for (int state = 0; state != End;)
        {
            (char symbol, int next) = Ways[state][random.Next(2)];
            text.Add(symbol);
            state = next;
        }
        text.AddRange(new[] { 'E', o, 'E' });
        return new string(text.ToArray());
    }

    /// <summary>
    /// What may follow each symbol of a string but its last: of the symbol before the last only the one that is right.
    /// </summary>
    public static string[] Following(string text)
    {
        var following = new string[text.Length - 1];
        following[0] = "TP";
        following[1] = "B";
        int state = 0;
        for (int t = 2; t < text.Length - 4; t++)
        {
            following[t] = $"{Ways[state][0].Symbol}{Ways[state][1].Symbol}";
            foreach ((char symbol, int next) in Ways[state])
                if (symbol == text[t + 1])
                {
                    state = next;
                    break;
                }
        }
        following[^3] = "E";
        following[^2] = text[1].ToString();
        following[^1] = "E";
        return following;
    }
}
