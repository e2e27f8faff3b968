using System.Linq;

namespace Recurrent.Tests
{
    /// <summary>Forecasters whose forecasts can be told by hand.</summary>
    internal static class ForecastingExamples
    {
        /// <summary>y' = a linear map of the last step, in the scaled unit.</summary>
        public static SequenceModel Linear(int inputs, float[] weight, float[] bias)
        {
            var model = new SequenceModel(("head", new Linear(inputs, bias.Length)), ("last", new LastStep()));
            model.Store["head.weight"].Set(weight);
            model.Store["head.bias"].Set(bias);
            return model;
        }

        /// <summary>Forecasts one step of a wave, not trained.</summary>
        public static SequenceModel Recurrent(SeriesDataset data, int outputs = 1)
        {
            var model = new SequenceModel(new GRU(data.Columns, 5, seed: 3), new LastStep(), new Linear(5, outputs, seed: 4));
            model.InputScaler = data.InputScaler;
            model.TargetScaler = data.TargetScaler;
            return model;
        }

        public static SeriesDataset Counting(int rows, int lookBack, int columns = 1, int horizon = 1, Scaler? scaler = null) =>
            SeriesDataset.FromValues(Enumerable.Range(0, rows * columns).Select(i => (float)(i / columns + 100 * (i % columns))).ToArray(), lookBack, horizon, 0, 0.5, columns, scaler: scaler ?? new IdentityScaler());
    }
}
