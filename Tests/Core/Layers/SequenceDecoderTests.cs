using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class SequenceDecoderTests
    {
        private const int Start = 1, End = 2, Padding = 0, Symbols = 6;
        private static readonly int[] s_source = { 3, 1, 4, 1, 5 };

        /// <summary>Weights large enough that some sequences are much likelier than others.</summary>
        private static EncoderDecoder Make(ulong seed, AttentionScore attention = AttentionScore.General)
        {
            var layer = new EncoderDecoder(7, Symbols, new GRU(4, 8, seed: seed), new GRU(3, 8, seed: seed + 1),
                new EncoderDecoderOptions { SourceEmbedding = 4, TargetEmbedding = 3, SourcePadding = 0, TargetPadding = Padding, Attention = attention }, seed + 2);
            for (int i = 0; i < layer.Store.Length; i++) layer.Store.Values[i] *= 3;
            layer.Store.Touch();
            return layer;
        }

        [Test]
        public void GreedyTakesTheLikeliestSymbolOfEveryStep([Values] AttentionScore attention)
        {
            for (ulong seed = 1; seed <= 5; seed++)
            {
                EncoderDecoder layer = Make(seed * 10, attention);
                (List<int> symbols, double logProbability, bool ended) = StepByStep(layer, 8);
                using var decoder = new SequenceDecoder(layer, Start, End, 9, 8);
                DecodedSequence found = decoder.Decode(s_source).Single();
                Assert.That(found.Symbols, Is.EqualTo(symbols));
                Assert.That(found.LogProbability, Is.EqualTo(logProbability).Within(1e-4));
                Assert.That(found.Ended, Is.EqualTo(ended));
                // Nothing of one source is left for the next.
                decoder.Decode(new[] { 2, 2, 6, 3, 3, 1, 5, 4, 4 });
                Assert.That(decoder.Decode(s_source)[0].LogProbability, Is.EqualTo(found.LogProbability));
            }
        }

        [Test]
        public void AWiderBeamFindsTheLikeliestSequenceWhereGreedyMissesIt()
        {
            int missed = 0;
            for (ulong seed = 1; seed <= 8; seed++)
            {
                EncoderDecoder layer = Make(seed * 10);
                (int[] best, double bestScore) = Likeliest(layer, 4);
                using var greedy = new SequenceDecoder(layer, Start, End, 9, 4);
                using var beam = new SequenceDecoder(layer, Start, End, 9, 4, beamWidth: 64);
                IReadOnlyList<DecodedSequence> found = beam.Decode(s_source);
                Assert.That(found[0].Symbols, Is.EqualTo(best));
                Assert.That(found[0].LogProbability, Is.EqualTo(bestScore).Within(1e-4));
                Assert.That(found.Select(sequence => sequence.LogProbability), Is.Ordered.Descending);
                Assert.That(found.Select(sequence => string.Join(" ", sequence.Symbols)), Is.Unique);
                foreach (DecodedSequence sequence in found) Assert.That(Score(layer, sequence.Symbols, ends: true), Is.EqualTo(sequence.LogProbability).Within(1e-4));
                DecodedSequence alone = greedy.Decode(s_source)[0];
                if (!alone.Ended || alone.LogProbability < bestScore - 1e-3) missed++;
            }
            Assert.That(missed, Is.GreaterThan(0));
        }

        [Test]
        public void ABeamFollowsAPathThatBeginsWithTheLesserSymbol()
        {
            // P(3) = 0.6 and P(4) = 0.4; after 3 all is open (0.25 each), after 4 the end is sure. Greedy: 0.6 · 0.25, the beam: 0.4.
            var layer = new EncoderDecoder(1, Symbols, new RNN(1, 4, seed: 1), new RNN(Symbols, 4, seed: 2), new EncoderDecoderOptions { TargetPadding = Padding }, seed: 3);
            foreach (Parameter parameter in layer.Parameters) parameter.Fill(0);
            const float sure = 20;
            // Hidden unit 0: fed the start; 1: fed 3; 2: fed 4; 3: fed 5.
            var fed = new float[4 * Symbols];
            fed[0 * Symbols + Start] = fed[1 * Symbols + 3] = fed[2 * Symbols + 4] = fed[3 * Symbols + 5] = sure;
            layer.Store["decoder.weight_ih_l0"].Set(fed);
            var head = new float[Symbols * 4];
            for (int symbol = 0; symbol < Symbols; symbol++)
                for (int unit = 0; unit < 4; unit++) head[symbol * 4 + unit] = -sure;
            head[3 * 4 + 0] = (float)Math.Log(0.6);
            head[4 * 4 + 0] = (float)Math.Log(0.4);
            foreach (int symbol in new[] { End, 3, 4, 5 }) head[symbol * 4 + 1] = (float)Math.Log(0.25);
            head[End * 4 + 2] = head[End * 4 + 3] = 0;
            layer.Store["head.weight"].Set(head);

            using var greedy = new SequenceDecoder(layer, Start, End, 3, 6);
            using var beam = new SequenceDecoder(layer, Start, End, 3, 6, beamWidth: 2);
            DecodedSequence alone = greedy.Decode(new[] { 0 })[0], found = beam.Decode(new[] { 0 })[0];
            Assert.That(alone.Symbols, Is.Empty.Or.EqualTo(new[] { 3 }));
            Assert.That(Math.Exp(alone.LogProbability), Is.EqualTo(0.15).Within(1e-4));
            Assert.That(found.Symbols, Is.EqualTo(new[] { 4 }));
            Assert.That(Math.Exp(found.LogProbability), Is.EqualTo(0.4).Within(1e-4));
        }

        [Test]
        public void WithoutAnEndSymbolAllHaveTheSameLength()
        {
            var layer = new EncoderDecoder(7, Symbols, new LSTM(7, 5, seed: 1), new LSTM(5, 4, seed: 2), new EncoderDecoderOptions { FeedsSymbols = false, RepeatsEncoder = true, CarriesState = false }, seed: 3);
            using var decoder = new SequenceDecoder(layer, -1, -1, 5, 3);
            DecodedSequence found = decoder.Decode(s_source).Single();
            float[] input = s_source.SelectMany((symbol, t) => new float[] { symbol, t < 3 ? 0 : -1 }).ToArray(), output = new float[5 * Symbols];
            using var pass = new SequencePass(layer, 1, 5);
            pass.Forward(input, 1, 5);
            pass.CopyOutput(output);
            Assert.That(found.Symbols, Is.EqualTo(Enumerable.Range(0, 3).Select(t => ArgMax(output, t))));
            Assert.That(found.Ended, Is.False);
            Assert.That(found.Attention, Is.Empty);
        }

        [Test]
        public void TheAttentionIsThatOfTheSymbolsPutOut()
        {
            EncoderDecoder layer = Make(20, AttentionScore.Dot);
            using var wide = new SequenceDecoder(layer, Start, End, 9, 6, beamWidth: 5);
            foreach (DecodedSequence sequence in wide.Decode(s_source))
            {
                Assert.That(sequence.Attention.Length, Is.EqualTo(sequence.Symbols.Count * s_source.Length));
                for (int t = 0; t < sequence.Symbols.Count; t++) Assert.That(sequence.Attention.Skip(t * s_source.Length).Take(s_source.Length).Sum(), Is.EqualTo(1).Within(1e-5));
            }
            // Whichever way a symbol was found, it was found with the same weights.
            DecodedSequence[] found = wide.Decode(s_source).ToArray();
            foreach (DecodedSequence a in found)
                foreach (DecodedSequence b in found)
                {
                    int common = 0;
                    while (common < a.Symbols.Count && common < b.Symbols.Count && a.Symbols[common] == b.Symbols[common]) common++;
                    int steps = Math.Min(Math.Min(a.Symbols.Count, b.Symbols.Count), common + 1) * s_source.Length;
                    Assert.That(a.Attention.Take(steps), Is.EqualTo(b.Attention.Take(steps)).Within(1e-5));
                }
        }

        [Test]
        public void RefusesWhatItCannotDecode()
        {
            EncoderDecoder layer = Make(10);
            Assert.That(() => new SequenceDecoder(layer, Symbols, End, 5, 5), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("expected a start symbol 0 … 5, got 6."));
            Assert.That(() => new SequenceDecoder(layer, Start, -2, 5, 5), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("expected an end symbol 0 … 5 or −1, got -2."));
            Assert.That(() => new SequenceDecoder(layer, Start, End, 5, 5, 0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("expected a beam of at least 1, got 0."));
            var decoder = new SequenceDecoder(layer, Start, End, 5, 5);
            Assert.That(() => decoder.Decode(new int[0]), Throws.ArgumentException.With.Message.Contains("the source has 0 symbols, expected 1 to 5."));
            Assert.That(() => decoder.Decode(new int[6]), Throws.ArgumentException.With.Message.Contains("the source has 6 symbols, expected 1 to 5."));
            Assert.That(() => decoder.Decode(new[] { 3, 0 }), Throws.ArgumentException.With.Message.Contains("source symbol 1 is 0, which stands for none."));
            Assert.That(() => decoder.Decode(new[] { 3, 7 }), Throws.ArgumentException.With.Message.Contains("expected 0 … 6, got 7."));
            layer.Store["head.bias"].Fill(float.NaN);
            Assert.That(() => decoder.Decode(s_source), Throws.InvalidOperationException.With.Message.Contains("not finite"));
            decoder.Dispose();
            Assert.That(() => decoder.Decode(s_source), Throws.InstanceOf<ObjectDisposedException>());
        }

        /// <summary>Greedy by whole passes: the beginning so far is given, and its last step's output tells the next symbol.</summary>
        private static (List<int> Symbols, double LogProbability, bool Ended) StepByStep(EncoderDecoder layer, int maxSteps)
        {
            var symbols = new List<int>();
            double logProbability = 0;
            for (int t = 0; t < maxSteps; t++)
            {
                double[] next = LogProbabilities(layer, symbols, t);
                next[Padding] = next[Start] = double.NegativeInfinity;
                int best = Array.IndexOf(next, next.Max());
                logProbability += next[best];
                if (best == End) return (symbols, logProbability, true);
                symbols.Add(best);
            }
            return (symbols, logProbability, false);
        }

        /// <summary>The likeliest of all sequences that end within some steps, by trying them all.</summary>
        private static (int[] Symbols, double LogProbability) Likeliest(EncoderDecoder layer, int maxSteps)
        {
            var all = new List<int[]> { new int[0] };
            for (int from = 0, length = 1; length < maxSteps; length++)
            {
                int to = all.Count;
                for (; from < to; from++)
                    for (int symbol = End + 1; symbol < Symbols; symbol++) all.Add(all[from].Append(symbol).ToArray());
            }
            return all.Select(symbols => (symbols, Score(layer, symbols, ends: true))).OrderByDescending(pair => pair.Item2).First();
        }

        private static double Score(EncoderDecoder layer, IReadOnlyList<int> symbols, bool ends)
        {
            double score = 0;
            for (int t = 0; t < symbols.Count; t++) score += LogProbabilities(layer, symbols, t)[symbols[t]];
            return ends ? score + LogProbabilities(layer, symbols, symbols.Count)[End] : score;
        }

        private static double[] LogProbabilities(EncoderDecoder layer, IReadOnlyList<int> symbols, int step)
        {
            int steps = Math.Max(s_source.Length, step + 1);
            float[] input = new float[steps * 2], output = new float[steps * Symbols];
            for (int t = 0; t < steps; t++)
            {
                input[2 * t] = t < s_source.Length ? s_source[t] : -1;
                input[2 * t + 1] = t > step ? -1 : t == 0 ? Start : symbols[t - 1];
            }
            using var pass = new SequencePass(layer, 1, steps);
            pass.Forward(input, 1, steps);
            pass.CopyOutput(output);
            double[] numbers = output.Skip(step * Symbols).Take(Symbols).Select(x => (double)x).ToArray();
            double sum = numbers.Sum(Math.Exp);
            return numbers.Select(x => x - Math.Log(sum)).ToArray();
        }

        private static int ArgMax(float[] output, int step)
        {
            float[] numbers = output.Skip(step * Symbols).Take(Symbols).ToArray();
            return Array.IndexOf(numbers, numbers.Max());
        }
    }
}
