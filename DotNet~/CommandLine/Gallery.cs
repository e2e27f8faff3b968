using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Diagnostics;

namespace Recurrent.CommandLine;

/// <summary>Pictures of healthy and of ill networks, each of a training run of its own, with a sentence about what a person sees.</summary>
internal sealed class Gallery
{
    private const int Epochs = 20, OverfitEpochs = 150, Horizon = 12, LookBack = 36;

    private readonly Dictionary<(Demonstration, string), DemonstrationRun> _runs = new();
    private readonly ulong _seed;

    public Gallery(ulong seed) => _seed = seed;

    /// <summary>A network, trained once.</summary>
    public DemonstrationRun Run(Demonstration what, string cell = "LSTM")
    {
        if (!_runs.TryGetValue((what, cell), out DemonstrationRun? run))
            _runs[(what, cell)] = run = DemonstrationRun.Train(what, cell, epochs: what == Demonstration.TooFewData ? OverfitEpochs : Epochs, seed: _seed);
        return run;
    }

    /// <summary>All pictures, in the order in which they are best looked at.</summary>
    public IEnumerable<(string Name, string Caption, StateCanvas Picture)> Draw(Skin skin)
    {
        DemonstrationRun healthy = Run(Demonstration.Healthy), untrained = Run(Demonstration.Untrained), gru = Run(Demonstration.Healthy, "GRU");
        Recording good = healthy.Record("healthy");
        yield return One("healthy-prediction", "A healthy network: the prediction lies on the truth.", RecordingViews.Prediction(good, skin), skin);
        yield return States("healthy-states", "Its hidden state: every unit swings with the wave, in rhythms of its own.", good, "l1.h", skin);
        yield return States("untrained-states", "Untrained, on the same scale: pale stripes; every unit stays near a value of its own and hardly answers the wave.", untrained.Record("untrained"), "l1.h", skin);
        yield return Gates("healthy-gates", "Gates of a healthy LSTM: they open and shut with the wave, few are stuck.", good, "rnn.l1", skin);
        yield return Gates("gru-gates", "A GRU has three: reset r, update z, candidate n. This one is healthy.", gru.Record("GRU"), "rnn.l1", skin);
        yield return Gates("forget-bias-minus-10", "Forget bias −10: strip f is shut from end to end, so the cell forgets everything at every step.", Run(Demonstration.ForgetBiasMinus10).Record("forget bias −10"), "rnn.l0", skin);
        yield return Gates("inputs-times-1000", "Inputs × 1,000: the gates only know fully open and fully shut, and flip at once.", Run(Demonstration.InputsTimes1000).Record("inputs × 1,000"), "rnn.l0", skin);
        yield return One("dead-layer", "A layer frozen at zero: its state is one flat colour, 0 … 0, and the layer above it draws level lines, for nothing reaches it.", Layers(Run(Demonstration.LayerFrozenAtZero).Record("layer 0 frozen at zero"), skin), skin);
        yield return States("learning-rate-times-100", "Learning rate × 100: most units stand still, pinned at an end or at zero; a few flip.", Run(Demonstration.LearningRateTimes100).Record("learning rate × 100"), "l1.h", skin);
        yield return One("training-healthy", "Training a healthy network: both losses fall together, and the gradient stays small.", RecordingViews.Training(healthy.Log), skin);
        yield return One("training-exploding", "Training at a learning rate × 100: at the start the gradient's norm shoots up and the loss is far above 1; both stay ragged and high.", RecordingViews.Training(Run(Demonstration.LearningRateTimes100).Log), skin);
        yield return One("training-overfitting", "Too few data: the training loss falls on while the validation loss turns and climbs.", RecordingViews.Training(Run(Demonstration.TooFewData).Log), skin);
        yield return One("gradient-flow", "The gradient on its way back: RNN and GRU lose all of it within a few dozen steps, an LSTM that begins with a forget bias of 3 keeps a twentieth over all hundred.", Flow(), skin);
        yield return Difference(healthy, skin);
        yield return One("attribution", "The forecast hangs on the last values and on those of half a wave before; what is further back hardly counts.", RecordingViews.Attribution(healthy.MeasureAttribution().ToTable()), skin);
        if (RecordingPictures.Trajectory(good, good.Layout.Find("l1.h")!) is { } path) yield return One("trajectory", "The state of a healthy network runs round a loop, once a period.", path, skin);
        yield return ("training-window", "The training window: the losses of a GRU's run against those of an RNN before it, how much of the gradient is left further back in time, and its norm in every step.", TrainingWindow(skin));
        yield return ("inspector-states", "What an inspector of the editor paints in Play Mode: how large the hidden state is, and every unit over the last 128 steps.", InspectorStates(good, skin));
        yield return ("forecast-fan", "A forecast of twelve steps: the fan shows how far off it was on data it never learned from, and widens with the horizon.", Fan(skin));
    }

