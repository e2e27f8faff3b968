using System;
using Recurrent.Components;
using UnityEngine;

namespace Recurrent.Samples.TimeSeriesForecast
{
    /// <summary>
    /// The signal of the sample: a sine with a slow drift and noise, which after some time becomes another one altogether, with another frequency, level and shape; and back again.
    /// It goes on by one step whenever it is read.
    /// </summary>
    [AddComponentMenu("Recurrent/Samples/Live Signal")]
    public sealed class LiveSignal : MonoBehaviour, ISampleSource
    {
        [SerializeField, Min(1), Tooltip("Samples from one change to the next.")]
        private int _samplesToChange = 300;

        [SerializeField, Min(0), Tooltip("The noise's standard deviation.")]
        private float _noise = 0.05f;

        [SerializeField, Tooltip("What the noise is drawn from.")]
        private int _seed = 1;

        private RandomSource? _random;

        /// <summary>How many samples were read.</summary>
        public int Count { get; private set; }

        /// <summary>Samples from one change to the next.</summary>
        public int SamplesToChange => _samplesToChange;

        /// <summary>Whether it is in its second form.</summary>
        public bool IsChanged => Count > 0 && (Count - 1) / _samplesToChange % 2 == 1;

        /// <summary>Samples since the last change; as many as there were where there was none yet.</summary>
        public int SinceChange => Count == 0 ? 0 : (Count - 1) % _samplesToChange;

        /// <summary>What the noise is drawn from; before the first sample.</summary>
        public int Seed
        {
            get => _seed;
            set => _seed = value;
        }

        /// <inheritdoc/>
        public int SampleSize => 1;

        /// <inheritdoc/>
        public void Read(Span<float> sample)
        {
            _random ??= new RandomSource((ulong)_seed);
            int t = Count++;
            float drift = 0.25f * Mathf.Sin(0.012f * t);
            sample[0] = (IsChanged ? Choppy(t) : Calm(t)) + drift + _noise * _random.NextGaussian();
        }

        private static float Calm(int t) => 0.6f + Mathf.Sin(0.24f * t);

        private static float Choppy(int t) => -0.9f + 0.5f * Mathf.Sin(0.42f * t) + 0.25f * Mathf.Sin(0.84f * t);
    }
}
