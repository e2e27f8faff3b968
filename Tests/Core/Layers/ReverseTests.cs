using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class ReverseTests
    {
        [Test]
        public void EachRowIsTurnedRoundWithinItsOwnLength()
        {
            using var pass = new SequencePass(new Reverse(1), 2, 3);
            pass.Forward(new float[] { 1, 2, 3, 4, 5, 99 }, 2, 3, lengths: new[] { 3, 2 });
            var output = new float[6];
            pass.CopyOutput(output);
            Assert.That(output, Is.EqualTo(new float[] { 3, 2, 1, 5, 4, 0 }));
        }

        [Test]
        public void BetweenTwoOfThemALayerIsABidirectionalOnesSecondHalf()
        {
            var both = new GRU(2, 3, bidirectional: true, seed: 1);
            var one = new GRU(2, 3);
            for (int i = 0; i < 4; i++) one.Parameters[i].Set(both.Cell(0, 1).Parameters[i].Value);
            var model = new SequenceModel(new Reverse(2), one, new Reverse());
            float[] input = GradientCheck.Draw(new RandomSource(5), 2 * 4 * 2);
            int[] lengths = { 4, 2 };
            float[] expected = both.Run(input, 2, 4, lengths: lengths).Output;
            using var pass = new SequencePass(model, 2, 4);
            pass.Forward(input, 2, 4, lengths: lengths);
            var output = new float[2 * 4 * 3];
            pass.CopyOutput(output);
            Assert.That(output, Is.EqualTo(expected.Where((_, i) => i % 6 >= 3)));
        }

        [Test]
        public void GradientsFollowTheSteps()
        {
            var model = new SequenceModel(new Reverse(2), new LSTM(2, 3, seed: 2), new Reverse(), new Linear(3, 2, seed: 3));
            using var check = new GradientCheck(model, batch: 2, steps: 4, lengths: new[] { 4, 2 });
            check.Run();
        }

        [Test]
        public void ItCannotBeStreamed() => Assert.That(() => new SequenceModel(new Reverse(2), new RNN(2, 3)).OpenStream(), Throws.ArgumentException);
    }
}
