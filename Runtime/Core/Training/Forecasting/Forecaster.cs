using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace Recurrent
{
    /// <summary>
    /// A trained model at work on a running series: every sample that is pushed gives a forecast of the steps to come, with a band, and says how surprising the sample itself was.
    /// A push allocates nothing. What it needs besides the model stands in the model's metadata, and so in its file. Not thread-safe.
    /// </summary>
    /// <remarks>
    /// A model with an output for every step forecasts all at once; one with outputs for one step is fed its own forecasts, while the columns that it does not forecast
    /// keep their last values. A forecast is made from the last <see cref="LookBack"/> samples alone, as in training, and so does not depend on when the game began.
    /// </remarks>
    public sealed class Forecaster : IDisposable
    {
        private const string ForecasterKey = "forecaster", BandKey = "residual_band";

        // Of a file: it must not take memory out of proportion.
        private const int MaxSteps = 1 << 16;

        private readonly ForecastPass _pass;
        private readonly int[] _targets;
        private readonly float[] _window;                 // (L, C), scaled, the newest sample last
        private readonly float[] _forecast, _low, _high;  // (H, K)
        private ResidualBand? _band;
        private double _coverage = 0.9;
        private IForecastObserver[] _observers = Array.Empty<IForecastObserver>();

        /// <summary>Puts a model to work, and writes into its metadata how.</summary>
        /// <param name="model">The model, with its scalers, trained on windows of the look-back.</param>
        /// <param name="lookBack">Samples from which a forecast is made.</param>
        /// <param name="horizon">Steps to forecast: as many as the model has outputs for, or any number for a model of one step, which is then fed its own forecasts.</param>
        /// <param name="targetColumns">The columns of a sample that are forecast; the first if null.</param>
        /// <param name="band">How far off its forecasts are, or null.</param>
        /// <exception cref="ArgumentException">Sizes do not fit; the message says which.</exception>
        public Forecaster(SequenceModel model, int lookBack, int horizon = 1, int[]? targetColumns = null, ResidualBand? band = null)
        {
            Model = model ?? throw new ArgumentNullException(nameof(model));
            _targets = targetColumns == null ? new[] { 0 } : (int[])targetColumns.Clone();
            _pass = new ForecastPass(nameof(Forecaster), model, 1, lookBack, horizon, _targets);
            int size = horizon * _targets.Length;
            if (band != null && band.Size != size)
            {
                _pass.Dispose();
                throw Unfit(band);
            }
            _band = band;
            _window = new float[lookBack * model.InputSize];
            _forecast = new float[size];
            _low = new float[size];
            _high = new float[size];
            WriteMetadata();
            Reset();
        }

        /// <summary>The model.</summary>
        public SequenceModel Model { get; }

        /// <summary>How far off its forecasts are, or null. Another one counts from the next push on, and is written into the model's metadata.</summary>
        /// <exception cref="ArgumentException">The band is of another size.</exception>
        public ResidualBand? Band
        {
            get => _band;
            set
            {
                if (value != null && value.Size != _forecast.Length) throw Unfit(value);
                _band = value;
                if (value == null) Array.Fill(_low, float.NaN);
                if (value == null) Array.Fill(_high, float.NaN);
                WriteMetadata();
            }
        }

        /// <summary>The columns of a sample that are forecast.</summary>
        public ReadOnlySpan<int> TargetColumns => _targets;

        /// <summary>L: samples from which a forecast is made.</summary>
        public int LookBack => _pass.LookBack;

        /// <summary>H: steps that are forecast.</summary>
        public int Horizon => _pass.Horizon;

        /// <summary>C: values of a sample.</summary>
        public int InputSize => Model.InputSize;

        /// <summary>K: values that are forecast for each step.</summary>
        public int TargetSize => _targets.Length;

        /// <summary>Whether the model is fed its own forecasts.</summary>
        public bool FeedsBack => _pass.FeedsBack;

        /// <summary>How likely the truth is to lie in the band, above 0 and below 1; 0.9 at first. It counts from the next push on.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
        public double Coverage
        {
            get => _coverage;
            set => _coverage = value > 0 && value < 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), FormattableString.Invariant($"Forecaster: expected a coverage between 0 and 1, got {value}."));
        }

        /// <summary>Samples of which the next forecast is made, at most <see cref="LookBack"/>.</summary>
        public int Samples { get; private set; }

        /// <summary>Whether enough samples were pushed for a forecast.</summary>
        public bool Ready => Samples == LookBack;

        /// <summary>(H, K): the forecast, in the unit of the samples; "not a number" until <see cref="Ready"/>.</summary>
        public ReadOnlySpan<float> Forecast => _forecast;

        /// <summary>(H, K): the lower edge of the band; "not a number" until <see cref="Ready"/> and where there is no band.</summary>
        public ReadOnlySpan<float> Low => _low;

        /// <summary>(H, K): the upper edge of the band; "not a number" until <see cref="Ready"/> and where there is no band.</summary>
        public ReadOnlySpan<float> High => _high;

        /// <summary>
        /// How surprising the last sample was, in bits; see <see cref="ResidualBand.Surprise"/>. Of several columns, that of the most surprising one. 0 where it was not forecast, or there
        /// is no band.
        /// </summary>
        public double Surprise { get; private set; }

        /// <summary>Reads a model that a forecaster has saved, and puts it to work.</summary>
        /// <exception cref="ModelFileException">The file is no such model; path and reason are in the message.</exception>
        /// <exception cref="IOException">There is no such file, or it cannot be read.</exception>
        public static Forecaster Load(string path)
        {
            SequenceModel model = ModelFile.Load(path);
            try
            {
                return FromModel(model);
            }
            catch (FormatException e)
            {
                throw new ModelFileException(path, e.Message, e);
            }
        }

        /// <summary>Puts a model with a forecaster's metadata to work, such as one that was loaded from bytes.</summary>
        /// <exception cref="FormatException">The metadata is missing or does not fit the model; the message says how.</exception>
        public static Forecaster FromModel(SequenceModel model)
        {
            if (model == null) throw new ArgumentNullException(nameof(model));
            if (!model.Metadata.TryGetValue(ForecasterKey, out string? text)) throw new FormatException($"the model has no '{ForecasterKey}' in its metadata, expected that of a forecaster.");
            JsonValue json = JsonValue.Parse(text);
            try
            {
                return new Forecaster(model, Steps(json, "lookBack"), Steps(json, "horizon"), json["targets"].Items.Select(item => item.AsInt32()).ToArray(),
                    model.Metadata.TryGetValue(BandKey, out string? band) ? ResidualBand.FromMetadata(band) : null);
            }
            catch (Exception e) when (e is ArgumentException || e is OverflowException)
            {
                throw new FormatException(e.Message, e);
            }
        }

        /// <summary>Writes the model with all that is needed to put it to work; see <see cref="ModelFile"/>.</summary>
        /// <exception cref="IOException">The file cannot be written; what was there before stays.</exception>
        public void Save(string path) => Model.Save(path);

        /// <summary>Takes the next sample of the series: judges it by the forecast that was made of it, and forecasts anew. Allocates nothing.</summary>
        /// <param name="sample">One value for each column, in the unit of the training data.</param>
        /// <returns><see cref="Ready"/>.</returns>
        /// <exception cref="ArgumentException">The sample has another size, or a value is not finite; then nothing has changed.</exception>
        public bool Push(ReadOnlySpan<float> sample)
        {
            if (sample.Length != InputSize) throw new ArgumentException($"Forecaster: expected a sample of {InputSize} values, got {sample.Length}.", nameof(sample));
            for (int c = 0; c < sample.Length; c++)
                if (!float.IsFinite(sample[c])) throw new ArgumentException($"Forecaster: column {c} of the sample holds {sample[c].ToString(CultureInfo.InvariantCulture)}; expected a finite number.", nameof(sample));
            foreach (IForecastObserver observer in _observers) observer.Sample(sample);
            Surprise = 0;
            if (Ready && Band != null)
                for (int k = 0; k < _targets.Length; k++) Surprise = Math.Max(Surprise, Band.Surprise(k, _forecast[k], sample[_targets[k]]));

            _window.AsSpan(InputSize).CopyTo(_window);
            Span<float> newest = _window.AsSpan(_window.Length - InputSize);
            if (Model.InputScaler == null) sample.CopyTo(newest);
            else Model.InputScaler.Transform(sample, newest);
            if (!Ready) Samples++;
            if (!Ready) return false;
            _pass.Run(_window, 1, _forecast);
            Band?.Interval(_forecast, _coverage, _low, _high);
            foreach (IForecastObserver observer in _observers) observer.Forecast();
            return true;
        }

        /// <summary>Forgets all samples: for another series, or after a gap.</summary>
        public void Reset()
        {
            Samples = 0;
            Surprise = 0;
            foreach (IForecastObserver observer in _observers) observer.Reset();
            foreach (float[] values in new[] { _forecast, _low, _high }) Array.Fill(values, float.NaN);
        }

        /// <summary>Frees the working memory; the model stays.</summary>
        public void Dispose() => _pass.Dispose();

        /// <summary>The recurrent cells; see <see cref="SequencePass.Watch"/>.</summary>
        internal IReadOnlyList<CellTap> Cells => _pass.Cells;

        /// <summary>(C): the newest sample as the network reads it.</summary>
        internal ReadOnlySpan<float> NewestInput => _window.AsSpan(_window.Length - InputSize);

        internal void Add(IForecastObserver observer)
        {
            Array.Resize(ref _observers, _observers.Length + 1);
            _observers[_observers.Length - 1] = observer;
            _pass.WindowRead ??= ShowWindow;
        }

        internal void Remove(IForecastObserver observer)
        {
            _observers = Array.FindAll(_observers, other => other != observer);
            if (_observers.Length == 0) _pass.WindowRead = null;
        }

        private void ShowWindow()
        {
            foreach (IForecastObserver observer in _observers) observer.Window();
        }

        private static int Steps(JsonValue json, string name)
        {
            int steps = json[name].AsInt32();
            return steps >= 1 && steps <= MaxSteps ? steps : throw new FormatException($"Forecaster: expected a {name} from 1 to {MaxSteps}, got {steps}.");
        }

        private ArgumentException Unfit(ResidualBand band) => new ArgumentException($"Forecaster: the band is of {band.Size} values, expected {Horizon} steps × {_targets.Length} columns.", nameof(band));

        private void WriteMetadata()
        {
            var json = new JsonWriter();
            json.BeginObject().Member("lookBack", LookBack).Member("horizon", Horizon).Name("targets").BeginArray();
            foreach (int column in _targets) json.Value(column);
            Model.Metadata[ForecasterKey] = json.EndArray().EndObject().ToString();
            if (Band == null) Model.Metadata.Remove(BandKey);
            else Model.Metadata[BandKey] = Band.ToMetadata();
        }
    }
}
