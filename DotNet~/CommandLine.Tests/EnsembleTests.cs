using System.Linq;
using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

public sealed class EnsembleTests
{
    [TestCase("lstm", 1, 1)]
    [TestCase("lstm", 2, 3)]
    [TestCase("gru", 2, 1)]
    [TestCase("rnn", 3, 2)]
    public void ForecastsTheMeanOfItsNetworks(string cell, int layers, int horizon)
    {
        ForecastSettings settings = ForecastSettings.Sine with { Cell = cell, Layers = layers, Hidden = 5, Horizon = horizon };
        SequenceModel[] members = [settings.CreateModel(1), settings.CreateModel(2), settings.CreateModel(3)];
        var random = new RandomSource(4);
        float[] input = Enumerable.Range(0, 7).Select(_ => random.NextGaussian()).ToArray();

        float[][] forecasts = members.Select(member => Forecast(member, input)).ToArray();
        float[] joined = Forecast(Ensemble.Join(settings, members), input);
        Assert.That(forecasts[0][0], Is.Not.EqualTo(forecasts[1][0]).Within(1e-3));
        for (int o = 0; o < horizon; o++) Assert.That(joined[o], Is.EqualTo(forecasts.Average(forecast => forecast[o])).Within(1e-6));
    }

    private static float[] Forecast(SequenceModel model, float[] input)
    {
        using var pass = new SequencePass(model, 1, input.Length);
        pass.Forward(input, 1, input.Length);
        var output = new float[model.OutputSize];
        pass.CopyOutput(output);
        return output;
    }
}
