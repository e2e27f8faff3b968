using System;

namespace Recurrent.Diagnostics
{
    /// <summary>A named table of numbers that goes with a recording: the losses of a training run, the gradient norm of each time step, an attribution.</summary>
    public sealed class RecordedTable
    {
        /// <summary>Losses by epoch; see <see cref="TrainingLog"/>.</summary>
        public const string Training = "training";

        /// <summary>The norm of the whole gradient by optimizer step; see <see cref="TrainingLog"/>.</summary>
        public const string GradientNorms = "gradient norms";

        /// <summary>Gradient norms by time step, a column a cell; see <see cref="GradientFlow"/>.</summary>
        public const string GradientFlow = "gradient flow";

        /// <summary>|∂y/∂x| by time step, a column an input; see <see cref="InputAttribution"/>.</summary>
        public const string Attribution = "attribution";

        /// <summary>Puts a table together; the values are used as they are.</summary>
        /// <param name="name">What it is.</param>
        /// <param name="columns">The columns' names.</param>
        /// <param name="values">(rows, columns).</param>
        /// <exception cref="ArgumentException">There is no column, or the values are no whole number of rows.</exception>
        public RecordedTable(string name, string[] columns, float[] values)
        {
            if (columns.Length == 0 || values.Length % columns.Length != 0)
                throw new ArgumentException($"RecordedTable({name}): {values.Length} numbers are no whole number of rows of {columns.Length}.", nameof(values));
            Name = name;
            Columns = columns;
            Values = values;
        }

        /// <summary>What it is.</summary>
        public string Name { get; }

        /// <summary>The columns' names.</summary>
        public string[] Columns { get; }

        /// <summary>(rows, columns).</summary>
        public float[] Values { get; }

        /// <summary>How many rows there are.</summary>
        public int Rows => Values.Length / Columns.Length;

        /// <summary>A copy of one column.</summary>
        public float[] Column(int index)
        {
            var column = new float[Rows];
            for (int row = 0; row < column.Length; row++) column[row] = Values[row * Columns.Length + index];
            return column;
        }
    }
}
