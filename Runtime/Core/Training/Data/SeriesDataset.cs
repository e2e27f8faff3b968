using System;
using System.Collections.Generic;
using System.Linq;

namespace Recurrent
{
    /// <summary>
    /// A series made ready for forecasting: scaled, cut into windows (<see cref="WindowDataset"/>) and split in time order into training, validation and test.
    /// The split is by the rows that are forecast: rows before <see cref="FirstValidation"/> are training targets, rows from <see cref="FirstTest"/> on test targets,
    /// and the first window of a part looks back into the part before it, as a forecaster at that moment could. No row is the target of two parts;
    /// with a horizon above 1, a window whose targets would reach into the next part is left out.
    /// The scaler is fitted on the training rows only.
    /// </summary>
    public sealed class SeriesDataset
    {
        private readonly float[] _values; // (Rows, Columns)
        private readonly float[] _scaled; // (Rows, Columns)
        private readonly int[] _targetColumns;

        private SeriesDataset(float[] values, string[] names, int[] targetColumns, int lookBack, int horizon, double validation, double test, Scaler? scaler)
        {
            int columns = names.Length;
            if (!(validation >= 0) || !(test >= 0) || !(validation + test < 1))
                throw new ArgumentOutOfRangeException(nameof(validation), FormattableString.Invariant($"SeriesDataset: expected fractions of 0 or more with a sum below 1, got validation {validation} and test {test}."));
            if (lookBack < 1) throw new ArgumentOutOfRangeException(nameof(lookBack), $"SeriesDataset: expected a look-back of at least 1, got {lookBack}.");
            if (horizon < 1) throw new ArgumentOutOfRangeException(nameof(horizon), $"SeriesDataset: expected a horizon of at least 1, got {horizon}.");
            Finite.Check(nameof(SeriesDataset), values, columns);

            _values = values;
            _targetColumns = targetColumns;
            ColumnNames = names;
            LookBack = lookBack;
            Horizon = horizon;
            Rows = values.Length / columns;
            FirstTest = Rows - (int)Math.Round(Rows * test);
            FirstValidation = FirstTest - (int)Math.Round(Rows * validation);
            CheckPart("training", FirstValidation - lookBack, needed: true, $" after a look-back of {lookBack}");
            CheckPart("validation", FirstTest - FirstValidation, validation > 0);
            CheckPart("test", Rows - FirstTest, test > 0);

            InputScaler = scaler ?? new StandardScaler();
            if (!InputScaler.IsFitted) InputScaler.Fit(values.AsSpan(0, FirstValidation * columns), columns);
            if (InputScaler.Columns != columns)
                throw new ArgumentException($"SeriesDataset: the scaler was fitted on {InputScaler.Columns} columns, the series has {columns}.", nameof(scaler));
            TargetScaler = InputScaler.Select(Enumerable.Range(0, horizon).SelectMany(_ => targetColumns).ToArray());
            _scaled = new float[values.Length];
            InputScaler.Transform(values, _scaled);

            Train = Windows(lookBack, FirstValidation);
            Validation = Windows(FirstValidation, FirstTest);
            Test = Windows(FirstTest, Rows);
        }

        /// <summary>The windows whose targets lie before <see cref="FirstValidation"/>, scaled.</summary>
        public SequenceDataset Train { get; }

        /// <summary>The windows whose targets lie in <see cref="FirstValidation"/> … <see cref="FirstTest"/> − 1, scaled; empty when its fraction is 0.</summary>
        public SequenceDataset Validation { get; }

        /// <summary>The windows whose targets lie in <see cref="FirstTest"/> … <see cref="Rows"/> − 1, scaled; empty when its fraction is 0.</summary>
        public SequenceDataset Test { get; }

        /// <summary>Scales an input row: one column for each of <see cref="ColumnNames"/>. Belongs into the model's file.</summary>
        public Scaler InputScaler { get; }

        /// <summary>Scales a target row, and by <see cref="Scaler.Inverse"/> brings a forecast back to the series' own units: horizon × target columns. Belongs into the model's file.</summary>
        public Scaler TargetScaler { get; }

        /// <summary>Rows of an input window.</summary>
        public int LookBack { get; }

        /// <summary>Rows forecast after it.</summary>
        public int Horizon { get; }

        /// <summary>Rows of the series.</summary>
        public int Rows { get; }

        /// <summary>Values in an input row: the targets' and the exogenous columns.</summary>
        public int Columns => ColumnNames.Count;

        /// <summary>What the input's columns are called.</summary>
        public IReadOnlyList<string> ColumnNames { get; }

        /// <summary>The columns that are forecast.</summary>
        public IReadOnlyList<int> TargetColumns => _targetColumns;

        /// <summary>The first row that is a validation target, and the number of rows that the scaler is fitted on.</summary>
        public int FirstValidation { get; }

        /// <summary>The first row that is a test target.</summary>
        public int FirstTest { get; }

        /// <summary>The series in its own units: (<see cref="Rows"/>, <see cref="Columns"/>).</summary>
        public ReadOnlyMemory<float> Values => _values;

        /// <summary>The series scaled, as the windows see it: (<see cref="Rows"/>, <see cref="Columns"/>).</summary>
        public ReadOnlyMemory<float> Scaled => _scaled;

