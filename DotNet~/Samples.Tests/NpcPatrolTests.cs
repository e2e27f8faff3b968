using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using Recurrent.Samples.NpcPatrol;
using UnityEngine;

namespace Samples.Tests;

/// <summary>The scene is played once to where the NPC has learned; its model then patrols in the same scene, with the crate elsewhere for each seed.</summary>
public sealed class NpcPatrolTests
{
    private const float Minute = 60f;

    private byte[] _learned = [];
    private TrainingResult _result = null!;
    private float _strayed, _leastAngle, _largestAngle;
    private bool _wasDriven;

    [OneTimeSetUp]
    public void LearnFromThePlayer()
    {
        using var player = new SamplePlayer("NpcPatrol", typeof(PatrolSample));
        PatrolSample sample = player.Find<PatrolSample>();
        Guard guard = sample.Npc.GetComponent<Guard>();
        player.Play(SamplePlayer.FrameTime);
        (Vector2 post, _leastAngle, _largestAngle) = (guard.Position, guard.Angle, guard.Angle);
        for (float seconds = 0f; sample.Score == null && seconds < 400f; seconds += 0.25f)
        {
            player.Play(0.25f);
            if (sample.Score != null) break;
            _strayed = Mathf.Max(_strayed, (guard.Position - post).magnitude);
            _leastAngle = Mathf.Min(_leastAngle, guard.Angle);
            _largestAngle = Mathf.Max(_largestAngle, guard.Angle);
            _wasDriven |= sample.Npc.IsDrivenByModel;
        }

        Assert.That(sample.Score, Is.Not.Null, "it has learned nothing");
        _learned = sample.Npc.Model!.Model.ToBytes();
        _result = sample.Trainer.LastResult!;
    }

    [Test]
    public void UntilItHasLearnedItKeepsItsPost()
    {
        Assert.That(_result.Outcome, Is.EqualTo(TrainingOutcome.Completed));
        Assert.That(_wasDriven, Is.False);
        Assert.That(_strayed, Is.LessThan(0.01f), "it left its post");
        Assert.That(_largestAngle - _leastAngle, Is.GreaterThan(0.3f), "it does not look about");
    }

    [Test]
    public void ForAMinuteItStaysByTheRouteAndEntersNoCrate([NUnit.Framework.Range(1, 20)] int seed)
    {
        PatrolScore score = Patrol(seed, _learned, out int crates);
        Assert.That(score.Seconds, Is.EqualTo(Minute).Within(0.1f));
        Assert.That(score.Distance, Is.LessThan(0.03), "of the length; 5 % is what was promised");
        Assert.That(score.StraightDistance, Is.GreaterThan(1.0), "the route is no challenge");
        Assert.That(score.Laps, Is.GreaterThan(2f), "it does not go round");
        Assert.That(crates, Is.GreaterThanOrEqualTo(5));
        Assert.That(score.LeastRoom, Is.GreaterThan(0f), "it entered a crate");
    }

    // The same crate twice, once beside the route: it goes round only where it has to.
    [Test]
    public void ItGoesRoundACrateThatWasMovedIntoItsWay()
    {
        Vector2 free = Pass(new Vector2(0f, 100f), out _), blocked = Pass(null, out Vector2 crate);
        Assert.That((free - crate).magnitude, Is.LessThan(0.9f), "its way does not lead through there");
        Assert.That((blocked - crate).magnitude, Is.GreaterThan(Crate.Radius + Guard.Radius));
    }

    [Test]
    public void WithoutItsWeightsItGoesNowhere()
    {
        SequenceModel model = ModelFile.Load(_learned);
        SamplePlayer.ToZeros(model);
        PatrolScore score = Patrol(1, model.ToBytes(), out _);
        Assert.That(score.Laps, Is.LessThan(0.1f));
    }

    private static PatrolScore Patrol(int seed, byte[] model, out int crates)
    {
        using SamplePlayer player = Begin(seed, model, out PatrolSample sample);
        player.Play(Minute);
        crates = sample.Crate.Moves - 2;
        return sample.Score!;
    }

    /// <summary>Where the NPC comes nearest to a place 12 units along the route, in 8 s; the crate is there, or where it is told.</summary>
    private Vector2 Pass(Vector2? elsewhere, out Vector2 place)
    {
        var route = new Route();
        place = route.At(12f, out _);
        using SamplePlayer player = Begin(1, _learned, out PatrolSample sample);
        player.Play(0.1f);
        Guard guard = sample.Npc.GetComponent<Guard>();
        sample.Crate.transform.position = elsewhere ?? place;
        Vector2 nearest = guard.Position;
        for (int frame = 0; frame < 480; frame++)
        {
            player.Play(SamplePlayer.FrameTime);
            if ((guard.Position - place).magnitude < (nearest - place).magnitude) nearest = guard.Position;
        }

        return nearest;
    }

    private static SamplePlayer Begin(int seed, byte[] model, out PatrolSample sample)
    {
        var player = new SamplePlayer("NpcPatrol", typeof(PatrolSample));
        sample = player.Find<PatrolSample>();
        sample.Seed = seed;
        sample.Npc.Model = SequenceModelAsset.Create(model);
        return player;
    }
}
