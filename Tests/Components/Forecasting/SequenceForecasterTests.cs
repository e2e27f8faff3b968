using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UnityEngine;
using UnityEngine.SceneManagement;
using UnityEngine.TestTools;
using Object = UnityEngine.Object;

namespace Recurrent.Components.Tests
{
    [TestFixture]
    public sealed class SequenceForecasterTests
    {
        private readonly List<GameObject> _made = new List<GameObject>();

        [TearDown]
        public void CleanUp()
        {
            foreach (GameObject made in _made) Object.DestroyImmediate(made);
            _made.Clear();
        }

        [Test]
        public void ItForecastsByItsModelAndNaivelyBesideIt()
        {
            SequenceForecaster forecaster = Make(Tide.Linear(0.5f, 1f, residual: 0.2f));
            var forecasts = new List<float>();
            int sampled = 0;
            forecaster.OnForecast.AddListener(forecasts.Add);
            forecaster.Sampled += who => sampled += who == forecaster ? 1 : 100;
            foreach (float value in new[] { 7f, 8f }) Assert.That(forecaster.Push(new[] { value }), Is.True);
            Assert.That(forecaster.HasForecast, Is.False);
            Assert.That(forecaster.Forecast.Length, Is.Zero);
            forecaster.Push(new[] { 4f });
            Assert.That(forecaster.HasForecast, Is.True);
            Assert.That(forecaster.Forecast.ToArray(), Is.EqualTo(new[] { 3f, 2.5f }));
            Assert.That(forecaster.Naive.ToArray(), Is.EqualTo(new[] { 4f, 4f }));
            Assert.That(forecaster.LastSample.ToArray(), Is.EqualTo(new[] { 4f }));
            Assert.That(forecaster.Low[0], Is.EqualTo(3f - 0.18f).Within(0.01f));
            Assert.That(forecaster.High[0], Is.EqualTo(3f + 0.18f).Within(0.01f));
            Assert.That(forecasts, Is.EqualTo(new[] { 3f }));
            Assert.That((sampled, forecaster.SampleCount), Is.EqualTo((3, 3L)));
            Assert.That(forecaster.Learner, Is.Null);
        }

        [Test]
        public void AnUnlikelySampleIsASurprise()
        {
            SequenceForecaster forecaster = Make(Tide.Linear(0.5f, 1f, residual: 0.2f));
            forecaster.SurpriseThreshold = 5;
            var surprises = new List<float>();
            forecaster.OnSurprise.AddListener(surprises.Add);
            foreach (float value in new[] { 2f, 2f, 2f, 2f, 2.1f, 2.05f }) forecaster.Push(new[] { value });
            Assert.That(surprises, Is.Empty);
            Assert.That(forecaster.Surprise, Is.LessThan(3));
            forecaster.Push(new[] { 6f });
            Assert.That(forecaster.Surprise, Is.GreaterThan(7));
            Assert.That(surprises, Is.EqualTo(new[] { forecaster.Surprise }));
        }

        [Test]
        public void ANewNetworkLearnsWhatItSees()
        {
            SequenceForecaster forecaster = Make(null);
            Configure(forecaster);
            float Error(int from, int to)
            {
                double sum = 0;
                for (int t = from; t < to; t++)
                {
                    float truth = Mathf.Sin(0.4f * t);
                    sum += forecaster.HasForecast ? Math.Pow(forecaster.Forecast[0] - truth, 2) : 1;
                    forecaster.Push(new[] { truth });
                    forecaster.Advance(1 / 30f);
                }
                return (float)Math.Sqrt(sum / (to - from));
            }
            Error(0, 60);
            Assert.That(forecaster.HasForecast, Is.True);
            Assert.That(forecaster.Forecast.Length, Is.EqualTo(4));
            Error(60, 200);
            // The naive forecast is off by 0.28 in the mean.
            Assert.That(Error(200, 250), Is.LessThan(0.1f));

            // Turned off, it keeps what it has learned.
            forecaster.Learns = false;
            float[] weights = forecaster.Forecaster!.Model.Store.Values.ToArray();
            Assert.That(Error(250, 280), Is.LessThan(0.1f));
            Assert.That(forecaster.Forecaster.Model.Store.Values.ToArray(), Is.EqualTo(weights));
            forecaster.Learns = true;
            Error(280, 290);
            Assert.That(forecaster.Forecaster.Model.Store.Values.ToArray(), Is.Not.EqualTo(weights));
        }

        [Test]
        public void WithoutAModelAndWithoutLearningThereIsNoForecast()
        {
            SequenceForecaster forecaster = Make(null);
            for (int t = 0; t < 60; t++) forecaster.Push(new[] { 1f });
            Assert.That(forecaster.HasForecast, Is.False);
            Assert.That(forecaster.Naive.ToArray(), Has.All.EqualTo(1f));
        }

