using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class EncoderDecoderTests
    {
        // (row, step, 2): sources of 4, 2 and 3 symbols, targets of 3, 3 and 5; 0 pads, and so does a negative number.
        private const int Rows = 3, Steps = 5;
        private static readonly int[] s_sourceLengths = { 4, 2, 3 }, s_targetLengths = { 3, 3, 5 };
        private static readonly float[] s_input =
        {
            2, 1, 4, 3, 6, 2, 1, 0, 0, 0,
            5, 1, 5, 2, 0, 4, -1, -1, 0, -1,
            3, 1, 1, 4, 2, 3, 0, 3, 0, 2,
        };

        public enum Arrangement
        {
            StatesCarried,
            BothDirectionsWithGeneralAttention,
            EncodersEndRepeatedAlone,
            SymbolsAndEncodersEndWithDotAttention,
            TwoLevelsWithDropoutAndAllOfIt,
        }

        private static EncoderDecoder Make(Arrangement arrangement) => arrangement switch
        {
            Arrangement.StatesCarried => Common(),
            Arrangement.BothDirectionsWithGeneralAttention => Attentive(),
            Arrangement.EncodersEndRepeatedAlone => new EncoderDecoder(7, 5, new LSTM(7, 6, seed: 1), new LSTM(6, 4, seed: 2),
                new EncoderDecoderOptions { SourcePadding = 0, TargetPadding = 0, FeedsSymbols = false, RepeatsEncoder = true, CarriesState = false }, 3),
            Arrangement.SymbolsAndEncodersEndWithDotAttention => new EncoderDecoder(7, 5, new RNN(4, 3, 2, bidirectional: true, seed: 1), new GRU(5 + 6, 6, resetAfter: false, seed: 2),
                new EncoderDecoderOptions { SourcePadding = 0, TargetPadding = 0, SourceEmbedding = 4, RepeatsEncoder = true, CarriesState = false, Attention = AttentionScore.Dot }, 3),
            _ => new EncoderDecoder(7, 5, new LSTM(7, 6, numLayers: 2, dropout: 0.3f, projSize: 4, seed: 1), new LSTM(3 + 4, 6, numLayers: 2, dropout: 0.3f, projSize: 4, seed: 2),
                new EncoderDecoderOptions { SourcePadding = 0, TargetPadding = 0, TargetEmbedding = 3, RepeatsEncoder = true, Attention = AttentionScore.General }, 3),
        };

        private static EncoderDecoder Common() =>
            new EncoderDecoder(7, 5, new GRU(7, 6, seed: 1), new GRU(5, 6, seed: 2), new EncoderDecoderOptions { SourcePadding = 0, TargetPadding = 0 }, seed: 3);

        /// <summary>Weights large enough that the attention's gradients are well above what rounding makes of their differences.</summary>
        private static EncoderDecoder Attentive()
        {
            var layer = new EncoderDecoder(7, 5, new LSTM(4, 3, bidirectional: true, seed: 1), new LSTM(3, 6, seed: 2),
                new EncoderDecoderOptions { SourceEmbedding = 4, TargetEmbedding = 3, SourcePadding = 0, TargetPadding = 0, Attention = AttentionScore.General }, seed: 3);
            for (int i = 0; i < layer.Store.Length; i++) layer.Store.Values[i] *= 2;
            layer.Store.Touch();
            return layer;
        }

        [Test]
        public void GradientsAgreeWithFiniteDifferences([Values] Arrangement arrangement)
        {
            EncoderDecoder layer = Make(arrangement);
            using (var check = new GradientCheck(layer, Rows, Steps, input: s_input, training: true)) check.Run(inputs: false);
            using (var check = new GradientCheck(layer, Rows, Steps, new[] { 4, 3, 5 }, s_input, training: true)) check.Run(inputs: false);
        }

        [Test]
        public void GradientsAgreeWithFiniteDifferencesOnAllKernels([ValueSource(typeof(SequencePassTests), nameof(SequencePassTests.KernelNames))] string kernels)
        {
            using (var check = new GradientCheck(Attentive(), Rows, Steps, input: s_input, training: true, kernels: Fixture.Kernels(kernels))) check.Run(inputs: false);
        }

        [Test]
        public void ParametersCarryTheNamesOfTheParts()
        {
            Assert.That(Attentive().Parameters.Select(parameter => parameter.ToString()), Is.EqualTo(new[]
            {
                "source.weight (7, 4)", "encoder.weight_ih_l0 (12, 4)", "encoder.weight_hh_l0 (12, 3)", "encoder.bias_ih_l0 (12)", "encoder.bias_hh_l0 (12)",
                "encoder.weight_ih_l0_reverse (12, 4)", "encoder.weight_hh_l0_reverse (12, 3)", "encoder.bias_ih_l0_reverse (12)", "encoder.bias_hh_l0_reverse (12)", "target.weight (5, 3)",
                "decoder.weight_ih_l0 (24, 3)", "decoder.weight_hh_l0 (24, 6)", "decoder.bias_ih_l0 (24)", "decoder.bias_hh_l0 (24)", "attention.weight (6, 6)", "concat.weight (6, 12)", "concat.bias (6)",
                "head.weight (5, 6)", "head.bias (5)",
            }));
            var model = new SequenceModel(("translator", Common()));
            Assert.That(model.Parameters[0].Name, Is.EqualTo("translator.encoder.weight_ih_l0"));
            Assert.That(((EncoderDecoder)model.Layers[0]).Encoder.Store, Is.SameAs(model.Store));
        }

        [Test]
        public void OutputIsThatOfTheEquationsInDoublePrecision([Values] AttentionScore attention)
        {
            var layer = new EncoderDecoder(7, 5, new GRU(4, 6, seed: 1), new GRU(3, 6, seed: 2),
                new EncoderDecoderOptions { SourceEmbedding = 4, TargetEmbedding = 3, SourcePadding = 0, TargetPadding = 0, Attention = attention }, seed: 3);
            float[] output = Run(layer, s_input);
            for (int row = 0; row < Rows; row++)
            {
                var source = Enumerable.Range(0, s_sourceLengths[row]).Select(t => (int)s_input[(row * Steps + t) * 2]).ToArray();
                var encoded = new List<double[]>();
                var h = new double[6];
                foreach (int symbol in source) encoded.Add(h = Gru(layer, "encoder", Row(layer, "source.weight", symbol), h));
                for (int t = 0; t < Steps; t++)
                {
                    double[] expected = new double[5];
                    if (t < s_targetLengths[row])
                    {
                        h = Gru(layer, "decoder", Row(layer, "target.weight", (int)s_input[(row * Steps + t) * 2 + 1]), h);
                        double[] top = h;
                        if (attention != AttentionScore.None)
                        {
                            double[] query = attention == AttentionScore.General ? Affine(layer, "attention.weight", null, h) : h;
                            double[] weights = encoded.Select(e => Math.Exp(Dot(query, e))).ToArray();
                            double sum = weights.Sum();
                            double[] context = Enumerable.Range(0, 6).Select(i => encoded.Select((e, s) => weights[s] / sum * e[i]).Sum()).ToArray();
                            top = Affine(layer, "concat.weight", "concat.bias", context.Concat(h).ToArray()).Select(Math.Tanh).ToArray();
                        }
                        expected = Affine(layer, "head.weight", "head.bias", top);
                    }
                    Assert.That(output.Skip((row * Steps + t) * 5).Take(5), Is.EqualTo(expected).Within(1e-5), $"row {row}, step {t}");
                }
            }
        }

        [Test]
        public void RowsDoNotDependOnEachOther([Values] Arrangement arrangement)
        {
            EncoderDecoder layer = Make(arrangement);
            float[] together = Run(layer, s_input);
            for (int row = 0; row < Rows; row++)
            {
                float[] alone = Run(layer, s_input.Skip(row * Steps * 2).Take(Steps * 2).ToArray(), rows: 1);
                Assert.That(together.Skip(row * Steps * 5).Take(Steps * 5), Is.EqualTo(alone).Within(1e-5));
            }
        }

        [Test]
        public void WithoutTeacherForcingTheDecoderIsFedItsOwnChoice([Values] Arrangement arrangement)
        {
            EncoderDecoder layer = Make(arrangement);
            if (!layer.Options.FeedsSymbols) Assert.That(Run(layer, s_input, training: true, teacherForcing: 0), Is.EqualTo(Run(layer, s_input, training: true)));
            if (!layer.Options.FeedsSymbols) return;
            (float[] free, float[] freeGradient) = Learn(layer, s_input, 0);
            var fed = (float[])s_input.Clone();
            for (int row = 0; row < Rows; row++)
                for (int t = 1; t < s_targetLengths[row]; t++)
                {
                    float[] numbers = free.Skip((row * Steps + t - 1) * 5).Take(5).ToArray();
                    fed[(row * Steps + t) * 2 + 1] = Array.IndexOf(numbers, numbers.Max());
                }
            // A choice of the padding symbol cannot be given from outside: no arrangement's weights make it.
            Assert.That(fed.Where((_, i) => i % 2 == 1 && i / 2 % Steps < s_targetLengths[i / 2 / Steps]), Has.None.EqualTo(0));
            Assert.That(fed, Is.Not.EqualTo(s_input));
            (float[] given, float[] givenGradient) = Learn(layer, fed, 1);
            Assert.That(free, Is.EqualTo(given).Within(1e-6));
            Assert.That(freeGradient, Is.EqualTo(givenGradient).Within(1e-5));
        }

        [Test]
        public void TheRatioIsTheShareOfStepsThatAreGiven()
        {
            // Every step's output shows what it was fed: with no state to speak of, it depends on the symbol alone, and symbol 1 is never chosen.
            const int rows = 50, steps = 41;
            var layer = new EncoderDecoder(2, 3, new RNN(2, 1, seed: 1), new RNN(3, 3, seed: 2), new EncoderDecoderOptions { CarriesState = false, Attention = AttentionScore.General }, seed: 3);
            foreach (Parameter parameter in layer.Parameters) parameter.Fill(0);
            layer.Store["decoder.weight_ih_l0"].Set(new float[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 });
            layer.Store["concat.weight"].Set(new float[] { 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1 });
            layer.Store["head.weight"].Set(new float[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 });
            layer.Store["head.bias"].Set(new float[] { 2, 0, 0 });
            float[] input = Enumerable.Range(0, rows * steps * 2).Select(i => i % 2 == 1 ? 1f : 0f).ToArray();
            var output = new float[rows * steps * 3];
            using var pass = new SequencePass(layer, rows, steps, training: true);
            int Given(float ratio, ulong seed)
            {
                pass.Forward(input, rows, steps, training: true, seed: seed, teacherForcing: ratio);
                pass.CopyOutput(output);
                return Enumerable.Range(0, rows * steps).Count(i => i % steps > 0 && output[i * 3 + 1] > 0.1f);
            }
            Assert.That(Given(1, 4), Is.EqualTo(rows * (steps - 1)));
            Assert.That(Given(0, 4), Is.EqualTo(0));
            // 2,000 draws: four standard deviations are 78.
            Assert.That(Given(0.75f, 4), Is.InRange(1500 - 78, 1500 + 78));
            float[] first = (float[])output.Clone();
            Given(0.75f, 5);
            Assert.That(output, Is.Not.EqualTo(first));
            Given(0.75f, 4);
            Assert.That(output, Is.EqualTo(first));
        }

        [Test]
        public void TheCellsOfBothPartsCanBeWatched()
        {
            using var pass = new SequencePass(Attentive(), Rows, Steps);
            Assert.That(pass.Watch().Select(tap => tap.Name), Is.EqualTo(new[] { "encoder.l0", "encoder.l0_reverse", "decoder.l0" }));
        }

        [TestCase(new float[] { -1, 1, 2, 1 }, "the source's symbols: row 0 has none, expected at least 1.")]
        [TestCase(new float[] { 1, 0, 2, 1 }, "the decoder's symbols: row 0 has none, expected at least 1.")]
        [TestCase(new float[] { 1, 1, 7, 1 }, "the source's symbols: expected 0 … 6, got 7.")]
        [TestCase(new float[] { 1, 1, 2, 2.5f }, "the decoder's symbols: expected 0 … 4, got 2.5.")]
        [TestCase(new float[] { 1, 1, 0, 1, 2, 1 }, "the source's symbols: row 0 has one at step 2 and none at step 1, expected none after the first gap.")]
        public void RefusesBadSymbols(float[] input, string reason)
        {
            using var pass = new SequencePass(Common(), 1, 3);
            Assert.That(() => pass.Forward(input, 1, input.Length / 2), Throws.ArgumentException.With.Message.EqualTo("EncoderDecoder(7→5, GRU(7→6) → GRU(5→6)): " + reason));
        }

        [Test]
        public void RefusesPartsThatDoNotFit()
        {
            void Refuses(RecurrentLayer encoder, RecurrentLayer decoder, EncoderDecoderOptions options, string reason) =>
                Assert.That(() => new EncoderDecoder(7, 5, encoder, decoder, options), Throws.ArgumentException.With.Message.Contains(reason));
            Refuses(new GRU(6, 4), new GRU(5, 4), new EncoderDecoderOptions(), "the encoder takes 6 features, expected 7.");
            Refuses(new GRU(7, 4), new GRU(4, 4), new EncoderDecoderOptions(), "the decoder takes 4 features, expected 5 of a symbol + 0 of the encoder = 5.");
            Refuses(new GRU(7, 4), new GRU(5, 4), new EncoderDecoderOptions { RepeatsEncoder = true }, "expected 5 of a symbol + 4 of the encoder = 9.");
            Refuses(new GRU(7, 4), new GRU(5, 6), new EncoderDecoderOptions(), "the decoder cannot take over the encoder's states: expected 1 layers of 4 and 4 numbers of state, got 1 of 6 and 6.");
            Refuses(new LSTM(7, 4), new GRU(5, 4), new EncoderDecoderOptions(), "the decoder cannot take over the encoder's states");
            Refuses(new GRU(7, 4), new GRU(5, 6), new EncoderDecoderOptions { CarriesState = false, Attention = AttentionScore.Dot }, "Dot attention compares outputs of one size, got 4 and 6");
            Refuses(new GRU(7, 4), new GRU(5, 4), new EncoderDecoderOptions { CarriesState = false }, "nothing of the source reaches the decoder");
            Refuses(new GRU(7, 4), new GRU(5, 4), new EncoderDecoderOptions { FeedsSymbols = false }, "the decoder is fed nothing");
            Refuses(new GRU(7, 4), new GRU(5, 4, bidirectional: true), new EncoderDecoderOptions { CarriesState = false, Attention = AttentionScore.General }, "the decoder is bidirectional");
            Refuses(new GRU(7, 4), new GRU(5, 4), new EncoderDecoderOptions { TargetPadding = 5 }, "TargetPadding is 5, expected one of 5 symbols or −1.");
            var used = new GRU(7, 4);
            Assert.That(new SequenceModel(used).Layers[0], Is.SameAs(used));
            Refuses(used, new GRU(5, 4), new EncoderDecoderOptions(), "GRU(7→4) already belongs to a model.");
        }

        private static float[] Run(EncoderDecoder layer, float[] input, int rows = Rows, bool training = false, float teacherForcing = 1)
        {
            using var pass = new SequencePass(layer, rows, Steps, training);
            pass.Forward(input, rows, Steps, training: training, seed: 9, teacherForcing: teacherForcing);
            var output = new float[rows * Steps * layer.OutputSize];
            pass.CopyOutput(output);
            return output;
        }

        private static (float[] Output, float[] Gradient) Learn(EncoderDecoder layer, float[] input, float teacherForcing)
        {
            using var pass = new SequencePass(layer, Rows, Steps, training: true);
            pass.Forward(input, Rows, Steps, training: true, seed: 9, teacherForcing: teacherForcing);
            var output = new float[Rows * Steps * layer.OutputSize];
            pass.CopyOutput(output);
            layer.Store.ClearGradients();
            pass.Backward(GradientCheck.Draw(new RandomSource(8), output.Length));
            return (output, (float[])layer.Store.Gradients.Clone());
        }

        private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

        private static double[] Row(Layer layer, string name, int index)
        {
            Parameter table = layer.Store[name];
            return Array.ConvertAll(table.Value.Slice(index * table.Shape[1], table.Shape[1]).ToArray(), x => (double)x);
        }

        private static double[] Affine(Layer layer, string weight, string? bias, double[] x) =>
            Enumerable.Range(0, layer.Store[weight].Shape[0]).Select(i => (bias == null ? 0 : layer.Store[bias].Value[i]) + Dot(Row(layer, weight, i), x)).ToArray();

        private static double[] Gru(Layer layer, string part, double[] x, double[] h)
        {
            double[] a = Affine(layer, part + ".weight_ih_l0", part + ".bias_ih_l0", x), b = Affine(layer, part + ".weight_hh_l0", part + ".bias_hh_l0", h);
            double Sigmoid(double v) => 1 / (1 + Math.Exp(-v));
            return h.Select((before, i) =>
            {
                double r = Sigmoid(a[i] + b[i]), z = Sigmoid(a[h.Length + i] + b[h.Length + i]), n = Math.Tanh(a[2 * h.Length + i] + r * b[2 * h.Length + i]);
                return (1 - z) * n + z * before;
            }).ToArray();
        }
    }
}
