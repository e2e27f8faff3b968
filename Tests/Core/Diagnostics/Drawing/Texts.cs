using System.Collections.Generic;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    /// <summary>What is written in a picture, and where.</summary>
    internal static class Texts
    {
        internal static List<(string Text, PixelRect Area)> Of(PanelGrid grid, int width, int height, Skin skin)
        {
            var canvas = new StateCanvas(width, height) { TextLog = new List<(string Text, PixelRect Area)>() };
            canvas.Clear(skin.Background);
            grid.Draw(canvas, canvas.Bounds, skin);
            return canvas.TextLog;
        }

        internal static void AssertApart(PanelGrid grid, int width, int height, Skin skin)
        {
            List<(string Text, PixelRect Area)> texts = Of(grid, width, height, skin);
            var page = new PixelRect(0, 0, width, height);
            for (int i = 0; i < texts.Count; i++)
            {
                Assert.That(texts[i].Area.Intersect(page), Is.EqualTo(texts[i].Area), $"'{texts[i].Text}' leaves the picture of {width}×{height}");
                for (int j = 0; j < i; j++)
                    Assert.That(texts[i].Area.Overlaps(texts[j].Area), Is.False, $"'{texts[i].Text}' {texts[i].Area} meets '{texts[j].Text}' {texts[j].Area} in {width}×{height}");
            }
        }
    }
}
