using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using UnityEngine;
using Object = UnityEngine.Object;

namespace Recurrent.Components.Tests
{
    [TestFixture]
    public sealed class ForecastRendererTests
    {
        private readonly List<GameObject> _made = new List<GameObject>();
        private SequenceForecaster _forecaster = null!;
        private ForecastRenderer _renderer = null!;
        private LineRenderer _past = null!, _forecast = null!, _low = null!, _high = null!;
        private MeshFilter _fan = null!;

        // A step is 0.5 units wide and takes 0.1 s; a value of 1 is 2 units high.
        [SetUp]
        public void Build()
        {
            var owner = new GameObject("Buoy");
            _made.Add(owner);
            _forecaster = owner.AddComponent<SequenceForecaster>();
            _forecaster.Learns = false;
            _forecaster.Interval = 0.1f;
            _forecaster.Model = SequenceModelAsset.Create(Tide.Linear(0.5f, 1f, residual: 0.2f));
            _renderer = owner.AddComponent<ForecastRenderer>();
            (_past, _forecast, _low, _high) = (Line(), Line(), Line(), Line());
            _renderer.SetLines(_past, _forecast, _low, _high);
            var fan = new GameObject("Fan");
            _made.Add(fan);
            _fan = fan.AddComponent<MeshFilter>();
            _renderer.SetFan(_fan);
            _renderer.SetScale(0.5f, 2f);
            _renderer.PastSamples = 4;
        }

        [TearDown]
        public void CleanUp()
        {
            foreach (GameObject made in _made) Object.DestroyImmediate(made);
            _made.Clear();
        }

        [Test]
        public void PastAndForecastStandWhereTheyBelong()
        {
            _renderer.Draw(0.05f);
            Assert.That(_past.positionCount, Is.Zero);
            Push(9, 7, 8, 4, 2, 6);
            _renderer.Draw(0.05f);
            // The newest at 0, then back in time; only the last four.
            Assert.That(Points(_past), Is.EqualTo("(0,12) (-0.5,4) (-1,8) (-1.5,16)"));
            // From the sample before, 2, were expected 2 and 2; the picture begins there. Now it is 4 and 3.
            Assert.That(Points(_forecast), Is.EqualTo("(0,12) (0.5,4) (1,4)"));
            Assert.That(_forecaster.Forecast.ToArray(), Is.EqualTo(new[] { 4f, 3f }));

            // Half an interval later everything is half a step further left, and half way to what is expected now.
            _renderer.Draw(0.05f);
            Assert.That(Points(_past), Is.EqualTo("(-0.25,12) (-0.75,4) (-1.25,8) (-1.75,16)"));
            Assert.That(Points(_forecast), Is.EqualTo("(-0.25,12) (0.25,6) (0.75,5)"));
            _renderer.Draw(5f);
            _renderer.Draw(0f);
            Assert.That(Points(_forecast), Is.EqualTo("(-0.5,12) (0,8) (0.5,6)"), "it waits at the end of a step");
        }

        [Test]
        public void TheBandOpensLikeAFan()
        {
            Push(2, 2, 2);
            _renderer.Draw(0f);
            Assert.That(_low.positionCount, Is.EqualTo(3));
            Assert.That(_low.GetPosition(0).y, Is.EqualTo(4f));
            Assert.That(_low.GetPosition(1).y, Is.EqualTo(2f * _forecaster.Low[0]));
            Assert.That(_high.GetPosition(2).y, Is.EqualTo(2f * _forecaster.High[1]));
            Assert.That(_forecaster.High[0] - _forecaster.Low[0], Is.EqualTo(0.36f).Within(0.02f));
            Vector3[] corners = _fan.sharedMesh.vertices;
            Assert.That(corners.Length, Is.EqualTo(6));
            for (int i = 0; i < 3; i++)
            {
                Assert.That(corners[i], Is.EqualTo(_low.GetPosition(i)));
                Assert.That(corners[3 + i], Is.EqualTo(_high.GetPosition(i)));
            }
            Assert.That(_fan.sharedMesh.triangles, Is.EqualTo(new[] { 0, 3, 1, 1, 3, 4, 1, 4, 2, 2, 4, 5 }));
        }

        [Test]
        public void WithoutABandThereIsNoFan()
        {
            _forecaster.Model = SequenceModelAsset.Create(Tide.Linear(0.5f, 1f));
            Push(2, 2, 2);
            _renderer.Draw(0f);
            Assert.That((_forecast.positionCount, _low.positionCount, _high.positionCount), Is.EqualTo((3, 0, 0)));
            Assert.That(_fan.sharedMesh.vertices.Distinct().Count(), Is.EqualTo(1));
        }

        [Test]
        public void DisabledItShowsNothingAndEnabledItBeginsAnew()
        {
            Push(2, 3, 4);
            _renderer.Draw(0f);
            Assert.That(_past.positionCount, Is.EqualTo(3));
            _renderer.enabled = false;
            Assert.That(_past.positionCount + _forecast.positionCount + _low.positionCount + _high.positionCount, Is.Zero);
            Push(5);
            _renderer.enabled = true;
            _renderer.Draw(0f);
            Assert.That(_past.positionCount, Is.Zero);
            Push(6);
            _renderer.Draw(0f);
            Assert.That(Points(_past), Is.EqualTo("(0,12)"));
        }

        [Test]
        public void LinesAndForecasterMayBeDestroyedOrExchanged()
        {
            Push(2, 3, 4);
            Object.DestroyImmediate(_low);
            _renderer.Draw(0f);
            Assert.That(_high.positionCount, Is.EqualTo(3));
            var other = new GameObject("Other");
            _made.Add(other);
            var second = other.AddComponent<SequenceForecaster>();
            second.Learns = false;
            SequenceForecaster first = _forecaster;
            _renderer.Forecaster = second;
            Push(5);
            second.Push(new[] { 1f });
            _renderer.Draw(0f);
            Assert.That(Points(_past), Is.EqualTo("(0,2)"));
            Assert.That(_forecast.positionCount, Is.Zero);
            Object.DestroyImmediate(other);
            _renderer.Draw(0f);
            _renderer.Forecaster = first;
            Push(6);
            _renderer.Draw(0f);
            Assert.That(Points(_past), Is.EqualTo("(0,12)"));
        }

        [Test]
        public void DrawingAllocatesNothing()
        {
            _renderer.PastSamples = 100;
            var sample = new float[1];
            for (int i = 0; i < 120; i++)
            {
                _forecaster.Push(sample);
                _renderer.Draw(0.05f);
            }
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 50; i++)
            {
                _forecaster.Push(sample);
                _renderer.Draw(0.05f);
                _renderer.Draw(0.05f);
            }
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        private static string Points(LineRenderer line) =>
            string.Join(" ", Enumerable.Range(0, line.positionCount).Select(i => FormattableString.Invariant($"({line.GetPosition(i).x:0.##},{line.GetPosition(i).y:0.##})")));

        private LineRenderer Line()
        {
            var owner = new GameObject("Line");
            _made.Add(owner);
            var line = owner.AddComponent<LineRenderer>();
            line.positionCount = 0;
            return line;
        }

        private void Push(params float[] values)
        {
            foreach (float value in values) _forecaster.Push(new[] { value });
        }
    }
}
