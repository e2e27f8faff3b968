using System;

namespace Recurrent.Diagnostics
{
    /// <summary>One curve, row of bars or cloud of points of a <see cref="LineChart"/>.</summary>
    public sealed class LineSeries
    {
        /// <summary>Its name in the legend; empty to leave it out.</summary>
        public string Name { get; }

        /// <summary>The number that the legend shows beside the name, for example "RMSE 19.1".</summary>
        public string Value { get; set; } = "";

        /// <summary>Where each value stands along the axis; null when they stand at <see cref="First"/>, First + 1, …</summary>
        public float[]? X { get; }

        /// <summary>The values. One that is not finite leaves a gap and is flagged.</summary>
        public float[] Y { get; }

        /// <summary>Where the first value stands, when <see cref="X"/> is null.</summary>
        public double First { get; set; }

        /// <summary>The colour; null for the skin's colour of the series' place in the chart.</summary>
        public Rgba? Color { get; set; }

        /// <summary>The thickness of the line in design units.</summary>
        public float Width { get; set; } = 1.5f;

        /// <summary>The dashes in design units, empty for a solid line; null for those of the series' place in the chart.</summary>
        public float[]? Dashes { get; set; }

        /// <summary>Whether the values are joined by a line.</summary>
        public bool ShowLine { get; set; } = true;

        /// <summary>Whether each value stands as a bar on the foot of the chart (on zero, where that is within the axis).</summary>
        public bool ShowBars { get; set; }

        /// <summary>The marker at each value.</summary>
        public MarkerShape Marker { get; set; }

        /// <summary>The height of a marker in design units.</summary>
        public float MarkerSize { get; set; } = 6f;

        /// <summary>A curve through values at <see cref="First"/>, First + 1, …</summary>
        public LineSeries(string name, float[] y)
        {
            Name = name;
            Y = y;
        }

        /// <summary>A curve through the points (x[i], y[i]).</summary>
        /// <exception cref="ArgumentException">There are not as many x as y.</exception>
        public LineSeries(string name, float[] x, float[] y) : this(name, y)
        {
            if (x.Length != y.Length) throw new ArgumentException($"LineSeries({name}): {x.Length} x, but {y.Length} y.", nameof(x));
            X = x;
        }

        internal double XAt(int index) => X == null ? First + index : X[index];
    }
}
