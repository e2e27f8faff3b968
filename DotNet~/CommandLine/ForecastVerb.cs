using System;
using System.Collections.Generic;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.IO;
using System.Linq;
using System.Threading;
using Recurrent.Diagnostics;
using Spectre.Console;

namespace Recurrent.CommandLine;

/// <summary><c>recurrent forecast</c>: trains a recurrent network on a series, and shows how well it forecasts the part that it never saw.</summary>
internal sealed class ForecastVerb : Verb
{
    private const string ModelFileName = "forecast.safetensors", ForecastPictureName = "forecast.png", FanPictureName = "forecast-fan.png", StatesPictureName = "hidden-states.png";

    // Twice the pixels that are shown, so that the pictures are sharp on dense screens.
    private const int PixelScale = 2, PictureWidth = 1760, ForecastHeight = 760, StripHeight = 300, LayerHeight = 350, UnitHeight = 4, MaxLayerHeight = 1200;

    private static readonly ForecastSettings Sine = ForecastSettings.Sine, Csv = ForecastSettings.Csv;

    private readonly Option<string?> _series = OptionOf.Choice("--series", "A made series: a noisy sine, sampled well or as a widespread tutorial samples it. [default: sine]", "sine", "aliased-sine");
    private readonly Option<int?> _length = OptionOf.Whole("--length", $"Values of a made series. [default: {Sine.Length}]", 50);
    private readonly Option<double?> _noise = OptionOf.Real("--noise", FormattableString.Invariant($"Standard deviation of a made series' noise. [default: {Sine.Noise}]"), 0);
    private readonly Option<string?> _csv = OptionOf.FilePath("--csv", "A series from a file of comma-separated values with a header.", "FILE");
    private readonly Option<string?> _column = OptionOf.Text("--column", "The column of the file to forecast, by name or by index from 0.", "NAME");
    private readonly Option<string?> _exogenous = OptionOf.Text("--exogenous", "Further columns of the file, separated by commas, that the network sees but does not forecast.", "NAMES");
    private readonly Option<int?> _season = OptionOf.Whole("--season", "Steps of a season, for the seasonal naive forecast. [default: the training part's strongest period]", 1);
    private readonly Option<string?> _cell = OptionOf.Choice("--cell", $"The recurrent cell. {Default(s => s.Cell)}", "lstm", "gru", "rnn");
    private readonly Option<int?> _layers = OptionOf.Whole("--layers", $"How many recurrent layers are stacked. {Default(s => s.Layers)}", 1);
    private readonly Option<int?> _hidden = OptionOf.Whole("--hidden", $"Hidden units of a layer. {Default(s => s.Hidden)}", 1);
    private readonly Option<double?> _dropout = OptionOf.Real("--dropout", $"Share of a layer's outputs dropped on the way to the next, while training. {Default(s => s.Dropout)}", 0, 0.95);
    private readonly Option<int?> _ensemble = OptionOf.Whole("--ensemble", $"Networks to train from different initial weights, and to forecast with their mean. {Default(s => s.Ensemble)}", 1);
    private readonly Option<int?> _lookBack = OptionOf.Whole("--look-back", $"Steps that a forecast looks back. {Default(s => s.LookBack, ", or a quarter of the training part if that is less")}", 1);
    private readonly Option<int?> _horizon = OptionOf.Whole("--horizon", $"Steps ahead that are forecast. {Default(s => s.Horizon)}", 1);
    private readonly Option<string?> _by = OptionOf.Choice("--by", "How several steps are forecast: directly, by an output for each, or by feeding the network its own forecasts. [default: direct]", "direct", "feeding-back");
    private readonly Option<double?> _band = OptionOf.Real("--band", FormattableString.Invariant($"How likely the truth is to lie in the band around a forecast. [default: {Csv.Band}]"), 0.01, 0.99);
    private readonly Option<int?> _epochs = OptionOf.Whole("--epochs", $"How often the training part is gone through. {Default(s => s.Epochs)}", 1);
    private readonly Option<int?> _batch = OptionOf.Whole("--batch", $"Windows in a mini-batch; 0 for the whole training part at once. {Default(s => s.Batch)}", 0);
    private readonly Option<double?> _learningRate = OptionOf.Real("--learning-rate", $"Adam's learning rate. {Default(s => s.LearningRate)}", 0, 10);
    private readonly Option<string?> _schedule = OptionOf.Choice("--schedule", $"How the learning rate goes on: as it is, or down to 0 along a cosine. {Default(s => s.Schedule)}", "constant", "cosine");
    private readonly Option<double?> _weightDecay = OptionOf.Real("--weight-decay", $"Decoupled weight decay (AdamW). {Default(s => s.WeightDecay)}", 0, 10);
    private readonly Option<double?> _clip = OptionOf.Real("--clip", $"The largest norm of a gradient; 0 for any. {Default(s => double.IsInfinity(s.ClipNorm) ? 0 : s.ClipNorm)}", 0);
    private readonly Option<int?> _patience = OptionOf.Whole("--patience", $"Stop after this many epochs without a better validation loss; 0 for never. {Default(s => s.Patience)}", 0);
    private readonly Option<double?> _validation = OptionOf.Real("--validation", $"Share of the series, before the test part, by which the best epoch is chosen. {Default(s => s.Validation)}", 0, 0.8);
    private readonly Option<double?> _test = OptionOf.Real("--test", $"Share of the series, at its end, that is looked at once, when all is done. {Default(s => s.Test)}", 0.01, 0.8);
    private readonly Option<string?> _refit = OptionOf.Choice("--refit", $"Whether to train again on the training and the validation part, for as many epochs as were best. {Default(s => s.Refit ? "yes" : "no")}", "yes", "no");
    private readonly Option<string?> _scale = OptionOf.Choice("--scale", $"How values are scaled, as measured on the training part. {Default(s => s.Scale)}", "standard", "minmax", "none");
    private readonly Option<string?> _record = OptionOf.FilePath("--record", "Write the states, gates and losses to this file, for recurrent view.", "FILE");
    private readonly Option<int?> _seeds = OptionOf.Whole("--seeds", "Repeat with this many seeds, from --seed upwards, and show mean ± standard deviation. [default: 1]", 1);

