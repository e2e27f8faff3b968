using System;

namespace Recurrent
{
    /// <summary>
    /// A seeded generator of pseudo-random numbers: the same seed gives the same numbers on every platform and run.
    /// The algorithm is xoshiro256** (Blackman and Vigna, 2018), its state filled by SplitMix64. Not for cryptography; not thread-safe.
    /// </summary>
    public sealed class RandomSource
    {
        /// <summary>How many words <see cref="GetState"/> returns.</summary>
        public const int StateLength = 4;

        private ulong _s0, _s1, _s2, _s3;

        /// <summary>Starts the sequence that belongs to <paramref name="seed"/>.</summary>
        public RandomSource(ulong seed) => Reseed(seed);

        /// <summary>Starts again, at the beginning of the sequence that belongs to <paramref name="seed"/>.</summary>
        public void Reseed(ulong seed)
        {
            _s0 = Mix(seed += 0x9E3779B97F4A7C15UL);
            _s1 = Mix(seed += 0x9E3779B97F4A7C15UL);
            _s2 = Mix(seed += 0x9E3779B97F4A7C15UL);
            _s3 = Mix(seed + 0x9E3779B97F4A7C15UL);
        }

        /// <summary>A seed made of two numbers, for independent sequences that belong to one: (seed, step), (seed, layer).</summary>
        public static ulong Combine(ulong a, ulong b) => Mix(a + 0x9E3779B97F4A7C15UL + Mix(b + 0xD1B54A32D192ED03UL));

        /// <summary>The next 64 random bits.</summary>
        public ulong NextUInt64()
        {
            ulong result = RotateLeft(_s1 * 5, 7) * 9;
            ulong t = _s1 << 17;
            _s2 ^= _s0;
            _s3 ^= _s1;
            _s1 ^= _s2;
            _s0 ^= _s3;
            _s2 ^= t;
            _s3 = RotateLeft(_s3, 45);
            return result;
        }

        /// <summary>Uniform in [0, 1), a multiple of 2⁻²⁴.</summary>
        public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

        /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
        public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

        /// <summary>Uniform from <paramref name="low"/> up to <paramref name="high"/>, which rounding may give now and then.</summary>
        public float NextSingle(float low, float high) => low + (high - low) * NextSingle();

        /// <summary>Uniform in 0 … <paramref name="exclusiveMax"/> − 1.</summary>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="exclusiveMax"/> is below 1.</exception>
        public int Next(int exclusiveMax)
        {
            if (exclusiveMax < 1) throw new ArgumentOutOfRangeException(nameof(exclusiveMax), $"RandomSource: expected a bound of at least 1, got {exclusiveMax}.");
            // Lemire's multiplication, with rejection so that every value is equally likely.
            uint bound = (uint)exclusiveMax;
            uint threshold = unchecked(0u - bound) % bound;
            while (true)
            {
                ulong product = (NextUInt64() >> 32) * bound;
                if ((uint)product >= threshold) return (int)(product >> 32);
            }
        }

        /// <summary>Normally distributed with mean 0 and standard deviation 1 (Box and Muller, 1958).</summary>
        public float NextGaussian()
        {
            double radius = Math.Sqrt(-2.0 * Math.Log(1.0 - NextDouble()));
            return (float)(radius * Math.Cos(2.0 * Math.PI * NextDouble()));
        }

        /// <summary>Puts <paramref name="values"/> into a random order (Fisher and Yates).</summary>
        public void Shuffle(Span<int> values)
        {
            Shuffle(values, 0, values.Length);
        }

        /// <summary>The part of <see cref="Shuffle(Span{int})"/> that decides places <paramref name="from"/> to <paramref name="to"/> − 1; later places come first.</summary>
        internal void Shuffle(Span<int> values, int from, int to)
        {
            for (int i = to - 1; i > 0 && i >= from; i--)
            {
                int j = Next(i + 1);
                (values[i], values[j]) = (values[j], values[i]);
            }
        }

        /// <summary>The four words from which <see cref="SetState"/> continues exactly here.</summary>
        public ulong[] GetState() => new[] { _s0, _s1, _s2, _s3 };

        /// <summary>Continues from a state that <see cref="GetState"/> returned.</summary>
        /// <exception cref="ArgumentException">The state has not four words, or all are zero.</exception>
        public void SetState(ReadOnlySpan<ulong> state)
        {
            if (state.Length != StateLength) throw new ArgumentException($"RandomSource: expected a state of {StateLength} words, got {state.Length}.", nameof(state));
            if ((state[0] | state[1] | state[2] | state[3]) == 0) throw new ArgumentException("RandomSource: a state of zeros cannot continue.", nameof(state));
            _s0 = state[0];
            _s1 = state[1];
            _s2 = state[2];
            _s3 = state[3];
        }

        private static ulong Mix(ulong z)
        {
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }

        private static ulong RotateLeft(ulong x, int bits) => (x << bits) | (x >> (64 - bits));
    }
}
