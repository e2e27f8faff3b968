using System;

namespace Recurrent
{
    /// <summary>
    /// Forecasts from every origin of a part of a series, as they would have been made there: for each row of the part the steps that begin with it, from what came
    /// before. With it, how far off each step ahead is. H steps ahead, K target columns.
    /// </summary>
    public sealed class RollingOrigin
    {
        private const int Rows = 256;

        private readonly float[] _forecasts, _truth; // (origins, H · K)

        private RollingOrigin(float[] forecasts, float[] truth, int firstRow, int horizon, int targets)
        {
            _forecasts = forecasts;
            _truth = truth;
            FirstRow = firstRow;
            Horizon = horizon;
            Targets = targets;
        }

        /// <summary>The first row that is forecast: step 1 of origin 0.</summary>
        public int FirstRow { get; }

        /// <summary>H: steps ahead.</summary>
        public int Horizon { get; }

        /// <summary>K: columns that are forecast.</summary>
        public int Targets { get; }

        /// <summary>How many origins there are.</summary>
        public int Origins => _forecasts.Length / (Horizon * Targets);

        /// <summary>(origins, H · K), in the series' own unit.</summary>
        public ReadOnlySpan<float> Forecasts => _forecasts;

        /// <summary>What came, in the same order.</summary>
        public ReadOnlySpan<float> Truth => _truth;

        /// <summary>
        /// Forecasts with a model: all steps at once where it has an output for each, otherwise one after the other, the model being fed its own forecasts while the
        /// columns that it does not forecast keep their last values.
        /// </summary>
        /// <param name="model">The model, with the scalers of the data.</param>
        /// <param name="data">The series.</param>
        /// <param name="firstRow">The first row to forecast, at least the look-back.</param>
        /// <param name="endRow">The row behind the last one to forecast.</param>
        /// <param name="horizon">Steps ahead.</param>
        /// <exception cref="ArgumentException">The part has no room for the horizon, or the model does not fit the data.</exception>
        public static RollingOrigin Run(SequenceModel model, SeriesDataset data, int firstRow, int endRow, int horizon)
        {
            if (model == null) throw new ArgumentNullException(nameof(model));
            var targets = new int[data.TargetColumns.Count];
            for (int k = 0; k < targets.Length; k++) targets[k] = data.TargetColumns[k];
            int origins = CheckPart(data, firstRow, endRow, horizon), size = horizon * targets.Length, window = data.LookBack * data.Columns;
            if (firstRow < data.LookBack) throw new ArgumentOutOfRangeException(nameof(firstRow), $"RollingOrigin: expected a first row of at least {data.LookBack} (the look-back), got {firstRow}.");
            if (model.InputSize != data.Columns) throw new ArgumentException($"RollingOrigin: {model} has {model.InputSize} inputs, expected {data.Columns} for the columns of the series.", nameof(model));
            var forecasts = new float[origins * size];
            int rows = Math.Min(Rows, origins);
            var windows = new float[rows * window];
            using var pass = new ForecastPass(nameof(RollingOrigin), model, rows, data.LookBack, horizon, targets);
            for (int first = 0; first < origins; first += rows)
            {
                int count = Math.Min(rows, origins - first);
                for (int row = 0; row < count; row++) data.Scaled.Span.Slice((firstRow + first + row - data.LookBack) * data.Columns, window).CopyTo(windows.AsSpan(row * window));
                pass.Run(windows.AsSpan(0, count * window), count, forecasts.AsSpan(first * size, count * size));
            }
            return new RollingOrigin(forecasts, TruthOf(data, firstRow, origins, horizon, targets), firstRow, horizon, targets.Length);
        }

        /// <summary>Forecasts the series' first target column by its latest known value of the same season; see <see cref="NaiveForecast"/>.</summary>
        /// <param name="data">The series.</param>
        /// <param name="firstRow">The first row to forecast, at least <paramref name="season"/>.</param>
        /// <param name="endRow">The row behind the last one to forecast.</param>
        /// <param name="horizon">Steps ahead.</param>
        /// <param name="season">Rows in a season; 1 for the last value.</param>
        /// <exception cref="ArgumentException">The part has no room for the horizon, or there is no whole season before it.</exception>
        public static RollingOrigin Naive(SeriesDataset data, int firstRow, int endRow, int horizon, int season = 1)
        {
            int origins = CheckPart(data, firstRow, endRow, horizon);
            var forecasts = new float[origins * horizon];
            NaiveForecast.Seasonal(data.Column(data.TargetColumns[0]), firstRow, season, horizon, forecasts);
            return new RollingOrigin(forecasts, TruthOf(data, firstRow, origins, horizon, new[] { data.TargetColumns[0] }), firstRow, horizon, 1);
        }

