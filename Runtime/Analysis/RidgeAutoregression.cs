using System;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Recurrent.Analysis
{
    /// <summary>
    /// The linear forecaster that a network has to be measured against: from the same windows, <c>y = W x + b</c> with
    /// <c>W, b = argmin Σ‖y − W x − b‖² / n + λ ‖W‖²</c>, solved by Cholesky's decomposition of the normal equations in double precision
    /// (Hoerl and Kennard, "Ridge regression", 1970). x is a whole window, (T, I) row by row, y its target row; the intercept b is not penalised.
    /// Give it scaled windows, as a <see cref="SeriesDataset"/> holds them, so that λ has no unit.
    /// </summary>
    public sealed class RidgeAutoregression
    {
        private readonly double[] _weights;   // (O, T·I)
        private readonly double[] _intercept; // (O)

        private RidgeAutoregression(double lambda, double[] weights, double[] intercept)
        {
            Lambda = lambda;
            _weights = weights;
            _intercept = intercept;
        }

        /// <summary>The penalties tried when none are given: 10⁻⁶, 10⁻⁵, … 10.</summary>
        public static ReadOnlySpan<double> DefaultLambdas => Lambdas;

        private static readonly double[] Lambdas = { 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 10 };

        /// <summary>The penalty λ.</summary>
        public double Lambda { get; }

        /// <summary>W: (target size, steps × input size), row by row; a row's last entries belong to the window's last step.</summary>
        public ReadOnlySpan<double> Weights => _weights;

        /// <summary>b: one a target value.</summary>
        public ReadOnlySpan<double> Intercept => _intercept;

        /// <summary>Fits the windows of <paramref name="train"/> with a given penalty.</summary>
        /// <exception cref="ArgumentException">There is no window, the windows have different lengths or more than one target row, λ is negative or not finite,
        /// or λ is too small for inputs that depend on one another linearly.</exception>
        public static RidgeAutoregression Fit(SequenceDataset train, double lambda)
        {
            CheckLambda(lambda);
            return new NormalEquations(train).Solve(lambda);
        }

        /// <summary>Fits the windows of <paramref name="train"/> with the penalty that has the least squared error on <paramref name="validation"/>.</summary>
        /// <param name="train">Windows to fit.</param>
        /// <param name="validation">Windows to choose the penalty by.</param>
        /// <param name="lambdas">The penalties to try; <see cref="DefaultLambdas"/> when empty.</param>
        /// <exception cref="ArgumentException">As for the other overload; or the two data sets have different shapes.</exception>
        public static RidgeAutoregression Fit(SequenceDataset train, SequenceDataset validation, ReadOnlySpan<double> lambdas = default)
        {
            if (lambdas.Length == 0) lambdas = DefaultLambdas;
            foreach (double lambda in lambdas) CheckLambda(lambda);
            var equations = new NormalEquations(train);
            RidgeAutoregression? best = null;
            double bestError = double.PositiveInfinity;
            foreach (double lambda in lambdas)
            {
                RidgeAutoregression candidate = equations.Solve(lambda);
                double error = candidate.SquaredError(validation);
                if (best != null && error >= bestError) continue;
                best = candidate;
                bestError = error;
            }
            return best!;
        }

        /// <summary>Forecasts one window.</summary>
        /// <param name="input">(T, I), as long as the windows it was fitted on.</param>
        /// <param name="forecast">(O), one target row.</param>
        /// <exception cref="ArgumentException">A length does not fit.</exception>
        public void Predict(ReadOnlySpan<float> input, Span<float> forecast)
        {
            int inputs = _weights.Length / _intercept.Length;
            if (input.Length != inputs) throw new ArgumentException($"RidgeAutoregression: expected a window of {inputs} values, got {input.Length}.", nameof(input));
            if (forecast.Length != _intercept.Length) throw new ArgumentException($"RidgeAutoregression: expected room for {_intercept.Length} values, got {forecast.Length}.", nameof(forecast));
            for (int o = 0; o < forecast.Length; o++)
            {
                double sum = _intercept[o];
                for (int i = 0; i < inputs; i++) sum += _weights[o * inputs + i] * input[i];
                forecast[o] = (float)sum;
            }
        }

        /// <summary>Forecasts every window of a data set: (count, target size).</summary>
        /// <exception cref="ArgumentException">The windows are not shaped as those it was fitted on.</exception>
        public float[] Predict(SequenceDataset data)
        {
            CheckWindows(data);
            int inputs = _weights.Length / _intercept.Length, outputs = _intercept.Length;
            if (data.MaxSteps * data.InputSize != inputs || data.TargetSize != outputs)
                throw new ArgumentException($"RidgeAutoregression: expected windows of {inputs} values with {outputs} targets, got {data.MaxSteps * data.InputSize} with {data.TargetSize}.", nameof(data));
            var forecasts = new float[data.Count * outputs];
            float[] input = new float[inputs], target = new float[outputs];
            for (int n = 0; n < data.Count; n++)
            {
                data.Read(n, input, target);
                Predict(input, forecasts.AsSpan(n * outputs, outputs));
            }
            return forecasts;
        }

        private double SquaredError(SequenceDataset data)
        {
            float[] forecasts = Predict(data);
            float[] input = new float[data.MaxSteps * data.InputSize], target = new float[data.TargetSize];
            double sum = 0;
            for (int n = 0; n < data.Count; n++)
            {
                data.Read(n, input, target);
                for (int o = 0; o < target.Length; o++) sum += Math.Pow((double)forecasts[n * target.Length + o] - target[o], 2);
            }
            return sum;
        }

        private static void CheckLambda(double lambda)
        {
            if (!(lambda >= 0) || double.IsInfinity(lambda))
                throw new ArgumentOutOfRangeException(nameof(lambda), FormattableString.Invariant($"RidgeAutoregression: expected a λ of 0 or more, got {lambda}."));
        }

        private static void CheckWindows(SequenceDataset data)
        {
            if (data is null) throw new ArgumentNullException(nameof(data));
            if (data.Count == 0) throw new ArgumentException("RidgeAutoregression: expected at least one window, got none.", nameof(data));
            for (int n = 0; n < data.Count; n++)
            {
                if (data.Steps(n) != data.MaxSteps || data.TargetSteps(n) != 1)
                    throw new ArgumentException($"RidgeAutoregression: expected windows of {data.MaxSteps} steps with 1 target row, got {data.Steps(n)} steps with {data.TargetSteps(n)} (window {n}).", nameof(data));
            }
        }

        // The means and centred second moments of the windows, from which every λ is solved.
        private sealed class NormalEquations
        {
            private readonly double[] _inputMean;
            private readonly double[] _targetMean;
            private readonly Matrix<double> _inputMoments; // (D, D), D = T·I
            private readonly Matrix<double> _crossMoments; // (D, O)

            public NormalEquations(SequenceDataset data)
            {
                CheckWindows(data);
                int inputs = checked(data.MaxSteps * data.InputSize), outputs = data.TargetSize;
                float[] input = new float[inputs], target = new float[outputs];
                _inputMean = new double[inputs];
                _targetMean = new double[outputs];
                for (int n = 0; n < data.Count; n++)
                {
                    data.Read(n, input, target);
                    for (int i = 0; i < inputs; i++) _inputMean[i] += input[i];
                    for (int o = 0; o < outputs; o++) _targetMean[o] += target[o];
                }
                for (int i = 0; i < inputs; i++) _inputMean[i] /= data.Count;
                for (int o = 0; o < outputs; o++) _targetMean[o] /= data.Count;

                var second = new double[inputs * inputs];
                var cross = new double[inputs * outputs]; // column by column, as MathNet keeps a matrix
                var centred = new double[inputs];
                for (int n = 0; n < data.Count; n++)
                {
                    data.Read(n, input, target);
                    for (int i = 0; i < inputs; i++) centred[i] = input[i] - _inputMean[i];
                    for (int i = 0; i < inputs; i++)
                        for (int j = 0; j <= i; j++) second[j * inputs + i] += centred[i] * centred[j];
                    for (int o = 0; o < outputs; o++)
                        for (int i = 0; i < inputs; i++) cross[o * inputs + i] += centred[i] * (target[o] - _targetMean[o]);
                }
                for (int i = 0; i < inputs; i++)
                    for (int j = 0; j <= i; j++) second[i * inputs + j] = second[j * inputs + i] /= data.Count;
                for (int k = 0; k < cross.Length; k++) cross[k] /= data.Count;
                _inputMoments = new DenseMatrix(inputs, inputs, second);
                _crossMoments = new DenseMatrix(inputs, outputs, cross);
            }

            public RidgeAutoregression Solve(double lambda)
            {
                int inputs = _inputMean.Length, outputs = _targetMean.Length;
                Matrix<double> penalised = _inputMoments + lambda * DenseMatrix.CreateIdentity(inputs);
                Matrix<double> solution; // (D, O)
                try
                {
                    solution = penalised.Cholesky().Solve(_crossMoments);
                }
                catch (ArgumentException)
                {
                    throw new ArgumentException(FormattableString.Invariant($"RidgeAutoregression: the window's values depend on one another linearly; expected a λ above {lambda}."), nameof(lambda));
                }
                double[] weights = solution.ToColumnMajorArray(); // (O, D) row by row
                var intercept = (double[])_targetMean.Clone();
                for (int o = 0; o < outputs; o++)
                    for (int i = 0; i < inputs; i++) intercept[o] -= weights[o * inputs + i] * _inputMean[i];
                return new RidgeAutoregression(lambda, weights, intercept);
            }
        }
    }
}
