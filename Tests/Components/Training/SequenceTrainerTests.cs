using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using NUnit.Framework;
using UnityEngine;
using UnityEngine.SceneManagement;
using UnityEngine.TestTools;
using Object = UnityEngine.Object;

namespace Recurrent.Components.Tests
{
    /// <summary>What is learned: of two observations the action 1 where their running sum is above 0, and the first one negated as continuous action.</summary>
    [TestFixture]
    public sealed class SequenceTrainerTests
    {
        private static readonly EpisodeLayout Layout = new EpisodeLayout(2, new[] { 2 }, 1);

        private readonly List<Object> _made = new List<Object>();

        [TearDown]
        public void CleanUp()
        {
            foreach (Object made in _made)
                if (made != null) Object.DestroyImmediate(made);
            _made.Clear();
            foreach (string folder in new[] { "TrainerTests", "Models" })
            {
                string path = Path.Combine(Application.persistentDataPath, folder);
                if (Directory.Exists(path)) Directory.Delete(path, true);
            }
        }

        [UnityTest]
        public IEnumerator ItLearnsWhatWasRecorded([Values] TrainingPlace place)
        {
            SequenceTrainer trainer = Make(place);
            SequenceModelAsset asset = trainer.Model!;
            trainer.Recorder = Record(Episodes(24, 20));
            (int ended, int heard, bool wasEmpty) = (0, 0, true);
            trainer.Ended += result => ended++;
            trainer.OnEnded.AddListener(() => heard++);
            trainer.SaveAs = "student";
            Assert.That(trainer.Begin(), Is.True);
            Assert.That(trainer.State, Is.EqualTo(TrainerState.Running));
            for (var clock = System.Diagnostics.Stopwatch.StartNew(); trainer.State != TrainerState.Idle && clock.Elapsed.TotalSeconds < 30;)
            {
                wasEmpty &= asset.IsEmpty;
                if (place == TrainingPlace.Background) Thread.Sleep(1);
                yield return null;
            }
            Assert.That((ended, heard, wasEmpty), Is.EqualTo((1, 1, true)));
            Assert.That(trainer.LastResult!.Outcome, Is.EqualTo(TrainingOutcome.Completed));
            Assert.That(trainer.Progress.Fraction, Is.EqualTo(1));
            Assert.That(trainer.Progress.ValidationLoss, Is.LessThan(trainer.LastResult.History[0].ValidationLoss));
            Assert.That(Accuracy(asset.Model), Is.GreaterThan(0.9));
            Assert.That(Policy.LayoutOf(asset.Model)!.Matches(Layout), Is.True);

            Assert.That(Weights(ModelFile.Load(trainer.SavePath)), Is.EqualTo(Weights(asset.Model)));
            trainer.RollBack();
            Assert.That(asset.IsEmpty, Is.True);
            Assert.That(trainer.Load(), Is.True);
            Assert.That(Accuracy(asset.Model), Is.GreaterThan(0.9));
        }

        [UnityTest]
        public IEnumerator BothPlacesGiveTheSameBits()
        {
            var weights = new List<float[]>();
            foreach (TrainingPlace place in new[] { TrainingPlace.Background, TrainingPlace.Frames })
            {
                SequenceTrainer trainer = Make(place);
                trainer.Epochs = 5;
                trainer.Begin(Episodes(10, 12));
                while (trainer.State != TrainerState.Idle)
                {
                    // Interruptions change nothing.
                    trainer.Pause();
                    Assert.That(trainer.State, Is.EqualTo(TrainerState.Paused));
                    trainer.Resume();
                    Thread.Sleep(1);
                    yield return null;
                }
                weights.Add(Weights(trainer.Model!.Model));
            }
            Assert.That(weights[0], Is.EqualTo(weights[1]));
        }

