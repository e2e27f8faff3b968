using System;
using System.IO;
using NUnit.Framework;
using Recurrent.Analysis;

namespace Recurrent.Tests.Analysis
{
    /// <summary>The baselines on the monthly sunspots (2,820 months), which lie beside the repository and not in it.</summary>
    public class SunspotBaselinesTests
    {
        private static string Path()
        {
            for (DirectoryInfo? folder = new DirectoryInfo(TestContext.CurrentContext.TestDirectory); folder != null; folder = folder.Parent)
            {
                if (!Directory.Exists(System.IO.Path.Combine(folder.FullName, "DotNet~"))) continue;
                string path = System.IO.Path.Combine(folder.FullName, "..", "shared", "data", "series", "monthly-sunspots.csv");
                if (File.Exists(path)) return path;
            }
            Assert.Ignore("../shared/data/series/monthly-sunspots.csv is not beside the repository.");
            return "";
        }

        [Test]
        public void PersistenceErrsBy20Point09OnTheLastFifth()
        {
            SeriesDataset data = SeriesDataset.FromCsv(Path(), column: "Sunspots", lookBack: 36, horizon: 1, test: 0.2);
            Assert.That((data.Rows, data.FirstTest, data.Test.Count), Is.EqualTo((2820, 2256, 564)));
            float[] series = data.Column(0), truth = series[data.FirstTest..], forecast = new float[truth.Length];
            NaiveForecast.Persistence(series, data.FirstTest, 1, forecast);
            Assert.That(ForecastMetrics.RootMeanSquaredError(forecast, truth), Is.EqualTo(20.09).Within(0.005));
            NaiveForecast.Persistence(series, 1, 1, forecast = new float[2819]);
            Assert.That(ForecastMetrics.RootMeanSquaredError(forecast, series.AsSpan(1)), Is.EqualTo(17.19).Within(0.005));
        }

        [Test]
        public void ARidgeAutoregressionOf24MonthsReaches0Point906OfThat()
        {
            SeriesDataset data = SeriesDataset.FromCsv(Path(), column: "Sunspots", lookBack: 24, validation: 0, test: 0.2);
            RidgeAutoregression model = RidgeAutoregression.Fit(data.Train, lambda: 1e-3);
            float[] forecast = model.Predict(data.Test), truth = data.Column(0)[data.FirstTest..];
            data.TargetScaler.Inverse(forecast, forecast);
            double ratio = ForecastMetrics.RootMeanSquaredError(forecast, truth) / 20.09;
            TestContext.WriteLine(FormattableString.Invariant($"ridge AR(24): {ratio:F4} of persistence"));
            Assert.That(ratio, Is.EqualTo(0.906).Within(0.004));
        }

        [Test]
        public void TheSunHasAPeriodOfElevenYears()
        {
            Assert.That(Periodogram.Of(CsvTable.Load(Path()).Column("Sunspots")).PeakPeriod / 12, Is.EqualTo(11).Within(0.5));
        }
    }
}