        [Test]
        public void AModelThatCannotForecastIsToldOnceAndItIdles()
        {
            var model = new SequenceModel(new GRU(1, 3, seed: 1), new Linear(3, 1, seed: 2));
            SequenceForecaster forecaster = Make(model);
            LogAssert.Expect(LogType.Error, new Regex("^SequenceForecaster 'Buoy': the model cannot forecast. the model has no 'forecaster' in its metadata"));
            for (int t = 0; t < 5; t++) Assert.That(forecaster.Push(new[] { 1f }), Is.False);
            Assert.That(forecaster.HasForecast, Is.False);
            forecaster.Advance(1f);

            // Bytes that are a forecaster's are another try, and so is another asset.
            forecaster.Model!.SetBytes(Tide.Linear(0.5f, 1f).ToBytes(), ModelFormat.Safetensors);
            for (int t = 0; t < 3; t++) Assert.That(forecaster.Push(new[] { 4f }), Is.True);
            Assert.That(forecaster.Forecast[0], Is.EqualTo(3f));
            forecaster.Model!.SetBytes(new byte[] { 1, 2, 3 }, ModelFormat.Safetensors);
            LogAssert.Expect(LogType.Error, new Regex("^SequenceForecaster 'Buoy': the model cannot forecast. "));
            for (int t = 0; t < 3; t++) Assert.That(forecaster.Push(new[] { 4f }), Is.False);
            Assert.That(forecaster.Forecast.Length + forecaster.Naive.Length + forecaster.LastSample.Length, Is.Zero);
            forecaster.Model = SequenceModelAsset.Create(Tide.Linear(2f, 0f));
            for (int t = 0; t < 3; t++) Assert.That(forecaster.Push(new[] { 4f }), Is.True);
            Assert.That(forecaster.Forecast.ToArray(), Is.EqualTo(new[] { 8f, 16f }));
        }

        [Test]
        public void AnAssetSwappedWhileRunningCountsFromTheNextSample()
        {
            SequenceForecaster forecaster = Make(Tide.Linear(0.5f, 1f));
            forecaster.Learns = true;
            SequenceModelAsset old = forecaster.Model!;
            for (int t = 0; t < 60; t++) forecaster.Push(new[] { 4f });
            forecaster.StepsPerFrame = 1;
            forecaster.Advance(0.1f);
            Assert.That(forecaster.Learner, Is.Not.Null);
            forecaster.Model = SequenceModelAsset.Create(Tide.Linear(2f, 0f));
            Assert.That(forecaster.HasForecast, Is.True, "the old one goes on until then");
            forecaster.Push(new[] { 1f });
            Assert.That(forecaster.SampleCount, Is.EqualTo(1));
            Assert.That(forecaster.HasForecast, Is.False);
            forecaster.Push(new[] { 2f });
            forecaster.Push(new[] { 3f });
            Assert.That(forecaster.Forecast.ToArray(), Is.EqualTo(new[] { 6f, 12f }));

            // The old asset is no longer heard.
            old.SetBytes(new byte[3], ModelFormat.Safetensors);
            Assert.That(forecaster.Push(new[] { 3f }), Is.True);
            Assert.That(forecaster.SampleCount, Is.EqualTo(4));
        }

        [Test]
        public void BadSamplesAreLeftOutAndToldOnce()
        {
            SequenceForecaster forecaster = Make(Tide.Linear(0.5f, 1f));
            for (int t = 0; t < 3; t++) forecaster.Push(new[] { 4f });
            LogAssert.Expect(LogType.Error, new Regex("^SequenceForecaster 'Buoy': Forecaster: column 0 of the sample holds NaN; expected a finite number.*The sample is left out.$", RegexOptions.Singleline));
            for (int t = 0; t < 4; t++) Assert.That(forecaster.Push(new[] { float.NaN }), Is.False);
            Assert.That(forecaster.Push(new[] { 1f, 2f }), Is.False, "one run of bad samples is told once");
            Assert.That(forecaster.LastSample.ToArray(), Is.EqualTo(new[] { 4f }));
            Assert.That(forecaster.Forecast[0], Is.EqualTo(3f));
            Assert.That(forecaster.Push(new[] { 2f }), Is.True);
            LogAssert.Expect(LogType.Error, new Regex("^SequenceForecaster 'Buoy': Forecaster: expected a sample of 1 values, got 2."));
            Assert.That(forecaster.Push(new[] { 1f, 2f }), Is.False);
            Assert.That(forecaster.Forecast[0], Is.EqualTo(2f));
        }

