using System;
using UnityEngine;

namespace Recurrent.Components.Tests
{
    /// <summary>A source for tests: gives the values of a function, one after the other.</summary>
    internal sealed class Tide : MonoBehaviour, ISampleSource
    {
        public Func<int, float> Value { get; set; } = t => Mathf.Sin(0.4f * t);

        public int Size { get; set; } = 1;

        public int Reads { get; private set; }

        public int SampleSize => Size;

        public void Read(Span<float> sample)
        {
            for (int i = 0; i < sample.Length; i++) sample[i] = i == 0 ? Value(Reads) : i;
            Reads++;
        }

        /// <summary>A forecaster's model whose forecast of one step is weight × last sample + bias, and of two steps the same applied twice.</summary>
        public static SequenceModel Linear(float weight, float bias, float residual = 0)
        {
            var head = new Linear(1, 1, seed: 1);
            var model = new SequenceModel(("head", head), ("last", new LastStep()));
            for (int i = 0; i < model.Store.Length; i++) model.Store.Values[i] = i == 0 ? weight : bias;
            model.Store.Touch();
            using var forecaster = new Forecaster(model, 3, 2);
            if (residual > 0)
            {
                // As many residuals above as below, from small to large.
                int count = 400;
                float[] forecasts = new float[2 * count], truth = new float[2 * count];
                for (int i = 0; i < truth.Length; i++) truth[i] = residual * ((i / 2 + 0.5f) / count * 2 - 1);
                forecaster.Band = ResidualBand.Fit(forecasts, truth, 2);
            }
            return model;
        }
    }
}