    /// <summary>The verb, for the root command.</summary>
    public ForecastVerb()
        : base("forecast", "Trains a recurrent network on a series and forecasts the part that it never saw. Runs when no verb is given.")
    {
        Option[] own =
        {
            _series, _length, _noise, _csv, _column, _exogenous, _season, _cell, _layers, _hidden, _dropout, _ensemble, _lookBack, _horizon, _by, _band, _epochs, _batch, _learningRate, _schedule,
            _weightDecay, _clip, _patience, _validation, _test, _refit, _scale, _record, _seeds,
        };
        foreach (Option option in own) Add(option);
        AddSharedOptions();
        Validators.Add(CheckTogether);
    }

    /// <inheritdoc/>
    protected override int Run(ParseResult parsed, Report report, CancellationToken cancellation)
    {
        ForecastSettings settings = Settings(parsed);
        int seeds = parsed.GetValue(_seeds) ?? 1, threads = Threads(parsed);
        ulong firstSeed = Seed(parsed);
        var runs = new List<ForecastRun>();
        int code = ExitCode.Success;
        string modelFile = "";
        try
        {
            for (int i = 0; i < seeds && code == ExitCode.Success; i++)
            {
                var run = new ForecastRun(settings, firstSeed + (ulong)i, threads);
                runs.Add(run);
                if (i == 0)
                {
                    report.MakeFolders();
                    Introduce(report, settings, run, threads);
                }
                run.Train((trainer, member) => TrainingDisplay.Run(trainer, trainer.Progress.Epochs, report, Title(settings, run, seeds, member), lines: seeds == 1, cancellation));
                TrainingOutcome outcome = run.Outcome;
                if (outcome == TrainingOutcome.Cancelled) code = ExitCode.Cancelled;
                if (outcome == TrainingOutcome.Diverged) code = ExitCode.Failure;
                if (i > 0 && outcome == TrainingOutcome.Cancelled)
                {
                    // Half a run would spoil the mean of the whole ones.
                    runs.RemoveAt(i);
                    run.Dispose();
                    report.Line($"Cancelled: the figures are those of {i} of {seeds} seeds.");
                    break;
                }
                if (i == 0) run.Model.Save(modelFile = report.File(ModelFileName, $"the network{(seeds > 1 ? $" of seed {run.Seed}" : "")}, with its scalers"));
                run.Score();
                if (i == 0 && parsed.GetValue(_record) is { } record) run.Record(record);
                report.Line(Ending(settings, run, seeds));
            }

            Tabulate(report, settings, runs);
            TabulateSteps(report, settings, runs);
            Draw(report, settings, runs[0]);
            DrawFan(report, settings, runs[0]);
            bool alike = CheckFile(report, runs[0], modelFile);
            Write(report.Json, settings, runs, threads, alike);
            return alike ? code : ExitCode.Failure;
        }
        finally
        {
            foreach (ForecastRun run in runs) run.Dispose();
        }
    }