        [UnityTest]
        public IEnumerator ItSamplesItsSourceWhileItIsEnabled()
        {
            SequenceForecaster forecaster = Make(Tide.Linear(0.5f, 1f));
            Tide tide = forecaster.gameObject.AddComponent<Tide>();
            tide.Value = t => t;
            forecaster.enabled = false;
            yield return null;
            Assert.That(tide.Reads, Is.Zero);
            forecaster.Interval = 1e-5f;
            forecaster.enabled = true;
            for (int i = 0; i < 5; i++) yield return null;
            Assert.That(tide.Reads, Is.InRange(4, 6), "a sample a frame");
            Assert.That(forecaster.SampleCount, Is.EqualTo(tide.Reads));
            Assert.That(forecaster.Forecast[0], Is.EqualTo(0.5f * (tide.Reads - 1) + 1f));

            // After a gap the series begins anew.
            int before = tide.Reads;
            forecaster.gameObject.SetActive(false);
            Assert.That(forecaster.HasForecast, Is.False);
            yield return null;
            Assert.That(tide.Reads, Is.EqualTo(before));
            forecaster.gameObject.SetActive(true);
            yield return null;
            Assert.That((forecaster.SampleCount, tide.Reads - before), Is.EqualTo((1L, 1)).Or.EqualTo((2L, 2)));
            Object.Destroy(forecaster);
            yield return null;
            before = tide.Reads;
            yield return null;
            Assert.That(tide.Reads, Is.EqualTo(before));
        }

        [Test]
        public void TheIntervalIsKeptWhateverTheFrames()
        {
            SequenceForecaster forecaster = Make(Tide.Linear(0.5f, 1f));
            Tide tide = forecaster.gameObject.AddComponent<Tide>();
            forecaster.enabled = false;
            forecaster.enabled = true;
            forecaster.Interval = 0.1f;
            for (int i = 0; i < 300; i++) forecaster.Advance(1 / 60f);
            Assert.That(tide.Reads, Is.InRange(49, 51));
            int before = tide.Reads;
            forecaster.Advance(3f);
            Assert.That(tide.Reads, Is.EqualTo(before + 1), "a long frame has one value");
        }

        [UnityTest]
        public IEnumerator DestroyedWhileItLearnsNothingRemains()
        {
            Scene own = SceneManager.CreateScene("Harbour"), home = SceneManager.GetActiveScene();
            SceneManager.SetActiveScene(own);
            SequenceForecaster forecaster = Make(null);
            _made.Clear();
            SceneManager.SetActiveScene(home);
            Configure(forecaster);
            SequenceModelAsset asset = SequenceModelAsset.Create(Tide.Linear(0.5f, 1f));
            forecaster.Model = asset;
            for (int t = 0; t < 80; t++) forecaster.Push(new[] { Mathf.Sin(t) });
            forecaster.StepsPerFrame = 1;
            yield return null;
            ForecastLearner learner = forecaster.Learner!;
            yield return SceneManager.UnloadSceneAsync(own);
            Assert.That(forecaster == null, Is.True);
            Assert.That(() => learner.Train(1), Throws.InstanceOf<ObjectDisposedException>());
            asset.SetBytes(new byte[3], ModelFormat.Safetensors);
            Assert.That(forecaster!.Push(new[] { 1f }), Is.False);
            Assert.That(forecaster.Forecaster, Is.Null);
        }

        [UnityTest]
        public IEnumerator ItSurvivesASceneChangeWhereItsObjectDoes()
        {
            Scene own = SceneManager.CreateScene("Harbour"), home = SceneManager.GetActiveScene();
            SceneManager.SetActiveScene(own);
            SequenceForecaster forecaster = Make(Tide.Linear(0.5f, 1f));
            SceneManager.SetActiveScene(home);
            Object.DontDestroyOnLoad(forecaster.gameObject);
            for (int t = 0; t < 3; t++) forecaster.Push(new[] { 4f });
            yield return SceneManager.UnloadSceneAsync(own);
            Assert.That(forecaster.SampleCount, Is.EqualTo(3));
            forecaster.Push(new[] { 2f });
            Assert.That(forecaster.Forecast[0], Is.EqualTo(2f));
        }

        [Test]
        public void RunningSteadilyAllocatesNothing()
        {
            SequenceForecaster forecaster = Make(Tide.Linear(0.5f, 1f, residual: 0.2f));
            forecaster.gameObject.AddComponent<Tide>();
            forecaster.enabled = false;
            forecaster.enabled = true;
            forecaster.Interval = 0.01f;
            float sum = 0;
            forecaster.Sampled += who => sum += who.Forecast.Length + who.High.Length + who.Naive.Length;
            forecaster.OnForecast.AddListener(value => sum += value);
            for (int i = 0; i < 20; i++) forecaster.Advance(0.02f);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) forecaster.Advance(0.02f);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
            Assert.That(forecaster.SampleCount, Is.EqualTo(120));
        }

        private static void Configure(SequenceForecaster forecaster)
        {
            (forecaster.Learns, forecaster.LookBack, forecaster.Horizon, forecaster.HiddenSize) = (true, 8, 4, 16);
            (forecaster.History, forecaster.StepsPerFrame, forecaster.Interval, forecaster.Seed) = (150, 8, 0, 3);
        }

        private SequenceForecaster Make(SequenceModel? model)
        {
            var owner = new GameObject("Buoy");
            _made.Add(owner);
            var forecaster = owner.AddComponent<SequenceForecaster>();
            forecaster.Learns = false;
            if (model != null) forecaster.Model = SequenceModelAsset.Create(model.ToBytes());
            return forecaster;
        }
    }
}
