using System;

namespace Recurrent
{
    /// <summary>A rule by which a parameter gets its first values.</summary>
    public abstract class Initializer
    {
        /// <summary>Draws the values of <paramref name="parameter"/>.</summary>
        public void Apply(Parameter parameter, RandomSource random) => Fill(parameter.Edit(), parameter.Shape[0], parameter.Length / parameter.Shape[0], random);

        /// <summary>Every value the same.</summary>
        public static Initializer Constant(float value) => new ConstantInitializer(value);

        /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
        public static Initializer Uniform(float low, float high) => new UniformInitializer((rows, columns) => (low, high));

        /// <summary>Normal, with a mean and a standard deviation.</summary>
        public static Initializer Normal(float mean, float standardDeviation) => new NormalInitializer(mean, standardDeviation);

        /// <summary>Uniform in ±√(6 / (fan in + fan out)) (Glorot and Bengio, 2010).</summary>
        public static Initializer GlorotUniform { get; } = new UniformInitializer((rows, columns) =>
        {
            float bound = MathF.Sqrt(6f / (rows + columns));
            return (-bound, bound);
        });

        /// <summary>
        /// A random matrix whose rows or columns, whichever are fewer, are orthonormal (Saxe et al., 2014). A matrix of several gates, taller than
        /// wide by a whole factor, gets one such matrix a gate.
        /// </summary>
        public static Initializer Orthogonal { get; } = new OrthogonalInitializer();

        /// <summary>Fills a row-major matrix; a vector has one column.</summary>
        private protected abstract void Fill(Span<float> values, int rows, int columns, RandomSource random);

        private sealed class ConstantInitializer : Initializer
        {
            private readonly float _value;

            public ConstantInitializer(float value) => _value = value;

            private protected override void Fill(Span<float> values, int rows, int columns, RandomSource random) => values.Fill(_value);
        }

        private sealed class UniformInitializer : Initializer
        {
            private readonly Func<int, int, (float Low, float High)> _range;

            public UniformInitializer(Func<int, int, (float Low, float High)> range) => _range = range;

            private protected override void Fill(Span<float> values, int rows, int columns, RandomSource random)
            {
                (float low, float high) = _range(rows, columns);
                for (int i = 0; i < values.Length; i++) values[i] = random.NextSingle(low, high);
            }
        }

        private sealed class NormalInitializer : Initializer
        {
            private readonly float _mean, _standardDeviation;

            public NormalInitializer(float mean, float standardDeviation)
            {
                _mean = mean;
                _standardDeviation = standardDeviation;
            }

            private protected override void Fill(Span<float> values, int rows, int columns, RandomSource random)
            {
                for (int i = 0; i < values.Length; i++) values[i] = _mean + _standardDeviation * random.NextGaussian();
            }
        }

        private sealed class OrthogonalInitializer : Initializer
        {
            private protected override void Fill(Span<float> values, int rows, int columns, RandomSource random)
            {
                int block = rows > columns && rows % columns == 0 ? columns : rows;
                for (int from = 0; from < rows; from += block) FillBlock(values.Slice(from * columns, block * columns), block, columns, random);
            }

            /// <summary>Gram and Schmidt, twice over for accuracy, on the shorter side of a random matrix.</summary>
            private static void FillBlock(Span<float> values, int rows, int columns, RandomSource random)
            {
                bool wide = rows <= columns;
                int count = wide ? rows : columns, length = wide ? columns : rows;
                var basis = new double[count][];
                for (int i = 0; i < count; i++)
                {
                    var v = new double[length];
                    for (int j = 0; j < length; j++) v[j] = random.NextGaussian();
                    for (int pass = 0; pass < 2; pass++)
                    {
                        for (int other = 0; other < i; other++)
                        {
                            double dot = 0;
                            for (int j = 0; j < length; j++) dot += v[j] * basis[other][j];
                            for (int j = 0; j < length; j++) v[j] -= dot * basis[other][j];
                        }
                        double norm = 0;
                        for (int j = 0; j < length; j++) norm += v[j] * v[j];
                        norm = Math.Sqrt(norm);
                        for (int j = 0; j < length; j++) v[j] /= norm;
                    }
                    basis[i] = v;
                }
                for (int i = 0; i < count; i++)
                    for (int j = 0; j < length; j++) values[wide ? i * columns + j : j * columns + i] = (float)basis[i][j];
            }
        }
    }
}