    private static string Default<T>(Func<ForecastSettings, T> value, string more = "")
    {
        T sine = value(Sine), csv = value(Csv);
        return Equals(sine, csv) ? FormattableString.Invariant($"[default: {sine}]") : FormattableString.Invariant($"[default: {sine}; with --csv {csv}{more}]");
    }

    private void CheckTogether(CommandResult result)
    {
        bool csv = result.GetResult(_csv) != null;
        foreach (Option option in new Option[] { _series, _length, _noise })
            if (csv && result.GetResult(option) != null) result.AddError($"{option.Name} makes a series, --csv reads one: expected one of them");
        foreach (Option option in new Option[] { _column, _exogenous })
            if (!csv && result.GetResult(option) != null) result.AddError($"{option.Name} chooses from a file: expected --csv FILE with it");
    }

    private ForecastSettings Settings(ParseResult parsed)
    {
        string? file = parsed.GetValue(_csv);
        ForecastSettings defaults = file != null ? FromFile(file, parsed.GetValue(_column), parsed.GetValue(_exogenous)) : Sine;
        bool aliased = parsed.GetValue(_series) == "aliased-sine";
        double? clip = parsed.GetValue(_clip);
        return defaults with
        {
            Aliased = aliased,
            Name = aliased ? "the tutorial's aliased sine" : defaults.Name,
            Length = parsed.GetValue(_length) ?? defaults.Length,
            Noise = (float?)parsed.GetValue(_noise) ?? defaults.Noise,
            Season = parsed.GetValue(_season) ?? defaults.Season,
            Cell = parsed.GetValue(_cell) ?? defaults.Cell,
            Layers = parsed.GetValue(_layers) ?? defaults.Layers,
            Hidden = parsed.GetValue(_hidden) ?? defaults.Hidden,
            Dropout = (float?)parsed.GetValue(_dropout) ?? defaults.Dropout,
            Ensemble = parsed.GetValue(_ensemble) ?? defaults.Ensemble,
            LookBack = parsed.GetValue(_lookBack) ?? defaults.LookBack,
            Horizon = parsed.GetValue(_horizon) ?? defaults.Horizon,
            FeedsBack = parsed.GetValue(_by) == "feeding-back",
            Band = parsed.GetValue(_band) ?? defaults.Band,
            Epochs = parsed.GetValue(_epochs) ?? defaults.Epochs,
            Batch = parsed.GetValue(_batch) ?? defaults.Batch,
            LearningRate = (float?)parsed.GetValue(_learningRate) ?? defaults.LearningRate,
            Schedule = parsed.GetValue(_schedule) ?? defaults.Schedule,
            WeightDecay = (float?)parsed.GetValue(_weightDecay) ?? defaults.WeightDecay,
            ClipNorm = clip == 0 ? double.PositiveInfinity : clip ?? defaults.ClipNorm,
            Patience = parsed.GetValue(_patience) ?? defaults.Patience,
            Validation = parsed.GetValue(_validation) ?? defaults.Validation,
            Test = parsed.GetValue(_test) ?? defaults.Test,
            Refit = parsed.GetValue(_refit) is { } refit ? refit == "yes" : defaults.Refit,
            Scale = parsed.GetValue(_scale) ?? defaults.Scale,
        };
    }

