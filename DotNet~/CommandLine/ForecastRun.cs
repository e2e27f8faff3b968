using System;
using System.Collections.Generic;
using System.Linq;
using Recurrent.Analysis;
using Recurrent.Diagnostics;

namespace Recurrent.CommandLine;

/// <summary>One network on one series: the data, the network, and once it is trained its forecasts and their scores beside the baselines'.</summary>
internal sealed class ForecastRun : IDisposable
{
    /// <summary>λ of the ridge autoregression where there is no validation part to choose it by; the windows are scaled, so it has no unit.</summary>
    private const double DefaultRidge = 1e-3;

    /// <summary>Windows forecast at once.</summary>
    private const int ForecastBatch = 256;

    private readonly ForecastSettings _settings;
    private readonly int _threads;
    private readonly List<TrainingResult> _trainings = new();
    private readonly SequenceDataset? _beforeTest;
    private Trainer _trainer;
    private RollingOrigin? _validated;

    /// <summary>Makes the data and the network, and takes the memory to train it; nothing is learned yet.</summary>
    /// <exception cref="ArgumentException">The settings do not fit the series or the machine.</exception>
    public ForecastRun(ForecastSettings settings, ulong seed, int threads)
    {
        _settings = settings;
        _threads = threads;
        Seed = seed;
        CheckSize(settings);
        Data = CreateData(settings, seed, settings.Validation, settings.CreateScaler());
        if (Data.Rows - Data.FirstTest < settings.Horizon)
            throw new ArgumentException($"the test part has {Data.Rows - Data.FirstTest} rows, expected at least {settings.Horizon} (the horizon).");
        if (HasValidation && settings.Refit) _beforeTest = CreateData(settings, seed, validation: 0, Data.InputScaler).Train;
        _trainer = BeginTraining(0, Data.Train, HasValidation ? Data.Validation : null, settings.Epochs);
        Model = _trainer.Model;
        TrainingBytes = _trainer.Bytes + 4L * sizeof(float) * Model.Store.Length;
    }

    public ulong Seed { get; }

    public SeriesDataset Data { get; }

    /// <summary>The network: before <see cref="Train"/> the first of the ensemble, afterwards all of them joined.</summary>
    public SequenceModel Model { get; private set; }

    public bool HasValidation => Data.Validation.Count > 0;

    /// <summary>Bytes that training takes: activations, gradients, the best weights, and the weights with their gradients and Adam's two moments.</summary>
    public long TrainingBytes { get; }

    /// <summary>How the training of each network of the ensemble ended; of one that is trained twice, the first time, by which its epochs are chosen.</summary>
    public IReadOnlyList<TrainingResult> Trainings => _trainings;

    /// <summary>How the last training ended.</summary>
    public TrainingResult Last { get; private set; } = null!;

    /// <summary>How training ended: as that of the last network.</summary>
    public TrainingOutcome Outcome => Last.Outcome;

    /// <summary>Networks whose mean the forecast is: all but one whose training was cancelled or diverged, unless it is the only one.</summary>
    public int Members { get; private set; }

    /// <summary>Parameters that were trained.</summary>
    public int Parameters { get; private set; }

    /// <summary>Seconds that training took.</summary>
    public double Seconds { get; private set; }

    /// <summary>λ of the ridge autoregression.</summary>
    public double RidgePenalty { get; private set; }

    /// <summary>The network first, then the baselines.</summary>
    public IReadOnlyList<ForecastScore> Scores { get; private set; } = Array.Empty<ForecastScore>();

    /// <summary>The network's forecasts of the test part, in the series' unit: (windows, horizon).</summary>
    public float[] TestForecast { get; private set; } = Array.Empty<float>();

    /// <summary>What came instead, in the same order.</summary>
    public float[] TestTruth { get; private set; } = Array.Empty<float>();

    /// <summary>The state in which the network makes each forecast of the test part: (windows, state).</summary>
    public float[] TestStates { get; private set; } = Array.Empty<float>();

    /// <summary>The steps ahead that were asked for, from every origin of the test part: by the network, the last value and the value of a season before.</summary>
    public IReadOnlyList<RollingOrigin> Rolling { get; private set; } = Array.Empty<RollingOrigin>();

    /// <summary>How sure the network is, by what it forecast of the validation part before it learned that too; null where there is too little of it.</summary>
    public ResidualBand? Band { get; private set; }

    /// <summary>Origins by which the band is measured.</summary>
    public int BandOrigins => _validated?.Origins ?? 0;

    /// <summary>How surprising each value of the test part was to the network as a game would run it, in bits; empty without a band.</summary>
    public double[] Surprises { get; private set; } = Array.Empty<double>();