        [UnityTest]
        public IEnumerator ItRestsWhilePausedDisabledOrAsleep([Values] TrainingPlace place)
        {
            SequenceTrainer trainer = Make(place);
            trainer.Epochs = 1_000_000;
            trainer.Patience = 0;
            Assert.That(trainer.Begin(Episodes(10, 12)), Is.True);
            var waits = new (Action Sleep, Action Wake)[]
            {
                (() => trainer.Pause(), () => trainer.Resume()),
                (() => trainer.enabled = false, () => trainer.enabled = true),
                (() => trainer.gameObject.SetActive(false), () => trainer.gameObject.SetActive(true)),
                (() => trainer.SendMessage("OnApplicationPause", true), () => trainer.SendMessage("OnApplicationPause", false)),
            };
            foreach ((Action sleep, Action wake) in waits)
            {
                sleep();
                Assert.That(trainer.State, Is.EqualTo(TrainerState.Paused));
                // It takes no step, whatever time passes.
                long step = trainer.Progress.Step;
                Thread.Sleep(20);
                yield return null;
                Assert.That(trainer.Progress.Step, Is.EqualTo(step));
                wake();
                Assert.That(trainer.State, Is.EqualTo(TrainerState.Running));
                for (var clock = System.Diagnostics.Stopwatch.StartNew(); trainer.Progress.Step == step && clock.Elapsed.TotalSeconds < 30;)
                {
                    Thread.Sleep(1);
                    yield return null;
                }
                Assert.That(trainer.Progress.Step, Is.GreaterThan(step));
            }
            // Two that hold it: one that lets go is not enough.
            trainer.Pause();
            trainer.enabled = false;
            trainer.enabled = true;
            Assert.That(trainer.State, Is.EqualTo(TrainerState.Paused));
        }

        [UnityTest]
        public IEnumerator StoppedItKeepsTheBestAndRolledBackWhatWasBefore()
        {
            SequenceTrainer trainer = Make(TrainingPlace.Frames);
            SequenceModel model = Policy.Describe(new NewModel().Make(2, PolicyLoss.OutputSizeOf(Layout), 3), Layout);
            float[] before = Weights(model);
            trainer.Model = SequenceModelAsset.Create(model);
            int changes = 0;
            trainer.Model!.Changed += () => changes++;
            trainer.Epochs = 1_000_000;
            Assert.That(trainer.Begin(Episodes(10, 12)), Is.True);
            for (int i = 0; i < 1000 && trainer.Updates < 2; i++) yield return null;
            Assert.That(Weights(model), Is.Not.EqualTo(before), "what plays it has no better weights yet");
            trainer.Stop();
            Assert.That(trainer.State, Is.EqualTo(TrainerState.Idle));
            Assert.That(trainer.LastResult!.Outcome, Is.EqualTo(TrainingOutcome.Cancelled));
            Assert.That(Weights(ModelFile.Load(trainer.Model!.GetBytes())), Is.EqualTo(Weights(model)), "the asset's bytes are old");
            Assert.That(changes, Is.Zero, "whoever plays it lost its state");
            trainer.RollBack();
            Assert.That(Weights(trainer.Model!.Model), Is.EqualTo(before));
            Assert.That(Weights(ModelFile.Load(trainer.Model!.GetBytes())), Is.EqualTo(before));
        }

        [UnityTest]
        public IEnumerator DestroyedWhileItTrainsItLeavesEverythingAsItWas([Values] TrainingPlace place)
        {
            SequenceTrainer trainer = Make(place);
            SequenceModelAsset asset = trainer.Model!;
            trainer.Epochs = 1_000_000;
            trainer.Begin(Episodes(10, 12));
            yield return null;
            Object.Destroy(trainer.gameObject);
            yield return null;
            Thread.Sleep(10);
            yield return null;
            Assert.That(asset.IsEmpty, Is.True);
            Assert.That(trainer.State, Is.EqualTo(TrainerState.Idle));
        }

        [UnityTest]
        public IEnumerator ItSurvivesItsScene()
        {
            Scene own = SceneManager.CreateScene("Classroom"), home = SceneManager.GetActiveScene();
            SceneManager.SetActiveScene(own);
            SequenceTrainer survivor = Make(TrainingPlace.Background), mortal = Make(TrainingPlace.Background);
            SceneManager.SetActiveScene(home);
            SequenceModelAsset asset = survivor.Model!;
            survivor.SurvivesScenes = true;
            survivor.Epochs = 40;
            survivor.Begin(Episodes(10, 12));
            mortal.Begin(Episodes(10, 12));
            yield return SceneManager.UnloadSceneAsync(own);
            Assert.That(mortal == null, Is.True);
            Assert.That(survivor == null, Is.False);
            for (var clock = System.Diagnostics.Stopwatch.StartNew(); survivor!.State != TrainerState.Idle && clock.Elapsed.TotalSeconds < 30;)
            {
                Thread.Sleep(1);
                yield return null;
            }
            Assert.That(survivor!.LastResult!.Outcome, Is.EqualTo(TrainingOutcome.Completed));
            Assert.That(asset.IsEmpty, Is.False);
        }

