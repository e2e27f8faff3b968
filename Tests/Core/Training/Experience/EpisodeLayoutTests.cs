using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class EpisodeLayoutTests
    {
        [Test]
        public void SizesAndNamesWithoutNames()
        {
            var layout = new EpisodeLayout(3, new[] { 4, 2, 5 }, 1, hasMasks: true);
            Assert.That(layout.ObservationNames, Is.EqualTo(new[] { "o0", "o1", "o2" }));
            Assert.That(layout.BranchNames, Is.EqualTo(new[] { "a0", "a1", "a2" }));
            Assert.That(layout.ContinuousNames, Is.EqualTo(new[] { "c0" }));
            Assert.That(layout.BranchOffsets.ToArray(), Is.EqualTo(new[] { 0, 4, 6 }));
            Assert.That(layout.MaskSize, Is.EqualTo(11));
            Assert.That(layout.ToString(), Is.EqualTo("3 observations, branches of 4, 2, 5 actions, 1 continuous actions, masks"));
        }

        [Test]
        public void ComesBackFromMetadata()
        {
            EpisodeLayout layout = EpisodeExamples.Everything, back = EpisodeLayout.FromMetadata(layout.ToMetadata());
            Assert.That(layout.ToMetadata(), Is.EqualTo("{\"observations\":[\"distance, m\",\"angle\",\"\\\"seen\\\"\"],\"branches\":[{\"name\":\"move\",\"size\":3},{\"name\":\"fire\",\"size\":2}],\"continuous\":[\"steer\",\"gas\"],\"masks\":true}"));
            Assert.That(back.Matches(layout));
            Assert.That(back.ToMetadata(), Is.EqualTo(layout.ToMetadata()));
        }

        [Test]
        public void AnotherNameSizeOrMaskDoesNotMatch()
        {
            var layout = new EpisodeLayout(2, new[] { 3 });
            Assert.That(layout.Matches(new EpisodeLayout(2, new[] { 3 })));
            Assert.That(layout.Matches(new EpisodeLayout(3, new[] { 3 })), Is.False);
            Assert.That(layout.Matches(new EpisodeLayout(2, new[] { 4 })), Is.False);
            Assert.That(layout.Matches(new EpisodeLayout(2, new[] { 3 }, 1)), Is.False);
            Assert.That(layout.Matches(new EpisodeLayout(2, new[] { 3 }, hasMasks: true)), Is.False);
            Assert.That(layout.Matches(new EpisodeLayout(new[] { "o0", "x" }, new[] { "a0" }, new[] { 3 }, Array.Empty<string>())), Is.False);
        }

        [Test]
        public void RefusesWhatIsNoLayout()
        {
            Assert.That(() => new EpisodeLayout(0, new[] { 2 }), Throws.InstanceOf<ArgumentException>().With.Message.Contains("0 names of observations, expected 1"));
            Assert.That(() => new EpisodeLayout(2), Throws.ArgumentException.With.Message.Contains("at least one action"));
            Assert.That(() => new EpisodeLayout(2, new[] { 2, 0 }), Throws.InstanceOf<ArgumentException>().With.Message.Contains("branch 'a1' has 0 actions"));
            Assert.That(() => new EpisodeLayout(2, new[] { int.MaxValue, 2 }), Throws.InstanceOf<ArgumentException>());
            Assert.That(() => new EpisodeLayout(2, null, 1, hasMasks: true), Throws.ArgumentException.With.Message.Contains("masks are of discrete actions"));
            Assert.That(() => new EpisodeLayout(new[] { "x", "x" }, new[] { "a" }, new[] { 2 }, Array.Empty<string>()), Throws.ArgumentException.With.Message.Contains("two of the observations are called 'x'"));
        }

        [TestCase("[]")]
        [TestCase("{\"observations\":3,\"branches\":[],\"continuous\":[],\"masks\":false}")]
        [TestCase("{\"observations\":[\"x\"],\"branches\":[],\"continuous\":[],\"masks\":false}")]
        [TestCase("{\"observations\":[\"x\"],\"branches\":[{\"name\":\"a\",\"size\":-1}],\"continuous\":[],\"masks\":false}")]
        public void RefusesOtherText(string text) => Assert.That(() => EpisodeLayout.FromMetadata(text), Throws.InstanceOf<FormatException>());
    }
}