    /// <summary>Trains the ensemble's networks, one after the other, until one is cancelled or diverges.</summary>
    /// <param name="run">Takes a run that was begun to its end; the number counts the networks from 0.</param>
    public void Train(Func<Trainer, int, TrainingResult> run)
    {
        List<SequenceModel> members = new(), chosenMembers = new();
        for (int member = 0; member < _settings.Ensemble; member++)
        {
            if (member > 0) Begin(member, Data.Train, HasValidation ? Data.Validation : null, _settings.Epochs);
            TrainingResult chosen = Run(run, member);
            _trainings.Add(chosen);
            SequenceModel model = _trainer.Model;
            if (Whole || member == 0) chosenMembers.Add(model);
            if (_beforeTest != null && Whole && chosen.BestEpoch > 0)
            {
                Begin(member, _beforeTest, null, chosen.BestEpoch);
                Run(run, member);
                if (Whole) model = _trainer.Model;
            }
            if (Whole || member == 0) members.Add(model);
            if (!Whole) break;
        }
        Members = members.Count;
        Parameters = members.Sum(model => model.Store.Length);
        MeasureBand(Joined(chosenMembers));
        Model = Joined(members);
        // Writes into the model how it is put to work.
        new Forecaster(Model, Data.LookBack, _settings.Horizon, band: Band).Dispose();
    }

    private SequenceModel Joined(List<SequenceModel> members)
    {
        SequenceModel model = Ensemble.Join(_settings, members);
        model.InputScaler = Data.InputScaler;
        model.TargetScaler = Data.TargetScaler;
        return model;
    }

    /// <summary>Learns from forecasts of the validation part, by networks that have not learned it, how far off forecasts are.</summary>
    private void MeasureBand(SequenceModel model)
    {
        if (Data.FirstTest - Data.FirstValidation < _settings.Horizon + ResidualBand.MinResiduals - 1) return;
        _validated = RollingOrigin.Run(model, Data, Data.FirstValidation, Data.FirstTest, _settings.Horizon);
        if (_validated.Forecasts.ToArray().All(float.IsFinite)) Band = _validated.FitBand();
    }

    private bool Whole => Outcome is TrainingOutcome.Completed or TrainingOutcome.StoppedEarly;

    private void Begin(int member, SequenceDataset train, SequenceDataset? validation, int epochs)
    {
        _trainer.Dispose();
        _trainer = BeginTraining(member, train, validation, epochs);
    }

    private TrainingResult Run(Func<Trainer, int, TrainingResult> run, int member)
    {
        Last = run(_trainer, member);
        Seconds += _trainer.Progress.Elapsed.TotalSeconds;
        return Last;
    }

    /// <summary>The losses by epoch, the mean of the networks that count.</summary>
    public float[] Losses(Func<EpochRecord, double> loss)
    {
        TrainingResult[] counted = _trainings.Take(Members).ToArray();
        return Enumerable.Range(0, counted.Min(training => training.History.Count)).Select(epoch => (float)counted.Average(training => loss(training.History[epoch]))).ToArray();
    }

    /// <summary>Forecasts the training and the test part with the network and the baselines. The test part is not looked at before.</summary>
    public void Score()
    {
        (float[] train, _) = Forecast(Model, Data.Train);
        (TestForecast, TestStates) = Forecast(Model, Data.Test);
        TestTruth = Truth(Data.FirstTest, Data.Test.Count);

        RidgeAutoregression ridge = HasValidation ? RidgeAutoregression.Fit(Data.Train, Data.Validation) : RidgeAutoregression.Fit(Data.Train, DefaultRidge);
        RidgePenalty = ridge.Lambda;
        if (_beforeTest != null) ridge = RidgeAutoregression.Fit(_beforeTest, RidgePenalty);
        int season = _settings.Season > 0 ? _settings.Season : StrongestPeriod();
        Rolling = new[] { RollingOrigin.Run(Model, Data, Data.FirstTest, Data.Rows, _settings.Horizon), Ahead(1), Ahead(season) };
        Surprises = MeasureSurprise();
        Scores = new[]
        {
            new ForecastScore(_settings.Network, Judge(Data.LookBack, train), Judge(Data.FirstTest, TestForecast)),
            new ForecastScore("last value", Naive(Data.LookBack, Data.Train.Count, 1), Naive(Data.FirstTest, Data.Test.Count, 1)),
            new ForecastScore($"seasonal naive ({season})", Naive(Data.LookBack, Data.Train.Count, season), Naive(Data.FirstTest, Data.Test.Count, season)),
            new ForecastScore($"ridge AR({Data.LookBack})", Judge(Data.LookBack, Unscale(ridge.Predict(Data.Train))), Judge(Data.FirstTest, Unscale(ridge.Predict(Data.Test)))),
        };
    }

