using System;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class RecurrentStateTests
    {
        [Test]
        public void PyTorchsBlocksBecomeRows()
        {
            // Two levels, two directions, two rows; h has 2 features and c 3. A number says block · 100 + row · 10 + feature, c's 1000 more.
            var layer = new LSTM(1, 3, numLayers: 2, bidirectional: true, projSize: 2);
            var state = new RecurrentState(layer, 2);
            float[] hidden = Blocks(features: 2, start: 0), cell = Blocks(features: 3, start: 1000);
            state.SetHidden(hidden);
            state.SetCell(cell);
            Assert.That(state.Batch, Is.EqualTo(2));
            Assert.That(state.Values, Is.EqualTo(new float[]
            {
                0, 1, 100, 101, 200, 201, 300, 301, 1000, 1001, 1002, 1100, 1101, 1102, 1200, 1201, 1202, 1300, 1301, 1302,
                10, 11, 110, 111, 210, 211, 310, 311, 1010, 1011, 1012, 1110, 1111, 1112, 1210, 1211, 1212, 1310, 1311, 1312,
            }));
            Assert.That(state.GetHidden(), Is.EqualTo(hidden));
            Assert.That(state.GetCell(), Is.EqualTo(cell));
        }

        [Test]
        public void ItBeginsWithZerosOfTheRightNumber()
        {
            var state = new RecurrentState(new GRU(1, 3, numLayers: 2), 4);
            Assert.That(state.Values.Length, Is.EqualTo(4 * 2 * 3));
            Assert.That(state.Values, Is.All.Zero);
            Assert.That(state.GetCell(), Is.Empty);
        }

        [Test]
        public void WrongSizesAreRefused()
        {
            var state = new RecurrentState(new GRU(1, 3, numLayers: 2), 4);
            Assert.That(() => state.SetHidden(new float[23]), Throws.ArgumentException.With.Message.EqualTo("GRU(1→3, 2 layers): h0 has 23 numbers, expected 2 × 4 × 3 = 24."));
            Assert.That(() => state.SetCell(new float[24]), Throws.ArgumentException.With.Message.EqualTo("GRU(1→3, 2 layers): has no cell state, got c0."));
            Assert.That(() => new RecurrentState(new GRU(1, 3), 0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("RecurrentState: expected a batch of at least 1, got 0."));
        }

        private static float[] Blocks(int features, int start) =>
            Enumerable.Range(0, 4 * 2 * features).Select(i => (float)(start + i / (2 * features) * 100 + i / features % 2 * 10 + i % features)).ToArray();
    }
}
