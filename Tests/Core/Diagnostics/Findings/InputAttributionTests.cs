using System;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class InputAttributionTests
    {
        [Test]
        public void MatchesFiniteDifferences()
        {
            var model = new SequenceModel(new LSTM(2, 8, seed: 3), new LastStep(), new Linear(8, 3, seed: 4));
            float[] input = GradientCheck.Draw(new RandomSource(9), 7 * 2);
            InputAttribution attribution = InputAttribution.Measure(model, input, output: 1);
            using var pass = new SequencePass(model, 1, 7);
            var output = new float[3];
            double At(int i, float offset)
            {
                float before = input[i];
                input[i] = before + offset;
                pass.Forward(input, 1, 7);
                pass.CopyOutput(output);
                input[i] = before;
                return output[1];
            }
            float largest = 0;
            foreach (float magnitude in attribution.Magnitude) largest = Math.Max(largest, magnitude);
            for (int i = 0; i < input.Length; i++)
            {
                const float h = 2e-2f;
                double difference = (8 * (At(i, h) - At(i, -h)) - (At(i, 2 * h) - At(i, -2 * h))) / (12 * (double)h);
                Assert.That(attribution.Gradient[i], Is.EqualTo(difference).Within(1e-3 * largest), $"number {i}");
                Assert.That(attribution.Magnitude[i], Is.EqualTo(Math.Abs(attribution.Gradient[i])));
            }
            Assert.That(attribution.Steps, Is.EqualTo(7));
            Assert.That(largest, Is.GreaterThan(0.02f));
        }

        [Test]
        public void AnOutputThatIsNotThereIsRefused() =>
            Assert.That(() => InputAttribution.Measure(new RNN(1, 2), new float[3], 2), Throws.ArgumentException.With.Message.Contains("has 2 outputs, got the number 2"));
    }
}
