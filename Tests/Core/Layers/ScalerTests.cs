using System;
using System.Globalization;
using System.Threading;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class ScalerTests
    {
        // Columns: 2, 4, 4, 6 (mean 4, population deviation sqrt 2); 10, 20, 30, 60; constant 0.1.
        private static readonly float[] Table =
        {
            2, 10, 0.1f,
            4, 20, 0.1f,
            4, 30, 0.1f,
            6, 60, 0.1f,
        };

        [Test]
        public void StandardScalesToMeanZeroAndDeviationOne()
        {
            var scaler = new StandardScaler();
            scaler.Fit(Table, 3);
            Assert.That(scaler.Offset.ToArray(), Is.EqualTo(new[] { 4f, 30f, 0.1f }));
            Assert.That(scaler.Scale[0], Is.EqualTo(1.41421356f).Within(1e-6f));
            Assert.That(scaler.Scale[1], Is.EqualTo(18.708287f).Within(1e-5f)); // sqrt((400 + 100 + 0 + 900) / 4)
            Assert.That(scaler.Scale[2], Is.EqualTo(1f));

            float[] row = { 6, 10, 0.1f }, scaled = new float[3];
            scaler.Transform(row, scaled);
            Assert.That(scaled, Is.EqualTo(new[] { 1.4142135f, -1.0690450f, 0f }).Within(1e-6f));
            scaler.Inverse(scaled, scaled);
            Assert.That(scaled, Is.EqualTo(row).Within(1e-5f));
            Assert.That(scaled[2], Is.EqualTo(0.1f)); // a constant comes back exactly
        }

        [Test]
        public void MinMaxScalesToTheRange()
        {
            var scaler = new MinMaxScaler(-1, 3);
            scaler.Fit(Table, 3);
            var scaled = new float[Table.Length];
            scaler.Transform(Table, scaled);
            Assert.That(scaled, Is.EqualTo(new[]
            {
                -1, -1, -1,
                1, -0.2f, -1,
                1, 0.6f, -1,
                3, 3, -1,
            }).Within(1e-6f));
            scaler.Inverse(scaled, scaled);
            Assert.That(scaled, Is.EqualTo(Table).Within(1e-5f));

            var unit = new MinMaxScaler();
            unit.Fit(new[] { 5f, 7, 13 }, 1);
            float[] outside = { 5, 7, 13, 21 };
            unit.Transform(outside, outside);
            Assert.That(outside, Is.EqualTo(new[] { 0, 0.25f, 1, 2 }));
        }

        [Test]
        public void IdentityLeavesTheValues()
        {
            var scaler = new IdentityScaler();
            scaler.Fit(Table, 3);
            var scaled = new float[Table.Length];
            scaler.Transform(Table, scaled);
            Assert.That(scaled, Is.EqualTo(Table));
        }

        [Test]
        public void SelectRepeatsAndReordersColumns()
        {
            var scaler = new MinMaxScaler();
            scaler.Fit(Table, 3);
            Scaler chosen = scaler.Select(1, 0, 1);
            float[] row = { 60, 4, 10 };
            chosen.Transform(row, row);
            Assert.That(row, Is.EqualTo(new[] { 1, 0.5f, 0 }));
            Assert.That(scaler.Columns, Is.EqualTo(3));
            Assert.That(() => scaler.Select(3), Throws.InstanceOf<ArgumentOutOfRangeException>());
            Assert.That(() => scaler.Select(), Throws.ArgumentException);
        }

        [Test]
        public void MetadataBringsTheSameBitsBack()
        {
            var random = new RandomSource(5);
            var values = new float[3 * 40];
            for (int i = 0; i < values.Length; i++) values[i] = random.NextGaussian() * (i % 3 == 0 ? 1e-20f : i % 3 == 1 ? 1f : 3e12f);
            var culture = Thread.CurrentThread.CurrentCulture;
            var other = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            other.NumberFormat.NumberDecimalSeparator = ",";
            foreach (Scaler scaler in new Scaler[] { new StandardScaler(), new MinMaxScaler(-0.9f, 0.7f), new IdentityScaler() })
            {
                scaler.Fit(values, 3);
                Scaler back;
                try
                {
                    Thread.CurrentThread.CurrentCulture = other;
                    back = Scaler.FromMetadata(scaler.ToMetadata());
                }
                finally
                {
                    Thread.CurrentThread.CurrentCulture = culture;
                }
                Assert.That(back, Is.TypeOf(scaler.GetType()));
                Assert.That(back.Offset.ToArray(), Is.EqualTo(scaler.Offset.ToArray()));
                Assert.That(back.Scale.ToArray(), Is.EqualTo(scaler.Scale.ToArray()));
                Assert.That(back.ToMetadata(), Is.EqualTo(scaler.ToMetadata()));
                // The kind is kept whole: fitted again, both measure the same.
                back.Fit(values.AsSpan(0, 30), 3);
                scaler.Fit(values.AsSpan(0, 30), 3);
                Assert.That(back.Offset.ToArray(), Is.EqualTo(scaler.Offset.ToArray()));
            }
        }

        [Test]
        public void MetadataIsReadable()
        {
            var scaler = new MinMaxScaler(-1, 1);
            scaler.Fit(new[] { 1f, 10, 3, 30 }, 2);
            Assert.That(scaler.ToMetadata(), Is.EqualTo("minmax low=-1 high=1 offset=2,20 scale=1,10"));
        }

        [TestCase("")]
        [TestCase("standard")]
        [TestCase("robust offset=1 scale=1")]
        [TestCase("standard offset=1 scale=0")]
        [TestCase("standard offset=1,2 scale=1")]
        [TestCase("standard offset=1 scale=NaN")]
        [TestCase("standard offset= scale=")]
        [TestCase("standard scale=1 offset=1")]
        [TestCase("standard offset=1 scale=1 extra=1")]
        [TestCase("minmax low=2 high=1 offset=1 scale=1")]
        [TestCase("minmax low=0,1 high=1 offset=1 scale=1")]
        public void RefusesMalformedMetadata(string metadata) =>
            Assert.That(() => Scaler.FromMetadata(metadata), Throws.InstanceOf<FormatException>());

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            var scaler = new StandardScaler();
            Assert.That(() => scaler.Transform(new float[1], new float[1]), Throws.InvalidOperationException.With.Message.Contains("not fitted"));
            Assert.That(() => scaler.ToMetadata(), Throws.InvalidOperationException);
            Assert.That(() => scaler.Fit(new float[0], 1), Throws.ArgumentException);
            Assert.That(() => scaler.Fit(new float[3], 2), Throws.ArgumentException);
            Assert.That(() => scaler.Fit(new[] { 0, 0, 0, float.NaN }, 2), Throws.ArgumentException.With.Message.Contains("row 1, column 1 holds NaN"));
            Assert.That(() => new MinMaxScaler().Fit(new[] { -3e38f, 3e38f }, 1), Throws.ArgumentException.With.Message.Contains("column 0 spread wider"));
            Assert.That(scaler.IsFitted, Is.False);
            scaler.Fit(Table, 3);
            Assert.That(() => scaler.Transform(new float[4], new float[4]), Throws.ArgumentException.With.Message.Contains("expected rows of 3 values, got 4"));
            Assert.That(() => scaler.Inverse(new float[3], new float[6]), Throws.ArgumentException.With.Message.Contains("a destination of 3 values, got 6"));
            Assert.That(() => new MinMaxScaler(1, 1), Throws.ArgumentException);
        }
    }
}