    private static ForecastSettings FromFile(string file, string? column, string? exogenous)
    {
        CsvTable table = CsvTable.Load(file);
        if (column == null && table.Columns.Count > 1)
            throw new ArgumentException($"{file} has {table.Columns.Count} columns ({string.Join(", ", table.Columns.Take(8))}{(table.Columns.Count > 8 ? ", …" : "")}); choose one with --column NAME.");
        int[] indices = (exogenous?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? Array.Empty<string>()).Select(table.IndexOf).Prepend(column == null ? 0 : table.IndexOf(column)).ToArray();
        if (indices.Distinct().Count() < indices.Length) throw new ArgumentException($"{file}: a column is chosen twice; the column to forecast is seen anyway.");
        float[][] columns = indices.Select(table.Column).ToArray();
        float[] values = Enumerable.Range(0, table.RowCount).SelectMany(row => columns.Select(values => values[row])).ToArray();
        string name = $"{table.Columns[indices[0]]} of {Path.GetFileName(file)}";
        return Csv with { Values = values, Columns = columns.Length, Name = name, LookBack = Csv.LookBackFor(table.RowCount) };
    }

    private static void Introduce(Report report, ForecastSettings settings, ForecastRun run, int threads)
    {
        SeriesDataset data = run.Data;
        string parts = run.HasValidation ? $"{data.Train.Count} windows to train, {data.Validation.Count} to validate, {data.Test.Count} to test" : $"{data.Train.Count} windows to train, {data.Test.Count} to test";
        report.Line($"{settings.Name}: {data.Rows} values{(settings.Columns > 1 ? $", seen with {settings.Columns - 1} exogenous columns" : "")}; {parts}");
        report.Line();
        report.Line(run.Model.Summary().TrimEnd());
        if (settings.Ensemble > 1) report.Line($"{settings.Ensemble} such networks are trained, one after the other, and joined into one that forecasts their mean.");
        if (run.HasValidation && settings.Refit) report.Line("Each is trained twice: the validation part tells the best number of epochs, then the training and the validation part are learned for as many.");
        report.Line();
        int batch = settings.Batch > 0 ? Math.Min(settings.Batch, data.Train.Count) : data.Train.Count;
        report.Line(FormattableString.Invariant($"Training: {(settings.WeightDecay > 0 ? "AdamW" : "Adam")} {settings.LearningRate}, {settings.Schedule} learning rate, {Count(settings.Epochs, "epoch")}, batches of {batch}; ")
            + FormattableString.Invariant($"{Count(threads, "thread")}, {KernelSet.Default.Name} kernels, {run.TrainingBytes / 1e6:0.0} MB of memory"));
    }

    private static string Title(ForecastSettings settings, ForecastRun run, int seeds, int member)
    {
        string seed = seeds > 1 ? $"seed {run.Seed}" : "", network = settings.Ensemble > 1 ? $"network {member + 1} of {settings.Ensemble}" : "";
        return seed.Length > 0 && network.Length > 0 ? $"{seed}, {network}" : seed + network;
    }

    private static string Count(int number, string what) => number == 1 ? $"1 {what}" : $"{number} {what}s";

    private static string Ending(ForecastSettings settings, ForecastRun run, int seeds)
    {
        string time = FormattableString.Invariant($"{run.Seconds:0.0} s");
        string epochs = run.HasValidation ? $"best {(run.Members == 1 ? "epoch" : "epochs")} " + string.Join(", ", run.Trainings.Take(run.Members).Select(training => training.BestEpoch)) : Count(run.Trainings[0].History.Count, "epoch");
        bool whole = run.Outcome is TrainingOutcome.Completed or TrainingOutcome.StoppedEarly;
        if (seeds > 1)
        {
            Accuracy test = run.Scores[0].Test;
            return $"seed {run.Seed}: test RMSE {FormattableString.Invariant($"{test.Rmse:G4}")}, {Ratio(settings, run)}; {epochs}; {time}{(whole ? "" : "; " + run.Last.Message)}";
        }
        string message = settings.Ensemble == 1 || !whole ? run.Last.Message : $"All {settings.Ensemble} networks are trained.";
        string weights = run.Members < run.Trainings.Count ? $" The network is the mean of the {run.Members} before it."
            : run.HasValidation ? settings.Refit && whole ? $" Validation loss chose the {epochs}." : $" The weights are those of the {epochs} by validation loss."
            : run.Outcome == TrainingOutcome.Cancelled ? " The weights are the last ones." : "";
        return $"{message}{weights} {time}";
    }

