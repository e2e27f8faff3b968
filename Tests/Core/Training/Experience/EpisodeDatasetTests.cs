using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class EpisodeDatasetTests
    {
        private static readonly EpisodeLayout Masked = new EpisodeLayout(2, new[] { 2, 3 }, 1, hasMasks: true);

        private static Episode Made() => new Episode(Masked, new[] { 1f, 10, 2, 20, 3, 30 }, new[] { 0, 2, 1, 1, 0, 0 }, new[] { 0.5f, 0.6f, 0.7f }, new[]
        {
            true, false, false, false, true,
            true, true, true, true, true,
            true, false, true, false, false,
        });

        [Test]
        public void AStepHasTheObservationAndTheActionWithItsMask()
        {
            var data = new EpisodeDataset(new[] { Made(), EpisodeExamples.Draw(Masked, 5, 1) });
            Assert.That((data.Count, data.InputSize, data.TargetSize, data.MaxSteps, data.MaxTargetSteps), Is.EqualTo((2, 2, 2 + 1 + 5, 5, 5)));
            float[] input = TrainingExamples.Input(data, 0, out float[] target);
            Assert.That(input, Is.EqualTo(new[] { 1f, 10, 2, 20, 3, 30 }));
            Assert.That(target, Is.EqualTo(new[]
            {
                0, 2, 0.5f, 1, 0, 0, 0, 1,
                1, 1, 0.6f, 1, 1, 1, 1, 1,
                0, 0, 0.7f, 1, 0, 1, 0, 0,
            }));
        }

        [Test]
        public void ObservationsAreScaledByWhatTheTrainingPartHas()
        {
            Scaler scaler = EpisodeDataset.Fit(new StandardScaler(), new[] { Made(), new Episode(Masked, new[] { 6f, 40 }, new int[2], new float[1], new[] { true, true, true, true, true }) });
            Assert.That(scaler.Offset.ToArray(), Is.EqualTo(new[] { 3f, 25 }));
            Assert.That(scaler.Scale[0], Is.EqualTo(System.Math.Sqrt((4 + 1 + 0 + 9) / 4.0)).Within(1e-6));
            float[] input = TrainingExamples.Input(new EpisodeDataset(new[] { Made() }, scaler), 0, out _);
            Assert.That(input[4], Is.EqualTo(0f));
            Assert.That(input[0], Is.EqualTo(-2 / System.Math.Sqrt(3.5)).Within(1e-6));
        }

        [Test]
        public void LongEpisodesAreCutAndNeverJoined()
        {
            var data = new EpisodeDataset(new[] { EpisodeExamples.Draw(EpisodeExamples.Simple, 5, 2), EpisodeExamples.Draw(EpisodeExamples.Simple, 2, 3) }, maxSteps: 2);
            Assert.That(new[] { data.Count, data.Steps(0), data.Steps(1), data.Steps(2), data.Steps(3) }, Is.EqualTo(new[] { 4, 2, 2, 1, 2 }));
            Episode first = EpisodeExamples.Draw(EpisodeExamples.Simple, 5, 2);
            Assert.That(TrainingExamples.Input(data, 2, out float[] target), Is.EqualTo(first.Observation(4).ToArray()));
            Assert.That(target, Is.EqualTo(new[] { (float)first.Discrete(4)[0] }));
        }

        [Test]
        public void RefusesWhatDoesNotFit()
        {
            Assert.That(() => new EpisodeDataset(new Episode[0]), Throws.ArgumentException.With.Message.Contains("at least one episode, got none"));
            Assert.That(() => new EpisodeDataset(new[] { Made(), EpisodeExamples.Draw(EpisodeExamples.Simple, 2, 1) }), Throws.ArgumentException.With.Message.Contains("episode 1"));
            Scaler scaler = EpisodeDataset.Fit(new StandardScaler(), new[] { EpisodeExamples.Draw(EpisodeExamples.Everything, 3, 1) });
            Assert.That(() => new EpisodeDataset(new[] { Made() }, scaler), Throws.ArgumentException.With.Message.Contains("3 columns, expected 2"));
        }
    }
}
