using System;
using NUnit.Framework;

namespace Recurrent.Tests
{
    /// <summary>
    /// Compares a layer's gradients with central differences of L = Σ w·output + Σ v·final state, with random w and v.
    /// Runs in float, so differences are taken over h = 1e-2 by a five-point rule and compared relative to the largest gradient of the tensor.
    /// </summary>
    internal sealed class GradientCheck : IDisposable
    {
        private readonly Layer _layer;
        private readonly SequencePass _pass;
        private readonly int _batch, _steps;
        private readonly int[] _lengths;
        private readonly bool _training;
        private bool _kinks;
        private readonly float[] _input, _state, _outputWeights, _stateWeights, _output;

        public GradientCheck(Layer layer, int batch, int steps, int[]? lengths = null, float[]? input = null, bool training = false, KernelSet? kernels = null)
        {
            var random = new RandomSource(77);
            _layer = layer;
            _batch = batch;
            _steps = steps;
            _lengths = lengths ?? Array.Empty<int>();
            _training = training;
            _pass = new SequencePass(layer, batch, steps, training: true, kernels);
            _input = input ?? Draw(random, batch * steps * layer.InputSize);
            _state = Draw(random, batch * layer.StateSize);
            _output = new float[batch * layer.OutputSteps(steps) * layer.OutputSize];
            _outputWeights = Draw(random, _output.Length);
            _stateWeights = Draw(random, _state.Length);
        }

        public static float[] Draw(RandomSource random, int length)
        {
            var values = new float[length];
            for (int i = 0; i < length; i++) values[i] = random.NextSingle(-1, 1);
            return values;
        }

        /// <param name="tolerance">Relative to the largest gradient of each tensor.</param>
        /// <param name="inputs">Whether the input has a gradient.</param>
        /// <param name="kinks">Whether the layer has kinks: then a gradient has to lie between the differences to both sides.</param>
        public void Run(double tolerance = 2e-3, bool inputs = true, bool kinks = false)
        {
            _kinks = kinks;
            _layer.Store.ClearGradients();
            Loss();
            _pass.Backward(_outputWeights, _stateWeights);
            var inputGradient = new float[_input.Length];
            _pass.CopyInputGradient(inputGradient);
            float[] stateGradient = _pass.StateGradient.ToArray();
            if (inputs) Compare("input", _input, inputGradient, null, tolerance);
            Compare("state", _state, stateGradient, null, tolerance);
            foreach (Parameter parameter in _layer.Parameters)
                Compare(parameter.Name, parameter.Value.ToArray(), parameter.Gradient.ToArray(), parameter, tolerance);
        }

        public void Dispose() => _pass.Dispose();

        private void Compare(string name, float[] values, float[] gradient, Parameter? parameter, double tolerance)
        {
            double largest = 1e-2;
            foreach (float g in gradient) largest = Math.Max(largest, Math.Abs(g));
            int stride = Math.Max(1, values.Length / 16);
            for (int i = 0; i < values.Length; i += stride)
            {
                float before = values[i];
                double At(float offset)
                {
                    values[i] = before + offset;
                    parameter?.Set(values);
                    double loss = Loss();
                    values[i] = before;
                    parameter?.Set(values);
                    return loss;
                }
                if (_kinks)
                {
                    const float small = 4e-3f;
                    double here = At(0), left = (here - At(-small)) / small, right = (At(small) - here) / small;
                    Assert.That(gradient[i], Is.InRange(Math.Min(left, right) - tolerance * largest, Math.Max(left, right) + tolerance * largest), $"{_layer}: gradient of {name}[{i}]");
                    continue;
                }
                const float h = 1e-2f;
                double difference = (8 * (At(h) - At(-h)) - (At(2 * h) - At(-2 * h))) / (12 * (double)h);
                Assert.That(gradient[i], Is.EqualTo(difference).Within(tolerance * largest), $"{_layer}: gradient of {name}[{i}]");
            }
        }

        private double Loss()
        {
            _pass.Forward(_input, _batch, _steps, _state, _lengths, _training, seed: 5);
            _pass.CopyOutput(_output);
            double loss = 0;
            for (int i = 0; i < _output.Length; i++) loss += (double)_outputWeights[i] * _output[i];
            ReadOnlySpan<float> final = _pass.FinalState;
            for (int i = 0; i < final.Length; i++) loss += (double)_stateWeights[i] * final[i];
            return loss;
        }
    }
}
