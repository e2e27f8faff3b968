using System.Collections.Generic;

namespace Recurrent.CommandLine;

/// <summary>
/// Play that only memory can imitate. In step 0 a light says left or right, and never again; for 40 steps the player walks ahead; in step 40, at the junction, it turns to
/// where the light was. An observation is the light (left, right: 2), whether this is the junction (1), and noise (2).
/// </summary>
internal static class CueTask
{
    /// <summary>The step in which the cue counts; the cue is in step 0.</summary>
    public const int TurnStep = 40;

    private const int Ahead = 0, Left = 1;

    /// <summary>What a step consists of.</summary>
    public static EpisodeLayout Layout { get; } = new(["light left", "light right", "junction", "noise 0", "noise 1"], ["move"], [3], []);

    /// <summary>Draws episodes, in half of which on average the light is left.</summary>
    public static IReadOnlyList<Episode> Draw(int count, ulong seed)
    {
        var random = new RandomSource(seed);
        var episodes = new List<Episode>();
        for (int i = 0; i < count; i++)
        {
            int size = Layout.ObservationSize, cue = random.Next(2);
            var observations = new float[(TurnStep + 1) * size];
            var actions = new int[TurnStep + 1];
            for (int t = 0; t <= TurnStep; t++)
                for (int noise = 3; noise < size; noise++) observations[t * size + noise] = random.NextSingle();
            observations[cue] = 1;
            observations[TurnStep * size + 2] = 1;
            for (int t = 0; t < TurnStep; t++) actions[t] = Ahead;
            actions[TurnStep] = Left + cue;
            episodes.Add(new Episode(Layout, observations, actions));
        }
        return episodes;
    }
}
