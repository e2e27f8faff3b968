using NUnit.Framework;

namespace Recurrent.Tests
{
    public class AdamTests
    {
        [Test]
        public void TheFirstStepIsTheLearningRateWhateverTheGradient()
        {
            var optimizer = new Adam(0.125f);
            float[] parameters = { 1f, 1f, 1f };
            optimizer.Step(parameters, new[] { 1000f, -0.001f, 0f });
            Assert.That(parameters[0], Is.EqualTo(0.875f).Within(1e-6));
            Assert.That(parameters[1], Is.EqualTo(1.125f).Within(2e-6));
            Assert.That(parameters[2], Is.EqualTo(1f));
        }

        [Test]
        public void WeightDecayEntersTheGradient()
        {
            var optimizer = new Adam(0.125f, weightDecay: 0.5);
            float[] parameters = { 2f };
            optimizer.Step(parameters, new[] { -0.5f }); // −0.5 + 0.5 · 2 is positive
            Assert.That(parameters[0], Is.EqualTo(1.875f).Within(1e-6));
        }

        [Test]
        public void ValuesOutOfRangeAreRefused()
        {
            Assert.That(() => new Adam(beta1: 1.0), Throws.ArgumentException.With.Message.StartsWith("Adam: beta1 is 1, expected a value in [0, 1)."));
            Assert.That(() => new Adam(beta2: -0.1), Throws.ArgumentException);
            Assert.That(() => new Adam(epsilon: double.PositiveInfinity), Throws.ArgumentException);
            Assert.That(() => new Adam(weightDecay: double.NaN), Throws.ArgumentException);
        }

        [Test]
        public void ItsTextHoldsAllThatIsFixed() =>
            Assert.That(new Adam(0.5f, amsgrad: true).ToString(), Is.EqualTo("Adam(beta1=0.9, beta2=0.999, epsilon=1E-08, weightDecay=0, amsgrad=True)"));
    }
}