    private RollingOrigin Ahead(int season) => RollingOrigin.Naive(Data, Data.FirstTest, Data.Rows, _settings.Horizon, Math.Min(season, Data.FirstTest));

    /// <summary>Pushes the series through a forecaster, one value after the other.</summary>
    private double[] MeasureSurprise()
    {
        if (Band == null) return Array.Empty<double>();
        using var forecaster = new Forecaster(Model, Data.LookBack, _settings.Horizon, band: Band);
        var surprises = new List<double>();
        for (int row = Data.FirstTest - Data.LookBack; row < Data.Rows; row++)
        {
            forecaster.Push(Data.Values.Span.Slice(row * Data.Columns, Data.Columns));
            if (row >= Data.FirstTest) surprises.Add(forecaster.Surprise);
        }
        return surprises.ToArray();
    }

    /// <summary>Whether another model, such as this one loaded from its file, forecasts the test part with the same bits.</summary>
    public bool ForecastsAlike(SequenceModel other)
    {
        (float[] forecast, float[] states) = Forecast(other, Data.Test);
        return Bits(forecast).SequenceEqual(Bits(TestForecast)) && Bits(states).SequenceEqual(Bits(TestStates));

        static IEnumerable<int> Bits(float[] values) => values.Select(BitConverter.SingleToInt32Bits);
    }

    /// <summary>Writes the states in which the test part is forecast, with the losses, the gradient through the last window and what its forecast hangs on.</summary>
    public void Record(string path)
    {
        var window = new float[Data.Test.MaxSteps * Data.Test.InputSize];
        Data.Test.Read(Data.Test.Count - 1, window, new float[Data.Test.MaxTargetSteps * Data.Test.TargetSize]);
        RecordingFile.Save(path, new[] { DatasetRecorder.LastSteps(Model, Data.Test, _settings.Name, Data.FirstTest) }, new List<RecordedTable>(TrainingLog.Of(_trainings[0]).ToTables())
        {
            GradientFlow.Measure(Model, window).ToTable(),
            InputAttribution.Measure(Model, window).ToTable(),
        });
    }

    /// <summary>Frees what training took.</summary>
    public void Dispose() => _trainer.Dispose();

    /// <summary>Refuses networks that training could not hold in memory, rather than have the system end the program.</summary>
    private static void CheckSize(ForecastSettings settings)
    {
        // Values, gradients, best ones, two moments, packed ones, and packed gradients for up to eight lanes; an ensemble is joined afterwards, and loaded again.
        const double Training = 14, Joined = 4;
        double parameters = Parameters(settings.Hidden), joined = Parameters((double)settings.Hidden * settings.Ensemble);
        double needed = sizeof(float) * Math.Max(Training * parameters, Joined * joined), there = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if (needed > there)
            throw new ArgumentException(FormattableString.Invariant($"{settings.Network} has {parameters:0.0e0} parameters, and takes {needed / 1e9:0} GB to train; this machine has {there / 1e9:0} GB."));

        double Parameters(double hidden)
        {
            double gates = settings.Cell switch { "lstm" => 4, "gru" => 3, _ => 1 };
            return gates * hidden * ((2 * settings.Layers - 1) * hidden + settings.Columns) + hidden * settings.Outputs;
        }
    }

    private Trainer BeginTraining(int member, SequenceDataset train, SequenceDataset? validation, int epochs)
    {
        ulong seed = RandomSource.Combine(Seed, (ulong)member + 1);
        Optimizer optimizer = _settings.WeightDecay > 0 ? new AdamW(_settings.LearningRate, weightDecay: _settings.WeightDecay) : new Adam(_settings.LearningRate);
        var trainer = new Trainer(_settings.CreateModel(seed), Recurrent.Losses.MeanSquaredError, optimizer, new TrainingOptions
        {
            BatchSize = _settings.Batch > 0 ? _settings.Batch : train.Count,
            Shuffle = _settings.Batch > 0,
            Seed = RandomSource.Combine(seed, 3),
            Schedule = _settings.Schedule == "cosine" ? LearningRateSchedule.Cosine(epochs) : LearningRateSchedule.Constant,
            ClipNorm = _settings.ClipNorm,
            Patience = train == _beforeTest ? 0 : _settings.Patience,
            Threads = _threads,
        });
        trainer.Begin(train, validation, epochs);
        return trainer;
    }

