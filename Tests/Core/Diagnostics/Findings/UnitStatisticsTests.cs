using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class UnitStatisticsTests
    {
        [Test]
        public void CountsEachUnitByItself()
        {
            UnitStatistics units = UnitStatistics.Of(new[] { 1f, 5f, float.NaN, 3f, 5f, 2f, 8f, 5f, 4f }, 3);
            Assert.That(units.Mean, Is.EqualTo(new[] { 4f, 5f, 3f }));
            Assert.That(units.Deviation[0], Is.EqualTo(2.9439203).Within(1e-6), "√(26 / 3)");
            Assert.That(units.Low, Is.EqualTo(new[] { 1f, 5f, 2f }));
            Assert.That(units.High, Is.EqualTo(new[] { 8f, 5f, 4f }));
            Assert.That(units.Change, Is.EqualTo(new[] { 3.5f, 0f, 2f }));
            Assert.That(units.NotFinite, Is.EqualTo(new[] { 0, 0, 1 }));
            Assert.That(units.Still(0.5f), Is.EqualTo(new[] { 1 }));
            Assert.That(units.ByDeviation(), Is.EqualTo(new[] { 0, 2, 1 }));
            Assert.That(units.ByChange(), Is.EqualTo(new[] { 0, 2, 1 }));
        }
    }
}
