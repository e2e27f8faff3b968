using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class TrainingMonitorTests
    {
        private static readonly DateTime Noon = new DateTime(2026, 5, 3, 12, 0, 0, DateTimeKind.Utc);

        private RehearsedTraining _guard = null!, _wolf = null!;
        private TrainingMonitor _monitor = null!;
        private IMonitoredTraining[] _all = null!;

        [SetUp]
        public void SetUp()
        {
            _guard = new RehearsedTraining("Guard");
            _wolf = new RehearsedTraining("Wolf", epochs: 3, validated: false);
            _all = new IMonitoredTraining[] { _guard, _wolf };
            _monitor = new TrainingMonitor(new RunHistory());
        }

        [TearDown]
        public void TearDown()
        {
            _guard.Dispose();
            _wolf.Dispose();
        }

        private void Look() => _monitor.Update(_all, Noon);

        private static double[] Losses(IEnumerable<EpochRecord> epochs) => epochs.Select(epoch => epoch.TrainLoss).ToArray();

        private (bool, bool, bool, bool) Buttons => (_monitor.CanStart, _monitor.CanPause, _monitor.CanResume, _monitor.CanStop);

        [Test]
        public void TheButtonsBeginRestGoOnAndEnd()
        {
            Look();
            Assert.That(_monitor.Selected, Is.SameAs(_guard));
            Assert.That(Buttons, Is.EqualTo((true, false, false, false)));
            Assert.That(_monitor.Status, Is.EqualTo("Ready to begin."));
            _monitor.Start();
            Look();
            Assert.That(_guard.Trainer.Outcome, Is.EqualTo(TrainingOutcome.Running));
            Assert.That(Buttons, Is.EqualTo((false, true, false, true)));
            _guard.Batch();
            _monitor.Pause();
            long step = _guard.Trainer.Progress.Step;
            _guard.Batch();
            Look();
            Assert.That(_guard.Trainer.Progress.Step, Is.EqualTo(step));
            Assert.That(Buttons, Is.EqualTo((false, false, true, true)));
            Assert.That(_monitor.Status, Does.StartWith("Paused: epoch 1 of 6 · loss "));
            _monitor.Resume();
            _guard.Batch();
            Assert.That(_guard.Trainer.Progress.Step, Is.EqualTo(step + 1));
            _monitor.Stop();
            Look();
            Assert.That(_guard.Trainer.Outcome, Is.EqualTo(TrainingOutcome.Cancelled));
            Assert.That(Buttons, Is.EqualTo((true, false, false, false)));
            Assert.That(_monitor.Status, Is.EqualTo("Cancelled in epoch 1 of 6."));
            Assert.That(_wolf.Runs, Is.Zero);
        }

        [Test]
        public void ButtonsThatAreGreyDoNothing()
        {
            _guard.WhyNotStart = "There is no model.";
            Look();
            _monitor.Start();
            _monitor.Pause();
            _monitor.Resume();
            _monitor.Stop();
            Assert.That(_guard.Runs, Is.Zero);
            Assert.That(_guard.IsPaused, Is.False);
            Assert.That(_monitor.Status, Is.EqualTo("There is no model."));
        }

        [Test]
        public void TheCurvesHoldTheTrainersLossesHoweverSeldomOneLooks([Values(1, 7, 100)] int batches)
        {
            Look();
            _monitor.Start();
            for (int i = 0; _guard.Activity == TrainingActivity.Running; i++)
            {
                _guard.Batch();
                if (i % batches == 0) Look();
            }
            Look();
            Assert.That(Losses(_monitor.Epochs), Is.EqualTo(Losses(_guard.Trainer.History)));
            Assert.That(_monitor.Epochs.Select(epoch => epoch.ValidationLoss), Is.EqualTo(_guard.Trainer.History.Select(epoch => epoch.ValidationLoss)));
            (float[] steps, float[] norms) = _monitor.GradientNorms;
            Assert.That(steps, Is.Ordered.And.Length.EqualTo(norms.Length));
            Assert.That(steps.Last(), Is.EqualTo(24));
            Assert.That(norms.Last(), Is.EqualTo((float)_guard.Trainer.Progress.GradientNorm));
            if (batches == 1) Assert.That(steps.Length, Is.EqualTo(24));
        }

        [Test]
        public void OnlyWhatIsSelectedAndSeenProfilesItsGradients()
        {
            Look();
            Assert.That(_guard.ProfilesGradients, Is.False);
            _monitor.IsSeen = true;
            Assert.That((_guard.ProfilesGradients, _wolf.ProfilesGradients), Is.EqualTo((true, false)));
            _monitor.Start();
            _guard.Batch();
            Look();
            Assert.That(_monitor.GradientProfile!.Step, Is.EqualTo(1));
            Assert.That(_monitor.GradientProfile.Norms(1).ToArray(), Is.EqualTo(_guard.Trainer.GradientProfile!.Norms(1).ToArray()));
            _monitor.Selected = _wolf;
            Assert.That((_guard.ProfilesGradients, _wolf.ProfilesGradients), Is.EqualTo((false, true)));
            Assert.That(_monitor.GradientProfile, Is.Null);
            _monitor.IsSeen = false;
            Assert.That(_wolf.ProfilesGradients, Is.False);
        }

        [Test]
        public void ARunIsRememberedOnceWithWhatItCameTo()
        {
            Look();
            _monitor.Start();
            for (int i = 0; i < 9; i++) _guard.Batch();
            Look();
            _guard.ToTheEnd();
            for (int i = 0; i < 3; i++) _monitor.Update(_all, Noon.AddMinutes(1));
            Assert.That(_monitor.History.Runs.Count, Is.EqualTo(1));
            RunRecord run = _monitor.History.Runs[0];
            TrainingResult result = _guard.Trainer.Result();
            Assert.That(run.Name, Is.EqualTo("Guard"));
            Assert.That(run.Outcome, Is.EqualTo(TrainingOutcome.Completed));
            Assert.That(run.Message, Is.EqualTo("All 6 epochs are done."));
            Assert.That((run.EpochCount, run.BestEpoch, run.BestLoss), Is.EqualTo((6L, result.BestEpoch, result.BestLoss)));
            Assert.That(Losses(run.Epochs), Is.EqualTo(Losses(result.History)));
            Assert.That(run.Began, Is.EqualTo(Noon).Within(TimeSpan.FromSeconds(5)));
            Assert.That(run.Elapsed, Is.EqualTo(_guard.Trainer.Progress.Elapsed));
        }

        [Test]
        public void ARunThatNobodySawIsRememberedToo()
        {
            Look();
            _wolf.Start();
            _wolf.ToTheEnd();
            Look();
            Assert.That(_monitor.History.Runs.Single().Name, Is.EqualTo("Wolf"));
            Assert.That(Losses(_monitor.History.Runs[0].Epochs), Is.EqualTo(Losses(_wolf.Trainer.History)));
            Assert.That(_monitor.History.Runs[0].BestLoss, Is.EqualTo(_wolf.Trainer.Result().BestLoss));
            _wolf.Start();
            _wolf.Batch();
            Look();
            _wolf.Stop();
            _wolf.Start();
            Look();
            Assert.That(_monitor.History.Runs.Select(run => run.Message), Is.EqualTo(new[] { "Cancelled in epoch 1 of 3.", "All 3 epochs are done." }));
        }

        [Test]
        public void ARunThatHadEndedBeforeIsNotRemembered()
        {
            _guard.Start();
            _guard.ToTheEnd();
            Look();
            Assert.That(_monitor.History.Runs, Is.Empty);
            Assert.That(Losses(_monitor.Epochs), Is.EqualTo(Losses(_guard.Trainer.History)));
        }

        [Test]
        public void WhatIsGoneOrInterruptedIsRememberedAsFarAsItCame()
        {
            _guard.Start();
            _wolf.Start();
            Look();
            for (int i = 0; i < 14; i++) _guard.Batch();
            _wolf.Batch();
            Look();
            _all = new IMonitoredTraining[] { _wolf };
            Look();
            Assert.That(_monitor.Selected, Is.SameAs(_wolf));
            Assert.That(_monitor.Trainings, Is.EqualTo(_all));
            RunRecord run = _monitor.History.Runs.Single();
            Assert.That((run.Name, run.EpochCount, run.Outcome, run.Message), Is.EqualTo(("Guard", 2L, TrainingOutcome.Cancelled, "What trained is gone.")));
            Assert.That(_monitor.IsBusy, Is.True);
            for (int i = 0; i < 5; i++) _wolf.Batch();
            _monitor.Interrupt(Noon, "The scripts are loaded anew.");
            Assert.That(_monitor.History.Runs[0].Message, Is.EqualTo("The scripts are loaded anew."));
            Assert.That(_monitor.History.Runs[0].EpochCount, Is.EqualTo(1));
            Assert.That(_monitor.IsBusy, Is.False);
            _all = Array.Empty<IMonitoredTraining>();
            Look();
            Assert.That(_monitor.History.Runs.Count, Is.EqualTo(2));
            Assert.That(_monitor.Status, Is.EqualTo("Nothing here trains."));
        }

        [Test]
        public void TheTimeLeftIsThatOfTheRestOfTheEpochs()
        {
            Look();
            _monitor.Start();
            for (int i = 0; _guard.Trainer.Progress.Epoch < 2; i++) _guard.Batch();
            Look();
            TrainingProgress progress = _guard.Trainer.Progress;
            Assert.That(_monitor.Fraction, Is.EqualTo(1 / 3.0).Within(1e-12));
            Assert.That(_monitor.Status, Does.StartWith("epoch 3 of 6 · loss ").And.Contain($", best {progress.BestLoss.ToString("G4", System.Globalization.CultureInfo.InvariantCulture)} in epoch {progress.BestEpoch}"));
            Assert.That(_monitor.Status, Does.EndWith($" · {TrainingMonitor.Describe(progress.Remaining!.Value)} left"));
        }

        [TestCase(0.4, "0 s")]
        [TestCase(59.4, "59 s")]
        [TestCase(59.6, "1 min 0 s")]
        [TestCase(200, "3 min 20 s")]
        [TestCase(7500, "2 h 5 min")]
        [TestCase(7199.9, "2 h 0 min")]
        [TestCase(100000, "1 d 4 h")]
        public void ATimeIsSaidAsAPersonSaysIt(double seconds, string expected) => Assert.That(TrainingMonitor.Describe(TimeSpan.FromSeconds(seconds)), Is.EqualTo(expected));

        [Test]
        public void ThePictureIsDrawnAnewOnlyWhenSomethingIsNew()
        {
            Look();
            _monitor.Start();
            Look();
            long version = _monitor.Version;
            Look();
            Assert.That(_monitor.Version, Is.EqualTo(version));
            _guard.Batch();
            Look();
            Assert.That(_monitor.Version, Is.GreaterThan(version));
            version = _monitor.Version;
            _wolf.Start();
            _wolf.Batch();
            Look();
            _wolf.Batch();
            Look();
            Assert.That(_monitor.Version, Is.EqualTo(version));
        }

        [Test]
        public void ThePictureShowsLossesGradientsAndWhatIsCompared([Values] bool dark, [Values(500, 1200)] int width)
        {
            Skin skin = dark ? Skin.Dark : Skin.Light;
            Assert.That(Texts(_monitor, width, skin), Does.Contain("Nothing here trains."));
            Look();
            _monitor.IsSeen = true;
            _monitor.Start();
            _guard.ToTheEnd();
            Look();
            _monitor.Start();
            for (int i = 0; _guard.Trainer.Progress.Epoch < 3; i++) _guard.Batch();
            Look();
            _monitor.Compare(_monitor.History.Runs[0], true);
            string[] texts = Texts(_monitor, width, skin);
            Assert.That(texts, Does.Contain("training").And.Contain("validation").And.Contain("Loss").And.Contain("Gradient at each time step, step 12").And.Contain("0.l1"));
            Assert.That(texts, Has.Some.StartsWith("Guard, "));
            _monitor.Forget(_monitor.History.Runs[0]);
            Assert.That(_monitor.Compared, Is.Empty);
            Assert.That(Texts(_monitor, width, skin), Has.None.StartsWith("Guard, "));
        }

        private static string[] Texts(TrainingMonitor monitor, int width, Skin skin)
        {
            int height = width < 900 ? 800 : 320;
            var canvas = new StateCanvas(width, height) { TextLog = new List<(string, PixelRect)>() };
            monitor.Draw(canvas, canvas.Bounds, skin);
            foreach ((string text, PixelRect area) in canvas.TextLog) Assert.That(canvas.Bounds.Intersect(area), Is.EqualTo(area), text);
            for (int i = 0; i < canvas.TextLog.Count; i++)
                for (int k = 0; k < i; k++) Assert.That(canvas.TextLog[i].Area.Overlaps(canvas.TextLog[k].Area), Is.False, $"{canvas.TextLog[i].Text} and {canvas.TextLog[k].Text}");
            return canvas.TextLog.Select(entry => entry.Text).ToArray();
        }
    }
}