    private static SeriesDataset CreateData(ForecastSettings settings, ulong seed, double validation, Scaler scaler)
    {
        var random = new RandomSource(RandomSource.Combine(seed, 0));
        float[] values = settings.Values ?? (settings.Aliased
            ? SyntheticSeries.AliasedSine(settings.Length, random, settings.Noise)
            : SyntheticSeries.Sine(settings.Length, random, settings.Noise, ForecastSettings.SamplesPerPeriod));
        return SeriesDataset.FromValues(values, settings.LookBack, settings.Outputs, validation, settings.Test, settings.Columns, scaler: scaler);
    }

    private (float[] Forecast, float[] States) Forecast(SequenceModel model, SequenceDataset windows)
    {
        var forecast = new float[windows.Count * windows.TargetSize];
        var states = new float[windows.Count * model.StateSize];
        int batch = Math.Min(ForecastBatch, windows.Count);
        int window = windows.MaxSteps * windows.InputSize;
        float[] input = new float[batch * window], target = new float[windows.TargetSize];
        using var pass = new SequencePass(model, batch, windows.MaxSteps);
        for (int first = 0; first < windows.Count; first += batch)
        {
            int rows = Math.Min(batch, windows.Count - first);
            for (int row = 0; row < rows; row++) windows.Read(first + row, input.AsSpan(row * window, window), target);
            pass.Forward(input.AsSpan(0, rows * window), rows, windows.MaxSteps);
            pass.CopyOutput(forecast.AsSpan(first * windows.TargetSize, rows * windows.TargetSize));
            pass.FinalState.CopyTo(states.AsSpan(first * model.StateSize));
        }
        return (Unscale(forecast), states);
    }

    private float[] Unscale(float[] forecast)
    {
        Data.TargetScaler.Inverse(forecast, forecast);
        return forecast;
    }

    /// <summary>(windows, horizon): what came after each window, the first of which forecasts row <paramref name="first"/>.</summary>
    private float[] Truth(int first, int windows)
    {
        float[] series = Data.Column(0);
        var truth = new float[windows * Data.Horizon];
        for (int i = 0; i < truth.Length; i++) truth[i] = series[first + i / Data.Horizon + i % Data.Horizon];
        return truth;
    }

    private Accuracy Judge(int first, float[] forecast)
    {
        float[] truth = Truth(first, forecast.Length / Data.Horizon);
        return new Accuracy(ForecastMetrics.RootMeanSquaredError(forecast, truth), ForecastMetrics.MeanAbsoluteError(forecast, truth),
            ForecastMetrics.MeanAbsoluteScaledError(forecast, truth, Data.Column(0).AsSpan(0, Data.FirstValidation)));
    }

    /// <summary>A naive forecast of some windows, less those that have no whole season before them.</summary>
    private Accuracy Naive(int first, int windows, int season)
    {
        int skip = Math.Max(0, season - first);
        if (skip >= windows) return Accuracy.None;
        var forecast = new float[(windows - skip) * Data.Horizon];
        NaiveForecast.Seasonal(Data.Column(0), first + skip, season, Data.Horizon, forecast);
        return Judge(first + skip, forecast);
    }

    /// <summary>The period with the most power of those that the training part, less its straight trend, shows at least twice; 1 where there is none.</summary>
    private int StrongestPeriod()
    {
        float[] training = Data.Column(0).AsSpan(0, Data.FirstValidation).ToArray();
        RemoveTrend(training);
        ReadOnlySpan<double> power = Periodogram.Of(training).Power; // at k = 1, 2, … periods in the whole
        int peak = 1;
        for (int k = 2; k < power.Length; k++)
            if (power[k] > power[peak]) peak = k;
        // Most of the power in one single period: a bend in the trend, or a season longer than what was seen.
        if (power.Length < 2 || power[0] > power[peak]) return 1;
        return MostAlike(training, training.Length / (peak + 2), training.Length / peak);
    }

    /// <summary>The lag, of those around the periodogram's coarse bin, at which the series resembles itself most.</summary>
    private static int MostAlike(float[] values, int shortest, int longest)
    {
        var correlation = new double[Math.Min(longest, values.Length - 1) + 1];
        Autocorrelation.Of(values, correlation);
        int best = Math.Max(1, shortest);
        for (int lag = best; lag < correlation.Length; lag++)
            if (correlation[lag] > correlation[best]) best = lag;
        return best;
    }

    /// <summary>Subtracts the straight line of least squares.</summary>
    private static void RemoveTrend(float[] values)
    {
        double middle = (values.Length - 1) / 2.0, mean = values.Average(), slope = 0, squares = 0;
        for (int i = 0; i < values.Length; i++)
        {
            slope += (i - middle) * (values[i] - mean);
            squares += (i - middle) * (i - middle);
        }
        slope = squares > 0 ? slope / squares : 0;
        for (int i = 0; i < values.Length; i++) values[i] -= (float)(mean + slope * (i - middle));
    }
}
