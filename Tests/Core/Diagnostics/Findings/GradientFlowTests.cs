using System;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class GradientFlowTests
    {
        [Test]
        public void AWeightOfOneHalfHalvesTheNormWithEachStepBack()
        {
            var layer = new RNN(1, 1, bias: false);
            foreach (Parameter parameter in layer.Parameters) parameter.Fill(0.5f);
            layer.Store.Gradients[0] = 42;
            GradientFlow flow = GradientFlow.Measure(layer, new float[8]);
            for (int back = 0; back < 8; back++) Assert.That(flow.Norms[0][7 - back], Is.EqualTo(Math.Pow(0.5, back)).Within(1e-7));
            Assert.That(layer.Store.Gradients, Is.EqualTo(new[] { 42f, 0f }), "the parameters' gradients are as before");
        }

        [Test]
        public void AGradientAtEveryStepHidesHowLittleComesBack()
        {
            var layer = new RNN(1, 1, bias: false);
            foreach (Parameter parameter in layer.Parameters) parameter.Fill(0.5f);
            // Two rows, one after the other: with input 0 the norm at a step is 1 + ½ + ¼ + … over the steps that follow, times √2.
            var ones = new float[16];
            Array.Fill(ones, 1f);
            GradientFlow flow = GradientFlow.Measure(layer, new float[16], batch: 2, ones);
            for (int back = 0; back < 8; back++) Assert.That(flow.Norms[0][7 - back], Is.EqualTo(Math.Sqrt(2) * (2 - Math.Pow(0.5, back))).Within(1e-6));
            Assert.That(() => GradientFlow.Measure(layer, new float[16], batch: 2, new float[3]), Throws.ArgumentException.With.Message.Contains("3 numbers, expected 2 × 1, or 2 × 8 × 1"));
        }

        [Test]
        public void ComesBackFromItsTable()
        {
            GradientFlow flow = GradientFlow.Measure(new LSTM(1, 3, numLayers: 2), new[] { 1f, 2f, 3f }), back = GradientFlow.FromTable(flow.ToTable());
            Assert.That(back.Cells, Is.EqualTo(new[] { "l0", "l1" }));
            Assert.That(back.Norms[1], Is.EqualTo(flow.Norms[1]));
            Assert.That(flow.Norms[1][2], Is.EqualTo(Math.Sqrt(3)).Within(1e-6), "ones from the last output");
        }

        [Test]
        public void ALayerWithoutStatesIsRefused() =>
            Assert.That(() => GradientFlow.Measure(new Linear(1, 1), new float[3]), Throws.ArgumentException.With.Message.Contains("no recurrent cell"));
    }
}
