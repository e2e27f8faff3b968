using System;
using System.Collections.Generic;

namespace Recurrent.CommandLine;

/// <summary>How often somebody chooses what the recorded player chose.</summary>
internal sealed class ImitationScore
{
    private readonly EpisodeLayout _layout;
    private long _right, _decisions, _lastRight, _lastDecisions, _numbers;
    private double _squares;

    private ImitationScore(EpisodeLayout layout)
    {
        _layout = layout;
        Confusion = new int[layout.BranchCount == 0 ? 0 : layout.BranchSizes[0] * layout.BranchSizes[0]];
    }

    /// <summary>The share of discrete actions that are the player's, 0 … 1.</summary>
    public double Accuracy => (double)_right / _decisions;

    /// <summary>That share in the episodes' last steps.</summary>
    public double LastAccuracy => (double)_lastRight / _lastDecisions;

    /// <summary>The root of the mean squared error of continuous actions.</summary>
    public double ContinuousError => Math.Sqrt(_squares / _numbers);

    /// <summary>Discrete actions that were judged.</summary>
    public long Decisions => _decisions;

    /// <summary>(actions, actions) of the first branch: for each that the player took, how often each was chosen.</summary>
    public int[] Confusion { get; }

    /// <summary>Lets somebody play along with episodes.</summary>
    public static ImitationScore Of(Actor actor, IReadOnlyList<Episode> episodes)
    {
        var score = new ImitationScore(episodes[0].Layout);
        foreach (Episode episode in episodes) score.Add(actor, episode);
        return score;
    }

    private void Add(Actor actor, Episode episode)
    {
        var discrete = new int[_layout.BranchCount];
        var continuous = new float[_layout.ContinuousSize];
        actor.Reset();
        for (int t = 0; t < episode.Steps; t++)
        {
            actor.Act(episode, t, discrete, continuous);
            for (int i = 0; i < discrete.Length; i++)
            {
                int truth = episode.Discrete(t)[i];
                bool right = discrete[i] == truth;
                _decisions++;
                if (right) _right++;
                if (i == 0) Confusion[truth * _layout.BranchSizes[0] + discrete[0]]++;
                if (t < episode.Steps - 1) continue;
                _lastDecisions++;
                if (right) _lastRight++;
            }
            for (int i = 0; i < continuous.Length; i++)
            {
                double error = continuous[i] - episode.Continuous(t)[i];
                _squares += error * error;
                _numbers++;
            }
        }
    }
}
