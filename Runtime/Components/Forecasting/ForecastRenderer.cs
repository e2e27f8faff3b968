using System;
using System.Collections.Generic;
using UnityEngine;

namespace Recurrent.Components
{
    /// <summary>
    /// Draws what a <see cref="SequenceForecaster"/> has seen and what it expects: the past as a line, the forecast as another, and the band as two lines that open like
    /// a fan, filled where there is a mesh for it. Between samples everything glides on, so that the picture moves as smoothly as the game does. Every part is optional.
    /// </summary>
    [AddComponentMenu("Recurrent/Forecast Renderer"), DisallowMultipleComponent]
    [HelpURL(DocumentationPage.Components + "forecast-renderer")]
    public sealed class ForecastRenderer : MonoBehaviour, ISetup
    {
        [SerializeField, Tooltip("Whose forecast is drawn. None: that of this object.")]
        private SequenceForecaster? _forecaster;

        [SerializeField, Tooltip("The past.")]
        private LineRenderer? _past;

        [SerializeField, Tooltip("The forecast.")]
        private LineRenderer? _forecast;

        [SerializeField, Tooltip("The lower edge of the band.")]
        private LineRenderer? _low;

        [SerializeField, Tooltip("The upper edge of the band.")]
        private LineRenderer? _high;

        [SerializeField, Tooltip("Gets a mesh that fills the band; its renderer says in which material.")]
        private MeshFilter? _fan;

        [SerializeField, Range(2, 1000), Tooltip("How many samples of the past are drawn.")]
        private int _pastSamples = 120;

        [SerializeField, Min(0.0001f), Tooltip("Units from one sample to the next, along this object's x axis.")]
        private float _spacing = 0.05f;

        [SerializeField, Tooltip("Units for a value of one, along this object's y axis.")]
        private float _height = 1f;

        private float[] _values = Array.Empty<float>(); // a ring
        private float[] _from = Array.Empty<float>(), _to = Array.Empty<float>(); // (3, horizon): forecast, low, high before and after the last sample
        private Vector3[] _points = Array.Empty<Vector3>(), _corners = Array.Empty<Vector3>();
        private Mesh? _mesh;
        private SequenceForecaster? _heard;
        private int _count, _last, _horizon;
        private float _sinceSample;

        /// <summary>Whose forecast is drawn.</summary>
        public SequenceForecaster? Forecaster
        {
            get => _forecaster;
            set
            {
                _forecaster = value;
                if (isActiveAndEnabled) Listen();
            }
        }

        /// <summary>Sets the lines that are drawn; null for none.</summary>
        public void SetLines(LineRenderer? past, LineRenderer? forecast, LineRenderer? low, LineRenderer? high)
        {
            _past = past;
            _forecast = forecast;
            _low = low;
            _high = high;
        }

        /// <summary>Sets whose mesh fills the band; null for none.</summary>
        public void SetFan(MeshFilter? fan) => _fan = fan;

        /// <summary>Where the last sample is drawn, in units along this object's x axis: at 0 when it comes, then up to one spacing to the left.</summary>
        public float LastX { get; private set; }

        /// <summary>Units from one sample to the next.</summary>
        public float Spacing => _spacing;

        /// <summary>How many samples of the past are drawn.</summary>
        public int PastSamples
        {
            get => _pastSamples;
            set => _pastSamples = Math.Max(2, value);
        }

        /// <summary>Sets the scale: units from one sample to the next along x, and units for a value of one along y.</summary>
        public void SetScale(float spacing, float height)
        {
            _spacing = spacing;
            _height = height;
        }

        private void OnEnable()
        {
            if (_forecaster == null) _forecaster = GetComponent<SequenceForecaster>();
            Listen();
        }

        private void OnDisable()
        {
            Unlisten();
            foreach (LineRenderer? line in new[] { _past, _forecast, _low, _high })
                if (line != null) line.positionCount = 0;
            if (_mesh != null) _mesh.Clear();
        }

        private void OnDestroy()
        {
            if (_mesh != null) Destroy(_mesh);
        }

        // After the forecaster's Update: what was sampled in a frame is drawn in it.
        private void LateUpdate() => Draw(Time.deltaTime);

        internal void Draw(float seconds)
        {
            if (_heard == null || _count == 0) return;
            float interval = Mathf.Max(_heard.Interval, 1e-4f);
            float glide = Mathf.Clamp01(_sinceSample / interval);
            _sinceSample += seconds;
            LastX = -glide * _spacing;
            DrawPast(glide);
            DrawFuture(_forecast, 0, glide);
            DrawFuture(_low, 1, glide);
            DrawFuture(_high, 2, glide);
            DrawFan(glide);
        }

        private void OnValidate() => this.LogReview($"ForecastRenderer '{name}'");