    private static string Ratio(ForecastSettings settings, ForecastRun run) => RatioToNoise(settings, run) is double ratio
        ? FormattableString.Invariant($"{ratio:0.000} × the noise")
        : FormattableString.Invariant($"{RatioToLastValue(run):0.000} × the last value's");

    private static double? RatioToNoise(ForecastSettings settings, ForecastRun run) =>
        settings.Values == null && settings.Noise > 0 ? run.Scores[0].Test.Rmse / settings.Noise : null;

    private static double RatioToLastValue(ForecastRun run) => run.Scores[0].Test.Rmse / run.Scores[1].Test.Rmse;

    private static void Tabulate(Report report, ForecastSettings settings, List<ForecastRun> runs)
    {
        // With ± a figure takes twice the room: the columns that matter less stay away.
        bool several = runs.Count > 1;
        var columns = new (string Heading, bool Always, Func<ForecastRun, ForecastScore, double> Value)[]
        {
            ("train RMSE", true, (_, score) => score.Train.Rmse),
            ("MAE", false, (_, score) => score.Train.Mae),
            ("MASE", false, (_, score) => score.Train.Mase),
            ("test RMSE", true, (_, score) => score.Test.Rmse),
            ("MAE", true, (_, score) => score.Test.Mae),
            ("MASE", true, (_, score) => score.Test.Mase),
            ("÷ last value", true, (run, score) => score.Test.Rmse / run.Scores[1].Test.Rmse),
        }.Where(column => column.Always || !several).ToArray();

        var table = new Table { Border = TableBorder.Horizontal };
        table.AddColumn("forecast by");
        foreach ((string heading, _, _) in columns) table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
        for (int i = 0; i < runs[0].Scores.Count; i++)
        {
            int row = i;
            IEnumerable<string> figures = columns.Select(column => Figure.Of(runs.Select(run => column.Value(run, run.Scores[row]))).ToString());
            table.AddRow(figures.Prepend(runs[0].Scores[row].Name.EscapeMarkup()).ToArray());
        }
        report.Line();
        report.Console.Write(table);
        string over = several ? $" (mean ± standard deviation of {runs.Count} seeds)" : "";
        if (RatioToNoise(settings, runs[0]) != null)
            report.Line(FormattableString.Invariant($"The test RMSE is {Figure.Of(runs.Select(run => RatioToNoise(settings, run)!.Value))} × the noise's own standard deviation of {settings.Noise}{over}; in the long run no forecast is below 1."));
        report.Line($"The test RMSE is {Figure.Of(runs.Select(RatioToLastValue))} × that of the last value{over}.");
    }

