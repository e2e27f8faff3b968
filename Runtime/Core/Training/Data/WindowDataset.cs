using System;

namespace Recurrent
{
    /// <summary>
    /// All windows of a series: the input is <c>lookBack</c> consecutive rows, the target the next <c>horizon</c> values of the target columns,
    /// all in one row (a direct forecast of every distance at once): value (k, c), k rows after the window's end + 1, stands at k × target columns + c.
    /// A window is a view: the series is neither copied nor changed. Window i begins at row i and its target at row i + lookBack.
    /// </summary>
    public sealed class WindowDataset : SequenceDataset
    {
        private readonly SeriesColumns _inputs;
        private readonly SeriesColumns _targets;

        /// <summary>Lays windows over a series.</summary>
        /// <param name="series">(rows, <paramref name="columns"/>), row by row, in time order.</param>
        /// <param name="columns">Columns of the series.</param>
        /// <param name="lookBack">Rows in an input window, at least 1.</param>
        /// <param name="horizon">Rows forecast after it, at least 1.</param>
        /// <param name="inputColumns">The columns to see, in this order; all when null.</param>
        /// <param name="targetColumns">The columns to forecast, in this order; all when null.</param>
        /// <exception cref="ArgumentException">The series is shorter than one window and its target, does not divide into columns, or holds NaN or infinity; a column does not exist.</exception>
        public WindowDataset(ReadOnlyMemory<float> series, int columns, int lookBack, int horizon = 1, int[]? inputColumns = null, int[]? targetColumns = null)
            : this(series, columns, lookBack, horizon, inputColumns, targetColumns, mayBeEmpty: false)
        {
        }

        internal WindowDataset(ReadOnlyMemory<float> series, int columns, int lookBack, int horizon, int[]? inputColumns, int[]? targetColumns, bool mayBeEmpty)
        {
            if (lookBack < 1) throw new ArgumentOutOfRangeException(nameof(lookBack), $"WindowDataset: expected a look-back of at least 1, got {lookBack}.");
            if (horizon < 1) throw new ArgumentOutOfRangeException(nameof(horizon), $"WindowDataset: expected a horizon of at least 1, got {horizon}.");
            _inputs = new SeriesColumns(nameof(WindowDataset), series, columns, inputColumns);
            _targets = new SeriesColumns(nameof(WindowDataset), series, columns, targetColumns);
            long windows = (long)_inputs.Rows - lookBack - horizon + 1;
            if (windows < 1 && !mayBeEmpty)
                throw new ArgumentException($"WindowDataset: the series has {_inputs.Rows} rows, expected at least {(long)lookBack + horizon} (look-back {lookBack} + horizon {horizon}).", nameof(series));
            Count = (int)Math.Max(0, windows);
            LookBack = lookBack;
            Horizon = horizon;
            TargetSize = checked(horizon * _targets.Count);
        }

        /// <summary>Rows in an input window.</summary>
        public int LookBack { get; }

        /// <summary>Rows forecast after a window.</summary>
        public int Horizon { get; }

        /// <inheritdoc/>
        public override int Count { get; }

        /// <inheritdoc/>
        public override int InputSize => _inputs.Count;

        /// <summary>horizon × target columns.</summary>
        public override int TargetSize { get; }

        /// <summary>The look-back.</summary>
        public override int MaxSteps => LookBack;

        /// <summary>1.</summary>
        public override int MaxTargetSteps => 1;

        /// <inheritdoc/>
        protected override void Copy(int index, Span<float> input, Span<float> target)
        {
            _inputs.Copy(index, LookBack, input);
            _targets.Copy(index + LookBack, Horizon, target);
        }
    }
}
