using NUnit.Framework;

namespace Recurrent.Tests
{
    public class SGDTests
    {
        [Test]
        public void TwoStepsWithMomentumByHand()
        {
            var optimizer = new SGD(0.1f, momentum: 0.9, dampening: 0.5);
            float[] parameters = { 1f };
            optimizer.Step(parameters, new[] { 0.5f });
            Assert.That(parameters[0], Is.EqualTo(0.95f).Within(1e-7)); // b = g = 0.5: the first step is not dampened
            optimizer.Step(parameters, new[] { 0.2f });
            Assert.That(parameters[0], Is.EqualTo(0.895f).Within(1e-7)); // b = 0.9 · 0.5 + 0.5 · 0.2 = 0.55
        }

        [Test]
        public void NesterovLooksAheadByHand()
        {
            var optimizer = new SGD(0.1f, momentum: 0.5, nesterov: true);
            float[] parameters = { 1f };
            optimizer.Step(parameters, new[] { 2f });
            Assert.That(parameters[0], Is.EqualTo(0.7f).Within(1e-7)); // g + μ b = 2 + 0.5 · 2
        }

        [Test]
        public void NesterovNeedsMomentumWithoutDampening()
        {
            Assert.That(() => new SGD(nesterov: true), Throws.ArgumentException.With.Message.StartsWith(
                "SGD: nesterov expects a momentum above 0 and a dampening of 0, got 0 and 0."));
            Assert.That(() => new SGD(momentum: 0.9, dampening: 0.1, nesterov: true), Throws.ArgumentException);
            Assert.That(() => new SGD(momentum: -0.9), Throws.ArgumentException);
            Assert.That(() => new SGD(weightDecay: double.NaN), Throws.ArgumentException);
        }

        [Test]
        public void ItsTextHoldsAllThatIsFixed() =>
            Assert.That(new SGD(0.5f, 0.9, 0.0, 0.01, true).ToString(), Is.EqualTo("SGD(momentum=0.9, dampening=0, weightDecay=0.01, nesterov=True)"));
    }
}
