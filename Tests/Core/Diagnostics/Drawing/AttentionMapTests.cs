using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class AttentionMapTests
    {
        [Test]
        public void ACellsColourIsItsWeight()
        {
            var canvas = new StateCanvas(500, 400) { TextLog = new List<(string Text, PixelRect Area)>() };
            canvas.Clear(Skin.Light.Background);
            var map = new AttentionMap(new[] { 0, 0.25f, 0.75f, 1, 0, float.NaN }, new[] { "Y", "Z" }, new[] { "a", "b", "c" });
            map.Draw(canvas, canvas.Bounds, new PixelRect(100, 50, 300, 200), Skin.Light);
            Assert.That(canvas[110, 60], Is.EqualTo(ColorMap.Cividis[0]));
            Assert.That(canvas[210, 60], Is.EqualTo(ColorMap.Cividis[64]));
            Assert.That(canvas[310, 60], Is.EqualTo(ColorMap.Cividis[191]));
            Assert.That(canvas[110, 160], Is.EqualTo(ColorMap.Cividis[255]));
            Assert.That(canvas[310, 160], Is.EqualTo(Skin.Light.Hatch));
            Assert.That(canvas.TextLog.Select(text => text.Text), Is.SupersetOf(new[] { "Y", "Z", "a", "b", "c", "source", "put out" }));
        }

        [Test]
        public void NamesAreWrittenWithoutMeeting([Values(1, 10, 40)] int target, [Values(1, 20, 60)] int source, [Values(1, 8)] int letters)
        {
            var grid = new PanelGrid(1, 1);
            string[] Names(int count) => Enumerable.Range(0, count).Select(i => new string((char)('a' + i % 26), letters)).ToArray();
            grid[0, 0] = new AttentionMap(new float[target * source], Names(target), Names(source)) { Title = "Attention" };
            Texts.AssertApart(grid, 700, 500, Skin.Light);
        }

        [Test]
        public void RefusesAnotherNumberOfWeights() =>
            Assert.That(() => new AttentionMap(new float[5], new[] { "Y" }, new[] { "a", "b" }), Throws.ArgumentException.With.Message.Contains("expected 1 × 2 weights, at least one, got 5."));
    }
}
