using System;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class HandWrittenRNNTests
    {
        private const int Inputs = 7, Hidden = 12, Outputs = 3, Steps = 9;

        [Test]
        public void BeginsWithSmallWeightsAndNoBiases()
        {
            var network = new HandWrittenRNN(50, 60, 40, seed: 1);
            foreach (float[] weights in new[] { network.Wxh, network.Whh, network.Why })
            {
                // Four standard errors of the mean and of the deviation of 2,000 draws and more.
                Assert.That(weights.Average(), Is.EqualTo(0).Within(0.001));
                Assert.That(Math.Sqrt(weights.Average(w => (double)w * w)), Is.EqualTo(0.01).Within(0.0007));
            }
            Assert.That(network.Bh.Concat(network.By), Is.All.EqualTo(0));
        }

        [TestCase(1)]
        [TestCase(40)]
        public void AgreesWithRNNAndLinearGivenTheSameWeights(float louder)
        {
            var random = new RandomSource(2);
            var network = new HandWrittenRNN(Inputs, Hidden, Outputs, seed: 3);
            // As the tutorial begins, tanh is as good as linear; with louder weights and biases it is not.
            foreach (float[] weights in new[] { network.Wxh, network.Whh, network.Why })
                for (int i = 0; i < weights.Length; i++) weights[i] *= louder;
            if (louder > 1)
                foreach (float[] bias in new[] { network.Bh, network.By })
                    for (int i = 0; i < bias.Length; i++) bias[i] = 0.3f * random.NextGaussian();
            float[] x = GradientCheck.Draw(random, Steps * Inputs), h0 = GradientCheck.Draw(random, Hidden);

            var rnn = new RNN(Inputs, Hidden);
            rnn.Store["weight_ih_l0"].Set(network.Wxh);
            rnn.Store["weight_hh_l0"].Set(network.Whh);
            rnn.Store["bias_ih_l0"].Set(network.Bh);
            rnn.Store["bias_hh_l0"].Fill(0);
            RecurrentOutput hiddens = rnn.Run(x, 1, Steps, h0);
            var head = new Linear(Hidden, Outputs);
            head.Store["weight"].Set(network.Why);
            head.Store["bias"].Set(network.By);
            var outputs = new float[Steps * Outputs];
            using (var pass = new SequencePass(head, 1, Steps))
            {
                pass.Forward(hiddens.Output, 1, Steps);
                pass.CopyOutput(outputs);
            }

            (float[] allOutputs, float[] allHiddens) = network.Run(x, h0);
            Assert.That(hiddens.Output, Is.EqualTo(allHiddens).Within(1e-6));
            Assert.That(outputs, Is.EqualTo(allOutputs).Within(1e-6));
            Assert.That(hiddens.FinalHidden, Is.EqualTo(allHiddens.Skip((Steps - 1) * Hidden)).Within(1e-6));
            if (louder > 1) Assert.That(allHiddens.Max(Math.Abs), Is.GreaterThan(0.8f), "tanh bends");
        }
    }
}