        /// <summary>The root of the mean squared error of one step ahead, over all origins.</summary>
        /// <param name="step">1 … <see cref="Horizon"/>.</param>
        /// <param name="target">Which of the target columns.</param>
        public double RootMeanSquaredError(int step, int target = 0) => ForecastMetrics.RootMeanSquaredError(At(_forecasts, step, target), At(_truth, step, target));

        /// <summary>The mean absolute error of one step ahead, over all origins.</summary>
        /// <param name="step">1 … <see cref="Horizon"/>.</param>
        /// <param name="target">Which of the target columns.</param>
        public double MeanAbsoluteError(int step, int target = 0) => ForecastMetrics.MeanAbsoluteError(At(_forecasts, step, target), At(_truth, step, target));

        /// <summary>What these forecasts say of how sure later ones are. Honest only for a part that the model did not learn from.</summary>
        /// <exception cref="ArgumentException">There are too few origins.</exception>
        public ResidualBand FitBand() => ResidualBand.Fit(_forecasts, _truth, Horizon * Targets);

        /// <summary>The share of true values that lie in a band around these forecasts.</summary>
        /// <param name="band">A band of as many steps, from another part.</param>
        /// <param name="coverage">How wide it is, such as 0.9.</param>
        /// <param name="step">1 … <see cref="Horizon"/>, or 0 for all steps together.</param>
        /// <param name="target">Which of the target columns.</param>
        /// <exception cref="ArgumentException">The band has another size.</exception>
        public double Coverage(ResidualBand band, double coverage, int step = 0, int target = 0)
        {
            if (band == null) throw new ArgumentNullException(nameof(band));
            if (band.Size != Horizon * Targets) throw new ArgumentException($"RollingOrigin: the band is of {band.Size} steps × columns, expected {Horizon} × {Targets}.", nameof(band));
            int first = step == 0 ? 1 : step, last = step == 0 ? Horizon : step, inside = 0, all = 0;
            for (int s = first; s <= last; s++)
            {
                float[] forecasts = At(_forecasts, s, target), truth = At(_truth, s, target);
                int place = (s - 1) * Targets + target;
                for (int i = 0; i < truth.Length; i++, all++)
                    if (truth[i] >= band.Quantile(place, forecasts[i], (1 - coverage) / 2) && truth[i] <= band.Quantile(place, forecasts[i], (1 + coverage) / 2)) inside++;
            }
            return (double)inside / all;
        }

        private static int CheckPart(SeriesDataset data, int firstRow, int endRow, int horizon)
        {
            if (data == null) throw new ArgumentNullException(nameof(data));
            if (horizon < 1) throw new ArgumentOutOfRangeException(nameof(horizon), $"RollingOrigin: expected a horizon of at least 1, got {horizon}.");
            if (firstRow < 1 || endRow > data.Rows || endRow - firstRow < horizon)
                throw new ArgumentException($"RollingOrigin: rows {firstRow} to {endRow} of {data.Rows} have no room for a horizon of {horizon}.", nameof(endRow));
            return endRow - firstRow - horizon + 1;
        }

        private static float[] TruthOf(SeriesDataset data, int firstRow, int origins, int horizon, int[] targets)
        {
            var truth = new float[origins * horizon * targets.Length];
            ReadOnlySpan<float> values = data.Values.Span;
            for (int i = 0, at = 0; i < origins; i++)
                for (int step = 0; step < horizon; step++)
                    foreach (int column in targets) truth[at++] = values[(firstRow + i + step) * data.Columns + column];
            return truth;
        }

        private float[] At(float[] values, int step, int target)
        {
            if (step < 1 || step > Horizon) throw new ArgumentOutOfRangeException(nameof(step), $"RollingOrigin: expected a step from 1 to {Horizon}, got {step}.");
            if ((uint)target >= (uint)Targets) throw new ArgumentOutOfRangeException(nameof(target), $"RollingOrigin: expected a target below {Targets}, got {target}.");
            var chosen = new float[Origins];
            for (int i = 0; i < chosen.Length; i++) chosen[i] = values[(i * Horizon + step - 1) * Targets + target];
            return chosen;
        }
    }
}
