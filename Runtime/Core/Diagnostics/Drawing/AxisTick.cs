namespace Recurrent.Diagnostics
{
    /// <summary>One mark of an axis.</summary>
    public readonly struct AxisTick
    {
        /// <summary>The value that it marks.</summary>
        public double Value { get; }

        /// <summary>Where it lies, 0 at the low end of the axis, 1 at the high end.</summary>
        public double Fraction { get; }

        /// <summary>Its label; empty for a small mark between two labels.</summary>
        public string Label { get; }

        internal AxisTick(double value, double fraction, string label)
        {
            Value = value;
            Fraction = fraction;
            Label = label;
        }
    }
}
