using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// Makes forecasts of several steps from windows of a series: at once, by a model with an output for every step, or one after the other, by a model of one step that is
    /// fed its own forecasts. Then the other columns keep their last values. B rows, L look-back, C columns, K target columns, H horizon.
    /// </summary>
    internal sealed class ForecastPass : IDisposable
    {
        private readonly SequencePass _pass;
        private readonly string _owner;
        private readonly SequenceModel _model;
        private readonly int[] _targets;
        private readonly float[] _output, _next;
        private readonly int _columns;

        public ForecastPass(string owner, SequenceModel model, int rows, int lookBack, int horizon, int[] targets)
        {
            if (lookBack < 1) throw new ArgumentOutOfRangeException(nameof(lookBack), $"{owner}: expected a look-back of at least 1, got {lookBack}.");
            if (horizon < 1) throw new ArgumentOutOfRangeException(nameof(horizon), $"{owner}: expected a horizon of at least 1, got {horizon}.");
            _columns = model.InputSize;
            if (targets.Length == 0) throw new ArgumentException($"{owner}: expected at least one target column, got none.", nameof(targets));
            foreach (int column in targets)
                if ((uint)column >= (uint)_columns) throw new ArgumentOutOfRangeException(nameof(targets), $"{owner}: expected target columns below {_columns}, got {column}.");
            if (model.OutputSteps(2) != 1) throw new ArgumentException($"{owner}: expected a model that forecasts once a window, such as with LastStep, got {model}.", nameof(model));
            FeedsBack = model.OutputSize == targets.Length && horizon > 1;
            if (!FeedsBack && model.OutputSize != horizon * targets.Length)
                throw new ArgumentException($"{owner}: {model} has {model.OutputSize} outputs, expected {horizon * targets.Length} for {horizon} steps at once, or {targets.Length} for one step that is fed back.", nameof(model));
            if (FeedsBack && model.NeedsWholeSequence) throw new ArgumentException($"{owner}: {model} reads a window from its end too, and so cannot be fed its own forecasts.", nameof(model));
            _owner = owner;
            _model = model;
            Fitting(model.InputScaler, _columns, "input");
            Fitting(model.TargetScaler, model.OutputSize, "target");
            _pass = new SequencePass(model, rows, lookBack);
            _targets = targets;
            _output = new float[rows * model.OutputSize];
            _next = new float[rows * _columns];
            LookBack = lookBack;
            Horizon = horizon;
        }

        public int LookBack { get; }

        public int Horizon { get; }

        public bool FeedsBack { get; }

        /// <summary>Called when the network has read a window, before it is fed its own forecasts; the cells then stand at the newest sample.</summary>
        public Action? WindowRead { get; set; }

        public IReadOnlyList<CellTap> Cells => _pass.Watch();

        /// <summary>Makes forecasts; allocates nothing.</summary>
        /// <param name="windows">(B, L, C), scaled.</param>
        /// <param name="rows">B.</param>
        /// <param name="forecasts">(B, H · K), in the series' own unit.</param>
        public void Run(ReadOnlySpan<float> windows, int rows, Span<float> forecasts)
        {
            Span<float> output = _output.AsSpan(0, rows * _pass.Layer.OutputSize), next = _next.AsSpan(0, rows * _columns);
            // A model that learns while it runs gets its scalers late.
            Scaler? inputScaler = Fitting(_model.InputScaler, _columns, "input");
            _pass.Forward(windows, rows, LookBack);
            WindowRead?.Invoke();
            Read(output);
            if (!FeedsBack)
            {
                output.CopyTo(forecasts);
                return;
            }
            for (int row = 0; row < rows; row++) windows.Slice((row * LookBack + LookBack - 1) * _columns, _columns).CopyTo(next.Slice(row * _columns));
            for (int step = 0; ; step++)
            {
                for (int row = 0; row < rows; row++)
                    for (int k = 0; k < _targets.Length; k++)
                    {
                        float value = forecasts[(row * Horizon + step) * _targets.Length + k] = output[row * _targets.Length + k];
                        int column = _targets[k];
                        next[row * _columns + column] = inputScaler == null ? value : (value - inputScaler.Offset[column]) / inputScaler.Scale[column];
                    }
                if (step == Horizon - 1) return;
                _pass.Forward(next, rows, 1, _pass.FinalState);
                Read(output);
            }
        }

        public void Dispose() => _pass.Dispose();

        private void Read(Span<float> output)
        {
            _pass.CopyOutput(output);
            Fitting(_model.TargetScaler, _model.OutputSize, "target")?.Inverse(output, output);
        }

        private Scaler? Fitting(Scaler? scaler, int columns, string what)
        {
            if (scaler != null && scaler.Columns != columns) throw new ArgumentException($"{_owner}: the model's {what} scaler has {scaler.Columns} columns, expected {columns}.", "model");
            return scaler;
        }
    }
}
