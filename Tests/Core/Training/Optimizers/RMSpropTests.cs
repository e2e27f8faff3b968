using NUnit.Framework;

namespace Recurrent.Tests
{
    public class RMSpropTests
    {
        [Test]
        public void OneStepByHand()
        {
            var optimizer = new RMSprop(0.1f, alpha: 0.75, epsilon: 0.5);
            float[] parameters = { 1f };
            optimizer.Step(parameters, new[] { -3f });
            Assert.That(parameters[0], Is.EqualTo(1.15f).Within(1e-7)); // √(0.25 · 9) = 1.5, epsilon added outside the root: −3 / 2
        }

        [Test]
        public void AGradientThatNeverChangesHasNoVarianceAndGivesNoNaN()
        {
            var optimizer = new RMSprop(1e-9f, alpha: 0.5, epsilon: 1e-3, centered: true);
            var parameters = new float[64];
            var gradients = new float[64];
            for (int i = 0; i < 64; i++) gradients[i] = 0.1f + 0.37f * i;
            for (int step = 0; step < 200; step++) optimizer.Step(parameters, gradients);
            foreach (float p in parameters) Assert.That(p, Is.LessThan(0f));
        }

        [Test]
        public void ValuesOutOfRangeAreRefused()
        {
            Assert.That(() => new RMSprop(alpha: 1.0), Throws.ArgumentException.With.Message.StartsWith("RMSprop: alpha is 1, expected a value in [0, 1)."));
            Assert.That(() => new RMSprop(momentum: -1.0), Throws.ArgumentException);
            Assert.That(() => new RMSprop(epsilon: -1.0), Throws.ArgumentException);
        }

        [Test]
        public void ItsTextHoldsAllThatIsFixed() =>
            Assert.That(new RMSprop().ToString(), Is.EqualTo("RMSprop(alpha=0.99, epsilon=1E-08, momentum=0, centered=False, weightDecay=0)"));
    }
}