    private static (string, string, StateCanvas) One(string name, string caption, RecordingView view, Skin skin) => (name, caption, view.Draw(skin));

    private static (string, string, StateCanvas) States(string name, string caption, Recording recording, string track, Skin skin) =>
        One(name, caption, RecordingViews.States(recording, recording.Layout.Find(track)!, skin), skin);

    private static (string, string, StateCanvas) Gates(string name, string caption, Recording recording, string cell, Skin skin) =>
        One(name, caption, RecordingViews.Gates(recording, recording.Layout.Cells.First(c => c.Name == cell)), skin);

    private static (string, string, StateCanvas) Difference(DemonstrationRun run, Skin skin)
    {
        RecordingComparison comparison = RecordingComparison.Of(run.Record("NPC_07"), run.Record("NPC_08", disturbedAt: 40));
        return One("two-agents", "Two agents with one network: alike to step 40, where one is startled; the memory of it fades.", RecordingViews.Difference(comparison, comparison.A.Layout.Find("l1.h")!, skin), skin);
    }

    private static RecordingView Layers(Recording recording, Skin skin)
    {
        var grid = new PanelGrid(2, 1) { Title = $"{recording.Agent}: h of both layers" };
        for (int i = 0; i < 2; i++)
        {
            RecordedTrack track = recording.Layout.Find($"l{i}.h")!;
            grid[i, 0] = new Heatmap(recording.Values(track), track.Length, ColorScale.Signed(skin)) { Title = track.Name, ValueName = "h", ShowXLabels = i == 1 };
        }
        return new RecordingView("layers", "", grid, 480);
    }

    /// <summary>Three untrained networks on one sequence of a hundred steps: the demonstration of the tutorial, with the loss at the last step.</summary>
    private RecordingView Flow()
    {
        const int steps = 100, hidden = 32;
        float[] input = SyntheticSeries.Sine(steps, new RandomSource(_seed), 0.1f);
        var lstm = new LSTM(1, hidden, seed: _seed);
        lstm.SetForgetBias(3);
        Layer[] layers = { new RNN(1, hidden, seed: _seed), new GRU(1, hidden, seed: _seed), lstm };
        return RecordingViews.Flow("The gradient through 100 steps", new[] { "RNN", "GRU", "LSTM, forget bias 3" }, layers.Select(layer => GradientFlow.Measure(layer, input).Norms[0]).ToArray());
    }

    /// <summary>The last steps of a network as an inspector shows them.</summary>
    private static StateCanvas InspectorStates(Recording recording, Skin skin)
    {
        var recorder = new AgentRecorder(recording.Agent, recording.Layout, 128);
        for (int t = 0; t < recording.Steps; t++) recorder.Record(recording.Frame(t));
        var canvas = new StateCanvas(380 * skin.Scale, 96 * skin.Scale);
        canvas.Clear(skin.Background);
        StateThumbnail.Draw(recorder, canvas, canvas.Bounds, skin);
        return canvas;
    }

    /// <summary>What the training window of the editor paints: a run that goes on, and one before it.</summary>
    private StateCanvas TrainingWindow(Skin skin)
    {
        SeriesDataset data = SeriesDataset.FromValues(SyntheticSeries.Sine(400, new RandomSource(_seed), 0.1f), LookBack, 1, 0.2, 0.1);
        var monitor = new TrainingMonitor(new RunHistory()) { IsSeen = true };
        var now = new DateTime(2026, 5, 3, 12, 0, 59, DateTimeKind.Local);
        foreach (string cell in new[] { "RNN", "GRU" })
        {
            using var training = new MonitoredTraining(cell, () =>
            {
                Layer memory = cell == "RNN" ? new RNN(1, 16, seed: _seed) : new GRU(1, 16, seed: _seed);
                var options = new BackgroundOptions { UseThread = false };
                var trainer = new BackgroundTrainer(new SequenceModel(("memory", memory), ("last", new LastStep()), ("head", new Linear(16, 1, seed: _seed + 1))), Losses.MeanSquaredError, new Adam(3e-3f), options);
                trainer.Begin(data.Train, data.Validation, Epochs);
                return trainer;
            });
            monitor.Update(new[] { training }, now);
            monitor.Start();
            do
            {
                // One piece at a time: every step of the optimizer is seen.
                training.Tick(TimeSpan.Zero);
                monitor.Update(new[] { training }, now);
            }
            while (training.Activity == TrainingActivity.Running && (cell == "RNN" || training.Progress.Epoch < Epochs * 3 / 4));
            if (cell == "RNN") monitor.Compare(monitor.History.Runs[0], true);
        }
        return monitor.Draw(1200 * skin.Scale, 360 * skin.Scale, skin);
    }

