using System;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class ForecastPictureTests
    {
        private static ForecastPicture Make(int epochs, int steps, double size, bool validation)
        {
            var random = new RandomSource(9);
            float[] Curve(int count, Func<int, double> value) => Enumerable.Range(0, count).Select(i => (float)value(i)).ToArray();
            return new ForecastPicture
            {
                Title = "Monthly sunspots",
                Subtitle = "LSTM(1→64, 2 layers) · look-back 36 · seed 1",
                LossName = "mean squared error",
                StepName = "month",
                ValueName = "sunspots",
                TrainingLoss = Curve(epochs, i => size * (Math.Exp(-i / 9.0) + 0.05)),
                ValidationLoss = validation ? Curve(epochs, i => size * (Math.Exp(-i / 8.0) + 0.07)) : null,
                BestEpoch = epochs / 2,
                Truth = Curve(steps, i => size * Math.Sin(i * 0.1)),
                Prediction = Curve(steps, i => size * (Math.Sin(i * 0.1 - 0.1) + 0.1 * random.NextGaussian())),
                FirstStep = 2255,
            };
        }

        [Test]
        public void No_two_texts_meet_and_none_leaves_the_picture([Values(1, 2)] int scale, [Values(true, false)] bool validation)
        {
            foreach ((int width, int height) in new[] { (880, 380), (640, 300), (1400, 500), (420, 260) })
            {
                foreach ((int epochs, int steps, double size) in new[] { (1, 2, 1.0), (100, 560, 250.0), (2000, 12, 3e-7), (7, 20_000, 4e9) })
                {
                    Skin skin = Skin.Light.WithScale(scale);
                    Texts.AssertApart(Make(epochs, steps, size, validation).Layout(skin), width * scale, height * scale, skin);
                }
            }
        }

        [Test]
        public void Titles_numbers_and_curves_are_there()
        {
            ForecastPicture picture = Make(100, 560, 250.0, true);
            var texts = Texts.Of(picture.Layout(Skin.Light), 880, 380, Skin.Light).Select(text => text.Text).ToArray();
            foreach (string expected in new[] { "Monthly sunspots", "training", "validation", "epoch 50", "truth", "prediction", "epoch", "month", "sunspots", "mean squared error", "2300", "200" })
                Assert.That(texts, Does.Contain(expected));
            double rmse = Math.Sqrt(picture.Truth.Zip(picture.Prediction, (a, b) => ((double)a - b) * ((double)a - b)).Average());
            Assert.That(texts, Does.Contain("RMSE " + rmse.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture)));

            StateCanvas canvas = picture.Draw(880, 380, Skin.Light);
            Assert.That(canvas.Pixels.Count(pixel => pixel == Skin.Light.LineColor(0).Packed), Is.GreaterThan(80), "training loss");
            Assert.That(canvas.Pixels.Count(pixel => pixel == Skin.Light.LineColor(1).Packed), Is.GreaterThan(200), "validation loss and prediction");
            Assert.That(canvas.Pixels.Count(pixel => pixel == Skin.Light.Truth.Packed), Is.GreaterThan(50), "truth");
            Assert.That(picture.Draw(880, 380, Skin.Light).Pixels, Is.EqualTo(canvas.Pixels), "the same picture again");
        }

        [Test]
        public void A_loss_that_falls_far_is_shown_in_decades()
        {
            ForecastPicture picture = Make(100, 50, 1.0, false);
            for (int i = 0; i < 100; i++) picture.TrainingLoss[i] = (float)Math.Pow(10.0, -i / 25.0);    // to 1.1e-4
            string[] texts = Texts.Of(picture.Layout(Skin.Dark), 880, 380, Skin.Dark).Select(text => text.Text).ToArray();
            foreach (string decade in new[] { "0.001", "0.01", "0.1" }) Assert.That(texts, Does.Contain(decade));
        }

        [Test]
        public void A_run_that_ended_before_its_first_epoch_can_still_be_drawn()
        {
            var picture = new ForecastPicture { TrainingLoss = new[] { float.NaN }, ValidationLoss = new[] { float.PositiveInfinity }, Truth = new[] { 1f }, Prediction = new[] { float.NaN } };
            string[] texts = Texts.Of(picture.Layout(Skin.Dark), 600, 300, Skin.Dark).Select(text => text.Text).ToArray();
            Assert.That(texts, Does.Contain("RMSE NaN, 1 NaN"));
            Assert.That(() => new ForecastPicture().Draw(300, 200, Skin.Light), Throws.Nothing);
        }

        [Test]
        public void Lengths_that_differ_are_named()
        {
            var picture = new ForecastPicture { Truth = new float[3], Prediction = new float[2] };
            Assert.That(() => picture.Draw(300, 200, Skin.Light), Throws.ArgumentException.With.Message.Contains("3 true values, but 2 predictions"));
        }
    }
}
