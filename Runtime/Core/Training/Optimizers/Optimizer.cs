using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent
{
    /// <summary>
    /// Moves parameters against their gradients: one sweep over two flat arrays per step.
    /// The formulas, defaults and the names of the state are PyTorch's. Memory for the state is taken at the first step; later steps allocate nothing.
    /// <see cref="ToString"/> names the optimizer with everything that was fixed when it was made.
    /// </summary>
    public abstract class Optimizer
    {
        /// <summary>A step may be cut at multiples of this without a change of bits: the widest vector of a kernel.</summary>
        internal const int SweepStep = 16;

        private readonly string[] _stateNames;
        private float[][] _state = Array.Empty<float[]>();
        private int _length = -1;
        private float _learningRate;
        private KernelSet _kernels = KernelSet.Default;

        /// <summary>For an optimizer that keeps one value per parameter under each of <paramref name="stateNames"/>.</summary>
        /// <param name="learningRate">The initial <see cref="LearningRate"/>.</param>
        /// <param name="stateNames">What the state's arrays are called; none for an optimizer without a memory.</param>
        /// <exception cref="ArgumentException">The learning rate is negative or not finite.</exception>
        protected Optimizer(float learningRate, params string[] stateNames)
        {
            LearningRate = learningRate;
            _stateNames = stateNames;
        }

        /// <summary>The name without parameters, for example <c>AdamW</c>.</summary>
        public abstract string Name { get; }

        /// <summary>The learning rate of the next step. A <see cref="LearningRateSchedule"/> changes it as training goes on.</summary>
        /// <exception cref="ArgumentException">The value is negative or not finite.</exception>
        public float LearningRate
        {
            get => _learningRate;
            set => _learningRate = (float)NotNegative(value, "learningRate");
        }

        /// <summary>What sweeps the arrays, where a kernel does; <see cref="KernelSet.Default"/> unless set.</summary>
        /// <exception cref="ArgumentNullException">The value is null.</exception>
        public KernelSet Kernels
        {
            get => _kernels;
            set => _kernels = value ?? throw new ArgumentNullException(nameof(value));
        }

        /// <summary>How many steps have been taken.</summary>
        public long StepCount { get; private set; }

        /// <summary>Takes one step.</summary>
        /// <param name="parameters">What is moved. The first step decides how many there are.</param>
        /// <param name="gradients">The gradient of the loss with respect to each parameter.</param>
        /// <exception cref="ArgumentException">The lengths differ from each other or from the steps before.</exception>
        public void Step(Span<float> parameters, ReadOnlySpan<float> gradients)
        {
            if (gradients.Length != parameters.Length)
                throw new ArgumentException($"{Name}: {parameters.Length} parameters have {gradients.Length} gradients.", nameof(gradients));
            BeginStep(parameters.Length);
            Sweep(parameters, gradients, 0);
        }

        /// <summary>Begins a step that is taken in several sweeps.</summary>
        /// <exception cref="ArgumentException">There are not as many parameters as before.</exception>
        internal void BeginStep(int parameters)
        {
            if (_length < 0) Allocate(parameters);
            if (parameters != _length)
                throw new ArgumentException($"{Name}: got {parameters} parameters, expected {_length} as before.", nameof(parameters));
            StepCount++;
        }

        /// <summary>Moves the parameters from <paramref name="start"/> on, a multiple of <see cref="SweepStep"/>.</summary>
        internal void Sweep(Span<float> parameters, ReadOnlySpan<float> gradients, int start) => Update(parameters, gradients, _state, start);

        /// <summary>
        /// Copies of the arrays, one value per parameter, from which <see cref="SetState"/> continues exactly here
        /// (together with <see cref="StepCount"/> and <see cref="LearningRate"/>); none before the first step.
        /// </summary>
        public IReadOnlyList<KeyValuePair<string, float[]>> GetState()
        {
            var state = new KeyValuePair<string, float[]>[_state.Length];
            for (int i = 0; i < state.Length; i++) state[i] = KeyValuePair.Create(_stateNames[i], (float[])_state[i].Clone());
            return state;
        }

        /// <summary>Continues, bit for bit, from what <see cref="GetState"/> and <see cref="StepCount"/> were. Nothing changes when it throws.</summary>
        /// <param name="stepCount">How many steps had been taken.</param>
        /// <param name="state">The arrays by name, in any order; copied.</param>
        /// <exception cref="ArgumentException">An array is missing, unknown, given twice or of another length than the rest or than the parameters of earlier steps.</exception>
        public void SetState(long stepCount, IEnumerable<KeyValuePair<string, float[]>> state)
        {
            if (state == null) throw new ArgumentNullException(nameof(state));
            if (stepCount < 0) throw new ArgumentException($"{Name}: a state of {stepCount} steps, expected at least 0.", nameof(stepCount));
            var arrays = new float[stepCount == 0 ? 0 : _stateNames.Length][];
            int length = _length;
            foreach (KeyValuePair<string, float[]> entry in state)
            {
                int i = Array.IndexOf(_stateNames, entry.Key, 0, arrays.Length);
                if (i < 0) throw new ArgumentException($"{Name}: does not know '{entry.Key}' in a state of {stepCount} steps, {Expected(arrays.Length)}.", nameof(state));
                if (arrays[i] != null) throw new ArgumentException($"{Name}: the state has '{entry.Key}' twice.", nameof(state));
                if (entry.Value == null) throw new ArgumentException($"{Name}: the state has nothing under '{entry.Key}'.", nameof(state));
                if (length < 0) length = entry.Value.Length;
                if (entry.Value.Length != length)
                    throw new ArgumentException($"{Name}: '{entry.Key}' of the state has {entry.Value.Length} values, expected {length}.", nameof(state));
                arrays[i] = (float[])entry.Value.Clone();
            }
            int missing = Array.IndexOf(arrays, null);
            if (missing >= 0) throw new ArgumentException($"{Name}: the state lacks '{_stateNames[missing]}', {Expected(arrays.Length)}.", nameof(state));
            _state = arrays;
            _length = stepCount == 0 ? -1 : length;
            StepCount = stepCount;
        }

        /// <summary>The name with the parameters that never change, in the invariant culture: a saved state fits an optimizer with the same text.</summary>
        public override string ToString() => Name;

        /// <summary>
        /// The body of <see cref="Step"/>, for all parameters or for a stretch of them: each moves by its own gradient and state alone. Lengths have been
        /// checked and <see cref="StepCount"/> already counts this step. Several threads may be in it at once, each with a stretch of its own.
        /// </summary>
        /// <param name="parameters">What is moved.</param>
        /// <param name="gradients">Their gradients.</param>
        /// <param name="state">One array per name given to the constructor, in that order, for all parameters; zeros at the first step.</param>
        /// <param name="start">Where in the arrays of the state the stretch begins.</param>
        protected abstract void Update(Span<float> parameters, ReadOnlySpan<float> gradients, float[][] state, int start);

        private protected double NotNegative(double value, string name)
        {
            if (value >= 0.0 && value <= float.MaxValue) return value;
            throw new ArgumentException($"{Name}: {name} is {Text(value)}, expected a finite value of at least 0.", name);
        }

        private protected double Fraction(double value, string name)
        {
            if (value >= 0.0 && value < 1.0) return value;
            throw new ArgumentException($"{Name}: {name} is {Text(value)}, expected a value in [0, 1).", name);
        }

        private protected static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

        private void Allocate(int length)
        {
            var state = new float[_stateNames.Length][];
            for (int i = 0; i < state.Length; i++) state[i] = new float[length];
            _state = state;
            _length = length;
        }

        private string Expected(int count) => count == 0 ? "expected none" : "expected " + string.Join(", ", _stateNames);
    }
}
