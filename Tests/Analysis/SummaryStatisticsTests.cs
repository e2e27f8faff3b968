using System;
using NUnit.Framework;
using Recurrent.Analysis;

namespace Recurrent.Tests.Analysis
{
    public class SummaryStatisticsTests
    {
        [Test]
        public void ByHand()
        {
            // Sorted 1, 2, 3, 10; deviations -3, -2, -1, 6: squares 50, cubes 180. Quartiles as numpy.quantile([10, 1, 3, 2], [.25, .5, .75]).
            SummaryStatistics summary = SummaryStatistics.Of(new float[] { 10, 1, 3, 2 });
            Assert.That((summary.Count, summary.Minimum, summary.Maximum), Is.EqualTo((4, 1.0, 10.0)));
            Assert.That(summary.Mean, Is.EqualTo(4).Within(1e-12));
            Assert.That(summary.StandardDeviation, Is.EqualTo(Math.Sqrt(12.5)).Within(1e-12));
            Assert.That(new[] { summary.LowerQuartile, summary.Median, summary.UpperQuartile }, Is.EqualTo(new[] { 1.75, 2.5, 4.75 }).Within(1e-12));
            Assert.That(summary.Skewness, Is.EqualTo(45 / Math.Pow(12.5, 1.5)).Within(1e-12));
        }

        [Test]
        public void OneValueAndNone()
        {
            SummaryStatistics summary = SummaryStatistics.Of(new[] { 0.1f });
            Assert.That(new[] { summary.StandardDeviation, summary.Skewness }, Is.EqualTo(new[] { 0.0, 0 }));
            Assert.That(new[] { summary.Mean, summary.LowerQuartile, summary.Median, summary.UpperQuartile }, Is.All.EqualTo((double)0.1f));
            Assert.That(() => SummaryStatistics.Of(new float[0]), Throws.ArgumentException.With.Message.Contains("at least 1 rows, got 0"));
            Assert.That(() => SummaryStatistics.Of(new[] { float.NaN }), Throws.ArgumentException);
        }
    }
}
