using System;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class SoftmaxTests
    {
        [TestCase(false)]
        [TestCase(true)]
        public void ValuesAreThoseOfTheDefinition(bool logarithm)
        {
            var model = new SequenceModel(new Linear(3, 3, bias: false), new Softmax(logarithm));
            model.Parameters[0].Set(new float[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 });
            using var pass = new SequencePass(model, 1, 2);
            // The second step would overflow without the largest number taken off.
            pass.Forward(new float[] { 0.5f, -1, 2, 1000, 1001, 999 }, 1, 2);
            var output = new float[6];
            pass.CopyOutput(output);
            double[] first = { Math.Exp(0.5), Math.Exp(-1), Math.Exp(2) }, second = { Math.Exp(-1), 1, Math.Exp(-2) };
            double[] expected = first.Select(e => e / first.Sum()).Concat(second.Select(e => e / second.Sum())).ToArray();
            // What a float next to 1,000 can hold, for the logarithm of the second step.
            for (int i = 0; i < 6; i++)
            {
                double tolerance = logarithm && i >= 3 ? 7e-5 : 1e-6;
                Assert.That(output[i], Is.EqualTo(logarithm ? Math.Log(expected[i]) : expected[i]).Within(tolerance));
            }
        }

        [TestCase(false)]
        [TestCase(true)]
        public void GradientsAgreeWithDifferences(bool logarithm)
        {
            using var check = new GradientCheck(new SequenceModel(new RNN(2, 3, seed: 1), new Linear(3, 4, seed: 2), new Softmax(logarithm)), batch: 2, steps: 3);
            check.Run();
        }
    }
}
