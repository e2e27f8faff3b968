using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    /// <summary>Without these an empty folder would pass for agreement.</summary>
    public class FixtureTests
    {
        [TestCase("Cells", 14)]
        [TestCase("Layers", 5)]
        [TestCase("Losses", 11)]
        [TestCase("Optimizers", 17)]
        [TestCase("Recurrent", 73)]
        [TestCase("Tutorial", 3)]
        public void EveryFileOfAFolderIsThere(string group, int count) =>
            Assert.That(Fixture.Names(group).Count, Is.EqualTo(count), Path.Combine(Fixture.Folder, group));

        [Test]
        public void EveryFileStandsInAFolderThatIsRead() =>
            Assert.That(Directory.GetFiles(Fixture.Folder, "*.safetensors", SearchOption.AllDirectories).Length, Is.EqualTo(123));

        [Test]
        public void TheRecurrentCasesHoldEveryVariant()
        {
            IEnumerable<string> variants = Fixture.Names("Recurrent").Select(name => Fixture.Load("Recurrent", name)).Select(fixture =>
                fixture.Text("cell") == "RNN" ? $"RNN {fixture.Text("nonlinearity")}"
                : fixture.Text("cell") == "LSTM" ? $"LSTM {(fixture.Integer("projSize") > 0 ? "projected" : "plain")}"
                : $"GRU {(fixture.Flag("resetAfter") ? "after" : "before")} {(fixture.Flag("updateKeeps") ? "keeps" : "replaces")}").Distinct();
            Assert.That(variants, Is.EquivalentTo(new[]
            {
                "RNN tanh", "RNN relu", "LSTM plain", "LSTM projected", "GRU after keeps", "GRU after replaces", "GRU before keeps", "GRU before replaces",
            }));
        }
    }
}
