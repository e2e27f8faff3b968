using NUnit.Framework;

namespace Recurrent.Tests
{
    public class AdamWTests
    {
        [Test]
        public void WeightDecayShrinksTheParameterAndLeavesTheGradient()
        {
            var optimizer = new AdamW(0.125f, weightDecay: 0.5);
            float[] parameters = { 2f };
            optimizer.Step(parameters, new[] { -0.5f }); // 2 · (1 − 0.125 · 0.5) + 0.125
            Assert.That(parameters[0], Is.EqualTo(2f).Within(1e-6));
            optimizer.Step(parameters, new[] { -0.5f });
            Assert.That(parameters[0], Is.EqualTo(2f).Within(1e-6));
            Assert.That(optimizer.GetState()[0].Value[0], Is.EqualTo(-0.5 * (1.0 - 0.9 * 0.9)).Within(1e-7));
        }

        [Test]
        public void ItsTextHoldsAllThatIsFixed() =>
            Assert.That(new AdamW().ToString(), Is.EqualTo("AdamW(beta1=0.9, beta2=0.999, epsilon=1E-08, weightDecay=0.01, amsgrad=False)"));
    }
}
