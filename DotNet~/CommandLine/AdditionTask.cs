using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Recurrent.CommandLine;

/// <summary>
/// The addition of two numbers of one or two digits as text, after a widespread example of Keras: 5,000 different questions, where a + b and b + a count as the same,
/// a number's length drawn first and then its digits; the last tenth is validation.
/// </summary>
internal static class AdditionTask
{
    public const int Questions = 5000, MaxAnswer = 3;

    private const int Digits = 2;

    public static IReadOnlyList<TextPair> Make(ulong seed)
    {
        var random = new RandomSource(RandomSource.Combine(seed, 0xADD));
        var seen = new HashSet<(int, int)>();
        var pairs = new List<TextPair>(Questions);
        while (pairs.Count < Questions)
        {
            int a = Draw(random), b = Draw(random);
            if (!seen.Add((Math.Min(a, b), Math.Max(a, b)))) continue;
            pairs.Add(new TextPair(string.Create(CultureInfo.InvariantCulture, $"{a}+{b}"), (a + b).ToString(CultureInfo.InvariantCulture)));
        }

        // Short numbers are found first: as they were drawn, the last questions would all be long ones.
        int[] order = Enumerable.Range(0, Questions).ToArray();
        random.Shuffle(order);
        return order.Select(i => pairs[i]).ToArray();
    }

    private static int Draw(RandomSource random)
    {
        int number = 0;
        for (int digits = 1 + random.Next(Digits); digits > 0; digits--) number = 10 * number + random.Next(10);
        return number;
    }
}
