using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    /// <summary>Optimizers beside torch.optim's of the same name, over ten steps on gradients that are given, and clipping by the norm.</summary>
    public class OptimizerReferenceTests
    {
        private const string Clipping = "clip-grad-norm";

        public static IEnumerable<string> OptimizerCases() => Fixture.Names("Optimizers").Where(name => !name.StartsWith(Clipping, StringComparison.Ordinal));

        public static IEnumerable<string> ClippingCases() => Fixture.Names("Optimizers").Where(name => name.StartsWith(Clipping, StringComparison.Ordinal));

        [TestCaseSource(nameof(OptimizerCases))]
        public void TheParametersAgreeAfterEveryStep(string name)
        {
            Fixture fixture = Fixture.Load("Optimizers", name);
            Optimizer optimizer = Create(fixture);
            float[] parameters = fixture.Floats("params"), gradients = fixture.Floats("grads");
            int size = parameters.Length, steps = gradients.Length / size;
            Assert.That(steps, Is.EqualTo(10));
            var after = new float[gradients.Length];
            for (int step = 0; step < steps; step++)
            {
                optimizer.Step(parameters, gradients.AsSpan(step * size, size));
                parameters.CopyTo(after, step * size);
            }
            fixture.Check("expected", after);
        }

        [TestCaseSource(nameof(ClippingCases))]
        public void ClippingByTheNormAgrees(string name)
        {
            Fixture fixture = Fixture.Load("Optimizers", name);
            float[] first = fixture.Floats("grads.0");
            float[] all = first.Concat(fixture.Floats("grads.1")).ToArray();
            double norm = GradientClipping.ByNorm(all, fixture.Number("maxNorm"));
            fixture.Check("norm", new[] { (float)norm });
            fixture.Check("expected.0", all.AsSpan(0, first.Length));
            fixture.Check("expected.1", all.AsSpan(first.Length));
        }

        private static Optimizer Create(Fixture fixture)
        {
            var rate = (float)fixture.Number("learningRate");
            double decay = fixture.Number("weightDecay");
            return fixture.Text("optimizer") switch
            {
                "SGD" => new SGD(rate, fixture.Number("momentum"), fixture.Number("dampening"), decay, fixture.Flag("nesterov")),
                "RMSprop" => new RMSprop(rate, fixture.Number("alpha"), fixture.Number("eps"), fixture.Number("momentum"), fixture.Flag("centered"), decay),
                "Adam" => new Adam(rate, fixture.Number("beta1"), fixture.Number("beta2"), fixture.Number("eps"), decay, fixture.Flag("amsgrad")),
                "AdamW" => new AdamW(rate, fixture.Number("beta1"), fixture.Number("beta2"), fixture.Number("eps"), decay, fixture.Flag("amsgrad")),
                string other => throw new ArgumentException(other),
            };
        }
    }
}
