using System;
using System.Collections.Generic;
using UnityEngine;

namespace Recurrent.Components.Tests
{
    /// <summary>What stands beside an NPC in the tests: it perceives what it is told, and notes what it is to do.</summary>
    internal sealed class Puppet : MonoBehaviour, IObservationSource, IActionSink
    {
        public float[] Perceived { get; set; } = { 0f, 0f };

        public List<string> Acts { get; } = new List<string>();

        public int Count { get; private set; }

        public int LastDiscrete { get; private set; }

        public float LastContinuous { get; private set; }

        public bool IsSilent { get; set; }

        public Action? Acting { get; set; }

        public int ObservationSize => Perceived.Length;

        public void Observe(Span<float> observation) => Perceived.CopyTo(observation);

        public void Act(ReadOnlySpan<int> discrete, ReadOnlySpan<float> continuous)
        {
            Count++;
            LastDiscrete = discrete.Length > 0 ? discrete[0] : -1;
            LastContinuous = continuous.Length > 0 ? continuous[0] : float.NaN;
            if (!IsSilent) Acts.Add(FormattableString.Invariant($"{LastDiscrete} {LastContinuous:0.0000}"));
            Acting?.Invoke();
        }
    }

    internal sealed class Fence : MonoBehaviour, IActionMask
    {
        public int Only { get; set; }

        public bool ForbidsAll { get; set; }

        public void Mask(Span<bool> allowed)
        {
            for (int i = 0; i < allowed.Length; i++) allowed[i] = i == Only && !ForbidsAll;
        }
    }

    internal sealed class Routine : MonoBehaviour, IHeuristic
    {
        public int Calls { get; private set; }

        public void Decide(ReadOnlySpan<float> observation, Span<int> discrete, Span<float> continuous)
        {
            Calls++;
            discrete[0] = 2;
            continuous[0] = 10f * observation[0];
        }
    }

    internal static class Puppets
    {
        /// <summary>2 observations; one branch of 3 actions and 1 continuous one.</summary>
        public static readonly EpisodeLayout Layout = new EpisodeLayout(2, new[] { 3 }, 1);

        public static ActionShape Actions => new ActionShape(1, new[] { 3 });

        public static SequenceModel Model(int seed = 1, EpisodeLayout? layout = null)
        {
            layout ??= Layout;
            int outputs = PolicyLoss.OutputSizeOf(layout);
            SequenceModel model = Policy.Describe(new SequenceModel(new GRU(layout.ObservationSize, 5, seed: (ulong)seed), new Linear(5, outputs, seed: (ulong)seed + 1)), layout);
            // Large weights, so that other states and inputs lead to other actions.
            for (int i = 0; i < model.Store.Length; i++) model.Store.Values[i] *= 2f;
            model.Store.Touch();
            return model;
        }

        public static RecurrentNpc Npc(SequenceModelAsset? model, string name = "Guard")
        {
            var owner = new GameObject(name);
            owner.AddComponent<Puppet>();
            var npc = owner.AddComponent<RecurrentNpc>();
            npc.Model = model;
            npc.DecisionPeriod = 1;
            npc.StepTime = StepTime.Manual;
            return npc;
        }

        public static Puppet Body(this RecurrentNpc npc) => npc.GetComponent<Puppet>();

        /// <summary>What is perceived in step t by the one with a number.</summary>
        public static float[] Perceive(int t, int who = 0) => new[] { Mathf.Sin(0.7f * t + who), Mathf.Cos(0.3f * t * (1 + who % 3)) };

        /// <summary>What a policy of its own does in steps 0 … n − 1.</summary>
        public static List<string> Alone(SequenceModel model, int steps, int who = 0, ActionSampler? sampler = null)
        {
            using Policy policy = Policy.Open(model);
            policy.Sampler = sampler ?? ActionSampler.Greedy;
            var acts = new List<string>();
            int[] discrete = new int[1];
            float[] continuous = new float[1];
            for (int t = 0; t < steps; t++)
            {
                policy.Act(Perceive(t, who), discrete, continuous);
                acts.Add(FormattableString.Invariant($"{discrete[0]} {continuous[0]:0.0000}"));
            }
            return acts;
        }

        public static void Walk(RecurrentNpc npc, int from, int to, int who = 0)
        {
            for (int t = from; t < to; t++)
            {
                npc.Body().Perceived = Perceive(t, who);
                npc.Step();
            }
        }
    }
}
