using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class EmbeddingTests
    {
        [Test]
        public void ASymbolBecomesItsRow()
        {
            var layer = new Embedding(3, 2);
            layer.Store["weight"].Set(new float[] { 1, 2, 3, 4, 5, 6 });
            Assert.That(Run(layer, 2, 0, 2), Is.EqualTo(new float[] { 5, 6, 1, 2, 5, 6 }));
        }

        [Test]
        public void ThePaddingIsZeroAndLearnsNothing()
        {
            var layer = new Embedding(4, 2, paddingIndex: 1, seed: 1);
            float[] weight = layer.Store.Values;
            Assert.That(weight.AsSpan(2, 2).ToArray(), Is.All.Zero);
            Assert.That(new[] { weight[0], weight[1], weight[4], weight[5], weight[6], weight[7] }, Is.All.Not.Zero);
            using (var pass = new SequencePass(layer, 1, 4, training: true))
            {
                pass.Forward(new float[] { 3, 1, 3, 0 }, 1, 4);
                pass.Backward(new float[] { 1, 2, 10, 20, 100, 200, 1000, 2000 });
            }
            Assert.That(layer.Store.Gradients, Is.EqualTo(new float[] { 1000, 2000, 0, 0, 0, 0, 101, 202 }));
            layer.Initialize(2);
            Assert.That(layer.Store.Values.AsSpan(2, 2).ToArray(), Is.All.Zero);
        }

        [Test]
        public void StepsPastALengthAreNotLookedUp()
        {
            var layer = new Embedding(2, 1, seed: 1);
            var output = new float[4];
            using (var pass = new SequencePass(layer, 2, 2, training: true))
            {
                pass.Forward(new[] { 1, 0, 1, -999f }, 2, 2, lengths: new[] { 2, 1 });
                pass.CopyOutput(output);
                pass.Backward(new float[] { 1, 10, 100, 1000 });
            }
            float[] weight = layer.Store.Values;
            Assert.That(output, Is.EqualTo(new[] { weight[1], weight[0], weight[1], 0f }));
            Assert.That(layer.Store.Gradients, Is.EqualTo(new float[] { 10, 101 }));
        }

        [Test]
        public void GradientsAgreeWithFiniteDifferences()
        {
            float[] symbols = { 4, 0, 2, 2, 1, 4, 4, 3, 0, 1, 1, 4 };
            using (var check = new GradientCheck(new Embedding(5, 3, seed: 1), 3, 4, new[] { 4, 2, 3 }, symbols)) check.Run(inputs: false);
        }

        [Test]
        public void ItBeginsNormallyDistributed()
        {
            double sum = 0, squares = 0;
            var layer = new Embedding(500, 20, seed: 3);
            foreach (float value in layer.Store.Values)
            {
                sum += value;
                squares += value * value;
            }
            Assert.That(sum / 10000, Is.EqualTo(0).Within(0.04));
            Assert.That(squares / 10000, Is.EqualTo(1).Within(0.06));
        }

        [TestCase(-1f)]
        [TestCase(3f)]
        [TestCase(0.5f)]
        [TestCase(float.NaN)]
        [TestCase(float.PositiveInfinity)]
        public void WhatIsNoSymbolIsRefused(float symbol) => Assert.That(() => Run(new Embedding(3, 2), 1, symbol),
            Throws.ArgumentException.With.Message.StartsWith("Embedding(3→2): row 0, step 1: expected a symbol 0 … 2, got " + symbol.ToString(System.Globalization.CultureInfo.InvariantCulture) + "."));

        [Test]
        public void OutOfRangeIsRefused()
        {
            Assert.That(() => new Embedding(0, 1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Embedding: numEmbeddings must be at least 1, got 0."));
            Assert.That(() => new Embedding(1, 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Embedding: embeddingDim must be at least 1, got 0."));
            Assert.That(() => new Embedding(3, 1, paddingIndex: 3), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Embedding: paddingIndex must be one of 3 symbols or −1, got 3."));
            Assert.That(() => new Embedding(3, 1, paddingIndex: -2), Throws.TypeOf<ArgumentOutOfRangeException>());
        }

        private static float[] Run(Embedding layer, params float[] symbols)
        {
            var output = new float[symbols.Length * layer.OutputSize];
            using (var pass = new SequencePass(layer, 1, symbols.Length))
            {
                pass.Forward(symbols, 1, symbols.Length);
                pass.CopyOutput(output);
            }
            return output;
        }
    }
}
