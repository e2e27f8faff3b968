using System;

namespace Recurrent.Components
{
    /// <summary>Something beside a <see cref="SequenceForecaster"/> whose values over time are forecast: the height of a wave, the player's speed.</summary>
    public interface ISampleSource
    {
        /// <summary>How many values a sample has; always the same.</summary>
        public int SampleSize { get; }

        /// <summary>Writes the values as they are now.</summary>
        /// <param name="sample">As long as <see cref="SampleSize"/>.</param>
        public void Read(Span<float> sample);
    }
}
