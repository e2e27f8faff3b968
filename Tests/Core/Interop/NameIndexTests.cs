using NUnit.Framework;

namespace Recurrent.Tests
{
    public class NameIndexTests
    {
        [Test]
        public void FindsPositions()
        {
            var index = new NameIndex(new[] { "b", "", "a", "B", "ab" });
            Assert.That(index.Find("b"), Is.EqualTo(0));
            Assert.That(index.Find(""), Is.EqualTo(1));
            Assert.That(index.Find("a"), Is.EqualTo(2));
            Assert.That(index.Find("B"), Is.EqualTo(3));
            Assert.That(index.Find("ab"), Is.EqualTo(4));
            Assert.That(index.Find("c"), Is.EqualTo(-1));
            Assert.That(index.FindDuplicate(), Is.EqualTo(-1));
        }

        [Test]
        public void FindsTheLaterOfTwoEqualNames() => Assert.That(new NameIndex(new[] { "x", "b", "a", "b" }).FindDuplicate(), Is.EqualTo(3));

        [Test]
        public void MayBeEmpty()
        {
            var index = new NameIndex(new string[0]);
            Assert.That(index.Find("a"), Is.EqualTo(-1));
            Assert.That(index.FindDuplicate(), Is.EqualTo(-1));
        }
    }
}
