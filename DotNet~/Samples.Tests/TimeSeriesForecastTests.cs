using System;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using Recurrent.Samples.TimeSeriesForecast;

namespace Samples.Tests;

/// <summary>The signal is learned while it runs, its change is noticed at once, and learned in turn.</summary>
public sealed class TimeSeriesForecastTests
{
    /// <summary>What is seen of a run up to ten seconds after the signal's change.</summary>
    private sealed record Figures(float Before, float NaiveBefore, float After, float NaiveAfter, float Calm, int SamplesToSurprise);

    [TestCase(1)]
    [TestCase(2)]
    public void TheChangeIsNoticedAndLearned(int seed)
    {
        Figures got = Run(seed);
        TestContext.Out.WriteLine(got);
        Assert.That(got.Before, Is.LessThan(0.65f * got.NaiveBefore));
        Assert.That(got.SamplesToSurprise, Is.InRange(1, 5));
        Assert.That(got.After, Is.LessThan(1.3f * got.Before));
        Assert.That(got.After, Is.LessThan(0.65f * got.NaiveAfter));
    }

    // The same scene with a network of zeros that does not learn: no forecast that is worth its name.
    [Test]
    public void WithoutTheNetworkTheFiguresFail()
    {
        Figures got = Run(1, forecaster =>
        {
            forecaster.Learns = false;
            SequenceModel model = ForecastLearner.NewModel(1, 24, 24);
            SamplePlayer.ToZeros(model);
            using (new Forecaster(model, 16, 24)) forecaster.Model = SequenceModelAsset.Create(model);
        });
        TestContext.Out.WriteLine(got);
        Assert.That(got.Before, Is.GreaterThan(2f * got.NaiveBefore));
        Assert.That(got.After, Is.GreaterThan(2f * got.NaiveAfter));
        Assert.That(got.SamplesToSurprise, Is.EqualTo(int.MaxValue));
    }

    private static Figures Run(int seed, Action<SequenceForecaster>? change = null)
    {
        using var player = new SamplePlayer("TimeSeriesForecast", typeof(LiveSignal));
        LiveSignal signal = player.Find<LiveSignal>();
        ForecastScore score = player.Find<ForecastScore>();
        SequenceForecaster forecaster = player.Find<SequenceForecaster>();
        signal.Seed = seed;
        change?.Invoke(forecaster);
        (float calm, float before, float naiveBefore, int toSurprise) = (0, 0, 0, int.MaxValue);
        forecaster.Sampled += _ =>
        {
            // The last three seconds before the change.
            if (!signal.IsChanged && signal.Count > signal.SamplesToChange - 90) calm = Math.Max(calm, forecaster.Surprise);
            if (signal.IsChanged && forecaster.Surprise > Math.Max(calm, forecaster.SurpriseThreshold)) toSurprise = Math.Min(toSurprise, signal.SinceChange + 1);
        };
        while (!signal.IsChanged)
        {
            (before, naiveBefore) = (score.Rmse, score.NaiveRmse);
            player.Play(SamplePlayer.FrameTime);
        }

        player.Play(10);
        Assert.That(signal.IsChanged, "it has changed back too soon");
        return new Figures(before, naiveBefore, score.Rmse, score.NaiveRmse, calm, toSurprise);
    }
}
