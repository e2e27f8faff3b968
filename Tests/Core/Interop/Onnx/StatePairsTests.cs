using System.Linq;
using NUnit.Framework;
using Recurrent.Onnx;

namespace Recurrent.Tests.Onnx
{
    public class StatePairsTests
    {
        [TestCase("h0", "hn")]
        [TestCase("c0", "cn")]
        [TestCase("h_0", "h_n")]
        [TestCase("h", "hn")]
        [TestCase("c", "cn")]
        [TestCase("state", "stateN")]
        [TestCase("recurrent_in", "recurrent_out")]
        [TestCase("input_states", "output_states")]
        [TestCase("conv_cache", "conv_cache_out")]
        [TestCase("prev_h", "next_h")]
        [TestCase("hidden_state", "new_hidden_state")]
        [TestCase("lstm/state_in:0", "lstm/state_out:0")]
        [TestCase("lastAction", "action")]
        public void NamesOfRealModelsArePaired(string input, string output)
        {
            var inputs = new[] { Value("x", 1, 8), Value(input, 2, 1, 16) };
            var outputs = new[] { Value("y", 1, 4), Value(output, 2, 1, 16) };
            StatePair[] pairs = StatePairs.Find(inputs, outputs).ToArray();
            Assert.That(pairs, Is.EqualTo(new[] { new StatePair(input, output) }));
            Assert.That(pairs[0].Reason, Is.EqualTo("name"));
        }

        [Test]
        public void TwoStatesOfOneShapeFollowTheirNames()
        {
            var inputs = new[] { Value("x", 1, 8), Value("h0", 2, 1, 16), Value("c0", 2, 1, 16) };
            var outputs = new[] { Value("y", 1, 4), Value("cn", 2, 1, 16), Value("hn", 2, 1, 16) };
            Assert.That(StatePairs.Find(inputs, outputs), Is.EqualTo(new[] { new StatePair("h0", "hn"), new StatePair("c0", "cn") }));
        }

        [Test]
        public void ADigitIsALayerWhereBothHaveIt()
        {
            var inputs = new[] { Value("h_1", 1, 16), Value("h_0", 1, 16) };
            var outputs = new[] { Value("h_0_out", 1, 16), Value("h_1_out", 1, 16) };
            Assert.That(StatePairs.Find(inputs, outputs), Is.EqualTo(new[] { new StatePair("h_1", "h_1_out"), new StatePair("h_0", "h_0_out") }));
        }

        [Test]
        public void StatesWhoseOutputsHaveNumbersForNamesGoByShapeInOrder()
        {
            var inputs = new[] { Value("x", 1, 8), Value("h0", 2, 1, 16), Value("c0", 2, 1, 16) };
            var outputs = new[] { Value("y", 1, 4), Value("57", 2, 1, 16), Value("58", 2, 1, 16) };
            StatePair[] pairs = StatePairs.Find(inputs, outputs).ToArray();
            Assert.That(pairs, Is.EqualTo(new[] { new StatePair("h0", "57"), new StatePair("c0", "58") }));
            Assert.That(pairs[1].Reason, Is.EqualTo("shape"));
        }

        [Test]
        public void AmbiguousShapesAreLeftToTheCaller()
        {
            var inputs = new[] { Value("x", 2, 1, 16), Value("hidden", 2, 1, 16) };
            var outputs = new[] { Value("57", 2, 1, 16), Value("58", 2, 1, 16) };
            Assert.That(StatePairs.Find(inputs, outputs), Is.Empty);
        }

        [Test]
        public void FeaturesAreNoStates()
        {
            Assert.That(StatePairs.Find(new[] { Value("input", 1, 8) }, new[] { Value("output", 1, 8) }), Is.Empty);
            Assert.That(StatePairs.Find(new[] { Value("mix", 1, 8) }, new[] { Value("enh", 1, 8) }), Is.Empty);
            Assert.That(StatePairs.Find(new[] { Value("audio_in", 1, 8) }, new[] { Value("audio_out", 1, 8) }), Is.Empty);
            Assert.That(StatePairs.Find(new[] { Value("obs_0", 1, 8) }, new[] { Value("action", 1, 8) }), Is.Empty);
        }

        [Test]
        public void TypeAndShapeHaveToAgree()
        {
            Assert.That(StatePairs.Find(new[] { Value("h0", 1, 8) }, new[] { Value("hn", 1, 9) }), Is.Empty);
            Assert.That(StatePairs.Find(new[] { Value("h0", 1, 8) }, new[] { Value("hn", 1, 1, 8) }), Is.Empty);
            Assert.That(StatePairs.Find(new[] { Value("h0", 8) }, new[] { new OnnxValueInfo("hn", OnnxDataType.Int64, 8) }), Is.Empty);
        }

        [Test]
        public void SymbolicAndUnknownAxesAgreeWithAnything()
        {
            var inputs = new[] { new OnnxValueInfo("state", OnnxDataType.Float, 2, "", 128) };
            Assert.That(StatePairs.Find(inputs, new[] { new OnnxValueInfo("stateN", OnnxDataType.Float, "a", "b", "c") }).Count, Is.EqualTo(1));
            Assert.That(StatePairs.Find(inputs, new[] { new OnnxValueInfo("stateN") { ElementType = OnnxDataType.Float } }).Count, Is.EqualTo(1));
        }

        [Test]
        public void ConstantsListedAsInputsAreNoInputs()
        {
            var model = new OnnxModel();
            model.Graph.Inputs.Add(Value("h0", 1));
            model.Graph.Initializers.Add(OnnxTensor.FromSingles("h0", new long[] { 1 }, new[] { 0f }));
            model.Graph.Outputs.Add(Value("hn", 1));
            Assert.That(StatePairs.Find(model), Is.Empty);
        }

        private static OnnxValueInfo Value(string name, params long[] shape) =>
            new OnnxValueInfo(name, OnnxDataType.Float, shape.Select(size => new OnnxDimension(size)).ToArray());
    }
}