        [UnityTest]
        public IEnumerator TheAssetThatWasTrainedGetsTheResult()
        {
            SequenceTrainer trainer = Make(TrainingPlace.Frames);
            SequenceModelAsset first = trainer.Model!;
            trainer.Epochs = 3;
            trainer.Begin(Episodes(10, 12));
            trainer.Model = ScriptableObject.CreateInstance<SequenceModelAsset>();
            while (trainer.State != TrainerState.Idle) yield return null;
            Assert.That((first.IsEmpty, trainer.Model!.IsEmpty), Is.EqualTo((false, true)));
        }

        [UnityTest]
        public IEnumerator ItLearnsFromExperienceThatGrows()
        {
            SequenceTrainer trainer = Make(TrainingPlace.Frames);
            SequenceModel model = new NewModel(CellKind.Rnn, 8).Make(1, 1, 5);
            trainer.Model = SequenceModelAsset.Create(model);
            var replay = new EpisodeReplay(1, 1, 1000);
            Assert.That(trainer.Begin(replay, Losses.MeanSquaredError), Is.True);
            yield return null;
            Assert.That(trainer.State, Is.EqualTo(TrainerState.Running), "it waits for episodes");
            for (int i = 0; i < 10; i++) replay.Add(new[] { 0.1f * i, 0.5f, 1f }, new[] { 0.2f * i, 1f, 2f });
            for (int i = 0; i < 2000 && trainer.Updates == 0; i++) yield return null;
            Assert.That(trainer.Updates, Is.GreaterThan(0));
            trainer.Stop();
            Assert.That(trainer.State, Is.EqualTo(TrainerState.Idle));
        }

        [Test]
        public void WithoutARecorderItLearnsTheEpisodesOfAnAsset()
        {
            SequenceTrainer trainer = Make(TrainingPlace.Frames);
            trainer.Episodes = EpisodesAsset.Create(Bytes(Episodes(24, 20)));
            _made.Add(trainer.Episodes);
            Assert.That(trainer.Begin(), Is.True);
            for (int i = 0; i < 10_000 && trainer.State != TrainerState.Idle; i++) trainer.Advance();
            Assert.That(Accuracy(trainer.Model!.Model), Is.GreaterThan(0.9));

            trainer.Episodes.SetBytes(new byte[] { 1, 2, 3 });
            trainer.Episodes.name = "Lessons";
            Refuses("Lessons: ", () => trainer.Begin());
        }

        [Test]
        public void WhatCannotBeginSaysWhy()
        {
            SequenceTrainer trainer = Make(TrainingPlace.Frames);
            Refuses("there is no recorder to learn from", () => trainer.Begin());
            trainer.Recorder = new GameObject("Recorder").AddComponent<SequenceRecorder>();
            _made.Add(trainer.Recorder.gameObject);
            trainer.Recorder.RecordingName = "never";
            Refuses("never.episodes", () => trainer.Begin());
            Refuses("there is no episode", () => trainer.Begin(new List<Episode>()));
            Refuses("the model '.*' is empty", () => trainer.Begin(new EpisodeReplay(1, 1, 10), Losses.MeanSquaredError));
            trainer.Model = SequenceModelAsset.Create(new SequenceModel(new GRU(3, 4), new Linear(4, 2)));
            Refuses("expected 4", () => trainer.Begin(Episodes(3, 5)));
            trainer.Model = null;
            Refuses("there is no model asset", () => trainer.Begin(Episodes(3, 5)));
            Assert.That(trainer.State, Is.EqualTo(TrainerState.Idle));
        }

        [Test]
        public void AFileThatIsNoModelIsRefused()
        {
            SequenceTrainer trainer = Make(TrainingPlace.Frames);
            trainer.SaveAs = "nothing";
            Assert.That(trainer.Load(), Is.False);
            Directory.CreateDirectory(Path.GetDirectoryName(trainer.SavePath)!);
            File.WriteAllText(trainer.SavePath, "no model");
            Refuses("nothing.safetensors", () => trainer.Load());
            Assert.That(trainer.Model!.IsEmpty, Is.True);
            Assert.That(() => trainer.Save(), Throws.InstanceOf<ModelFileException>());
        }

        [Test]
        public void AFrameOfTrainingAllocatesNothing()
        {
            SequenceTrainer trainer = Make(TrainingPlace.Frames);
            trainer.Epochs = 1000;
            trainer.FrameBudget = TimeSpan.FromMilliseconds(0.2);
            trainer.Begin(Episodes(10, 12));
            while (trainer.Progress.Epoch < 3) trainer.Advance();
            // The list of epochs grows once in a while.
            long least = long.MaxValue;
            for (int i = 0; i < 20; i++)
            {
                long before = GC.GetAllocatedBytesForCurrentThread();
                for (int frame = 0; frame < 10; frame++) trainer.Advance();
                least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            }
            Assert.That(least, Is.Zero);
        }

