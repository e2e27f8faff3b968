using System;
using System.Globalization;
using System.Linq;

namespace Recurrent
{
    /// <summary>
    /// Brings the columns of a table to a common size and back: <c>z = (x − offset) / scale</c>, <c>x = z · scale + offset</c>, with one offset and one scale a column.
    /// The kinds differ in how they <see cref="Fit"/> the two. A constant column gets scale 1, so that nothing is divided by zero.
    /// </summary>
    public abstract class Scaler
    {
        private float[] _offset = Array.Empty<float>();
        private float[] _scale = Array.Empty<float>();

        private protected Scaler()
        {
        }

        /// <summary>Columns of what it was fitted on; 0 before that.</summary>
        public int Columns => _offset.Length;

        /// <summary>Whether <see cref="Fit"/> was called, or the scaler was read from metadata.</summary>
        public bool IsFitted => Columns > 0;

        /// <summary>What is subtracted, column by column.</summary>
        public ReadOnlySpan<float> Offset => _offset;

        /// <summary>What it is then divided by, column by column; never 0.</summary>
        public ReadOnlySpan<float> Scale => _scale;

        private protected abstract string Kind { get; }

        /// <summary>Measures the columns of a table.</summary>
        /// <param name="values">(rows, <paramref name="columns"/>), at least one row.</param>
        /// <param name="columns">Values in a row.</param>
        /// <exception cref="ArgumentException">There is no row, the length does not divide into rows, or a value is NaN or infinite.</exception>
        public void Fit(ReadOnlySpan<float> values, int columns)
        {
            if (columns < 1) throw new ArgumentOutOfRangeException(nameof(columns), $"{GetType().Name}: expected at least 1 column, got {columns}.");
            if (values.Length == 0 || values.Length % columns != 0)
                throw new ArgumentException($"{GetType().Name}: expected one row of {columns} values or more, got {values.Length} values.", nameof(values));
            Finite.Check(GetType().Name, values, columns);
            var offset = new float[columns];
            var scale = new float[columns];
            for (int c = 0; c < columns; c++)
            {
                (double o, double s) = FitColumn(values, c, columns);
                offset[c] = (float)o;
                scale[c] = (float)s;
                if (scale[c] == 0) scale[c] = 1; // a spread too small for a float
                if (!float.IsFinite(offset[c]) || !float.IsFinite(scale[c]))
                    throw new ArgumentException($"{GetType().Name}: the values of column {c} spread wider than a float holds.", nameof(values));
            }
            _offset = offset;
            _scale = scale;
        }

        /// <summary>z = (x − offset) / scale, row by row. The spans may be the same.</summary>
        /// <param name="values">(rows, <see cref="Columns"/>).</param>
        /// <param name="destination">As long as <paramref name="values"/>.</param>
        /// <exception cref="InvalidOperationException">The scaler is not fitted.</exception>
        /// <exception cref="ArgumentException">The lengths differ or do not divide into rows.</exception>
        public void Transform(ReadOnlySpan<float> values, Span<float> destination)
        {
            Check(values.Length, destination.Length);
            for (int i = 0, c = 0; i < values.Length; i++)
            {
                destination[i] = (values[i] - _offset[c]) / _scale[c];
                if (++c == _offset.Length) c = 0;
            }
        }

        /// <summary>x = z · scale + offset, row by row: undoes <see cref="Transform"/>. The spans may be the same.</summary>
        /// <param name="values">(rows, <see cref="Columns"/>).</param>
        /// <param name="destination">As long as <paramref name="values"/>.</param>
        /// <exception cref="InvalidOperationException">The scaler is not fitted.</exception>
        /// <exception cref="ArgumentException">The lengths differ or do not divide into rows.</exception>
        public void Inverse(ReadOnlySpan<float> values, Span<float> destination)
        {
            Check(values.Length, destination.Length);
            for (int i = 0, c = 0; i < values.Length; i++)
            {
                destination[i] = values[i] * _scale[c] + _offset[c];
                if (++c == _offset.Length) c = 0;
            }
        }

