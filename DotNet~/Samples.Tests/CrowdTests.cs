using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using Recurrent.Samples.Crowd;

namespace Samples.Tests;

/// <summary>The bell rings after 1 s, and every 5 s from then on; its wave needs a second and a half to the rim.</summary>
public sealed class CrowdTests
{
    [Test]
    public void AThousandGoRoundAsTheBellSaid()
    {
        using var player = new SamplePlayer("Crowd", typeof(CrowdSample));
        CrowdSample sample = player.Find<CrowdSample>();
        player.Play(0.9f);
        Assert.That(sample.Crowd.Count, Is.EqualTo(1000));
        Assert.That(MeanPace(sample), Is.LessThan(0.05f), "they do not wait for the bell");
        player.Play(1.5f);
        float hurry = MeanPace(sample);
        foreach (int pitch in new[] { 1, -1, 1 })
        {
            player.Play(3f);
            Assert.That(sample.Plaza.Pitch, Is.EqualTo(pitch));
            Assert.That(Agreement(sample), Is.GreaterThan(0.97));
            Assert.That(sample.Strollers.Average(stroller => MathF.Abs(stroller.Offset)), Is.LessThan(0.5f), "they leave their circles");
            Assert.That(MeanPace(sample), Is.LessThan(0.7f * hurry), "they hurry without end");
            player.Play(2f);
        }
    }

    [Test]
    public void WithoutTheirWeightsTheyStand()
    {
        using var player = new SamplePlayer("Crowd", typeof(CrowdSample));
        CrowdSample sample = player.Find<CrowdSample>();
        SamplePlayer.ToZeros(sample.Crowd.Model!.Model);
        player.Play(5.4f);
        Assert.That(Agreement(sample), Is.Zero);
    }

    // That the bell has rung, and when, is in nothing that they perceive.
    [Test]
    public void WithoutMemoryTheyDoNotKnowThatItRang()
    {
        using var player = new SamplePlayer("Crowd", typeof(CrowdSample));
        CrowdSample sample = player.Find<CrowdSample>();
        player.Play(0.1f);
        Assert.That(sample.Agents.Count, Is.EqualTo(1000));
        foreach (NpcAgent agent in sample.Agents) agent.Decided += sample.Crowd.Forget;
        player.Play(5.3f);
        Assert.That(Agreement(sample), Is.LessThan(0.5));
    }

    // Each beside one other gives what it gives among a thousand. A lone row is summed in another order: each step of it is as near, but a network that decides at once between
    // two ways carries the last bit on, so it takes its steps from the same memory here.
    [Test]
    public void TheBatchIsAsOneByOne()
    {
        using var player = new SamplePlayer("Crowd", typeof(CrowdSample));
        CrowdSample sample = player.Find<CrowdSample>();
        player.Play(0.95f);
        SequenceModel model = sample.Crowd.Model!.Model;
        var alone = new Dictionary<NpcAgent, PolicyCrowd>();
        using Policy row = Policy.Open(model);
        float apart = 0f, rowApart = 0f, largest = 0f;
        int decisions = 0;
        float[] actions = new float[2];
        foreach (NpcAgent agent in sample.Agents)
        {
            var own = new PolicyCrowd(model, capacity: 2);
            own.Join();
            own.Join();
            alone.Add(agent, own);
            sample.Crowd.Forget(agent);
            agent.Decided += decided =>
            {
                PolicyCrowd one = alone[decided];
                row.Restore(one.State(0));
                row.Act(decided.Observation, [], actions);
                rowApart = MathF.Max(rowApart, Distance(actions, decided.Continuous));
                one.Observe(0, decided.Observation);
                one.Step();
                one.Act(0, ActionSampler.Greedy, [], actions);
                apart = MathF.Max(apart, Distance(actions, decided.Continuous));
                largest = MathF.Max(largest, Distance(actions, [0f, 0f]));
                decisions++;
            };
        }

        player.Play(1.2f);
        Assert.That(decisions, Is.InRange(55_000, 65_000));
        Assert.That(largest, Is.GreaterThan(0.5f));
        Assert.That(apart, Is.LessThanOrEqualTo(1e-6f));
        Assert.That(rowApart, Is.LessThanOrEqualTo(1e-6f));
        foreach (PolicyCrowd own in alone.Values) own.Dispose();
    }

    [Test]
    public void AFrameAllocatesNothing()
    {
        using var player = new SamplePlayer("Crowd", typeof(CrowdSample));
        CrowdSample sample = player.Find<CrowdSample>();
        player.Play(0.5f);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 20; i++) sample.Crowd.Step();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    private static double Agreement(CrowdSample sample) =>
        sample.Strollers.Count(stroller => stroller.Turning * sample.Plaza.Pitch > 0.02f) / (double)sample.Strollers.Count;

    private static float Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b) => MathF.Max(MathF.Abs(a[0] - b[0]), MathF.Abs(a[1] - b[1]));

    private static float MeanPace(CrowdSample sample) => sample.Strollers.Average(stroller => stroller.Pace);
}