    /// <summary>The errors of every step ahead, from every origin of the test part, and what the band holds.</summary>
    private static void TabulateSteps(Report report, ForecastSettings settings, List<ForecastRun> runs)
    {
        ForecastRun first = runs[0];
        bool banded = runs.All(run => run.Band != null);
        string band = FormattableString.Invariant($"{100 * settings.Band:0.##} % band");
        report.Line();
        if (settings.Horizon > 1)
        {
            var table = new Table { Border = TableBorder.Horizontal };
            foreach (string heading in new[] { "steps ahead", "RMSE", "MAE", "last value's RMSE", "÷ last value", "seasonal RMSE" }) table.AddColumn(new TableColumn(heading).RightAligned().NoWrap());
            if (banded) table.AddColumn(new TableColumn("in band, %").RightAligned().NoWrap());
            foreach (int step in Shown(settings.Horizon))
            {
                string Of(Func<ForecastRun, double> figure) => Figure.Of(runs.Select(figure)).ToString();
                var cells = new List<string>
                {
                    $"{step}", Of(run => run.Rolling[0].RootMeanSquaredError(step)), Of(run => run.Rolling[0].MeanAbsoluteError(step)), Of(run => run.Rolling[1].RootMeanSquaredError(step)),
                    Of(run => run.Rolling[0].RootMeanSquaredError(step) / run.Rolling[1].RootMeanSquaredError(step)), Of(run => run.Rolling[2].RootMeanSquaredError(step)),
                };
                if (banded) cells.Add(Of(run => 100 * run.Rolling[0].Coverage(run.Band!, settings.Band, step)));
                table.AddRow(cells.ToArray());
            }
            report.Console.Write(table);
            report.Line($"From each of {first.Rolling[0].Origins} origins of the test part, {settings.Horizon} steps ahead {(settings.FeedsBack ? "by feeding the network its own forecasts" : "at once")}.");
        }
        if (!banded)
        {
            report.Line($"There is no band: it takes a validation part with room for the horizon and {ResidualBand.MinResiduals} origins.");
            return;
        }
        report.Line($"The {band}, learned from {first.BandOrigins} origins of the validation part, holds {Figure.Of(runs.Select(run => 100 * run.Rolling[0].Coverage(run.Band!, settings.Band)))} % of the test values.");
        int strangest = Array.IndexOf(first.Surprises, first.Surprises.Max());
        report.Line(FormattableString.Invariant($"A test value surprises by {first.Surprises.Average():0.00} bits on average, and most at row {first.Data.FirstTest + strangest}, {first.Data.Column(0)[first.Data.FirstTest + strangest]:G4}, by {first.Surprises[strangest]:0.0}."));
    }

    /// <summary>All steps ahead, or of many a dozen that end with the last.</summary>
    private static IEnumerable<int> Shown(int horizon) => Enumerable.Range(1, Math.Min(horizon, 12)).Select(i => (int)Math.Ceiling((double)i * horizon / Math.Min(horizon, 12)));

    /// <summary>The end of the test part with forecasts made on the way, each with its band.</summary>
    private static void DrawFan(Report report, ForecastSettings settings, ForecastRun run)
    {
        if (run.Band == null) return;
        const int PointsShown = 160;
        RollingOrigin rolling = run.Rolling[0];
        int horizon = settings.Horizon, every = horizon == 1 ? 1 : horizon, first = Math.Max(0, rolling.Origins - 1 - Math.Max(PointsShown, 2 * horizon)), firstRow = run.Data.FirstTest + first;
        float[] truth = run.Data.Column(0).AsSpan(firstRow).ToArray();
        double[] widths = { settings.Band, 0.5 };
        var fans = new List<(float[] X, float[] Forecast, float[][] Low, float[][] High)>();
        if (horizon == 1) fans.Add(Fan(Enumerable.Range(first, rolling.Origins - first).Select(i => (i, 0)).ToArray()));
        else
            for (int origin = rolling.Origins - 1; origin >= first; origin -= every) fans.Insert(0, Fan(Enumerable.Range(0, horizon).Select(k => (origin, k)).ToArray()));

        float[][] all = fans.SelectMany(fan => fan.Low.Concat(fan.High)).Append(truth).ToArray();
        var chart = new LineChart(Axis.Counting("step", firstRow, truth.Length), Axis.Fit("value", all));
        string name = FormattableString.Invariant($"50 % and {100 * settings.Band:0.##} %");
        Skin skin = Skin.Light.WithScale(PixelScale);
        for (int i = 0; i < fans.Count; i++)
        {
            chart.Add(new Fan(i == 0 ? name : "", fans[i].X, fans[i].Low, fans[i].High) { Color = skin.LineColor(1) });
            chart.Add(new LineSeries(i == 0 ? "forecast" : "", fans[i].X, fans[i].Forecast) { Color = skin.LineColor(1), Dashes = Array.Empty<float>(), Width = 1.5f });
        }
        chart.Add(new LineSeries("truth", truth) { First = firstRow, Color = skin.Truth, Width = 1.25f, Dashes = Array.Empty<float>() });
        var grid = new PanelGrid(1, 1)
        {
            Title = $"Forecast of {settings.Name}",
            Subtitle = $"{settings}, seed {run.Seed}; the end of the test part, {(horizon == 1 ? "each step from the one before" : $"a forecast every {horizon} steps")}",
        };
        grid[0, 0] = chart;
        report.Picture(FanPictureName, "forecasts with their bands on the end of the test part", grid.Draw(PictureWidth, ForecastHeight, skin));

        (float[], float[], float[][], float[][]) Fan((int Origin, int Step)[] places)
        {
            float[] x = places.Select(place => (float)(run.Data.FirstTest + place.Origin + place.Step)).ToArray(), forecast = places.Select(place => rolling.Forecasts[place.Origin * horizon + place.Step]).ToArray();
            float[] Edge(double probability) => places.Select((place, i) => run.Band!.Quantile(place.Step, forecast[i], probability)).ToArray();
            return (x, forecast, widths.Select(width => Edge((1 - width) / 2)).ToArray(), widths.Select(width => Edge((1 + width) / 2)).ToArray());
        }
    }

