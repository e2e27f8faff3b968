using System;
using Recurrent.Components;
using UnityEngine;

namespace Recurrent.Samples.OnnxMotion
{
    /// <summary>
    /// A white ball swings, and an amber one goes ahead of it: where the white one will be in so many steps, as the ONNX model says that saw nothing but its height. Both leave
    /// a trail; where the model is right, the white one comes to lie on the amber one.
    /// </summary>
    [AddComponentMenu("Recurrent/Samples/Leading Ball")]
    public sealed class LeadingBall : MonoBehaviour
    {
        [SerializeField, Tooltip("The model: a height in, the heights of the next steps out.")]
        private OnnxSequence _sequence = null!;

        [SerializeField, Tooltip("An .onnx file, which Unity imports as text where its name ends with .bytes.")]
        private TextAsset _onnx = null!;

        [SerializeField, Tooltip("The ball that swings.")]
        private Transform _ball = null!;

        [SerializeField, Tooltip("The ball that the model moves.")]
        private Transform _leader = null!;

        [SerializeField, Tooltip("Where the first was.")]
        private LineRenderer _trail = null!;

        [SerializeField, Tooltip("Where the second was.")]
        private LineRenderer _leaderTrail = null!;

        [SerializeField, Tooltip("Where it says what runs the model.")]
        private TextMesh _label = null!;

        [SerializeField, Tooltip("Units from one step to the next.")]
        private float _spacing = 0.07f;

        [SerializeField, Tooltip("Units for a height of one.")]
        private float _height = 2.6f;

        [SerializeField, Min(0), Tooltip("Seconds from one change of the backend to the next, where there are two; 0 for never.")]
        private float _secondsInBackend = 4f;

        [SerializeField, Min(0), Tooltip("Steps until the model has seen enough for the amber ball to show itself.")]
        private int _warmUp = 100;

        private readonly float[] _input = new float[1];
        private readonly float[] _heights = new float[200], _forecasts = new float[200]; // rings
        private Material? _white, _amber, _lines;
        private SequenceModelAsset? _model;
        private string _in = "", _out = "";
        private int _count;
        private float _toChange;

        /// <summary>How many steps ahead the model says it is.</summary>
        public int Lead { get; private set; }

        /// <summary>How many steps were taken.</summary>
        public int Count => _count;

        /// <summary>How high the white ball is.</summary>
        public float Height => HeightAt(_count - 1);

        /// <summary>How high the amber ball is: what the model says of the step <see cref="Lead"/> from now.</summary>
        public float Forecast { get; private set; }

        /// <summary>How high the white ball is at a step: two swings that never meet again in the same way.</summary>
        public static float HeightAt(int t) => 0.62f * Mathf.Sin(0.11f * t + 2f) + 0.38f * Mathf.Sin(0.047f * t);

        private void Start()
        {
            _model = SequenceModelAsset.Create(_onnx.bytes, ModelFormat.Onnx);
            _sequence.Model = _model;
            _sequence.Stepping += Feed;
            _sequence.Stepped += Take;
            if (_sequence.IsOpen) (_in, _out) = (_sequence.Inputs[0], _sequence.Outputs[0]);
            _toChange = _secondsInBackend;

            // What both render pipelines draw.
            _lines = new Material(Shader.Find("Sprites/Default"));
            _white = Paint(_ball, new Color(0.9f, 0.94f, 1f));
            _amber = Paint(_leader, new Color(1f, 0.72f, 0.2f));
            _trail.sharedMaterial = _leaderTrail.sharedMaterial = _lines;
        }

        private void Update()
        {
            if (_secondsInBackend <= 0f) return;
            _toChange -= Time.deltaTime;
            if (_toChange > 0f) return;
            _toChange = _secondsInBackend;
            bool isManaged = _sequence.RunsIn == SequenceBackend.Managed;
            if (isManaged && !Onnx.OnnxStream.IsAvailable(SequenceBackend.OnnxRuntime)) return;
            _sequence.Backend = isManaged ? SequenceBackend.OnnxRuntime : SequenceBackend.Managed;
        }

        private void LateUpdate()
        {
            if (_count == 0) return;
            _ball.localPosition = new Vector3(0f, Height * _height, 0f);
            _leader.localPosition = new Vector3(Lead * _spacing, Forecast * _height, 0f);
            _leader.gameObject.SetActive(_count > _warmUp);
            Draw(_trail, _heights, _count, 0);
            Draw(_leaderTrail, _forecasts, Math.Max(0, _count - _warmUp), Lead);
            _label.text = _sequence.RunsIn == SequenceBackend.OnnxRuntime ? "runs in ONNX Runtime" : "runs in managed layers";
        }

        private void OnDestroy()
        {
            if (_sequence != null)
            {
                _sequence.Stepping -= Feed;
                _sequence.Stepped -= Take;
            }
            foreach (UnityEngine.Object? made in new UnityEngine.Object?[] { _white, _amber, _lines, _model })
                if (made != null) Destroy(made);
        }

        private void Feed(OnnxSequence sequence)
        {
            _input[0] = HeightAt(_count++);
            sequence.Set(_in, _input);
        }

        private void Take(OnnxSequence sequence)
        {
            ReadOnlySpan<float> next = sequence.Get(_out);
            Lead = next.Length;
            Forecast = next[Lead - 1];
            _heights[_count % _heights.Length] = _input[0];
            _forecasts[_count % _forecasts.Length] = Forecast;
        }

        private void Draw(LineRenderer line, float[] heights, int count, int ahead)
        {
            count = Math.Min(count, heights.Length);
            line.positionCount = count;
            for (int i = 0; i < count; i++) line.SetPosition(i, new Vector3((ahead - i) * _spacing, heights[(_count - i) % heights.Length] * _height, 0f));
        }

        private static Material Paint(Transform ball, Color color)
        {
            Shader universal = Shader.Find("Universal Render Pipeline/Unlit");
            var material = new Material(universal != null ? universal : Shader.Find("Unlit/Color")) { color = color };
            ball.GetComponent<Renderer>().sharedMaterial = material;
            return material;
        }
    }
}
