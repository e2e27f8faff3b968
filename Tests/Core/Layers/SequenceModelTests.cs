using System;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public class SequenceModelTests
    {
        [Test]
        public void ParametersCarryTheNamesOfTheirLayers()
        {
            Assert.That(new SequenceModel(new GRU(2, 3), new LastStep(), new Linear(3, 1)).Parameters.Select(p => p.Name), Is.EqualTo(new[]
            {
                "0.weight_ih_l0", "0.weight_hh_l0", "0.bias_ih_l0", "0.bias_hh_l0", "2.weight", "2.bias",
            }));
            var named = new SequenceModel(("lstm", new LSTM(2, 3, bias: false)), ("head", new Linear(3, 1)));
            Assert.That(named.Parameters.Select(p => p.ToString()), Is.EqualTo(new[] { "lstm.weight_ih_l0 (12, 2)", "lstm.weight_hh_l0 (12, 3)", "head.weight (1, 3)", "head.bias (1)" }));
            Assert.That(named.LayerNames, Is.EqualTo(new[] { "lstm", "head" }));
            Assert.That(named.Store.Parameters, Is.EqualTo(named.Parameters));
            var nested = new SequenceModel(("body", new SequenceModel(new Linear(2, 3), new Activation(Nonlinearity.Tanh), new Linear(3, 4))), ("head", new Linear(4, 1)));
            Assert.That(nested.Parameters.Select(p => p.Name), Is.EqualTo(new[] { "body.0.weight", "body.0.bias", "body.2.weight", "body.2.bias", "head.weight", "head.bias" }));
        }

        [Test]
        public void ParametersMoveIntoTheModelWithTheirValues()
        {
            Linear first = new Linear(2, 3, seed: 1), second = new Linear(3, 1, seed: 2);
            float[] values = first.Store.Values.Concat(second.Store.Values).ToArray();
            var model = new SequenceModel(first, second);
            Assert.That(model.Store.Values, Is.EqualTo(values));
            Assert.That(model.Store.Length, Is.EqualTo(2 * 3 + 3 + 3 + 1));
            Assert.That(first.Store, Is.SameAs(model.Store));
            model.Store["1.bias"].Fill(42);
            Assert.That(model.Store.Values[12], Is.EqualTo(42f));
            Assert.That(second.Parameters[1].Value[0], Is.EqualTo(42f));
        }

        [Test]
        public void ItsOutputIsThatOfItsLayersInTurn()
        {
            Layer[] Layers() => new Layer[] { new Embedding(7, 3, seed: 1), new LSTM(3, 4, bidirectional: true, seed: 2), new FinalStates(), new Linear(8, 2, seed: 3) };
            float[] symbols = { 1, 6, 3, 0, 5, 2, 2, 4 };
            int[] lengths = { 4, 2 };
            Layer[] apart = Layers();
            var embedded = new float[2 * 4 * 3];
            using (var pass = new SequencePass(apart[0], 2, 4))
            {
                pass.Forward(symbols, 2, 4, lengths: lengths);
                pass.CopyOutput(embedded);
            }
            float[] ends = ((LSTM)apart[1]).Run(embedded, 2, 4, lengths: lengths).FinalHidden;
            float[] expected = new float[4], joined = new float[16];
            for (int row = 0; row < 2; row++)
                for (int d = 0; d < 2; d++) Array.Copy(ends, (d * 2 + row) * 4, joined, row * 8 + d * 4, 4);
            using (var pass = new SequencePass(apart[3], 2, 1))
            {
                pass.Forward(joined, 2, 1);
                pass.CopyOutput(expected);
            }

            var model = new SequenceModel(Layers());
            var output = new float[4];
            using (var pass = new SequencePass(model, 2, 4))
            {
                pass.Forward(symbols, 2, 4, lengths: lengths);
                pass.CopyOutput(output);
            }
            Assert.That(output, Is.EqualTo(expected).Within(1e-6));
        }

        [Test]
        public void StatesStandInTheOrderOfTheLayers()
        {
            Layer first = new GRU(1, 2, seed: 1), second = new LSTM(2, 3, seed: 2);
            float[] state = GradientCheck.Draw(new RandomSource(3), 2 * 8), input = { 0.5f, -0.25f };
            float[] Part(int row, int from, int length) => state.AsSpan(row * 8 + from, length).ToArray();
            RecurrentOutput a = ((GRU)first).Run(input, 2, 1, Part(0, 0, 2).Concat(Part(1, 0, 2)).ToArray());
            RecurrentOutput b = ((LSTM)second).Run(a.Output, 2, 1, Part(0, 2, 3).Concat(Part(1, 2, 3)).ToArray(), Part(0, 5, 3).Concat(Part(1, 5, 3)).ToArray());

            var model = new SequenceModel(first, second);
            Assert.That(model.StateSize, Is.EqualTo(2 + 3 + 3));
            using (var pass = new SequencePass(model, 2, 1))
            {
                pass.Forward(input, 2, 1, state);
                float[] final = pass.FinalState.ToArray();
                for (int row = 0; row < 2; row++)
                {
                    float[] expected = a.FinalHidden.Skip(2 * row).Take(2).Concat(b.FinalHidden.Skip(3 * row).Take(3)).Concat(b.FinalCell.Skip(3 * row).Take(3)).ToArray();
                    Assert.That(final.AsSpan(row * 8, 8).ToArray(), Is.EqualTo(expected).Within(1e-6));
                }
            }
        }

        [Test]
        public void GradientsOfAWholeModelAgreeWithFiniteDifferences([Values(false, true)] bool ragged, [ValueSource(typeof(SequencePassTests), nameof(SequencePassTests.KernelNames))] string kernels)
        {
            var model = new SequenceModel(
                new Linear(3, 4, seed: 1), new Activation(Nonlinearity.Sigmoid), new RNN(4, 5, seed: 2), new Dropout(0.3f),
                new LSTM(5, 4, numLayers: 2, dropout: 0.3f, bidirectional: true, projSize: 3, seed: 3), new GRU(6, 4, resetAfter: false, seed: 4),
                new LastStep(), new Dropout(0.3f), new Linear(4, 3, seed: 5));
            using (var check = new GradientCheck(model, 3, 4, ragged ? new[] { 4, 2, 3 } : null, training: true, kernels: Fixture.Kernels(kernels))) check.Run();
        }

        [Test]
        public void GradientsOfATextClassifierAgreeWithFiniteDifferences()
        {
            var model = new SequenceModel(
                ("embedding", new Embedding(9, 4, paddingIndex: 0, seed: 1)), ("lstm", new LSTM(4, 5, numLayers: 2, dropout: 0.5f, bidirectional: true, seed: 2)),
                ("ends", new FinalStates()), ("dropout", new Dropout(0.5f)), ("head", new Linear(10, 3, seed: 3)));
            // No padding symbol: its row has no gradient, whatever a difference would find.
            float[] symbols = { 1, 5, 8, 2, 5, 5, 3, 7, 4, 6, 2, 1, 8, 8, 4 };
            using (var check = new GradientCheck(model, 3, 5, new[] { 5, 2, 4 }, symbols, training: true)) check.Run(inputs: false);
        }

        [Test]
        public void GradientsOfAModelInsideAModelAgreeWithFiniteDifferences()
        {
            var model = new SequenceModel(new SequenceModel(new Linear(2, 3, seed: 1), new GRU(3, 4, seed: 2)), new SequenceModel(new LSTM(4, 3, seed: 3), new Linear(3, 2, seed: 4)));
            Assert.That(model.StateSize, Is.EqualTo(4 + 3 + 3));
            using (var check = new GradientCheck(model, 2, 4, new[] { 4, 3 })) check.Run();
        }

        [Test]
        public void TheSummaryIsATable()
        {
            var model = new SequenceModel(("embedding", new Embedding(100, 8)), ("lstm", new LSTM(8, 16, bidirectional: true, bias: false)), ("ends", new FinalStates()), ("head", new Linear(32, 5)));
            Assert.That(model.Summary(), Is.EqualTo(string.Join("\n",
                "name       layer                            in  out  parameters",
                "embedding  Embedding(100→8)                  1    8         800",
                "             weight (100, 8)                                800",
                "lstm       LSTM(8→16, bidirectional)         8   32        3072",
                "             weight_ih_l0 (64, 8)                           512",
                "             weight_hh_l0 (64, 16)                         1024",
                "             weight_ih_l0_reverse (64, 8)                   512",
                "             weight_hh_l0_reverse (64, 16)                 1024",
                "ends       FinalStates                      32   32           0",
                "head       Linear(32→5)                     32    5         165",
                "             weight (5, 32)                                 160",
                "             bias (5)                                         5",
                "           total                             1    5        4037",
                "")));
            Assert.That(model.ToString(), Is.EqualTo("Embedding(100→8) → LSTM(8→16, bidirectional) → FinalStates → Linear(32→5)"));
        }

        [Test]
        public void SizesMustFit()
        {
            Assert.That(() => new SequenceModel(new LSTM(2, 3), new Linear(4, 1)), Throws.ArgumentException.With.Message.EqualTo("Linear(4→1): the layer before it gives 3 features, expected 4."));
            Assert.That(() => new SequenceModel(new GRU(2, 3, bidirectional: true), new LastStep(), new Linear(3, 1)), Throws.ArgumentException.With.Message.EqualTo("Linear(3→1): the layer before it gives 6 features, expected 3."));
            Assert.That(() => new SequenceModel(new Dropout(0.5f), new Linear(3, 1)), Throws.ArgumentException.With.Message.StartsWith("SequenceModel: Dropout(0.5) cannot come first, for it has the size of the layer before it."));
            Assert.That(() => new SequenceModel(new Layer[0]), Throws.ArgumentException.With.Message.StartsWith("SequenceModel: expected at least one layer, got none."));
            Assert.That(() => new SequenceModel(new Linear(1, 1), null!), Throws.ArgumentException.With.Message.StartsWith("SequenceModel: layer '1' is null."));
        }

        [Test]
        public void ALayerBelongsToOneModelOnce()
        {
            var linear = new Linear(2, 2);
            Assert.That(() => new SequenceModel(linear, new Activation(Nonlinearity.Tanh), linear), Throws.ArgumentException.With.Message.EqualTo("SequenceModel: Linear(2→2) stands at positions 0 and 2; expected different layers."));
            var model = new SequenceModel(linear);
            Assert.That(() => new SequenceModel(new Linear(1, 2), linear), Throws.ArgumentException.With.Message.EqualTo("SequenceModel: Linear(2→2) at position 1 already belongs to a model."));
            var outer = new SequenceModel(model);
            Assert.That(() => new SequenceModel(model), Throws.ArgumentException);
            Assert.That(() => new SequenceModel(linear), Throws.ArgumentException);
            Assert.That(outer.Parameters[0].Name, Is.EqualTo("0.0.weight"));
        }

        [TestCase("", "SequenceModel: '' cannot name a layer; expected letters without a dot.")]
        [TestCase("a.b", "SequenceModel: 'a.b' cannot name a layer; expected letters without a dot.")]
        [TestCase("first", "SequenceModel: two layers are called 'first'.")]
        public void NamesMustTellLayersApart(string name, string message) => Assert.That(
            () => new SequenceModel(("first", new Linear(1, 1)), (name, new Linear(1, 1))), Throws.ArgumentException.With.Message.EqualTo(message));

        [Test]
        public void AFailedCompositionLeavesTheLayersFree()
        {
            Linear first = new Linear(2, 3, seed: 1), second = new Linear(4, 1, seed: 2);
            Assert.That(() => new SequenceModel(first, second), Throws.ArgumentException);
            Assert.That(first.Parameters[0].Name, Is.EqualTo("weight"));
            Assert.That(new SequenceModel(first).Store.Length, Is.EqualTo(9));
        }

        [Test]
        public void ASeedInitialisesEveryLayerDifferently()
        {
            var model = new SequenceModel(new Linear(4, 4, seed: 1), new Linear(4, 4, seed: 1));
            Assert.That(model.Store["0.weight"].Value.ToArray(), Is.EqualTo(model.Store["1.weight"].Value.ToArray()));
            model.Initialize(9);
            float[] values = (float[])model.Store.Values.Clone();
            Assert.That(model.Store["0.weight"].Value.ToArray(), Is.Not.EqualTo(model.Store["1.weight"].Value.ToArray()));
            model.Initialize(10);
            Assert.That(model.Store.Values, Is.Not.EqualTo(values));
            model.Initialize(9);
            Assert.That(model.Store.Values, Is.EqualTo(values));
        }
    }
}
