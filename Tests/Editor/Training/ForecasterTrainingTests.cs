using System;
using System.Collections.Generic;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using Recurrent.Diagnostics;
using UnityEngine;
using Object = UnityEngine.Object;

namespace RecurrentEditor.Tests
{
    public sealed class ForecasterTrainingTests
    {
        private GameObject _owner = null!;
        private SequenceForecaster _forecaster = null!;

        [SetUp]
        public void SetUp()
        {
            _owner = new GameObject("Tide");
            _forecaster = _owner.AddComponent<SequenceForecaster>();
            (_forecaster.LookBack, _forecaster.Horizon, _forecaster.HiddenSize, _forecaster.History) = (5, 2, 4, 60);
        }

        [TearDown]
        public void TearDown() => Object.DestroyImmediate(_owner);

        private void Push(int count)
        {
            for (int i = 0; i < count; i++) _forecaster.Push(new[] { (float)Math.Sin(0.4 * _forecaster.SampleCount) });
        }

        private static List<float> Losses(IMonitoredTraining training)
        {
            var epochs = new List<EpochRecord>();
            Assert.That(training.ReadEpochs(0, epochs), Is.EqualTo(epochs.Count));
            return epochs.ConvertAll(epoch => (float)epoch.TrainLoss);
        }

        [Test]
        public void ARunIsTheLifeOfALearner()
        {
            var training = new ForecasterTraining(_forecaster);
            Assert.That((training.Activity, training.Runs), Is.EqualTo((TrainingActivity.Idle, 0L)));
            training.ProfilesGradients = true;
            Push(40);
            Assert.That((training.Activity, training.Runs), Is.EqualTo((TrainingActivity.Running, 1L)));
            _forecaster.Learner!.Train(40);
            Assert.That(Losses(training).Count, Is.GreaterThan(1));
            Assert.That(Losses(training), Does.Contain((float)_forecaster.Learner.Loss));
            Assert.That(training.GradientProfile!.Norms(0).Length, Is.EqualTo(5));
            _forecaster.Reopen();
            Push(40);
            Assert.That(training.Runs, Is.EqualTo(2));
            Assert.That(Losses(training), Is.Empty);
            Assert.That(_forecaster.Learner!.ProfilesGradients, Is.True, "also of the new one");
        }

        [Test]
        public void StoppedAndStartedAnewItCountsFromThere()
        {
            var training = new ForecasterTraining(_forecaster);
            Push(40);
            _forecaster.Learner!.Train(30);
            int before = Losses(training).Count;
            training.Pause();
            Assert.That((_forecaster.Learns, training.Activity), Is.EqualTo((false, TrainingActivity.Paused)));
            training.Resume();
            Assert.That((_forecaster.Learns, training.Activity, training.Runs), Is.EqualTo((true, TrainingActivity.Running, 1L)));
            training.Stop();
            Assert.That((_forecaster.Learns, training.Activity, _forecaster.Learner.IsInRound), Is.EqualTo((false, TrainingActivity.Idle, false)));
            training.Start();
            Assert.That((_forecaster.Learns, training.Runs), Is.EqualTo((true, 2L)));
            Assert.That(Losses(training), Is.Empty);
            Push(3);
            _forecaster.Learner.Train(30);
            Assert.That(Losses(training).Count, Is.GreaterThan(0));
            var all = new List<EpochRecord>();
            Assert.That(_forecaster.Learner.ReadEpochs(0, all), Is.EqualTo(before + Losses(training).Count));
        }
    }
}