        /// <summary>Reads a column of a CSV file (see <see cref="CsvTable"/>) and makes it ready.</summary>
        /// <param name="path">The file.</param>
        /// <param name="column">The column to forecast, by name, or by index from 0 where none has that name.</param>
        /// <param name="lookBack">Rows of an input window.</param>
        /// <param name="horizon">Rows forecast after it.</param>
        /// <param name="validation">The fraction of all rows for validation, before the test.</param>
        /// <param name="test">The fraction of all rows for the test, at the end.</param>
        /// <param name="exogenous">Further columns that the windows see but that are not forecast.</param>
        /// <param name="scaler">Fitted here on the training rows; one that is fitted already (from a saved model) is used as it is. A <see cref="StandardScaler"/> when null.</param>
        /// <exception cref="DataFileException">The file is not a table, or a value is missing or not a finite number.</exception>
        /// <exception cref="System.IO.IOException">The file cannot be opened or read.</exception>
        /// <exception cref="ArgumentException">A column does not exist, or a part of the split has no room for a window's targets.</exception>
        public static SeriesDataset FromCsv(string path, string column, int lookBack, int horizon = 1, double validation = 0.1, double test = 0.2, IReadOnlyList<string>? exogenous = null, Scaler? scaler = null) =>
            FromTable(CsvTable.Load(path), column, lookBack, horizon, validation, test, exogenous, scaler);

        /// <summary>Makes a column of a table ready; the parameters are those of <see cref="FromCsv"/>.</summary>
        /// <exception cref="DataFileException">A value is missing or not a finite number.</exception>
        /// <exception cref="ArgumentException">A column does not exist, or a part of the split has no room for a window's targets.</exception>
        public static SeriesDataset FromTable(CsvTable table, string column, int lookBack, int horizon = 1, double validation = 0.1, double test = 0.2, IReadOnlyList<string>? exogenous = null, Scaler? scaler = null)
        {
            if (table is null) throw new ArgumentNullException(nameof(table));
            int[] indices = (exogenous ?? Array.Empty<string>()).Prepend(column).Select(table.IndexOf).ToArray();
            var values = new float[table.RowCount * indices.Length];
            for (int c = 0; c < indices.Length; c++)
            {
                float[] source = table.Column(indices[c]);
                for (int row = 0; row < source.Length; row++) values[row * indices.Length + c] = source[row];
            }
            return new SeriesDataset(values, indices.Select(index => table.Columns[index]).ToArray(), new[] { 0 }, lookBack, horizon, validation, test, scaler);
        }

        /// <summary>Makes a series in memory ready; it is copied.</summary>
        /// <param name="values">(rows, <paramref name="columns"/>), row by row, in time order.</param>
        /// <param name="lookBack">Rows of an input window.</param>
        /// <param name="horizon">Rows forecast after it.</param>
        /// <param name="validation">The fraction of all rows for validation, before the test.</param>
        /// <param name="test">The fraction of all rows for the test, at the end.</param>
        /// <param name="columns">Values in a row.</param>
        /// <param name="targetColumns">The columns to forecast; the first when null. The windows see all.</param>
        /// <param name="scaler">Fitted here on the training rows; one that is fitted already (from a saved model) is used as it is. A <see cref="StandardScaler"/> when null.</param>
        /// <exception cref="ArgumentException">A value is NaN or infinite, a column does not exist, or a part of the split has no room for a window's targets.</exception>
        public static SeriesDataset FromValues(ReadOnlySpan<float> values, int lookBack, int horizon = 1, double validation = 0.1, double test = 0.2, int columns = 1, int[]? targetColumns = null, Scaler? scaler = null)
        {
            if (columns < 1) throw new ArgumentOutOfRangeException(nameof(columns), $"SeriesDataset: expected at least 1 column, got {columns}.");
            if (values.Length % columns != 0) throw new ArgumentException($"SeriesDataset: the series has {values.Length} values, expected a multiple of its {columns} columns.", nameof(values));
            int[] targets = targetColumns is null ? new[] { 0 } : (int[])targetColumns.Clone();
            if (targets.Length == 0) throw new ArgumentException("SeriesDataset: expected at least one target column, got none.", nameof(targetColumns));
            foreach (int column in targets)
                if ((uint)column >= (uint)columns) throw new ArgumentOutOfRangeException(nameof(targetColumns), $"SeriesDataset: expected a target column below {columns}, got {column}.");
            string[] names = Enumerable.Range(0, columns).Select(column => FormattableString.Invariant($"{column}")).ToArray();
            return new SeriesDataset(values.ToArray(), names, targets, lookBack, horizon, validation, test, scaler);
        }

        /// <summary>One column in the series' own units, for baselines and pictures.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no such column.</exception>
        public float[] Column(int column)
        {
            if ((uint)column >= (uint)Columns) throw new ArgumentOutOfRangeException(nameof(column), $"SeriesDataset: expected a column below {Columns}, got {column}.");
            var values = new float[Rows];
            for (int row = 0; row < Rows; row++) values[row] = _values[row * Columns + column];
            return values;
        }

        // The windows whose targets lie in rows first … end − 1.
        private WindowDataset Windows(int first, int end) =>
            new WindowDataset(_scaled.AsMemory((first - LookBack) * Columns, (end - first + LookBack) * Columns), Columns, LookBack, Horizon, null, _targetColumns, mayBeEmpty: true);

        private void CheckPart(string part, int targets, bool needed, string after = "")
        {
            if (needed && targets < Horizon)
                throw new ArgumentException($"SeriesDataset: the {part} part of {Rows} rows has {Math.Max(0, targets)} rows to forecast{after}, expected at least {Horizon} (the horizon).");
        }
    }
}
