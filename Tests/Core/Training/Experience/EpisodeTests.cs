using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class EpisodeTests
    {
        private static readonly EpisodeLayout Masked = new EpisodeLayout(2, new[] { 3 }, 1, hasMasks: true);

        [Test]
        public void AStepIsAnObservationAndTheActionTakenOnIt()
        {
            var episode = new Episode(Masked, new[] { 1f, 2, 3, 4 }, new[] { 2, 0 }, new[] { 0.5f, -0.5f }, new[] { false, true, true, true, false, false }, isWhole: false);
            Assert.That(episode.Steps, Is.EqualTo(2));
            Assert.That(episode.IsWhole, Is.False);
            Assert.That(episode.Observation(1).ToArray(), Is.EqualTo(new[] { 3f, 4 }));
            Assert.That(episode.Discrete(0).ToArray(), Is.EqualTo(new[] { 2 }));
            Assert.That(episode.Continuous(1).ToArray(), Is.EqualTo(new[] { -0.5f }));
            Assert.That(episode.Mask(0).ToArray(), Is.EqualTo(new[] { false, true, true }));
        }

        [Test]
        public void RowsWithTheActionBeforeAreShiftedByOne()
        {
            // Row: observation, action before it, what is allowed on it. The action of row 0 was taken on something that was not recorded.
            var rows = Episode.FromPreviousActions(Masked, new[] { 10f, 11, 20, 21, 30, 31 }, new[] { 0, 1, 2 }, new[] { 0f, 0.1f, 0.2f },
                new[] { false, true, false, false, false, true, true, false, false }, isWhole: true);
            Assert.That(rows.Steps, Is.EqualTo(2));
            Assert.That(rows.Observation(0).ToArray(), Is.EqualTo(new[] { 10f, 11 }));
            Assert.That(rows.Discrete(0)[0], Is.EqualTo(1));
            Assert.That(rows.Continuous(0)[0], Is.EqualTo(0.1f));
            Assert.That(rows.Mask(0).ToArray(), Is.EqualTo(new[] { false, true, false }));
            Assert.That(rows.Observation(1).ToArray(), Is.EqualTo(new[] { 20f, 21 }));
            Assert.That(rows.Discrete(1)[0], Is.EqualTo(2));
            Assert.That(rows.Continuous(1)[0], Is.EqualTo(0.2f));
            Assert.That(rows.Mask(1).ToArray(), Is.EqualTo(new[] { false, false, true }));
            Assert.That(() => Episode.FromPreviousActions(Masked, new[] { 10f, 11 }, new[] { 0 }, new[] { 0f }, new[] { true, true, true }, true), Throws.ArgumentException.With.Message.Contains("got 1 rows"));
        }

        [Test]
        public void RefusesWhatCannotBePlay()
        {
            Assert.That(() => new Episode(Masked, new float[0], new int[0], new float[0], new bool[0]), Throws.ArgumentException.With.Message.Contains("got 0 observations, expected one step of 2 or more"));
            Assert.That(() => new Episode(Masked, new float[3], new int[1], new float[1], new bool[3]), Throws.ArgumentException.With.Message.Contains("got 3 observations"));
            Assert.That(() => Of(new[] { 1f, 2, 3, float.NaN }, 0, 0), Throws.ArgumentException.With.Message.EqualTo("Episode: step 1, 'o1': expected a finite number, got NaN."));
            Assert.That(() => Of(new float[4], 0, 3), Throws.ArgumentException.With.Message.EqualTo("Episode: step 1, 'a0': expected an action 0 to 2, got 3."));
            Assert.That(() => Of(new float[4], -1, 0), Throws.ArgumentException.With.Message.EqualTo("Episode: step 0, 'a0': expected an action 0 to 2, got -1."));
            Assert.That(() => Of(new float[4], 0, 0, false, false, false), Throws.ArgumentException.With.Message.EqualTo("Episode: step 1, 'a0': the mask forbids all 3 actions."));
            Assert.That(() => Of(new float[4], 0, 1, true, false, true), Throws.ArgumentException.With.Message.EqualTo("Episode: step 1, 'a0': the mask forbids action 1, which was taken."));
            Assert.That(() => new Episode(Masked, new float[4], new int[3], new float[2], new bool[6]), Throws.ArgumentException.With.Message.Contains("got 3 discrete actions, expected 2 × 1"));
            Assert.That(() => new Episode(Masked, new float[4], new int[2], new[] { 0, float.PositiveInfinity }, new[] { true, true, true, true, true, true }), Throws.ArgumentException.With.Message.Contains("step 1, 'c0'"));
            Assert.That(() => new Episode(Masked, new float[4], new int[2], new float[2]), Throws.ArgumentException.With.Message.Contains("got 0 entries of masks, expected 2 × 3"));
        }

        private static Episode Of(float[] observations, int first, int second, params bool[] secondMask)
        {
            bool[] mask = { true, true, true, true, true, true };
            secondMask.CopyTo(mask, 3);
            return new Episode(Masked, observations, new[] { first, second }, new float[2], mask);
        }
    }
}
