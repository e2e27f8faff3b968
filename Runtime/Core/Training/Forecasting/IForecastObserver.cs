using System;

namespace Recurrent
{
    /// <summary>Sees how a forecaster makes its forecasts.</summary>
    internal interface IForecastObserver
    {
        /// <summary>A sample has come, the truth of what was forecast before.</summary>
        public void Sample(ReadOnlySpan<float> sample);

        /// <summary>The network has read the window that ends with it; its cells stand there now.</summary>
        public void Window();

        /// <summary>The forecast is made.</summary>
        public void Forecast();

        /// <summary>The samples are forgotten.</summary>
        public void Reset();
    }
}
