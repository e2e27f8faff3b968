using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class OptimizerTests
    {
        private const int Parameters = 37;

        /// <summary>An optimizer beside the same algorithm written down a second time, in double precision and one parameter at a time.</summary>
        public sealed class Case
        {
            /// <summary>Makes the optimizer.</summary>
            public readonly Func<Optimizer> Create;

            /// <summary>One step of one parameter: (p, g, its state, learning rate, number of the step from 1) → the new p.</summary>
            public readonly Func<double, double, double[], double, int, double> Step;

            /// <summary>The names of the state's numbers, in the order in which <see cref="Step"/> uses them.</summary>
            public readonly string[] State;

            public Case(Func<Optimizer> create, Func<double, double, double[], double, int, double> step, params string[] state)
            {
                Create = create;
                Step = step;
                State = state;
            }

            public override string ToString() => Create().ToString();
        }

        public static IEnumerable<Case> Cases()
        {
            yield return new Case(() => new SGD(0.1f), (p, g, s, lr, n) => p - lr * g);
            yield return new Case(() => new SGD(0.1f, weightDecay: 0.3), (p, g, s, lr, n) => p - lr * (g + 0.3 * p));
            yield return new Case(() => new SGD(0.1f, momentum: 0.9), (p, g, s, lr, n) => p - lr * (s[0] = 0.9 * s[0] + g), "momentum_buffer");
            yield return new Case(
                () => new SGD(0.1f, momentum: 0.8, dampening: 0.25, weightDecay: 0.02),
                (p, g, s, lr, n) => p - lr * (s[0] = n == 1 ? g + 0.02 * p : 0.8 * s[0] + 0.75 * (g + 0.02 * p)),
                "momentum_buffer");
            yield return new Case(
                () => new SGD(0.1f, momentum: 0.8, weightDecay: 0.02, nesterov: true),
                (p, g, s, lr, n) =>
                {
                    double d = g + 0.02 * p;
                    s[0] = 0.8 * s[0] + d;
                    return p - lr * (d + 0.8 * s[0]);
                },
                "momentum_buffer");

            foreach (double momentum in new[] { 0.0, 0.7 })
                foreach (bool centered in new[] { false, true })
                    foreach (double weightDecay in new[] { 0.0, 0.1 })
                        yield return new Case(
                            () => new RMSprop(0.02f, alpha: 0.9, epsilon: 1e-5, momentum: momentum, centered: centered, weightDecay: weightDecay),
                            (p, g, s, lr, n) =>
                            {
                                g += weightDecay * p;
                                s[0] = 0.9 * s[0] + 0.1 * g * g;
                                double variance = s[0];
                                if (centered)
                                {
                                    s[1] = 0.9 * s[1] + 0.1 * g;
                                    variance -= s[1] * s[1];
                                }
                                double step = g / (Math.Sqrt(variance) + 1e-5);
                                if (momentum > 0.0) step = s[s.Length - 1] = momentum * s[s.Length - 1] + step;
                                return p - lr * step;
                            },
                            new[] { "square_avg", centered ? "grad_avg" : "", momentum > 0.0 ? "momentum_buffer" : "" }.Where(name => name != "").ToArray());

            foreach (bool decoupled in new[] { false, true })
                foreach (bool amsgrad in new[] { false, true })
                    foreach (double weightDecay in new[] { 0.0, 0.1 })
                        yield return new Case(
                            () => decoupled
                                ? new AdamW(0.02f, beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: weightDecay, amsgrad: amsgrad)
                                : new Adam(0.02f, beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: weightDecay, amsgrad: amsgrad),
                            (p, g, s, lr, n) =>
                            {
                                if (decoupled) p -= lr * weightDecay * p;
                                else g += weightDecay * p;
                                s[0] = 0.8 * s[0] + 0.2 * g;
                                s[1] = 0.95 * s[1] + 0.05 * g * g;
                                double v = s[1];
                                if (amsgrad) v = s[2] = Math.Max(s[2], v);
                                double meanHat = s[0] / (1.0 - Math.Pow(0.8, n)), squareHat = v / (1.0 - Math.Pow(0.95, n));
                                return p - lr * meanHat / (Math.Sqrt(squareHat) + 1e-6);
                            },
                            amsgrad ? new[] { "exp_avg", "exp_avg_sq", "max_exp_avg_sq" } : new[] { "exp_avg", "exp_avg_sq" });

            // With PyTorch's defaults.
            yield return new Case(() => new SGD(), (p, g, s, lr, n) => p - lr * g);
            yield return new Case(
                () => new RMSprop(),
                (p, g, s, lr, n) => p - lr * g / (Math.Sqrt(s[0] = 0.99 * s[0] + 0.01 * g * g) + 1e-8),
                "square_avg");
            foreach (bool decoupled in new[] { false, true })
                yield return new Case(
                    () => decoupled ? new AdamW() : new Adam(),
                    (p, g, s, lr, n) =>
                    {
                        if (decoupled) p *= 1.0 - lr * 0.01;
                        s[0] = 0.9 * s[0] + (1.0 - 0.9) * g;
                        s[1] = 0.999 * s[1] + (1.0 - 0.999) * g * g;
                        return p - lr * (s[0] / (1.0 - Math.Pow(0.9, n))) / (Math.Sqrt(s[1] / (1.0 - Math.Pow(0.999, n))) + 1e-8);
                    },
                    "exp_avg", "exp_avg_sq");
        }

        [TestCaseSource(nameof(Cases))]
        public void TenStepsAreThoseOfTheDefinition(Case c)
        {
            Optimizer optimizer = c.Create();
            float[] parameters = Gaussians(1, 1f);
            double[] expected = Array.ConvertAll(parameters, p => (double)p);
            var state = new double[Parameters][];
            for (int i = 0; i < Parameters; i++) state[i] = new double[c.State.Length];
            for (int step = 1; step <= 10; step++)
            {
                if (step == 6) optimizer.LearningRate *= 0.5f;
                float[] gradients = GradientsOf(step);
                optimizer.Step(parameters, gradients);
                for (int i = 0; i < Parameters; i++)
                    expected[i] = c.Step(expected[i], gradients[i], state[i], optimizer.LearningRate, step);
            }

            Assert.That(optimizer.StepCount, Is.EqualTo(10));
            AssertAgree(parameters, expected, "parameters");
            IReadOnlyList<KeyValuePair<string, float[]>> actual = optimizer.GetState();
            Assert.That(actual.Select(entry => entry.Key), Is.EqualTo(c.State));
            for (int k = 0; k < actual.Count; k++) AssertAgree(actual[k].Value, state.Select(s => s[k]).ToArray(), actual[k].Key);
        }

        [TestCaseSource(nameof(Cases))]
        public void AResumedRunContinuesBitForBit(Case c)
        {
            Optimizer optimizer = c.Create();
            float[] parameters = Gaussians(2, 1f);
            for (int step = 1; step <= 4; step++) optimizer.Step(parameters, GradientsOf(step));
            var savedParameters = (float[])parameters.Clone();
            KeyValuePair<string, float[]>[] savedState = optimizer.GetState().Reverse().ToArray();
            for (int step = 5; step <= 9; step++) optimizer.Step(parameters, GradientsOf(step));

            Optimizer resumed = c.Create();
            resumed.Step(new float[Parameters], GradientsOf(3));
            resumed.SetState(4, savedState);
            for (int step = 5; step <= 9; step++) resumed.Step(savedParameters, GradientsOf(step));

            Assert.That(resumed.StepCount, Is.EqualTo(9));
            Assert.That(Bits(savedParameters), Is.EqualTo(Bits(parameters)));
            for (int k = 0; k < c.State.Length; k++) Assert.That(Bits(resumed.GetState()[k].Value), Is.EqualTo(Bits(optimizer.GetState()[k].Value)));
        }

        [TestCaseSource(nameof(Cases))]
        public void AfterTheFirstStepNothingIsAllocated(Case c)
        {
            Optimizer optimizer = c.Create();
            float[] parameters = Gaussians(3, 1f), gradients = GradientsOf(1);
            for (int step = 0; step < 10; step++) optimizer.Step(parameters, gradients);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int step = 0; step < 10; step++) optimizer.Step(parameters, gradients);
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        [Test]
        public void TheNumberOfParametersIsThatOfTheFirstStep()
        {
            var optimizer = new Adam();
            Assert.That(() => optimizer.Step(new float[3], new float[2]), Throws.ArgumentException.With.Message.StartsWith("Adam: 3 parameters have 2 gradients."));
            optimizer.Step(new float[3], new float[3]);
            Assert.That(() => optimizer.Step(new float[4], new float[4]), Throws.ArgumentException.With.Message.StartsWith("Adam: got 4 parameters, expected 3 as before."));
            Assert.That(optimizer.StepCount, Is.EqualTo(1));

            var sgd = new SGD();
            sgd.Step(new float[3], new float[3]);
            Assert.That(() => sgd.Step(new float[4], new float[4]), Throws.ArgumentException);
        }

        [Test]
        public void AStateThatDoesNotFitIsRefusedAndChangesNothing()
        {
            var optimizer = new Adam();
            float[] parameters = { 1f, 2f };
            optimizer.Step(parameters, new[] { 0.5f, -0.25f });
            KeyValuePair<string, float[]> mean = KeyValuePair.Create("exp_avg", new float[2]), square = KeyValuePair.Create("exp_avg_sq", new float[2]);
            KeyValuePair<string, float[]> longer = KeyValuePair.Create("exp_avg_sq", new float[3]), unknown = KeyValuePair.Create("square_avg", new float[2]);

            AssertRefused(optimizer, -1, "Adam: a state of -1 steps, expected at least 0.");
            AssertRefused(optimizer, 5, "Adam: the state lacks 'exp_avg_sq', expected exp_avg, exp_avg_sq.", mean);
            AssertRefused(optimizer, 5, "Adam: 'exp_avg_sq' of the state has 3 values, expected 2.", mean, longer);
            AssertRefused(optimizer, 5, "Adam: does not know 'square_avg' in a state of 5 steps, expected exp_avg, exp_avg_sq.", mean, square, unknown);
            AssertRefused(optimizer, 5, "Adam: the state has 'exp_avg' twice.", mean, square, mean);
            AssertRefused(optimizer, 0, "Adam: does not know 'exp_avg' in a state of 0 steps, expected none.", mean, square);
            AssertRefused(new SGD(), 5, "SGD: does not know 'momentum_buffer' in a state of 5 steps, expected none.", KeyValuePair.Create("momentum_buffer", new float[2]));

            Assert.That(optimizer.StepCount, Is.EqualTo(1));
            Assert.That(optimizer.GetState()[0].Value, Is.EqualTo(new[] { 0.05f, -0.025f }).Within(1e-8f));
        }

        [Test]
        public void TheStateOfAnUnusedOptimizerMakesOneUnused()
        {
            var optimizer = new SGD(0.5f, momentum: 0.9);
            optimizer.Step(new float[2], new[] { 1f, 2f });
            optimizer.SetState(0, new SGD(0.5f, momentum: 0.9).GetState());
            float[] parameters = { 1f, 2f, 3f };
            optimizer.Step(parameters, new[] { 1f, 1f, -2f });
            Assert.That(parameters, Is.EqualTo(new[] { 0.5f, 1.5f, 4f }));
            Assert.That(optimizer.StepCount, Is.EqualTo(1));
        }

        [Test]
        public void WhatIsReturnedOrGivenAsStateIsACopy()
        {
            var optimizer = new SGD(0.5f, momentum: 0.5);
            float[] parameters = { 1f };
            optimizer.Step(parameters, new[] { 1f });
            optimizer.GetState()[0].Value[0] = 1000f;
            var given = new[] { KeyValuePair.Create("momentum_buffer", new[] { 4f }) };
            optimizer.SetState(1, given);
            given[0].Value[0] = 1000f;
            optimizer.Step(parameters, new[] { 1f });
            Assert.That(parameters[0], Is.EqualTo(0.5f - 0.5f * (0.5f * 4f + 1f)));
        }

        [Test]
        public void DefaultLearningRatesArePyTorchs()
        {
            Assert.That(new SGD().LearningRate, Is.EqualTo(1e-3f));
            Assert.That(new RMSprop().LearningRate, Is.EqualTo(1e-2f));
            Assert.That(new Adam().LearningRate, Is.EqualTo(1e-3f));
            Assert.That(new AdamW().LearningRate, Is.EqualTo(1e-3f));
        }

        [Test]
        public void LearningRatesAreChecked()
        {
            Assert.That(() => new Adam(-1f), Throws.ArgumentException.With.Message.StartsWith("Adam: learningRate is -1, expected a finite value of at least 0."));
            Assert.That(() => new SGD(0.1f).LearningRate = float.NaN, Throws.ArgumentException);
            Assert.That(() => new RMSprop(float.PositiveInfinity), Throws.ArgumentException);
        }

        private static void AssertRefused(Optimizer optimizer, long stepCount, string message, params KeyValuePair<string, float[]>[] state) =>
            Assert.That(() => optimizer.SetState(stepCount, state), Throws.ArgumentException.With.Message.StartsWith(message));

        private static void AssertAgree(float[] actual, double[] expected, string what)
        {
            double tolerance = 1e-6 * expected.Max(x => Math.Abs(x));
            for (int i = 0; i < expected.Length; i++) Assert.That(actual[i], Is.EqualTo(expected[i]).Within(tolerance), $"{what}[{i}]");
        }

        private static float[] GradientsOf(int step) => Gaussians(100 + (ulong)step, step % 4 == 1 ? 2f : 0.3f);

        private static float[] Gaussians(ulong seed, float deviation)
        {
            var random = new RandomSource(seed);
            var values = new float[Parameters];
            for (int i = 0; i < Parameters; i++) values[i] = deviation * random.NextGaussian();
            return values;
        }

        private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
    }
}
