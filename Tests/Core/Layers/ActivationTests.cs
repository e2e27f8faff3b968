using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class ActivationTests
    {
        // math.tanh(x) and 1 / (1 + math.exp(-x)) of Python.
        [TestCase(Nonlinearity.Tanh, -0.9950547536867305, -0.46211715726000973, 0.0, 0.19737532022490401, 0.9999092042625951)]
        [TestCase(Nonlinearity.ReLU, 0.0, 0.0, 0.0, 0.2, 5.0)]
        [TestCase(Nonlinearity.Sigmoid, 0.04742587317756678, 0.3775406687981454, 0.5, 0.549833997312478, 0.9933071490757153)]
        public void TheFunctionIsAppliedToEveryNumber(Nonlinearity function, params double[] expected)
        {
            float[] inputs = { -3, -0.5f, 0, 0.2f, 5 };
            foreach (KernelSet kernels in KernelSet.Available)
                using (var pass = new SequencePass(Model(function, seed: 1), 1, 5, kernels: kernels))
                {
                    var output = new float[10];
                    pass.Forward(inputs, 1, 5);
                    pass.CopyOutput(output);
                    for (int i = 0; i < 5; i++)
                    {
                        Assert.That(output[2 * i], Is.EqualTo(expected[i]).Within(1e-6), kernels.Name);
                        Assert.That(output[2 * i + 1], Is.EqualTo(function == Nonlinearity.ReLU ? Math.Max(0, -inputs[i]) : function == Nonlinearity.Tanh ? -expected[i] : 1 - expected[i]).Within(1e-6), kernels.Name);
                    }
                }
        }

        [Test]
        public void GradientsAgreeWithFiniteDifferences([Values] Nonlinearity function)
        {
            // Inputs and weights keep ReLU's bend at a distance.
            float[] inputs = { -0.9f, 0.7f, 1.1f, -0.4f, 0.5f, 0.3f };
            foreach (KernelSet kernels in KernelSet.Available)
                using (var check = new GradientCheck(Model(function, seed: 2), 2, 3, new[] { 3, 2 }, inputs, kernels: kernels)) check.Run();
        }

        /// <summary>One number becomes itself and its negative.</summary>
        private static SequenceModel Model(Nonlinearity function, ulong seed)
        {
            var linear = new Linear(1, 2, bias: false, seed: seed);
            linear.Store["weight"].Set(new float[] { 1, -1 });
            return new SequenceModel(linear, new Activation(function));
        }
    }
}