    /// <summary>A forecaster of twelve steps at once, and how far off it was at each of them on data that it did not learn from.</summary>
    private StateCanvas Fan(Skin skin)
    {
        float[] series = SyntheticSeries.Sine(500, new RandomSource(_seed), 0.15f);
        // A noise that adds up makes the far future less certain than the near one.
        var random = new RandomSource(_seed + 1);
        float drift = 0;
        for (int i = 0; i < series.Length; i++) series[i] += drift = 0.97f * drift + 0.12f * random.NextGaussian();
        SeriesDataset data = SeriesDataset.FromValues(series, LookBack, Horizon, 0.2, 0.1);
        var model = new SequenceModel(new LSTM(1, 24, seed: _seed), new LastStep(), new Linear(24, Horizon, seed: _seed + 2));
        using (var trainer = new Trainer(model, Losses.MeanSquaredError, new Adam(5e-3f), new TrainingOptions { Seed = _seed, Threads = 1 })) trainer.Fit(data.Train, data.Validation, 30);

        float[] errors = DatasetErrors(model, data.Validation, data.TargetScaler);
        Recording test = DatasetRecorder.LastSteps(model, data.Test, "test");
        float[] forecast = test.At(test.Layout.Find("output")!, 0).ToArray();
        data.TargetScaler.Inverse(forecast, forecast);
        int now = data.FirstTest, shown = 60;
        float[] x = Enumerable.Range(0, Horizon + 1).Select(k => (float)(now - 1 + k)).ToArray();
        float[] centre = forecast.Prepend(series[now - 1]).ToArray();
        float[][] Edge(int sign) => new[] { 1.96f, 1.28f }.Select(width => centre.Select((value, k) => k == 0 ? value : value + sign * width * errors[k - 1]).ToArray()).ToArray();
        float[] past = series.AsSpan(now - shown, shown).ToArray(), future = series.AsSpan(now - 1, Horizon + 1).ToArray();
        float[][] low = Edge(-1), high = Edge(1);
        var chart = new LineChart(Axis.Counting("step", now - shown, shown + Horizon), Axis.Fit("value", past, future, low[0], high[0]));
        chart.Add(new Fan("80 % and 95 %", x, low, high) { Color = skin.LineColor(1) });
        chart.Add(new LineSeries("past", past) { First = now - shown, Color = skin.Truth, Dashes = Array.Empty<float>() });
        chart.Add(new LineSeries("what came", future) { First = now - 1, Color = skin.Truth, Dashes = new[] { 3f, 3f }, Marker = MarkerShape.Circle, MarkerSize = 4f });
        chart.Add(new LineSeries("forecast", x, centre) { Color = skin.LineColor(1), Dashes = Array.Empty<float>(), Width = 2f });
        chart.MarkAt(now - 1);
        var grid = new PanelGrid(1, 1) { Title = "A forecast of twelve steps", Subtitle = "the fan: ±1.28 and ±1.96 standard deviations of its errors on the validation part, step by step" };
        grid[0, 0] = chart;
        return grid.Draw(RecordingView.DefaultWidth * skin.Scale, 400 * skin.Scale, skin);
    }

    /// <summary>(horizon): the root of the mean squared error of each step ahead, in the series' unit.</summary>
    private static float[] DatasetErrors(SequenceModel model, SequenceDataset data, Scaler scaler)
    {
        Recording recording = DatasetRecorder.LastSteps(model, data, "validation");
        float[] output = recording.Values(recording.Layout.Find("output")!), target = recording.Values(recording.Layout.Find("target")!);
        scaler.Inverse(output, output);
        scaler.Inverse(target, target);
        return Enumerable.Range(0, Horizon).Select(k => (float)Math.Sqrt(Enumerable.Range(0, recording.Steps).Average(t => Math.Pow(output[t * Horizon + k] - target[t * Horizon + k], 2)))).ToArray();
    }
}
