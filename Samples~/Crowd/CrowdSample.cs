using System.Collections.Generic;
using Recurrent.Components;
using UnityEngine;

namespace Recurrent.Samples.Crowd
{
    /// <summary>A thousand strollers on one model, stepped as one batch, and drawn as one mesh: an arrow each, gold against the clock and blue with it, bright in a hurry.</summary>
    [AddComponentMenu("Recurrent/Samples/Crowd")]
    public sealed class CrowdSample : MonoBehaviour
    {
        private const int RingCorners = 96;

        private static readonly Color s_still = new Color(0.42f, 0.45f, 0.5f), s_high = new Color(1f, 0.72f, 0.25f), s_low = new Color(0.35f, 0.65f, 1f);

        [SerializeField, Tooltip("What steps them.")]
        private NpcCrowd _crowd = null!;

        [SerializeField, Tooltip("Where they are drawn.")]
        private MeshFilter _picture = null!;

        [SerializeField, Tooltip("The wave of the bell.")]
        private LineRenderer _wave = null!;

        [SerializeField, Tooltip("Where it says how long a step takes.")]
        private TextMesh _label = null!;

        [SerializeField, Min(1), Tooltip("How many there are.")]
        private int _count = 1000;

        [SerializeField, Tooltip("What their places are drawn from.")]
        private int _seed = 1;

        [SerializeField, Min(0.5f), Tooltip("Seconds from one ring of the bell to the next.")]
        private float _pause = 5f;

        private readonly List<Stroller> _strollers = new List<Stroller>();
        private readonly List<NpcAgent> _agents = new List<NpcAgent>();
        private readonly Vector3[] _ring = new Vector3[RingCorners];
        private Vector3[] _corners = new Vector3[0];
        private Color32[] _colors = new Color32[0];
        private Mesh? _mesh;
        private Material? _material;
        private readonly float[] _milliseconds = new float[51];
        private float _toRing = 1f;
        private int _steps;

        /// <summary>The place.</summary>
        public Plaza Plaza { get; } = new Plaza();

        /// <summary>Who is there.</summary>
        public IReadOnlyList<Stroller> Strollers => _strollers;

        /// <summary>The same, as the crowd knows them.</summary>
        public IReadOnlyList<NpcAgent> Agents => _agents;

        /// <summary>What steps them.</summary>
        public NpcCrowd Crowd => _crowd;

        private void Start()
        {
            var random = new RandomSource((ulong)_seed);
            for (int i = 0; i < _count; i++)
            {
                var stroller = new Stroller(Plaza, random);
                _strollers.Add(stroller);
                _agents.Add(new NpcAgent(new IObservationSource[] { stroller }, new IActionSink[] { stroller }, name: $"Stroller {i}"));
                Crowd.Join(_agents[i]);
            }

            // What both render pipelines draw in the colours of the corners.
            _material = new Material(Shader.Find("Sprites/Default"));
            _mesh = new Mesh { name = "Strollers" };
            _corners = new Vector3[3 * _count];
            _colors = new Color32[3 * _count];
            var triangles = new int[3 * _count];
            for (int i = 0; i < triangles.Length; i++) triangles[i] = i;
            Draw();
            _mesh.triangles = triangles;
            _mesh.bounds = new Bounds(Vector3.zero, 4f * Plaza.Radius * Vector3.one);
            _picture.sharedMesh = _mesh;
            _picture.GetComponent<MeshRenderer>().sharedMaterial = _material;
            _wave.sharedMaterial = _material;
            _wave.positionCount = RingCorners;
        }

        private void FixedUpdate()
        {
            Plaza.Step();
            _toRing -= Plaza.StepSeconds;
            if (_toRing <= 0f)
            {
                Plaza.Ring(Plaza.Pitch == 1 ? -1 : 1);
                _toRing = _pause;
            }

            _milliseconds[_steps] = (float)Crowd.DecisionTime.TotalMilliseconds;
            if (++_steps < _milliseconds.Length) return;
            // The one in the middle: what else the machine does is not theirs.
            System.Array.Sort(_milliseconds);
            _label.text = $"{_count} NPCs, one GRU of 32 in one batch: {_milliseconds[_steps / 2]:0.00} ms";
            _steps = 0;
        }

        private void LateUpdate()
        {
            Draw();
            DrawWave();
        }

        private void OnDestroy()
        {
            Destroy(_mesh);
            Destroy(_material);
        }

        private void Draw()
        {
            for (int i = 0; i < _strollers.Count; i++)
            {
                Stroller stroller = _strollers[i];
                Vector3 place = stroller.Position, ahead = stroller.Heading, aside = new Vector3(-ahead.y, ahead.x);
                _corners[3 * i] = place + 0.22f * ahead;
                _corners[3 * i + 1] = place - 0.12f * ahead + 0.085f * aside;
                _corners[3 * i + 2] = place - 0.12f * ahead - 0.085f * aside;
                float side = stroller.Turning * stroller.Position.magnitude;
                var color = Color.Lerp(s_still, side > 0f ? s_high : s_low, Mathf.Abs(side) / 0.7f);
                color = Color.Lerp(color, Color.white, Mathf.Clamp01((stroller.Pace - 1.1f) / 2.2f));
                _colors[3 * i] = _colors[3 * i + 1] = _colors[3 * i + 2] = color;
            }

            _mesh!.vertices = _corners;
            _mesh.colors32 = _colors;
        }

        private void DrawWave()
        {
            bool isSeen = Plaza.Front < Plaza.Radius;
            _wave.enabled = isSeen;
            if (!isSeen) return;
            for (int i = 0; i < RingCorners; i++)
            {
                float angle = 2f * Mathf.PI * i / RingCorners;
                _ring[i] = new Vector3(Plaza.Front * Mathf.Cos(angle), Plaza.Front * Mathf.Sin(angle), 0.1f);
            }

            Color color = Plaza.Pitch > 0 ? s_high : s_low;
            color.a = 0.8f * (1f - Plaza.Front / Plaza.Radius);
            _wave.startColor = _wave.endColor = color;
            _wave.SetPositions(_ring);
        }
    }
}
