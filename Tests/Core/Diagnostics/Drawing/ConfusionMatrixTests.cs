using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class ConfusionMatrixTests
    {
        private static readonly int[] Counts = { 30, 10, 0, 5, 15, 0, 0, 0, 0 };
        private static readonly string[] Classes = { "walk", "jump", "idle" };

        [Test]
        public void A_cell_shows_its_count_and_the_share_of_its_true_class()
        {
            var canvas = new StateCanvas(500, 500) { TextLog = new List<(string Text, PixelRect Area)>() };
            canvas.Clear(Skin.Light.Background);
            new ConfusionMatrix(Counts, Classes).Draw(canvas, canvas.Bounds, new PixelRect(100, 100, 300, 300), Skin.Light);
            Assert.That(canvas[110, 110], Is.EqualTo(ColorMap.Cividis[191]));    // 30 of 40
            Assert.That(canvas[210, 110], Is.EqualTo(ColorMap.Cividis[64]));     // 10 of 40: predicted as the second class
            Assert.That(canvas[110, 210], Is.EqualTo(ColorMap.Cividis[64]));     // 5 of 20
            Assert.That(canvas[210, 210], Is.EqualTo(ColorMap.Cividis[191]));
            Assert.That(canvas[310, 310], Is.EqualTo(Skin.Light.Empty), "a class without examples");
            string[] texts = canvas.TextLog.Select(text => text.Text).ToArray();
            foreach (string expected in new[] { "30", "10", "5", "15", "75 %", "25 %", "true class", "predicted class", "75.0 % of 60" }) Assert.That(texts, Does.Contain(expected));
            Assert.That(texts.Count(text => text == "jump"), Is.EqualTo(2));
        }

        [Test]
        public void Accuracy_counts_the_diagonal()
        {
            Assert.That(new ConfusionMatrix(Counts, Classes).Accuracy, Is.EqualTo(0.75));
            Assert.That(new ConfusionMatrix(new int[4], new[] { "a", "b" }).Accuracy, Is.NaN);
        }

        [Test]
        public void Many_classes_with_long_names_are_written_without_meeting([Values(2, 5, 9, 18, 40)] int classes, [Values(1, 2)] int scale)
        {
            var counts = new int[classes * classes];
            for (int i = 0; i < counts.Length; i++) counts[i] = i * 7919 % 1000;
            var grid = new PanelGrid(1, 1);
            grid[0, 0] = new ConfusionMatrix(counts, Enumerable.Range(0, classes).Select(i => "Class number " + i).ToArray()) { Title = "Names" };
            foreach ((int width, int height) in new[] { (500, 460), (900, 700) }) Texts.AssertApart(grid, width * scale, height * scale, Skin.Dark.WithScale(scale));
        }

        [Test]
        public void Wrong_counts_are_named()
        {
            Assert.That(() => new ConfusionMatrix(new int[5], Classes), Throws.ArgumentException.With.Message.Contains("expected 9 counts for 3 classes, got 5"));
            Assert.That(() => new ConfusionMatrix(new[] { 1, -1, 1, 1 }, new[] { "a", "b" }), Throws.ArgumentException.With.Message.Contains("negative"));
        }
    }
}
