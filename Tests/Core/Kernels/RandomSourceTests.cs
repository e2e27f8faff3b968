using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    /// <summary>
    /// The expected words come from xoshiro256** and SplitMix64 written down a second time, with Python's unlimited integers cut to M = 2⁶⁴ − 1:
    /// <code>
    /// rotl = lambda x, k: ((x &lt;&lt; k) | (x >> (64 - k))) &amp; M
    /// def xoshiro(s):
    ///     while True:
    ///         yield rotl(s[1] * 5 &amp; M, 7) * 9 &amp; M
    ///         t = s[1] &lt;&lt; 17 &amp; M
    ///         s[2] ^= s[0]; s[3] ^= s[1]; s[1] ^= s[2]; s[0] ^= s[3]; s[2] ^= t; s[3] = rotl(s[3], 45)
    /// def mix(z):
    ///     z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9 &amp; M
    ///     z = (z ^ (z >> 27)) * 0x94d049bb133111eb &amp; M
    ///     return z ^ (z >> 31)
    /// def splitmix(x):
    ///     while True:
    ///         x = x + 0x9e3779b97f4a7c15 &amp; M
    ///         yield mix(x)
    /// </code>
    /// </summary>
    public class RandomSourceTests
    {
        /// <summary>From this state the first word has all bits set: s[1] = rotr(M / 9, 7) / 5 modulo 2⁶⁴.</summary>
        private static readonly ulong[] s_beforeTheLargestWord = { 1, 0x4FC71C71C71C71C7, 0, 0 };

        /// <summary>From this state the first word is 0.</summary>
        private static readonly ulong[] s_beforeZero = { 1, 0, 0, 0 };

        [Test]
        public void TheWordsAreThoseOfTheAlgorithm()
        {
            RandomSource random = From(1, 2, 3, 4);
            ulong[] expected =
            {
                11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600,
                16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576,
            };
            foreach (ulong word in expected) Assert.That(random.NextUInt64(), Is.EqualTo(word));
        }

        [TestCase(0UL, new[] { 0xE220A8397B1DCDAFUL, 0x6E789E6AA1B965F4UL, 0x06C45D188009454FUL, 0xF88BB8A8724C81ECUL }, 0x99EC5F36CB75F2B4UL)]
        [TestCase(1234567UL, new[] { 0x599ED017FB08FC85UL, 0x2C73F08458540FA5UL, 0x883EBCE5A3F27C77UL, 0x3FBEF740E9177B3FUL }, 0x30A3A1C363600467UL)]
        [TestCase(ulong.MaxValue, new[] { 0xE4D971771B652C20UL, 0xE99FF867DBF682C9UL, 0x382FF84CB27281E9UL, 0x6D1DB36CCBA982D2UL }, 0x8F5520D52A7EAD08UL)]
        public void TheSeedIsSpreadOverTheState(ulong seed, ulong[] state, ulong first)
        {
            var random = new RandomSource(seed);
            Assert.That(random.GetState(), Is.EqualTo(state));
            Assert.That(random.NextUInt64(), Is.EqualTo(first));
            random.Reseed(seed);
            Assert.That(random.NextUInt64(), Is.EqualTo(first));
        }

        [Test]
        public void NumbersOfEveryKindComeFromTheWords()
        {
            // The first words of seed 1234567: 30a3a1c3 63600467, 19405f0f 579929ca, 115beaac 046ddbd9, eb17caf4 8f27d7f6.
            var random = new RandomSource(1234567);
            Assert.That(random.NextSingle(), Is.EqualTo(0x30a3a1 / 16777216f));
            Assert.That(random.NextDouble(), Is.EqualTo(0.09863847851338348).Within(1e-16));
            Assert.That(random.NextSingle(-2, 6), Is.EqualTo(-2 + 8 * (0x115bea / 16777216f)));
            Assert.That(random.Next(1000), Is.EqualTo(918));
            random.Reseed(1234567);
            // sqrt(-2 log(1 - d)) cos(2 pi d') of two doubles at a time.
            foreach (double expected in new[] { 0.5284423983665654, 0.32648220893505886, -1.3108073182148716 })
                Assert.That(random.NextGaussian(), Is.EqualTo(expected).Within(1e-7));
        }

        [Test]
        public void TheEndsOfTheIntervalsAreKept()
        {
            Assert.That(From(s_beforeZero).NextSingle(), Is.EqualTo(0f));
            Assert.That(From(s_beforeZero).NextDouble(), Is.EqualTo(0.0));
            Assert.That(From(s_beforeZero).NextSingle(-3, 5), Is.EqualTo(-3f));
            Assert.That(From(s_beforeZero).NextGaussian(), Is.EqualTo(0f));
            Assert.That(From(s_beforeTheLargestWord).NextSingle(), Is.EqualTo(1 - 1f / (1 << 24)));
            Assert.That(From(s_beforeTheLargestWord).NextDouble(), Is.EqualTo(1 - 1.0 / (1L << 53)));
            Assert.That(Math.Abs(From(s_beforeTheLargestWord).NextGaussian()), Is.LessThan(8.6f));
            foreach (int bound in new[] { 1, 2, 3, 1000, 1 << 30, int.MaxValue }) Assert.That(From(s_beforeTheLargestWord).Next(bound), Is.EqualTo(bound - 1));
        }

        [Test]
        public void EveryNumberBelowABoundIsEquallyLikely()
        {
            var random = new RandomSource(5);
            var counts = new int[7];
            for (int i = 0; i < 70000; i++) counts[random.Next(7)]++;
            // χ² with 6 degrees of freedom exceeds 22.5 once in a thousand.
            Assert.That(counts.Sum(count => (count - 10000.0) * (count - 10000.0) / 10000), Is.LessThan(22.5));
        }

        [Test]
        public void WordsThatWouldFavourSomeNumbersAreRejected()
        {
            // 2³² = 8/3 of the bound: without rejection the numbers 3k and 3k + 1 would come from three words each, 3k + 2 from two.
            const int bound = 3 << 29;
            var random = new RandomSource(6);
            var thirds = new int[3];
            for (int i = 0; i < 30000; i++) thirds[random.Next(bound) % 3]++;
            foreach (int count in thirds) Assert.That(count, Is.EqualTo(10000).Within(330));
        }

        [Test]
        public void SinglesFillTheInterval()
        {
            var random = new RandomSource(7);
            var counts = new int[10];
            double sum = 0, squares = 0;
            const int n = 100000;
            for (int i = 0; i < n; i++)
            {
                float x = random.NextSingle();
                counts[(int)(x * 10)]++;
                sum += x;
                squares += x * x;
            }
            foreach (int count in counts) Assert.That(count, Is.EqualTo(n / 10).Within(400));
            Assert.That(sum / n, Is.EqualTo(0.5).Within(0.004));
            Assert.That(squares / n, Is.EqualTo(1 / 3.0).Within(0.004));
        }

        [Test]
        public void GaussiansHaveTheMomentsOfTheNormalDistribution()
        {
            var random = new RandomSource(8);
            const int n = 100000;
            double first = 0, second = 0, third = 0, fourth = 0;
            int within = 0;
            for (int i = 0; i < n; i++)
            {
                double x = random.NextGaussian();
                first += x / n;
                second += x * x / n;
                third += x * x * x / n;
                fourth += x * x * x * x / n;
                if (Math.Abs(x) < 1) within++;
            }
            Assert.That(first, Is.EqualTo(0).Within(0.013));
            Assert.That(second, Is.EqualTo(1).Within(0.018));
            Assert.That(third, Is.EqualTo(0).Within(0.05));
            Assert.That(fourth, Is.EqualTo(3).Within(0.13));
            Assert.That(within, Is.EqualTo(0.6827 * n).Within(600));
        }

        [Test]
        public void EveryOrderIsEquallyLikelyAfterAShuffle()
        {
            var random = new RandomSource(9);
            var counts = new Dictionary<string, int>();
            for (int i = 0; i < 24000; i++)
            {
                int[] values = { 0, 1, 2, 3 };
                random.Shuffle(values);
                string order = string.Join("", values);
                counts[order] = counts.TryGetValue(order, out int count) ? count + 1 : 1;
            }
            Assert.That(counts.Count, Is.EqualTo(24));
            // χ² with 23 degrees of freedom exceeds 49.7 once in a thousand.
            Assert.That(counts.Values.Sum(count => (count - 1000.0) * (count - 1000.0) / 1000), Is.LessThan(49.7));
        }

        [Test]
        public void ASavedStateContinuesTheSequence()
        {
            var random = new RandomSource(10);
            for (int i = 0; i < 5; i++) random.NextUInt64();
            ulong[] state = random.GetState();
            ulong[] next = { random.NextUInt64(), random.NextUInt64(), random.NextUInt64() };
            var other = new RandomSource(11);
            other.SetState(state);
            Assert.That(new[] { other.NextUInt64(), other.NextUInt64(), other.NextUInt64() }, Is.EqualTo(next));
            Assert.That(random.GetState(), Is.Not.EqualTo(state), "a state that was handed out is a copy");
        }

        [Test]
        public void CombinedSeedsTellBothNumbersAndTheirOrderApart()
        {
            // mix(a + 0x9e3779b97f4a7c15 + mix(b + 0xd1b54a32d192ed03))
            Assert.That(RandomSource.Combine(1, 2), Is.EqualTo(0xEEA5AFB876290143));
            Assert.That(RandomSource.Combine(2, 1), Is.EqualTo(0x46BAD70204011DAD));
            var seeds = new HashSet<ulong>();
            for (ulong a = 0; a < 50; a++)
                for (ulong b = 0; b < 50; b++) seeds.Add(RandomSource.Combine(a, b));
            Assert.That(seeds.Count, Is.EqualTo(2500));
        }

        [Test]
        public void WhatCannotWorkIsRefused()
        {
            var random = new RandomSource(1);
            Assert.That(() => random.Next(0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("RandomSource: expected a bound of at least 1, got 0."));
            Assert.That(() => random.SetState(new ulong[3]), Throws.ArgumentException.With.Message.StartsWith("RandomSource: expected a state of 4 words, got 3."));
            Assert.That(() => random.SetState(new ulong[4]), Throws.ArgumentException.With.Message.StartsWith("RandomSource: a state of zeros cannot continue."));
            Assert.That(random.NextUInt64(), Is.EqualTo(new RandomSource(1).NextUInt64()), "a refused state changes nothing");
        }

        private static RandomSource From(params ulong[] state)
        {
            var random = new RandomSource(0);
            random.SetState(state);
            return random;
        }
    }
}
