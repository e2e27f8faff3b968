using System;

namespace Recurrent
{
    internal sealed class PlateauSchedule : LearningRateSchedule
    {
        // PyTorch leaves a rate alone that would change by less.
        private const double SmallestChange = 1e-8;

        private readonly double _factor, _threshold;
        private readonly int _patience, _cooldown;
        private readonly float _minimum;

        private double _best = double.PositiveInfinity;
        private int _badEpochs, _cooldownLeft, _reductions;

        internal PlateauSchedule(double factor, int patience, double threshold, int cooldown, float minimum)
        {
            _factor = Checked(factor >= 0.0 && factor < 1.0, factor, "Plateau", nameof(factor), "a value in [0, 1)");
            _patience = (int)Checked(patience >= 0, patience, "Plateau", nameof(patience), "at least 0");
            _threshold = Checked(threshold >= 0.0 && threshold <= double.MaxValue, threshold, "Plateau", nameof(threshold), "a finite value of at least 0");
            _cooldown = (int)Checked(cooldown >= 0, cooldown, "Plateau", nameof(cooldown), "at least 0");
            _minimum = (float)Checked(minimum >= 0f && minimum <= float.MaxValue, minimum, "Plateau", nameof(minimum), "a finite value of at least 0");
        }

        public override float LearningRate(float baseRate, int epoch, long step)
        {
            double rate = baseRate;
            for (int i = 0; i < _reductions; i++)
            {
                double reduced = Math.Max(rate * _factor, _minimum);
                if (!(rate - reduced > SmallestChange)) break;
                rate = reduced;
            }
            return (float)rate;
        }

        public override void EndEpoch(double validationLoss)
        {
            // NaN is never better. Until there is a best, every finite loss is: ∞ − threshold·∞ would be NaN.
            bool better = double.IsPositiveInfinity(_best)
                ? validationLoss < double.PositiveInfinity
                : validationLoss < _best - _threshold * Math.Abs(_best);
            if (better)
            {
                _best = Math.Max(validationLoss, double.MinValue);
                _badEpochs = 0;
            }
            else
            {
                _badEpochs++;
            }

            if (_cooldownLeft > 0)
            {
                _cooldownLeft--;
                _badEpochs = 0;
            }
            if (_badEpochs <= _patience) return;
            _reductions++;
            _cooldownLeft = _cooldown;
            _badEpochs = 0;
        }

        public override double[] GetState() => double.IsPositiveInfinity(_best)
            ? new double[] { _badEpochs, _cooldownLeft, _reductions }
            : new double[] { _badEpochs, _cooldownLeft, _reductions, _best };

        public override void SetState(ReadOnlySpan<double> state)
        {
            if (state.Length != 3 && state.Length != 4)
                throw new ArgumentException($"{this}: got a state of {state.Length} numbers, expected 3 or 4.", nameof(state));
            for (int i = 0; i < 3; i++)
                if (!(state[i] >= 0.0 && state[i] <= int.MaxValue && state[i] == Math.Floor(state[i])))
                    throw new ArgumentException($"{this}: number {i} of the state is {Text(state[i])}, expected a count.", nameof(state));
            if (state.Length == 4 && (double.IsNaN(state[3]) || double.IsInfinity(state[3])))
                throw new ArgumentException($"{this}: the best loss of the state is {Text(state[3])}, expected a finite value.", nameof(state));
            _badEpochs = (int)state[0];
            _cooldownLeft = (int)state[1];
            _reductions = (int)state[2];
            _best = state.Length == 4 ? state[3] : double.PositiveInfinity;
        }

        public override string ToString() =>
            $"Plateau(factor={Text(_factor)}, patience={_patience}, threshold={Text(_threshold)}, cooldown={_cooldown}, minimum={Text(_minimum)})";
    }
}
