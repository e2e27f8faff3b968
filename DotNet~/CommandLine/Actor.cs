using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent.CommandLine;

/// <summary>Somebody who acts on what is observed: a policy, or a rule to compare it with.</summary>
internal abstract class Actor
{
    /// <summary>An episode begins.</summary>
    public abstract void Reset();

    /// <summary>Chooses the action of step <paramref name="step"/>.</summary>
    public abstract void Act(Episode episode, int step, int[] discrete, float[] continuous);

    /// <summary>Always does what was done most often, and the mean of a continuous action.</summary>
    public static Actor Majority(IReadOnlyList<Episode> train) => new Rule(train, copies: false);

    /// <summary>Repeats what the recorded player did in the step before; in an episode's first step, what was done most often.</summary>
    public static Actor Copy(IReadOnlyList<Episode> train) => new Rule(train, copies: true);

    /// <summary>Does what a policy does.</summary>
    public static Actor Of(Policy policy) => new PolicyActor(policy);

    private sealed class Rule : Actor
    {
        private readonly int[] _discrete;
        private readonly float[] _continuous;
        private readonly bool _copies;

        public Rule(IReadOnlyList<Episode> train, bool copies)
        {
            EpisodeLayout layout = train[0].Layout;
            _copies = copies;
            _discrete = new int[layout.BranchCount];
            _continuous = new float[layout.ContinuousSize];
            IEnumerable<(Episode Episode, int Step)> steps = train.SelectMany(episode => Enumerable.Range(0, episode.Steps).Select(step => (episode, step)));
            for (int i = 0; i < _discrete.Length; i++)
            {
                var counts = new int[layout.BranchSizes[i]];
                foreach ((Episode episode, int step) in steps) counts[episode.Discrete(step)[i]]++;
                _discrete[i] = Array.IndexOf(counts, counts.Max());
            }
            for (int i = 0; i < _continuous.Length; i++) _continuous[i] = (float)steps.Average(at => (double)at.Episode.Continuous(at.Step)[i]);
        }

        public override void Reset()
        {
        }

        public override void Act(Episode episode, int step, int[] discrete, float[] continuous)
        {
            bool copies = _copies && step > 0;
            (copies ? episode.Discrete(step - 1) : _discrete).CopyTo(discrete);
            (copies ? episode.Continuous(step - 1) : _continuous).CopyTo(continuous);
        }
    }

    private sealed class PolicyActor(Policy policy) : Actor
    {
        public override void Reset() => policy.Reset();

        public override void Act(Episode episode, int step, int[] discrete, float[] continuous) => policy.Act(episode.Observation(step), discrete, continuous, episode.Mask(step));
    }
}
