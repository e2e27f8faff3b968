using System;
using System.Globalization;
using Recurrent.Components;
using UnityEngine;

namespace Recurrent.Samples.TimeSeriesForecast
{
    /// <summary>
    /// Says how good the forecasts are: the root mean square error of one step over the last seconds, the naive forecast's beside it, and how surprising the last sample was; draws
    /// the surprise as a line below the signal, and a mark where the signal has changed.
    /// </summary>
    [AddComponentMenu("Recurrent/Samples/Forecast Score"), DefaultExecutionOrder(100)]
    public sealed class ForecastScore : MonoBehaviour
    {
        [SerializeField, Tooltip("What forecasts.")]
        private SequenceForecaster _forecaster = null!;

        [SerializeField, Tooltip("What draws it, for its scale.")]
        private ForecastRenderer _renderer = null!;

        [SerializeField, Tooltip("What is forecast.")]
        private LiveSignal _signal = null!;

        [SerializeField, Tooltip("Where the figures stand.")]
        private TextMesh _label = null!;

        [SerializeField, Tooltip("The surprise over time.")]
        private LineRenderer _trace = null!;

        [SerializeField, Tooltip("Where the signal has changed.")]
        private LineRenderer _mark = null!;

        [SerializeField, Tooltip("All that is drawn, which gets a material that every render pipeline has.")]
        private Renderer[] _drawn = Array.Empty<Renderer>();

        [SerializeField, Tooltip("What fills the band.")]
        private Renderer _fan = null!;

        [SerializeField, Tooltip("The band's color.")]
        private Color _fanColor = new Color(1f, 0.7f, 0.2f, 0.2f);

        [SerializeField, Min(1), Tooltip("Samples that the figures are of.")]
        private int _window = 90;

        [SerializeField, Min(0), Tooltip("Surprise is drawn up to so many bits.")]
        private float _mostBits = 24f;

        [SerializeField, Min(0), Tooltip("Units for a bit of surprise.")]
        private float _unitsPerBit = 0.08f;

        private readonly float[] _bits = new float[1000]; // a ring, as long as the past can be
        private float[] _errors = Array.Empty<float>(), _naiveErrors = Array.Empty<float>(); // (window), rings of squares
        private Vector3[] _points = Array.Empty<Vector3>();
        private Material? _lines, _filling;
        private float _expected, _naive, _markHeight;
        private int _count, _scored;
        private bool _isExpected;

        /// <summary>The root mean square error of one step over the last samples; NaN before there is one.</summary>
        public float Rmse => Root(_errors);

        /// <summary>That of the naive forecast, the last value, over the same samples.</summary>
        public float NaiveRmse => Root(_naiveErrors);

        /// <summary>How many forecasts were scored.</summary>
        public int Scored => _scored;

        private void OnEnable()
        {
            if (_errors.Length != _window) (_errors, _naiveErrors) = (new float[_window], new float[_window]);
            _forecaster.Sampled += Take;
        }

        private void OnDisable()
        {
            if (_forecaster != null) _forecaster.Sampled -= Take;
        }

        private void Start()
        {
            _lines = new Material(Shader.Find("Sprites/Default"));
            _filling = new Material(_lines) { color = _fanColor };
            foreach (Renderer drawn in _drawn) drawn.sharedMaterial = _lines;
            _fan.sharedMaterial = _filling;
            _points = new Vector3[_renderer.PastSamples];
            _markHeight = _mark.positionCount > 1 ? _mark.GetPosition(1).y : 1f;
        }

        private void LateUpdate()
        {
            int count = Math.Min(_count, _points.Length);
            for (int i = 0; i < count; i++) _points[i] = new Vector3(_renderer.LastX - i * _renderer.Spacing, _unitsPerBit * _bits[(_count - 1 - i) % _bits.Length], 0f);
            _trace.positionCount = count;
            for (int i = 0; i < count; i++) _trace.SetPosition(i, _points[i]);

            bool isSeen = _signal.Count > _signal.SamplesToChange && _signal.SinceChange < _renderer.PastSamples;
            _mark.enabled = isSeen;
            if (!isSeen) return;
            float x = _renderer.LastX - (_signal.SinceChange + 0.5f) * _renderer.Spacing;
            _mark.SetPosition(0, new Vector3(x, 0f, 0f));
            _mark.SetPosition(1, new Vector3(x, _markHeight, 0f));
        }

        private void OnDestroy()
        {
            if (_lines != null) Destroy(_lines);
            if (_filling != null) Destroy(_filling);
        }

        private void Take(SequenceForecaster forecaster)
        {
            float value = forecaster.LastSample[0];
            if (_isExpected)
            {
                _errors[_scored % _window] = (value - _expected) * (value - _expected);
                _naiveErrors[_scored % _window] = (value - _naive) * (value - _naive);
                _scored++;
            }
            _bits[_count++ % _bits.Length] = Mathf.Min(forecaster.Surprise, _mostBits);
            _isExpected = forecaster.HasForecast;
            if (_isExpected) (_expected, _naive) = (forecaster.Forecast[0], forecaster.Naive[0]);
            if (_count % 6 == 1) Write();
        }

        private void Write()
        {
            _label.text = _scored == 0
                ? "a new network, learning what it sees"
                : string.Format(CultureInfo.InvariantCulture, "one-step error of the last {0:0} s:  forecast {1:0.00}   naive {2:0.00}", _window * _forecaster.Interval, Rmse, NaiveRmse);
        }

        private float Root(float[] squares)
        {
            int count = Math.Min(_scored, _window);
            if (count == 0) return float.NaN;
            double sum = 0;
            for (int i = 0; i < count; i++) sum += squares[i];
            return (float)Math.Sqrt(sum / count);
        }
    }
}