        /// <summary>A fitted scaler for chosen columns, in this order; a column may stand several times (once for each value of a horizon).</summary>
        /// <exception cref="InvalidOperationException">The scaler is not fitted.</exception>
        /// <exception cref="ArgumentException">No column is chosen, or one does not exist.</exception>
        public Scaler Select(params int[] columns)
        {
            Check(0, 0);
            if (columns is null || columns.Length == 0) throw new ArgumentException($"{GetType().Name}: expected at least one column, got none.", nameof(columns));
            foreach (int column in columns)
                if ((uint)column >= (uint)Columns) throw new ArgumentOutOfRangeException(nameof(columns), $"{GetType().Name}: expected a column below {Columns}, got {column}.");
            var copy = (Scaler)MemberwiseClone();
            copy._offset = Array.ConvertAll(columns, column => _offset[column]);
            copy._scale = Array.ConvertAll(columns, column => _scale[column]);
            return copy;
        }

        /// <summary>
        /// The fitted scaler as one line of text for a model file's metadata, such as <c>standard offset=51.25,3 scale=43.5,1</c>;
        /// <see cref="FromMetadata"/> gives the same bits back on every machine.
        /// </summary>
        /// <exception cref="InvalidOperationException">The scaler is not fitted.</exception>
        public string ToMetadata()
        {
            Check(0, 0);
            return $"{Kind} offset={Join(_offset)} scale={Join(_scale)}";
        }

        /// <summary>The scaler that <see cref="ToMetadata"/> wrote.</summary>
        /// <exception cref="FormatException">The text is not what <see cref="ToMetadata"/> writes.</exception>
        public static Scaler FromMetadata(string metadata)
        {
            if (metadata is null) throw new ArgumentNullException(nameof(metadata));
            string[] words = metadata.Split(' ');
            if (words.Length < 3) throw Malformed(metadata);
            Scaler scaler = words[0] switch
            {
                "identity" when words.Length == 3 => new IdentityScaler(),
                "standard" when words.Length == 3 => new StandardScaler(),
                "minmax" when words.Length == 5 => MinMax(metadata, Numbers(metadata, words[1], "low"), Numbers(metadata, words[2], "high")),
                _ => throw Malformed(metadata),
            };
            scaler._offset = Numbers(metadata, words[^2], "offset");
            scaler._scale = Numbers(metadata, words[^1], "scale");
            if (scaler._offset.Length != scaler._scale.Length || scaler._scale.Contains(0f)) throw Malformed(metadata);
            return scaler;
        }

        private protected abstract (double Offset, double Scale) FitColumn(ReadOnlySpan<float> values, int column, int columns);

        private protected static (float Min, float Max) Range(ReadOnlySpan<float> values, int column, int columns)
        {
            float min = values[column], max = min;
            for (int i = column; i < values.Length; i += columns)
            {
                min = Math.Min(min, values[i]);
                max = Math.Max(max, values[i]);
            }
            return (min, max);
        }

        // Nine digits bring every float back exactly on every runtime; "R" does so only on newer ones.
        private protected static string Write(float value) => value.ToString("G9", CultureInfo.InvariantCulture);

        private static string Join(float[] values) => string.Join(",", values.Select(Write));

        private static float[] Numbers(string metadata, string word, string key)
        {
            if (!word.StartsWith(key + "=", StringComparison.Ordinal)) throw Malformed(metadata);
            return Array.ConvertAll(word.Substring(key.Length + 1).Split(','), text =>
                float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value) ? value : throw Malformed(metadata));
        }

        private static MinMaxScaler MinMax(string metadata, float[] low, float[] high) =>
            low.Length == 1 && high.Length == 1 && low[0] < high[0] ? new MinMaxScaler(low[0], high[0]) : throw Malformed(metadata);

        private static FormatException Malformed(string metadata) =>
            new FormatException($"Scaler: expected metadata such as \"standard offset=51.25 scale=43.5\", got \"{(metadata.Length <= 80 ? metadata : metadata.Substring(0, 80) + "…")}\".");

        private void Check(int length, int destinationLength)
        {
            if (!IsFitted) throw new InvalidOperationException($"{GetType().Name}: not fitted yet; call Fit first.");
            if (length % Columns != 0) throw new ArgumentException($"{GetType().Name}: expected rows of {Columns} values, got {length} values.");
            if (length != destinationLength) throw new ArgumentException($"{GetType().Name}: expected a destination of {length} values, got {destinationLength}.");
        }
    }
}
