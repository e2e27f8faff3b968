using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using Recurrent.Onnx;
using Recurrent.OnnxRuntime;
using Recurrent.Samples.OnnxMotion;

namespace Samples.Tests;

/// <summary>The amber ball is where the white one will be, in either backend; its motion is the model's.</summary>
public sealed class OnnxMotionTests
{
    private const int WarmUp = 100;

    [OneTimeSetUp]
    public void Register() => OnnxRuntimeStream.Register();

    [Test]
    public void TheModelLeads()
    {
        (List<float> forecasts, int lead) = Run((_, _) => { });
        Assert.That(lead, Is.EqualTo(15));
        double error = Error(forecasts, lead), naive = Root(Enumerable.Range(WarmUp, forecasts.Count - WarmUp).Select(t => LeadingBall.HeightAt(t + lead) - LeadingBall.HeightAt(t)));
        TestContext.Out.WriteLine($"{error:0.000}, the last height {naive:0.000}");
        Assert.That(error, Is.LessThan(0.04 * naive));
    }

    [Test]
    public void SwitchingTheBackendDoesNotChangeTheMotion()
    {
        (List<float> kept, _) = Run((sequence, _) => sequence.Backend = SequenceBackend.Managed);
        int switches = 0;
        SequenceBackend? last = null;
        (List<float> switched, _) = Run((_, _) => { }, sequence =>
        {
            if (last != null && sequence.RunsIn != last) switches++;
            last = sequence.RunsIn;
            if (sequence.StepCount % 40 == 39) sequence.Backend = sequence.RunsIn == SequenceBackend.Managed ? SequenceBackend.OnnxRuntime : SequenceBackend.Managed;
        });
        Assert.That(switches, Is.GreaterThan(8));
        Assert.That(switched.Zip(kept, (a, b) => MathF.Abs(a - b)).Max(), Is.LessThan(1e-5f));
    }

    [Test]
    public void WithoutItsWeightsNothingMoves()
    {
        (List<float> forecasts, int lead) = Run((sequence, ball) =>
        {
            SequenceModel model = OnnxImport.From(OnnxModel.Read(sequence.Model!.GetBytes())).Model;
            SamplePlayer.ToZeros(model);
            sequence.Model = SequenceModelAsset.Create(OnnxExporter.Export(model, new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes(), ModelFormat.Onnx);
        });
        Assert.That(forecasts.Skip(1), Has.All.EqualTo(0f));
        Assert.That(Error(forecasts, lead), Is.GreaterThan(0.4));
    }

    // Two kinds of state, two layers, two rows: all of them go along.
    [Test]
    public void TheStatesOfAnLSTMGoAlong()
    {
        using var player = new SamplePlayer("OnnxMotion", typeof(LeadingBall));
        var model = new SequenceModel(("lstm", new LSTM(3, 4, numLayers: 2, seed: 2)), ("head", new Linear(4, 2, seed: 3)));
        OnnxSequence kept = Make(model), moved = Make(model);
        kept.Backend = SequenceBackend.Managed;
        for (int t = 0; t < 8; t++)
        {
            if (t == 3) moved.Backend = SequenceBackend.Managed;
            if (t == 6) moved.Backend = SequenceBackend.OnnxRuntime;
            float[] x = [MathF.Sin(t), 1, 0.2f * t, -1, 0.5f, MathF.Cos(t)];
            foreach (OnnxSequence sequence in new[] { kept, moved })
            {
                sequence.Set(sequence.Inputs[0], x);
                Assert.That(sequence.Step());
            }

            Assert.That(moved.Get(moved.Outputs[0]).ToArray(), Is.EqualTo(kept.Get(kept.Outputs[0]).ToArray()).Within(1e-5f), $"step {t}");
            Assert.That(moved.RunsIn, Is.EqualTo(t is >= 3 and < 6 ? SequenceBackend.Managed : SequenceBackend.OnnxRuntime));
        }
    }

    private static OnnxSequence Make(SequenceModel model)
    {
        OnnxSequence sequence = new UnityEngine.GameObject("Arm").AddComponent<OnnxSequence>();
        (sequence.StepTime, sequence.Batch, sequence.Model) = (StepTime.Manual, 2, SequenceModelAsset.Create(model.ToBytes()));
        return sequence;
    }

    /// <summary>What the model said in each step of twelve seconds.</summary>
    private static (List<float> Forecasts, int Lead) Run(Action<OnnxSequence, LeadingBall> begin, Action<OnnxSequence>? step = null)
    {
        using var player = new SamplePlayer("OnnxMotion", typeof(LeadingBall));
        OnnxSequence sequence = player.Find<OnnxSequence>();
        LeadingBall ball = player.Find<LeadingBall>();
        var forecasts = new List<float>();
        sequence.Stepped += _ => forecasts.Add(0);
        player.Play(SamplePlayer.FrameTime);
        begin(sequence, ball);
        int first = ball.Count;
        forecasts.Clear();
        for (int t = 0; t < first; t++) forecasts.Add(0);
        sequence.Stepped += stepped =>
        {
            forecasts[^1] = ball.Forecast;
            step?.Invoke(stepped);
        };
        player.Play(12f);
        Assert.That(forecasts.Count, Is.EqualTo(ball.Count).And.GreaterThan(500));
        return (forecasts, ball.Lead);
    }

    private static double Error(List<float> forecasts, int lead) => Root(Enumerable.Range(WarmUp, forecasts.Count - WarmUp).Select(t => forecasts[t] - LeadingBall.HeightAt(t + lead)));

    private static double Root(IEnumerable<float> errors) => Math.Sqrt(errors.Average(error => (double)error * error));
}
