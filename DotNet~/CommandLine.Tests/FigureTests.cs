using NUnit.Framework;

namespace Recurrent.CommandLine.Tests;

public sealed class FigureTests
{
    [TestCase(new[] { 18.0, 19.0, 20.5 }, "19.2 ± 1.3")]
    [TestCase(new[] { 0.1018, 0.1019, 0.1023 }, "0.10200 ± 0.00026")]
    [TestCase(new[] { 1200.0, 1500.0 }, "1350 ± 212")]
    [TestCase(new[] { 20.0912 }, "20.09")]
    [TestCase(new[] { 0.3, 0.30000000000000004 }, "0.3")]
    [TestCase(new[] { double.NaN }, "–")]
    public void IsTheMeanAndTheSampleDeviation(double[] values, string text) => Assert.That(Figure.Of(values).ToString(), Is.EqualTo(text));
}
