using System;
using System.Collections.Generic;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class BitmapFontTests
    {
        private const string Signs = "°±⁰¹²³⁴⁵⁶⁷⁸⁹⁻µΔ‖·–—−→←↑↓σŷ×≤≥≈∞√∂αβλτπ…";

        private static string Everything()
        {
            string text = "";
            for (char character = '!'; character <= '~'; character++) text += character;
            return text + Signs;
        }

        private static StateCanvas Write(string text, int scale, bool bold = false)
        {
            BitmapFont font = BitmapFont.Get(scale, bold);
            var canvas = new StateCanvas(font.Measure(text) + 8 * scale, 20 * scale);
            canvas.Clear(new Rgba(255, 255, 255));
            canvas.Text(font, text, 4 * scale, 4 * scale, new Rgba(0, 0, 0));
            return canvas;
        }

        [Test]
        public void Every_printable_character_and_sign_has_a_form_of_its_own()
        {
            var seen = new Dictionary<string, char> { [string.Join(",", Write("�", 1).Pixels)] = '�' };
            foreach (char character in Everything())
            {
                string form = string.Join(",", Write(character.ToString(), 1).Pixels);
                Assert.That(seen.ContainsKey(form), Is.False, $"'{character}' looks like '{(seen.TryGetValue(form, out char other) ? other : ' ')}'");
                seen.Add(form, character);
            }
        }

        [Test]
        public void A_capital_E_is_sharp_at_every_scale()
        {
            foreach (int scale in new[] { 1, 2, 3 })
            {
                StateCanvas canvas = Write("E", scale);
                int left = 4 * scale, top = 4 * scale;
                for (int y = 0; y < 10 * scale; y++)
                {
                    Assert.That(canvas[left + scale / 2, top + y].R, Is.LessThan(12), $"stem at scale {scale}, row {y}");
                    Assert.That(canvas[left - 1, top + y].R, Is.GreaterThan(230), $"ground left of the stem at scale {scale}, row {y}");
                }
                foreach (int line in new[] { 0, 4, 9 })
                {
                    int row = top + line * scale + scale / 2;
                    Assert.That(canvas[left + 3 * scale, row].R, Is.LessThan(12), $"bar {line} at scale {scale}");
                    Assert.That(canvas[left + 3 * scale, row + 2 * scale].R, Is.GreaterThan(240), $"ground under bar {line} at scale {scale}");
                }
            }
        }

        [Test]
        public void Text_stays_within_the_area_that_it_reports()
        {
            // Brackets, the bar and the cedilla-like tails may pass the cap line or the descent by a row; nothing else does.
            foreach (int scale in new[] { 1, 2 })
            {
                foreach (char character in Everything())
                {
                    string text = "n" + character + "n";
                    BitmapFont font = BitmapFont.Get(scale);
                    var canvas = new StateCanvas(80 * scale, 40 * scale);
                    PixelRect area = canvas.Text(font, text, 10 * scale, 10 * scale, new Rgba(0, 0, 0));
                    Assert.That(area.Width, Is.EqualTo(font.Measure(text)));
                    PixelRect allowed = area.Inset(0, -scale, 0, -scale).Inset(-1);
                    for (int y = 0; y < canvas.Height; y++)
                    {
                        for (int x = 0; x < canvas.Width; x++)
                        {
                            if (canvas[x, y].A > 16) Assert.That(allowed.Contains(x, y), Is.True, $"'{character}' inks {x}, {y}, outside {area}");
                        }
                    }
                }
            }
        }

        [Test]
        public void Widths_add_up_and_digits_are_equally_wide()
        {
            BitmapFont font = BitmapFont.Get(1);
            Assert.That(font.Measure(""), Is.EqualTo(0));
            Assert.That(font.Measure("0"), Is.EqualTo(6));
            for (char digit = '0'; digit <= '9'; digit++) Assert.That(font.Measure("1" + digit), Is.EqualTo(14));
            Assert.That(font.Measure("−5"), Is.EqualTo(font.Measure("+5")));
            Assert.That(BitmapFont.Get(3).Measure("Loss 0.25"), Is.EqualTo(3 * font.Measure("Loss 0.25")));
        }

        [Test]
        public void Shorten_keeps_what_fits()
        {
            BitmapFont font = BitmapFont.Get(1);
            int whole = font.Measure("hidden state");
            Assert.That(font.Shorten("hidden state", whole), Is.EqualTo("hidden state"));
            string shorter = font.Shorten("hidden state", whole - 1);
            Assert.That(shorter, Does.StartWith("hidden st").And.EndsWith("…"));
            Assert.That(font.Measure(shorter), Is.LessThanOrEqualTo(whole - 1));
            Assert.That(font.Shorten("hidden state", 5), Is.EqualTo(""));
        }

        [Test]
        public void Upward_text_is_the_same_text_turned_to_the_left()
        {
            BitmapFont font = BitmapFont.Get(1);
            var across = new StateCanvas(60, 20);
            across.Text(font, "Rg, 7", 6, 4, new Rgba(9, 9, 9));
            var upwards = new StateCanvas(20, 60);
            PixelRect area = upwards.TextUpwards(font, "Rg, 7", 4, 54, new Rgba(9, 9, 9));
            Assert.That(area, Is.EqualTo(PixelRect.FromEdges(4, 54 - font.Measure("Rg, 7"), 17, 54)));
            for (int y = 0; y < 20; y++)
            {
                for (int x = 0; x < 60; x++) Assert.That(upwards[y, 59 - x], Is.EqualTo(across[x, y]), $"{x}, {y}");
            }
        }

        [Test]
        public void An_unknown_character_becomes_a_box() => Assert.That(Write("字", 1).Pixels, Is.EqualTo(Write("�", 1).Pixels));

        [Test]
        public void A_scale_out_of_range_is_named()
            => Assert.That(() => BitmapFont.Get(0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("got 0"));
    }
}
