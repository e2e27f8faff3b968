using System;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class StatePictureTests
    {
        private static StatePicture Make(int steps, int units, int layers, bool broken = false)
        {
            var picture = new StatePicture { Title = "Hidden states", Subtitle = "LSTM", StepName = "month", ValueName = "sunspots", FirstStep = 1000 };
            picture.AddSignal("input", Enumerable.Range(0, steps).Select(t => (float)Math.Sin(t * 0.2) * 90f + 100f).ToArray());
            picture.AddSignal("prediction", Enumerable.Range(0, steps).Select(t => (float)Math.Sin(t * 0.2 - 0.2) * 90f + 100f).ToArray());
            for (int layer = 0; layer < layers; layer++)
            {
                var state = new float[steps * units];
                for (int i = 0; i < state.Length; i++) state[i] = (float)Math.Tanh(Math.Sin(i / units * 0.2 + i % units));
                if (broken) state[state.Length / 2] = float.NaN;
                picture.AddState($"Layer {layer}, h", state, units);
            }
            return picture;
        }

        [Test]
        public void No_two_texts_meet_and_none_leaves_the_picture([Values(1, 2)] int scale, [Values(true, false)] bool broken)
        {
            foreach ((int width, int height) in new[] { (880, 560), (500, 420), (1500, 900) })
            {
                foreach ((int steps, int units, int layers) in new[] { (300, 64, 2), (3, 5, 1), (2000, 256, 3), (1, 1, 1) })
                {
                    Skin skin = Skin.Dark.WithScale(scale);
                    Texts.AssertApart(Make(steps, units, layers, broken).Layout(skin), width * scale, height * scale, skin);
                }
            }
        }

        [Test]
        public void Strip_and_heatmaps_share_the_axis_of_time()
        {
            // A jump of the signal at step 10 of 20 and of the state's only unit must stand in the same column.
            var signal = new float[20];
            var state = new float[20];
            for (int t = 0; t < 20; t++) (signal[t], state[t]) = (t < 10 ? 0f : 1f, t < 10 ? -1f : 1f);
            Skin skin = Skin.Light;
            StateCanvas canvas = new StatePicture().AddSignal("x", signal).AddState("h", state, 1).Draw(700, 300, skin);
            int jump = -1;
            for (int x = 1; x < canvas.Width && jump < 0; x++)
            {
                if (canvas[x - 1, 220] == ColorMap.Vik[0] && canvas[x, 220] == ColorMap.Vik[255]) jump = x;
            }
            Assert.That(jump, Is.GreaterThan(0));
            // The line climbs from the centre of cell 9 to the centre of cell 10: half way up at the jump.
            int RowAt(int column) => Enumerable.Range(42, 57).OrderBy(y => canvas[column, y].Luminance()).First();
            Assert.That(RowAt(jump - 100) - RowAt(jump + 100), Is.GreaterThan(40));
            Assert.That(RowAt(jump), Is.EqualTo((RowAt(jump - 100) + RowAt(jump + 100)) / 2).Within(2));
        }

        [Test]
        public void Steps_that_differ_are_named()
        {
            StatePicture picture = Make(10, 4, 1);
            picture.AddState("Layer 1, h", new float[9 * 4], 4);
            Assert.That(() => picture.Draw(400, 300, Skin.Light), Throws.InvalidOperationException.With.Message.Contains("Layer 1, h has 9 steps, expected 10"));
            Assert.That(() => new StatePicture().Draw(400, 300, Skin.Light), Throws.InvalidOperationException.With.Message.Contains("got none"));
        }
    }
}