        [TestCase(10, 20, 8, 2)]
        [TestCase(1, 20, 1, 1)]
        [TestCase(3, 20, 3, 3)]
        public void EpisodesAreSetAsideWholeOrByTheirEnds(int count, int steps, int train, int validation)
        {
            List<Episode> episodes = Episodes(count, steps);
            (List<Episode> first, List<Episode> second) = EpisodeParts.Split(episodes, 0.25, 1);
            Assert.That((first.Count, second.Count), Is.EqualTo((train, validation)));
            Assert.That(first.Concat(second).Sum(episode => episode.Steps), Is.EqualTo(count * steps));
            if (count >= 4) return;
            Assert.That(second[0].Steps, Is.EqualTo(5));
            Assert.That(second[0].Observation(2).ToArray(), Is.EqualTo(episodes[0].Observation(17).ToArray()));
            Assert.That(second[0].Discrete(4)[0], Is.EqualTo(episodes[0].Discrete(19)[0]));
            Assert.That(first[0].Continuous(3)[0], Is.EqualTo(episodes[0].Continuous(3)[0]));
        }

        private static void Refuses(string reason, Func<bool> begin)
        {
            LogAssert.Expect(LogType.Error, new Regex($"SequenceTrainer 'Teacher': .*{reason}"));
            Assert.That(begin(), Is.False);
        }

        private static List<Episode> Episodes(int count, int steps, ulong seed = 1)
        {
            var random = new RandomSource(seed);
            var episodes = new List<Episode>();
            for (int i = 0; i < count; i++)
            {
                float[] observations = new float[2 * steps], continuous = new float[steps];
                int[] discrete = new int[steps];
                float sum = 0f;
                for (int t = 0; t < steps; t++)
                {
                    (observations[2 * t], observations[2 * t + 1]) = (random.NextGaussian(), random.NextGaussian());
                    sum += observations[2 * t] + observations[2 * t + 1];
                    discrete[t] = sum > 0f ? 1 : 0;
                    continuous[t] = -observations[2 * t];
                }
                episodes.Add(new Episode(Layout, observations, discrete, continuous));
            }
            return episodes;
        }

        private static byte[] Bytes(List<Episode> episodes)
        {
            string path = Path.GetTempFileName();
            EpisodeFile.Save(path, episodes);
            byte[] bytes = File.ReadAllBytes(path);
            File.Delete(path);
            return bytes;
        }

        private static double Accuracy(SequenceModel model)
        {
            using Policy policy = Policy.Open(model);
            (int right, int all) = (0, 0);
            int[] discrete = new int[1];
            float[] continuous = new float[1];
            foreach (Episode episode in Episodes(10, 20, 77))
            {
                policy.Reset();
                for (int t = 0; t < episode.Steps; t++, all++)
                {
                    policy.Act(episode.Observation(t), discrete, continuous);
                    if (discrete[0] == episode.Discrete(t)[0] && Math.Abs(continuous[0] - episode.Continuous(t)[0]) < 0.5f) right++;
                }
            }
            return right / (double)all;
        }

        private static float[] Weights(SequenceModel model) => (float[])model.Store.Values.Clone();

        private SequenceRecorder Record(List<Episode> episodes)
        {
            var owner = new GameObject("Recorder");
            _made.Add(owner);
            var recorder = owner.AddComponent<SequenceRecorder>();
            recorder.Directory = "TrainerTests";
            recorder.Layout = Layout;
            foreach (Episode episode in episodes)
            {
                for (int t = 0; t < episode.Steps; t++) recorder.RecordStep(episode.Observation(t), episode.Discrete(t), episode.Continuous(t));
                recorder.EndEpisode();
            }
            return recorder;
        }

        private SequenceTrainer Make(TrainingPlace place)
        {
            var owner = new GameObject("Teacher");
            _made.Add(owner);
            var trainer = owner.AddComponent<SequenceTrainer>();
            trainer.Model = ScriptableObject.CreateInstance<SequenceModelAsset>();
            trainer.NewModel = new NewModel(CellKind.Gru, 12);
            trainer.Place = place;
            trainer.FrameBudget = TimeSpan.FromMilliseconds(20);
            (trainer.Epochs, trainer.BatchSize, trainer.LearningRate, trainer.Patience) = (60, 8, 0.02f, 0);
            trainer.Deviation = 0.5f;
            return trainer;
        }
    }
}
