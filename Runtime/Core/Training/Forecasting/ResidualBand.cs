using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent
{
    /// <summary>
    /// How far off forecasts are, learned from forecasts of data that the model did not learn from: bands around new forecasts, and how unlikely a value is.
    /// For every place of a forecast (each step ahead and column) the residual z = (value − forecast) / s(forecast) has quantiles, where the spread
    /// s = max(intercept + slope · forecast, floor) is the straight line of least squares through the residuals' sizes: what is large is often also less certain
    /// (normalised conformal prediction; Papadopoulos et al., 2008, Lei et al., 2018). Beyond the outermost twentieth on either side the
    /// distribution is continued by an exponential with the mean excess seen there. Never changes.
    /// </summary>
    public sealed class ResidualBand
    {
        /// <summary>The fewest residuals of a place.</summary>
        public const int MinResiduals = 10;

        private const int Points = 101;   // quantiles 0, 0.01, …, 1
        private const int TailPoint = 5;  // where the tails begin: 0.05 and 0.95
        private const double Tail = 0.05;
        private const double SmallestShare = 0.25; // the floor of the spread, as a share of the mean

        private readonly Place[] _places;

        private ResidualBand(Place[] places) => _places = places;

        /// <summary>Places of a forecast: steps ahead × columns.</summary>
        public int Size => _places.Length;

        /// <summary>Learns from forecasts and what came instead.</summary>
        /// <param name="forecasts">(origins, <paramref name="size"/>), in the series' own unit.</param>
        /// <param name="truth">What came, in the same order.</param>
        /// <param name="size">Places of a forecast.</param>
        /// <exception cref="ArgumentException">The lengths differ or do not divide, there are fewer than ten origins, or a value is not finite.</exception>
        public static ResidualBand Fit(ReadOnlySpan<float> forecasts, ReadOnlySpan<float> truth, int size)
        {
            if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), $"ResidualBand: expected at least 1 place, got {size}.");
            if (forecasts.Length != truth.Length || forecasts.Length % size != 0)
                throw new ArgumentException($"ResidualBand: expected as many forecasts as true values, a multiple of {size}, got {forecasts.Length} and {truth.Length}.", nameof(truth));
            int origins = forecasts.Length / size;
            if (origins < MinResiduals) throw new ArgumentException($"ResidualBand: expected at least {MinResiduals} residuals for each step, got {origins}.", nameof(forecasts));
            Finite.Check(nameof(ResidualBand), forecasts, size);
            Finite.Check(nameof(ResidualBand), truth, size);
            var places = new Place[size];
            double[] forecast = new double[origins], residual = new double[origins];
            for (int k = 0; k < size; k++)
            {
                for (int i = 0; i < origins; i++)
                {
                    forecast[i] = forecasts[i * size + k];
                    residual[i] = truth[i * size + k] - forecast[i];
                }
                places[k] = Place.Fit(forecast, residual);
            }
            return new ResidualBand(places);
        }

        /// <summary>The value below which the truth is found with a probability. Allocates nothing.</summary>
        /// <param name="place">0 … <see cref="Size"/> − 1.</param>
        /// <param name="forecast">The forecast.</param>
        /// <param name="probability">0 … 1; 0 and 1 give the outermost residual that was seen.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such place, or the probability is none.</exception>
        public float Quantile(int place, float forecast, double probability)
        {
            if (!(probability >= 0 && probability <= 1)) throw new ArgumentOutOfRangeException(nameof(probability), FormattableString.Invariant($"ResidualBand: expected a probability from 0 to 1, got {probability}."));
            Place at = At(place);
            return (float)(forecast + at.Spread(forecast) * at.Quantile(probability));
        }

        /// <summary>The band around a forecast in which the truth is found with a probability, as much of the rest on either side. Allocates nothing.</summary>
        /// <param name="forecast">The places' forecasts, from the first on; at most <see cref="Size"/>.</param>
        /// <param name="coverage">Such as 0.9, in [0, 1].</param>
        /// <param name="low">The lower edge, as long as the forecast.</param>
        /// <param name="high">The upper edge, as long as the forecast.</param>
        /// <exception cref="ArgumentException">A length does not fit, or the coverage is out of range.</exception>
        public void Interval(ReadOnlySpan<float> forecast, double coverage, Span<float> low, Span<float> high)
        {
            if (forecast.Length > Size || low.Length != forecast.Length || high.Length != forecast.Length)
                throw new ArgumentException($"ResidualBand: expected at most {Size} forecasts and as much room for either edge, got {forecast.Length}, {low.Length} and {high.Length}.", nameof(forecast));
            for (int k = 0; k < forecast.Length; k++)
            {
                low[k] = Quantile(k, forecast[k], (1 - coverage) / 2);
                high[k] = Quantile(k, forecast[k], (1 + coverage) / 2);
            }
        }

        /// <summary>
        /// How surprising a value is, in bits: −log2 of the probability of a value at least as far out on either side. 0 for what was to be expected, 1 for what comes every
        /// second time, 3.3 at the edge of the 90 % band; each bit more is half as likely. Allocates nothing.
        /// </summary>
        /// <param name="place">0 … <see cref="Size"/> − 1.</param>
        /// <param name="forecast">The forecast.</param>
        /// <param name="value">What came.</param>
        /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
        public double Surprise(int place, float forecast, float value)
        {
            Place at = At(place);
            return at.Surprise(((double)value - forecast) / at.Spread(forecast));
        }

        /// <summary>The band as text for a model's metadata: JSON.</summary>
        public string ToMetadata()
        {
            var json = new JsonWriter();
            json.BeginArray();
            foreach (Place place in _places) place.Write(json);
            return json.EndArray().ToString();
        }

        /// <summary>Reads what <see cref="ToMetadata"/> gave.</summary>
        /// <exception cref="FormatException">The text is no such band; the message says where.</exception>
        public static ResidualBand FromMetadata(string text)
        {
            JsonValue json = JsonValue.Parse(text);
            if (json.Kind != JsonKind.Array || json.Count == 0) throw new FormatException("ResidualBand: expected an array with at least one place.");
            return new ResidualBand(json.Items.Select(Place.Read).ToArray());
        }

        private Place At(int place) => (uint)place < (uint)_places.Length ? _places[place]
            : throw new ArgumentOutOfRangeException(nameof(place), $"ResidualBand: expected a place 0 to {_places.Length - 1}, got {place}.");

        /// <summary>The residuals of one step ahead and column.</summary>
        private sealed class Place
        {
            private readonly double _intercept, _slope, _floor, _lowTail, _highTail;
            private readonly double[] _quantiles;

            private Place(double intercept, double slope, double floor, double lowTail, double highTail, double[] quantiles)
            {
                _intercept = intercept;
                _slope = slope;
                _floor = floor;
                _lowTail = lowTail;
                _highTail = highTail;
                _quantiles = quantiles;
            }

            public static Place Fit(double[] forecast, double[] residual)
            {
                int n = residual.Length;
                double meanForecast = forecast.Average(), meanSize = residual.Average(Math.Abs), products = 0, squares = 0, largest = 0;
                for (int i = 0; i < n; i++)
                {
                    products += (forecast[i] - meanForecast) * (Math.Abs(residual[i]) - meanSize);
                    squares += (forecast[i] - meanForecast) * (forecast[i] - meanForecast);
                    largest = Math.Max(largest, Math.Abs(forecast[i]) + Math.Abs(residual[i]));
                }
                double slope = squares > 0 ? products / squares : 0;
                // Forecasts without any error still have a band, as wide as a float's digits.
                double floor = Math.Max(SmallestShare * meanSize, Math.Max(1e-6 * largest, 1e-30));
                var line = new Place(meanSize - slope * meanForecast, slope, floor, 1, 1, Array.Empty<double>());

                var z = new double[n];
                for (int i = 0; i < n; i++) z[i] = residual[i] / line.Spread(forecast[i]);
                Array.Sort(z);
                var quantiles = new double[Points];
                for (int p = 0; p < Points; p++)
                {
                    // One residual counts as one in n + 1: the rank of a value yet to come is any of n + 1 with the same probability.
                    long rank = (long)p * (n + 1), step = Points - 1;
                    long place = 2 * p < step ? rank / step - 1 : (rank + step - 1) / step - 1;
                    quantiles[p] = 2 * p == step ? (z[(n - 1) / 2] + z[n / 2]) / 2 : z[Math.Min(Math.Max(place, 0), n - 1)];
                }
                double low = quantiles[TailPoint], high = quantiles[Points - 1 - TailPoint];
                return new Place(line._intercept, slope, floor, MeanExcess(z.Where(x => x < low).Select(x => low - x), high - low),
                    MeanExcess(z.Where(x => x > high).Select(x => x - high), high - low), quantiles);
            }

            public static Place Read(JsonValue json)
            {
                double[] quantiles = json["quantiles"].Items.Select(item => item.AsDouble()).ToArray();
                var place = new Place(json["intercept"].AsDouble(), json["slope"].AsDouble(), json["floor"].AsDouble(), json["lowTail"].AsDouble(), json["highTail"].AsDouble(), quantiles);
                bool ascending = true;
                for (int p = 1; p < quantiles.Length; p++) ascending &= quantiles[p] >= quantiles[p - 1];
                if (quantiles.Length != Points || !ascending) throw new FormatException($"ResidualBand: expected {Points} ascending quantiles, got {quantiles.Length}{(ascending ? "" : " that do not ascend")}.");
                if (!(place._floor > 0 && place._lowTail > 0 && place._highTail > 0)) throw new FormatException("ResidualBand: expected a floor and tails above 0.");
                return place;
            }

            public void Write(JsonWriter json)
            {
                json.BeginObject().Member("intercept", _intercept).Member("slope", _slope).Member("floor", _floor).Member("lowTail", _lowTail).Member("highTail", _highTail);
                json.Name("quantiles").BeginArray();
                foreach (double quantile in _quantiles) json.Value(quantile);
                json.EndArray().EndObject();
            }

            public double Spread(double forecast) => Math.Max(_intercept + _slope * forecast, _floor);

            public double Quantile(double probability)
            {
                double place = probability * (Points - 1);
                // 0.95 is a point of the grid, though (1 + 0.9) / 2 · 100 is not quite 95.
                double nearest = Math.Round(place);
                if (Math.Abs(place - nearest) < 1e-9) return _quantiles[(int)nearest];
                int below = (int)place;
                return _quantiles[below] + (place - below) * (_quantiles[below + 1] - _quantiles[below]);
            }

            public double Surprise(double z)
            {
                double low = _quantiles[TailPoint], high = _quantiles[Points - 1 - TailPoint], edge = -Math.Log(2 * Tail, 2);
                if (z <= low) return edge + (low - z) / _lowTail / Math.Log(2);
                if (z >= high) return edge + (z - high) / _highTail / Math.Log(2);
                return Math.Max(0, -Math.Log(2 * (z < _quantiles[Points / 2] ? ShareBelow(z) : ShareAbove(z)), 2));
            }

            // Between the tails. A value at which several quantiles lie is as far out as the outermost of them.
            private double ShareBelow(double z)
            {
                int p = TailPoint;
                while (_quantiles[p + 1] < z) p++;
                return (p + (z - _quantiles[p]) / (_quantiles[p + 1] - _quantiles[p])) / (Points - 1);
            }

            private double ShareAbove(double z)
            {
                int p = Points - 1 - TailPoint;
                while (_quantiles[p - 1] > z) p--;
                return 1 - (p - (_quantiles[p] - z) / (_quantiles[p] - _quantiles[p - 1])) / (Points - 1);
            }

            private static double MeanExcess(IEnumerable<double> excess, double width)
            {
                double mean = excess.DefaultIfEmpty(0).Average();
                // Of few residuals none may lie beyond: then as in a normal distribution, a ninth of the band's width.
                return Math.Max(mean > 0 ? mean : width / 9, 1e-6);
            }
        }
    }
}
