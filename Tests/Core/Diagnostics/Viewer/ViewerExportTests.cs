using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class ViewerExportTests
    {
        private string _folder = "";

        [SetUp]
        public void MakeFolder() => Directory.CreateDirectory(_folder = Path.Combine(Path.GetTempPath(), $"viewer-{Guid.NewGuid():N}"));

        [TearDown]
        public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

        private static StateViewer Of(out PlayedLink game)
        {
            var viewer = new StateViewer(Array.Empty<IUnitOrder>(), Array.Empty<IStateView>());
            game = new PlayedLink(64, PlayedLink.Wave, "NPC_07", "NPC_08");
            viewer.Connect(game);
            viewer.Attach("NPC_08");
            game.TablesBeside.Add(new RecordedTable(RecordedTable.Attribution, new[] { "input 0" }, new[] { 0.1f, 0.3f, 0.9f }));
            game.Run(80);
            viewer.Update();
            return viewer;
        }

        private string In(string name) => Path.Combine(_folder, name);

        [Test]
        public void APictureIsTheDataAreaAsItIsPainted()
        {
            using StateViewer viewer = Of(out PlayedLink _);
            viewer.Timeline.MoveTo(40);
            new ViewerExport(viewer).Picture(In("a.png"), 400, 300, Skin.Light);
            Assert.That(File.ReadAllBytes(In("a.png")), Is.EqualTo(Png.Encode(viewer.Paint(400, 300, Skin.Light))));
        }

        [Test]
        public void AllViewsAreAFolderOfPictures()
        {
            using StateViewer viewer = Of(out PlayedLink _);
            viewer.Compare("NPC_08");
            string[] files = new ViewerExport(viewer).Pictures(In("views"), 400, 300, Skin.Dark).ToArray();
            Assert.That(files.Select(Path.GetFileName), Is.EqualTo(new[] { "viewer.png", "prediction.png", "h-0-l0.png", "c-0-l0.png", "gates-0-l0.png", "attribution.png", "difference-0-l0.png" }));
            Assert.That(files.Select(File.Exists), Is.All.True);
        }

        [Test]
        public void TheCsvHasTheSelectedRange()
        {
            using StateViewer viewer = Of(out PlayedLink _);
            viewer.Timeline.Select(30, 32);
            new ViewerExport(viewer).Csv(In("a.csv"));
            string[] lines = File.ReadAllLines(In("a.csv"));
            Assert.That(lines.Length, Is.EqualTo(4));
            Assert.That(lines[0], Does.StartWith("step,input[0],output[0],target[0],0.l0.h[0]"));
            Assert.That(lines.Skip(1).Select(line => line.Split(',')[0]), Is.EqualTo(new[] { "30", "31", "32" }));
            Assert.That(lines[2].Split(',')[4], Is.EqualTo(PlayedLink.Wave("NPC_07", 31, 3).ToString("R", System.Globalization.CultureInfo.InvariantCulture)));
        }

        [Test]
        public void ARecordingFileCanBeOpenedAgain()
        {
            using StateViewer viewer = Of(out PlayedLink game);
            game.Leave("NPC_08");
            viewer.Timeline.Select(20, 50);
            new ViewerExport(viewer).Recording(In("a.rnnstate"));
            using FileStateLink link = FileStateLink.Open(In("a.rnnstate"));
            Assert.That(link.Agents.Select(agent => agent.Name), Is.EqualTo(new[] { "NPC_07", "NPC_08" }));
            Assert.That(link.Tables.Single().Values, Is.EqualTo(new[] { 0.1f, 0.3f, 0.9f }));
            IRecordedSteps one = link.Attach("NPC_07"), other = link.Attach("NPC_08");
            Assert.That((one.FirstStep, one.EndStep, other.FirstStep, other.EndStep), Is.EqualTo((20L, 51L, 16L, 80L)));
            Assert.That(one.Frame(44).ToArray(), Is.EqualTo(viewer.Steps!.Frame(44).ToArray()));
        }

        [Test]
        public void ThePageHoldsEverything()
        {
            using StateViewer viewer = Of(out PlayedLink _);
            new ViewerExport(viewer).Html(In("a.html"), Skin.Light);
            string page = File.ReadAllText(In("a.html"));
            Assert.That(page, Does.Contain("NPC_07: hidden states").And.Contain("Steps 16 to 79").And.Contain("0.l0.f"));
            Assert.That(page.Split(new[] { "data:image/png;base64," }, StringSplitOptions.None).Length - 1, Is.EqualTo(5), "prediction, h, c, gates, attribution");
            Assert.That(page, Does.Not.Contain("http"));
        }

        [Test]
        public void NothingIsNotExported()
        {
            using var viewer = new StateViewer();
            Assert.That(() => new ViewerExport(viewer).Csv(In("a.csv")), Throws.InvalidOperationException);
            Assert.That(Directory.GetFiles(_folder), Is.Empty);
        }
    }
}
