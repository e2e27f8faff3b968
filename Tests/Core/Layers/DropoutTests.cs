using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class DropoutTests
    {
        private const int Batch = 20, Steps = 50, Features = 8;

        [TestCase(0.1f)]
        [TestCase(0.5f)]
        [TestCase(0.8f)]
        public void ItDropsItsShareAndScalesTheRest(float probability)
        {
            float[] output = Run(probability, training: true, seed: 1, out _);
            int dropped = 0;
            for (int i = 0; i < output.Length; i++)
            {
                if (output[i] == 0) dropped++;
                else Assert.That(output[i], Is.EqualTo((1 << i % Features) / (1 - probability)).Within(1e-5 * (1 << i % Features)));
            }
            double deviation = Math.Sqrt(output.Length * probability * (1 - probability));
            Assert.That(dropped, Is.EqualTo(output.Length * probability).Within(4 * deviation));
        }

        [Test]
        public void TheSameAreDroppedForwardAndBack()
        {
            // With an input of 1 and a gradient of 1 everywhere, output and gradient are sums over the same powers of two, and tell which were kept.
            float[] output = Run(0.4f, training: true, seed: 2, out float[] inputGradient);
            for (int i = 0; i < inputGradient.Length; i++)
            {
                float sum = 0;
                for (int j = 0; j < Features; j++) sum += output[i * Features + j];
                Assert.That(inputGradient[i], Is.EqualTo(sum).Within(1e-3), $"step {i}");
            }
        }

        [Test]
        public void ItPassesEverythingThroughOutsideTraining()
        {
            float[] output = Run(0.5f, training: false, seed: 3, out float[] inputGradient);
            for (int i = 0; i < output.Length; i++) Assert.That(output[i], Is.EqualTo(1 << i % Features));
            Assert.That(inputGradient, Is.All.EqualTo(255));
        }

        [Test]
        public void TheSeedDecidesWhatIsDropped()
        {
            float[] first = Run(0.5f, training: true, seed: 4, out _);
            Assert.That(Run(0.5f, training: true, seed: 4, out _), Is.EqualTo(first));
            Assert.That(Run(0.5f, training: true, seed: 5, out _), Is.Not.EqualTo(first));
        }

        [Test]
        public void TwoLayersDropIndependently()
        {
            var model = new SequenceModel(Powers(), new Dropout(0.5f), new Dropout(0.5f));
            var output = new float[Batch * Steps * Features];
            using (var pass = new SequencePass(model, Batch, Steps, training: true))
            {
                pass.Forward(Ones(Batch * Steps), Batch, Steps, training: true, seed: 6);
                pass.CopyOutput(output);
            }
            int kept = 0;
            foreach (float value in output)
                if (value != 0) kept++;
            // A quarter of 8000, four standard deviations wide; half of them if the masks were the same.
            Assert.That(kept, Is.EqualTo(2000).Within(155));
        }

        [Test]
        public void GradientsAgreeWithFiniteDifferences()
        {
            var model = new SequenceModel(new Linear(2, 5, seed: 1), new Dropout(0.4f), new Linear(5, 2, seed: 2), new Dropout(0.2f));
            using (var check = new GradientCheck(model, 3, 4, new[] { 3, 4, 1 }, training: true)) check.Run();
        }

        [TestCase(-0.1f)]
        [TestCase(1f)]
        [TestCase(float.NaN)]
        public void WhatIsNoProbabilityIsRefused(float probability) =>
            Assert.That(() => new Dropout(probability), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Dropout: the probability must be in [0, 1), got "));

        private static float[] Run(float probability, bool training, ulong seed, out float[] inputGradient)
        {
            var model = new SequenceModel(Powers(), new Dropout(probability));
            var output = new float[Batch * Steps * Features];
            inputGradient = new float[Batch * Steps];
            using (var pass = new SequencePass(model, Batch, Steps, training: true))
            {
                pass.Forward(Ones(Batch * Steps), Batch, Steps, training: training, seed: seed);
                pass.CopyOutput(output);
                pass.Backward(Ones(output.Length));
                pass.CopyInputGradient(inputGradient);
            }
            return output;
        }

        /// <summary>x becomes x, 2x, 4x, … 128x.</summary>
        private static Linear Powers()
        {
            var linear = new Linear(1, Features, bias: false);
            var weight = new float[Features];
            for (int j = 0; j < Features; j++) weight[j] = 1 << j;
            linear.Store["weight"].Set(weight);
            return linear;
        }

        private static float[] Ones(int length)
        {
            var ones = new float[length];
            Array.Fill(ones, 1f);
            return ones;
        }

        [Test]
        public void ADropoutAfterARecurrentLayerIsIndependentOfTheOneInside()
        {
            var rnn = new RNN(1, 8, numLayers: 2, Nonlinearity.ReLU, bias: false, dropout: 0.5f);
            foreach (Parameter parameter in rnn.Parameters) parameter.Fill(0);
            var identity = new float[64];
            for (int j = 0; j < 8; j++) identity[9 * j] = 1;
            rnn.Store["weight_ih_l0"].Fill(1);
            rnn.Store["weight_ih_l1"].Set(identity);
            var model = new SequenceModel(rnn, new Dropout(0.5f));
            var output = new float[20 * 50 * 8];
            using (var pass = new SequencePass(model, 20, 50, training: true))
            {
                pass.Forward(Ones(1000), 20, 50, training: true, seed: 3);
                pass.CopyOutput(output);
            }
            int kept = 0;
            foreach (float value in output)
                if (value != 0) kept++;
            Assert.That(kept, Is.EqualTo(2000).Within(155));
        }
    }
}
