using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class SeriesDatasetTests
    {
        [Test]
        public void SplitsByTheRowThatIsForecast()
        {
            // 20 rows, value = row: 14 for training, 2 for validation, 4 for the test.
            SeriesDataset data = SeriesDataset.FromValues(Enumerable.Range(0, 20).Select(t => (float)t).ToArray(), lookBack: 3, validation: 0.1, test: 0.2, scaler: new IdentityScaler());

            Assert.That((data.FirstValidation, data.FirstTest, data.Rows), Is.EqualTo((14, 16, 20)));
            Assert.That(Targets(data.Train), Is.EqualTo(Enumerable.Range(3, 11)));
            Assert.That(Targets(data.Validation), Is.EqualTo(new[] { 14, 15 }));
            Assert.That(Targets(data.Test), Is.EqualTo(new[] { 16, 17, 18, 19 }));
            var input = new float[3];
            var target = new float[1];
            data.Test.Read(0, input, target);
            Assert.That(input, Is.EqualTo(new[] { 13f, 14, 15 })); // looks back into the validation part
        }

        [Test]
        public void AHorizonStaysInsideItsPart()
        {
            SeriesDataset data = SeriesDataset.FromValues(Enumerable.Range(0, 20).Select(t => (float)t).ToArray(), lookBack: 3, horizon: 2, validation: 0.1, test: 0.2, scaler: new IdentityScaler());
            Assert.That(Targets(data.Train), Is.EqualTo(Enumerable.Range(3, 10).SelectMany(t => new[] { t, t + 1 }))); // last 12, 13
            Assert.That(Targets(data.Validation), Is.EqualTo(new[] { 14, 15 }));
            Assert.That(Targets(data.Test), Is.EqualTo(new[] { 16, 17, 17, 18, 18, 19 }));
        }

        [Test]
        public void TheScalerIsFittedOnTheTrainingRowsOnly()
        {
            float[] values = { 1, 3, 1, 3, 1, 3, 100, 200, 300, 400 };
            SeriesDataset data = SeriesDataset.FromValues(values, lookBack: 2, validation: 0.2, test: 0.2);
            Assert.That(data.InputScaler, Is.TypeOf<StandardScaler>());
            Assert.That((data.InputScaler.Offset[0], data.InputScaler.Scale[0]), Is.EqualTo((2f, 1f)));
            Assert.That(Targets(data.Test), Is.EqualTo(new[] { 298f, 398 }));
            Assert.That(data.Values.ToArray(), Is.EqualTo(values));
            Assert.That(data.Scaled.Span[7], Is.EqualTo(198f));
        }

        [Test]
        public void AFittedScalerIsUsedAsItIs()
        {
            Scaler saved = Scaler.FromMetadata("standard offset=10 scale=2");
            SeriesDataset data = SeriesDataset.FromValues(new float[] { 10, 12, 14, 16, 18 }, lookBack: 1, validation: 0, test: 0.2, scaler: saved);
            Assert.That(data.Scaled.ToArray(), Is.EqualTo(new[] { 0f, 1, 2, 3, 4 }));
            Assert.That(() => SeriesDataset.FromValues(new float[10], lookBack: 1, validation: 0, columns: 2, scaler: saved), Throws.ArgumentException.With.Message.Contains("fitted on 1 columns, the series has 2"));
        }

        [Test]
        public void ExogenousColumnsAreSeenButNotForecast()
        {
            string text = "month,sales,price\n" + string.Concat(Enumerable.Range(0, 10).Select(t => $"m{t},{t},{100 + t}\n"));
            SeriesDataset data = SeriesDataset.FromTable(CsvTable.Parse(text), "sales", lookBack: 2, horizon: 2, validation: 0, test: 0.3, exogenous: new[] { "price" }, scaler: new MinMaxScaler());

            Assert.That(data.ColumnNames, Is.EqualTo(new[] { "sales", "price" }));
            Assert.That((data.Train.InputSize, data.Train.TargetSize, data.TargetScaler.Columns), Is.EqualTo((2, 2, 2)));
            Assert.That(data.Validation.Count, Is.EqualTo(0));
            var input = new float[4];
            var target = new float[2];
            data.Train.Read(0, input, target);
            Assert.That(input, Is.EqualTo(new[] { 0, 0, 1 / 6f, 1 / 6f }).Within(1e-6f)); // 7 training rows: 0 … 6, 100 … 106
            Assert.That(target, Is.EqualTo(new[] { 2 / 6f, 3 / 6f }).Within(1e-6f));
            data.TargetScaler.Inverse(target, target);
            Assert.That(target, Is.EqualTo(new[] { 2f, 3 }).Within(1e-5f));
            Assert.That(data.Column(1)[9], Is.EqualTo(109f));
        }

        [Test]
        public void SeveralColumnsCanBeForecast()
        {
            float[] values = Enumerable.Range(0, 10).SelectMany(t => new float[] { t, 10 * t, 100 * t }).ToArray();
            SeriesDataset data = SeriesDataset.FromValues(values, lookBack: 2, horizon: 2, test: 0.2, validation: 0.2, columns: 3, targetColumns: new[] { 2, 0 });
            var input = new float[6];
            var target = new float[4];
            data.Test.Read(0, input, target);
            data.TargetScaler.Inverse(target, target);
            data.InputScaler.Inverse(input, input);
            Assert.That(target, Is.EqualTo(new[] { 800f, 8, 900, 9 }).Within(1e-3f));
            Assert.That(input, Is.EqualTo(new[] { 6f, 60, 600, 7, 70, 700 }).Within(1e-3f));
        }

        [Test]
        public void ReadsACsvFile()
        {
            string path = Path.GetTempFileName();
            try
            {
                File.WriteAllText(path, "\"Month\",\"Sunspots\"\r\n" + string.Concat(Enumerable.Range(0, 30).Select(t => $"\"{t}\",{t}.5\r\n")));
                SeriesDataset data = SeriesDataset.FromCsv(path, column: "Sunspots", lookBack: 4, horizon: 1);
                Assert.That(data.Values.ToArray(), Is.EqualTo(Enumerable.Range(0, 30).Select(t => t + 0.5f)));
                Assert.That((data.Train.Count, data.Validation.Count, data.Test.Count), Is.EqualTo((17, 3, 6)));
            }
            finally
            {
                File.Delete(path);
            }
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            Assert.That(() => SeriesDataset.FromValues(new float[10], lookBack: 8, validation: 0), Throws.ArgumentException.With.Message.Contains("the training part of 10 rows has 0 rows to forecast after a look-back of 8, expected at least 1"));
            Assert.That(() => SeriesDataset.FromValues(new float[20], lookBack: 2, horizon: 3), Throws.ArgumentException.With.Message.Contains("the validation part of 20 rows has 2 rows to forecast, expected at least 3 (the horizon)."));
            Assert.That(() => SeriesDataset.FromValues(new float[10], lookBack: 1, validation: 0.5, test: 0.5), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => SeriesDataset.FromValues(new float[10], lookBack: 1, validation: double.NaN), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => SeriesDataset.FromValues(new[] { 1, 2, float.NaN, 4 }, lookBack: 1, columns: 2), Throws.ArgumentException.With.Message.Contains("row 1, column 0 holds NaN"));
            Assert.That(() => SeriesDataset.FromValues(new float[9], lookBack: 1, columns: 2), Throws.ArgumentException);
            Assert.That(() => SeriesDataset.FromValues(new float[10], lookBack: 1, targetColumns: new[] { 1 }), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => SeriesDataset.FromTable(CsvTable.Parse("a\n1\n"), "b", lookBack: 1), Throws.ArgumentException.With.Message.Contains("no column \"b\""));
        }

        private static IEnumerable<float> Targets(SequenceDataset data)
        {
            var input = new float[data.MaxSteps * data.InputSize];
            var target = new float[data.TargetSize];
            for (int i = 0; i < data.Count; i++)
            {
                data.Read(i, input, target);
                foreach (float value in target) yield return value;
            }
        }
    }
}