    private static void Draw(Report report, ForecastSettings settings, ForecastRun run)
    {
        SeriesDataset data = run.Data;
        Skin skin = Skin.Light.WithScale(PixelScale);
        string title = $"Forecast of {settings.Name}", subtitle = $"{settings}, seed {run.Seed}";
        float[] truth = NextStep(run.TestTruth, data.Horizon), forecast = NextStep(run.TestForecast, data.Horizon);

        var picture = new ForecastPicture
        {
            Title = title,
            Subtitle = subtitle,
            LossName = "mean squared error",
            TrainingLoss = run.Losses(epoch => epoch.TrainLoss),
            ValidationLoss = run.HasValidation ? run.Losses(epoch => epoch.ValidationLoss) : null,
            BestEpoch = run.HasValidation && run.Members == 1 ? run.Trainings[0].BestEpoch : 0,
            Truth = truth,
            Prediction = forecast,
            FirstStep = data.FirstTest,
        };
        report.Picture(ForecastPictureName, "the loss of every epoch; truth against prediction", picture.Draw(PictureWidth, ForecastHeight, skin));

        var recurrent = (RecurrentLayer)run.Model.Layers[0];
        var states = new StatePicture { Title = $"What the network remembers: {settings.Name}", Subtitle = $"{subtitle}; the hidden state from which each step is forecast", FirstStep = data.FirstTest };
        states.AddSignal("truth", truth).AddSignal("prediction", forecast);
        for (int layer = 0; layer < recurrent.NumLayers; layer++)
            states.AddState($"layer {layer}, h", HiddenStates(run, recurrent, layer), recurrent.HiddenSize);
        report.Picture(StatesPictureName, "the hidden states over the test part", states.Draw(PictureWidth, StripHeight + Math.Clamp(UnitHeight * recurrent.HiddenSize, LayerHeight, MaxLayerHeight) * recurrent.NumLayers, skin));
    }

    /// <summary>(windows): the first step of every forecast.</summary>
    private static float[] NextStep(float[] forecasts, int horizon) => Enumerable.Range(0, forecasts.Length / horizon).Select(i => forecasts[i * horizon]).ToArray();

    /// <summary>(windows, hidden): the part of the states that is one layer's h.</summary>
    private static float[] HiddenStates(ForecastRun run, RecurrentLayer recurrent, int layer)
    {
        int states = run.Model.StateSize, hidden = recurrent.HiddenSize, windows = run.TestStates.Length / states;
        var h = new float[windows * hidden];
        for (int i = 0; i < windows; i++) Array.Copy(run.TestStates, i * states + layer * hidden, h, i * hidden, hidden);
        return h;
    }

    /// <summary>Loads the network from its file: its forecasts must be the same bits.</summary>
    private static bool CheckFile(Report report, ForecastRun run, string file)
    {
        bool alike = run.ForecastsAlike(ModelFile.Load(file));
        report.Line(alike
            ? $"Loaded again from its file, the network makes the same {run.TestForecast.Length} forecasts, bit for bit."
            : "Loaded again from its file, the network makes OTHER forecasts: the file does not hold what was trained.");
        return alike;
    }