        void ISetup.Review(ICollection<string> warnings)
        {
            if (_forecaster == null && GetComponent<SequenceForecaster>() == null) warnings.Add("there is no SequenceForecaster to draw; assign one.");
        }

        private void Listen()
        {
            if (_heard == _forecaster) return;
            Unlisten();
            if (_forecaster == null) return;
            _heard = _forecaster;
            _heard.Sampled += Take;
        }

        private void Unlisten()
        {
            // A destroyed forecaster equals null, and is still there to be left.
            if (!(_heard is null)) _heard.Sampled -= Take;
            _heard = null;
            _count = _horizon = 0;
        }

        private void Take(SequenceForecaster forecaster)
        {
            if (_values.Length != _pastSamples)
            {
                _values = new float[_pastSamples];
                _count = 0;
            }
            _last = (_last + 1) % _values.Length;
            _values[_last] = forecaster.LastSample[forecaster.Forecaster!.TargetColumns[0]];
            _count = Math.Min(_count + 1, _values.Length);
            _sinceSample = 0;
            TakeFuture(forecaster);
        }

        private void TakeFuture(SequenceForecaster forecaster)
        {
            if (!forecaster.HasForecast)
            {
                _horizon = 0;
                return;
            }
            int columns = forecaster.Forecaster!.TargetSize, horizon = forecaster.Forecast.Length / columns;
            bool first = _horizon != horizon;
            if (_from.Length != 3 * horizon)
            {
                _from = new float[3 * horizon];
                _to = new float[3 * horizon];
            }
            (_from, _to) = (_to, _from);
            for (int step = 0; step < horizon; step++)
            {
                _to[step] = forecaster.Forecast[step * columns];
                _to[horizon + step] = forecaster.Low[step * columns];
                _to[2 * horizon + step] = forecaster.High[step * columns];
            }
            if (first) _to.CopyTo(_from, 0);
            _horizon = horizon;
        }

        private void DrawPast(float glide)
        {
            if (_past == null) return;
            Room(_count);
            for (int i = 0; i < _count; i++)
            {
                int place = (_last - i + _values.Length) % _values.Length;
                _points[i] = At(-i - glide, _values[place]);
            }
            Show(_past, _count);
        }

        private void DrawFuture(LineRenderer? line, int row, float glide)
        {
            if (line == null) return;
            Room(_horizon + 1);
            int count = Future(row, glide, _points);
            Show(line, count > 1 ? count : 0);
        }

        /// <summary>The points from the last value through a row of the future, gliding from what was expected before the last sample to what is now.</summary>
        private int Future(int row, float glide, Span<Vector3> points)
        {
            int count = 0;
            if (_horizon > 0) points[count++] = At(0 - glide, _values[_last]);
            for (int step = 0; step < _horizon; step++)
            {
                // What was expected of this moment before is one step further on in the old forecast.
                float before = _from[row * _horizon + Math.Min(step + 1, _horizon - 1)], now = _to[row * _horizon + step];
                float value = float.IsFinite(before) ? Mathf.Lerp(before, now, glide) : now;
                if (!float.IsFinite(value)) break;
                points[count++] = At(step + 1 - glide, value);
            }
            return count;
        }

        private void DrawFan(float glide)
        {
            if (_fan == null) return;
            if (_mesh == null)
            {
                _mesh = new Mesh { name = "Forecast" };
                _mesh.MarkDynamic();
            }
            if (_fan.sharedMesh != _mesh) _fan.sharedMesh = _mesh;
            int side = _horizon + 1;
            if (_corners.Length != 2 * side || _mesh.vertexCount != 2 * side)
            {
                _corners = new Vector3[2 * side];
                var triangles = new int[6 * _horizon];
                for (int step = 0; step < _horizon; step++)
                    (triangles[6 * step], triangles[6 * step + 1], triangles[6 * step + 2], triangles[6 * step + 3], triangles[6 * step + 4], triangles[6 * step + 5]) =
                        (step, side + step, step + 1, step + 1, side + step, side + step + 1);
                _mesh.Clear();
                _mesh.SetVertices(_corners);
                _mesh.SetTriangles(triangles, 0);
            }
            // Where there is no band, its corners lie on one another.
            if (Future(1, glide, _corners.AsSpan(0, side)) < side || Future(2, glide, _corners.AsSpan(side)) < side) Array.Clear(_corners, 0, _corners.Length);
            _mesh.SetVertices(_corners);
            _mesh.RecalculateBounds();
        }

        private Vector3 At(float step, float value) => new Vector3(step * _spacing, value * _height, 0);

        private void Show(LineRenderer line, int count)
        {
            line.useWorldSpace = false;
            line.positionCount = count;
            for (int i = 0; i < count; i++) line.SetPosition(i, _points[i]);
        }

        private void Room(int count)
        {
            if (_points.Length < count) _points = new Vector3[Math.Max(count, 2 * _points.Length)];
        }
    }
}
