using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class LinearTests
    {
        [Test]
        public void EveryStepGoesThroughTheMap()
        {
            var layer = new Linear(2, 3);
            layer.Store["weight"].Set(new float[] { 1, 2, 3, 4, 5, 6 });
            layer.Store["bias"].Set(new[] { 0.5f, -1, 2 });
            var output = new float[6];
            using (var pass = new SequencePass(layer, 1, 2))
            {
                pass.Forward(new float[] { 1, -1, 10, 100 }, 1, 2);
                pass.CopyOutput(output);
            }
            Assert.That(output, Is.EqualTo(new[] { -0.5f, -2, 1, 210.5f, 429, 652 }));
        }

        [TestCase(3, 2, true)]
        [TestCase(1, 17, false)]
        [TestCase(33, 1, true)]
        public void GradientsAgreeWithFiniteDifferences(int inputs, int outputs, bool bias)
        {
            foreach (KernelSet kernels in KernelSet.Available)
                using (var check = new GradientCheck(new Linear(inputs, outputs, bias, seed: 1), 3, 4, new[] { 4, 1, 3 }, kernels: kernels)) check.Run();
        }

        [Test]
        public void ItBeginsAsPyTorchsDoes()
        {
            // Uniform in ±1/√16.
            var layer = new Linear(16, 30, seed: 2);
            foreach (float value in layer.Store.Values) Assert.That(value, Is.InRange(-0.25f, 0.25f));
            Assert.That(layer.Store.Values, Has.Some.GreaterThan(0.24f).And.Some.LessThan(-0.24f));
            Assert.That(new Linear(16, 30, seed: 2).Store.Values, Is.EqualTo(layer.Store.Values));
            Assert.That(new Linear(16, 30, seed: 3).Store.Values, Is.Not.EqualTo(layer.Store.Values));
        }

        [Test]
        public void SizesAreAtLeastOne()
        {
            Assert.That(() => new Linear(0, 1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Linear: inputSize must be at least 1, got 0."));
            Assert.That(() => new Linear(1, -1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("Linear: outputSize must be at least 1, got -1."));
            Assert.That(new Linear(3, 4, bias: false).Parameters.Count, Is.EqualTo(1));
        }
    }
}