    private static void Write(JsonWriter json, ForecastSettings settings, List<ForecastRun> runs, int threads, bool alike)
    {
        ForecastRun first = runs[0];
        json.Member("verb", "forecast").Member("series", settings.Name).Member("model", settings.ToString()).Member("seeds", runs.Count);
        Members(json, runs, run => run.Scores[0], "train", "test");
        foreach ((string name, int row) in new[] { ("naive", 1), ("seasonal", 2), ("ar", 3) }) Members(json, runs, run => run.Scores[row], name + "Train", name);
        if (RatioToNoise(settings, first) != null)
            json.Member("noise", settings.Noise).Member("testRmseOfNoise", runs.Average(run => RatioToNoise(settings, run)!.Value));
        json.Member("arLambda", runs.Average(run => run.RidgePenalty)).Member("testRmseOfNaive", runs.Average(RatioToLastValue));
        json.Member("testRmseSpread", Figure.Of(runs.Select(run => run.Scores[0].Test.Rmse)).Spread);
        json.Member("epochs", runs.Average(run => run.Trainings.Max(training => training.History.Count))).Member("seconds", runs.Average(run => run.Seconds));
        json.Member("parameters", first.Parameters).Member("ensemble", settings.Ensemble).Member("bytes", first.TrainingBytes).Member("threads", threads).Member("kernels", KernelSet.Default.Name);
        json.Member("loadedAlike", alike);
        if (runs.All(run => run.Band != null))
        {
            json.Member("band", settings.Band).Member("bandOrigins", first.BandOrigins).Member("coverage", runs.Average(run => run.Rolling[0].Coverage(run.Band!, settings.Band)));
            json.Member("surprise", runs.Average(run => run.Surprises.Average()));
        }
        json.Name("steps").BeginArray();
        for (int step = 1; step <= settings.Horizon; step++)
        {
            int ahead = step;
            json.BeginObject().Member("ahead", ahead).Member("rmse", runs.Average(run => run.Rolling[0].RootMeanSquaredError(ahead))).Member("mae", runs.Average(run => run.Rolling[0].MeanAbsoluteError(ahead)));
            json.Member("naiveRmse", runs.Average(run => run.Rolling[1].RootMeanSquaredError(ahead))).Member("seasonalRmse", runs.Average(run => run.Rolling[2].RootMeanSquaredError(ahead)));
            if (runs.All(run => run.Band != null)) json.Member("coverage", runs.Average(run => run.Rolling[0].Coverage(run.Band!, settings.Band, ahead)));
            json.EndObject();
        }
        json.EndArray();
        json.Name("runs").BeginArray();
        foreach (ForecastRun run in runs)
        {
            json.BeginObject().Member("seed", (long)run.Seed).Member("outcome", run.Outcome.ToString());
            json.Name("epochs").BeginArray();
            foreach (TrainingResult training in run.Trainings) json.Value((long)training.History.Count);
            json.EndArray().Name("bestEpochs").BeginArray();
            foreach (TrainingResult training in run.Trainings) json.Value((long)training.BestEpoch);
            json.EndArray();
            Members(json, new List<ForecastRun> { run }, r => r.Scores[0], "train", "test");
            json.Member("seconds", run.Seconds).EndObject();
        }
        json.EndArray();
    }

    private static void Members(JsonWriter json, List<ForecastRun> runs, Func<ForecastRun, ForecastScore> score, string train, string test)
    {
        foreach ((string part, Func<ForecastRun, Accuracy> accuracy) in new (string, Func<ForecastRun, Accuracy>)[] { (train, run => score(run).Train), (test, run => score(run).Test) })
        {
            Number(part + "Rmse", runs.Average(run => accuracy(run).Rmse));
            Number(part + "Mae", runs.Average(run => accuracy(run).Mae));
            Number(part + "Mase", runs.Average(run => accuracy(run).Mase));
        }

        // JSON has no word for a figure that does not exist.
        void Number(string name, double value)
        {
            if (double.IsFinite(value)) json.Member(name, value);
            else json.Member(name, null);
        }
    }
}
