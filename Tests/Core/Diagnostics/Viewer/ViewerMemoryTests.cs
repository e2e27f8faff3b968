using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    /// <summary>What a viewer remembers when the editor loads the code anew.</summary>
    public class ViewerMemoryTests
    {
        private string _path = "";

        [SetUp]
        public void MakePath() => _path = Path.Combine(Path.GetTempPath(), $"viewer-{Guid.NewGuid():N}.rnnstate");

        [TearDown]
        public void RemoveFile() => File.Delete(_path);

        private static StateViewer New() => new StateViewer(Array.Empty<IUnitOrder>(), Array.Empty<IStateView>());

        [Test]
        public void APausedViewerComesBackPixelByPixel()
        {
            StateViewer before = New();
            var game = new PlayedLink(128, PlayedLink.Wave, "NPC_07", "NPC_08");
            before.Connect(game);
            before.Attach("NPC_08");
            game.Run(200);
            before.Paint(600, 500, Skin.Dark);
            before.UnitsBy = UnitOrder.Variance;
            before.State = "c";
            before.Compare("NPC_08");
            before.AddProbe(new ViewerProbe("0.l0.h", 2));
            before.Enable(before.AddBreakpoint("h[1] > 2"), false);
            before.AddBreakpoint("norm(c) > 9");
            before.Fold("f");
            before.Timeline.Select(100, 160);
            before.Press(ViewerKey.Fit);
            before.Timeline.MoveTo(120);
            before.Select(new ViewerProbe("c", 4));
            before.Filter = "npc";
            uint[] was = before.Paint(600, 500, Skin.Dark).Pixels.ToArray();
            ViewerMemory memory = before.Remember(_path);
            before.Dispose();
            Assert.That(game.IsDisposed, Is.True);

            using StateViewer after = New();
            after.Restore(memory, new PlayedLink(128, PlayedLink.Wave, "NPC_07", "NPC_08"));
            Assert.That((after.Agent, after.Against), Is.EqualTo(("NPC_07 (before reload)", "NPC_08 (before reload)")));
            Assert.That((after.State, after.UnitsBy, after.Filter), Is.EqualTo(("c", (IUnitOrder)UnitOrder.Variance, "npc")));
            Assert.That((after.Timeline.Playhead, after.Timeline.Range, after.Timeline.IsFollowing), Is.EqualTo((120L, ((long, long)?)(100L, 160L), false)));
            Assert.That(after.Probes, Is.EqualTo(new[] { new ViewerProbe("0.l0.h", 2) }));
            Assert.That(after.Selected, Is.EqualTo(new ViewerProbe("0.l0.c", 4)));
            Assert.That(after.Breakpoints.Select(breakpoint => (breakpoint.Condition.Text, breakpoint.IsEnabled)), Is.EqualTo(new[] { ("h[1] > 2", false), ("norm(c) > 9", true) }));
            uint[] now = after.Paint(600, 500, Skin.Dark).Pixels;
            // The caption names the agents, which are called otherwise now.
            int[] other = Enumerable.Range(600 * 26, now.Length - (600 * 26)).Where(i => now[i] != was[i]).ToArray();
            Assert.That(other.Take(5).Select(i => (i % 600, i / 600)), Is.Empty, $"{other.Length} pixels");
        }

        [Test]
        public void AViewerThatFollowedGoesOnWithTheGame()
        {
            StateViewer before = New();
            var game = new PlayedLink(64, PlayedLink.Wave, "NPC_07");
            before.Connect(game);
            before.AddBreakpoint("h[1] > 2");
            game.Run(50);
            before.Paint(600, 400, Skin.Dark);
            ViewerMemory memory = before.Remember(_path);

            using StateViewer after = New();
            var again = new PlayedLink(64, PlayedLink.Wave, "NPC_07");
            after.Restore(memory, again);
            after.Update();
            Assert.That((after.Agent, after.Timeline.Playhead), Is.EqualTo(("NPC_07 (before reload)", 49L)), "until there is something new to see");
            Assert.That(again.Recorder("NPC_07").Breakpoints.Single().Text, Is.EqualTo("h[1] > 2"));
            again.Run(3);
            after.Update();
            Assert.That((after.Agent, after.Timeline.Playhead, after.Timeline.IsFollowing), Is.EqualTo(("NPC_07", 2L, true)));
            after.Compare("NPC_07 (before reload)");
            Assert.That(after.Against, Is.EqualTo("NPC_07 (before reload)"), "the run before can be compared with");
        }

        [Test]
        public void AFileIsReadAgainRatherThanCopied()
        {
            StateViewer before = New();
            before.Connect(new FileStateLink("npc", new[] { PlayedLink.Record("a", 5, 30), PlayedLink.Record("b", 5, 30) }));
            before.Show("b");
            before.Timeline.MoveTo(9);
            ViewerMemory memory = before.Remember(_path);
            Assert.That((memory.Recordings, File.Exists(_path)), Is.EqualTo(("", false)));
            using StateViewer after = New();
            after.Restore(memory, new FileStateLink("npc", new[] { PlayedLink.Record("a", 5, 30), PlayedLink.Record("b", 5, 30) }));
            Assert.That((after.Agent, after.Timeline.Playhead, after.Agents.Count), Is.EqualTo(("b", 9L, 2)));
        }

        [Test]
        public void WhatCannotBeReadIsLeftOut()
        {
            File.WriteAllText(_path, "no recording");
            using StateViewer viewer = New();
            viewer.Restore(new ViewerMemory { Recordings = _path, Agent = "NPC_07", Breakpoints = new[] { "nan" }, Tab = StateViewer.TrainingTab }, null);
            Assert.That((viewer.Agent, viewer.Agents.Count, viewer.Tab), Is.EqualTo(("", 0, "Training")));
            Assert.That(viewer.Breakpoints.Count, Is.EqualTo(1));
            viewer.Paint(300, 200, Skin.Dark);
        }
    }
}
