using System;
using System.Collections.Generic;

namespace Recurrent.CommandLine;

/// <summary>Episodes in three parts: to learn from, to choose the epoch by, and to judge by, which nothing else sees.</summary>
internal sealed record ImitationParts(IReadOnlyList<Episode> Train, IReadOnlyList<Episode> Validation, IReadOnlyList<Episode> Test)
{
    /// <summary>Divides episodes at random: a fifth to judge by, a fifth of the rest to choose by.</summary>
    /// <exception cref="ArgumentException">There are fewer than 3 episodes.</exception>
    public static ImitationParts Split(IReadOnlyList<Episode> episodes, ulong seed)
    {
        if (episodes.Count < 3) throw new ArgumentException($"there are {episodes.Count} episodes, expected at least 3: to learn from, to choose by and to judge by");
        var order = new int[episodes.Count];
        for (int i = 0; i < order.Length; i++) order[i] = i;
        new RandomSource(seed).Shuffle(order);
        int test = Math.Max(1, episodes.Count / 5), validation = Math.Max(1, (episodes.Count - test) / 5);
        IReadOnlyList<Episode> Part(int first, int count) => Array.ConvertAll(order[first..(first + count)], index => episodes[index]);
        return new ImitationParts(Part(test + validation, episodes.Count - test - validation), Part(test, validation), Part(0, test));
    }
}
