using System;
using System.Collections.Generic;
using Recurrent.Components;
using UnityEngine;
using Object = UnityEngine.Object;

namespace Recurrent.Samples.NpcPatrol
{
    /// <summary>
    /// The player walks, and is recorded; a network learns from that, some milliseconds a frame, while the NPC keeps its post; then the NPC patrols by itself, for as long as one
    /// likes. Where the model is there from the start, the NPC patrols at once.
    /// </summary>
    [AddComponentMenu("Recurrent/Samples/Patrol")]
    public sealed class PatrolSample : MonoBehaviour
    {
        private const int TrailPoints = 300;

        [SerializeField, Tooltip("Who is recorded.")]
        private PlayerScript _player = null!;

        [SerializeField, Tooltip("Who learns.")]
        private RecurrentNpc _npc = null!;

        [SerializeField, Tooltip("What stands in the way.")]
        private Crate _crate = null!;

        [SerializeField, Tooltip("What records the player.")]
        private SequenceRecorder _recorder = null!;

        [SerializeField, Tooltip("What trains the NPC's model.")]
        private SequenceTrainer _trainer = null!;

        [SerializeField, Tooltip("The way of the player, and that of the NPC.")]
        private LineRenderer[] _trails = new LineRenderer[0];

        [SerializeField, Tooltip("Where it says what goes on.")]
        private TextMesh _label = null!;

        [SerializeField, Min(1f), Tooltip("Seconds that the player is recorded.")]
        private float _recordSeconds = 600f;

        [SerializeField, Min(1f), Tooltip("Seconds of a take, after which the player begins somewhere else, a little off the route.")]
        private float _takeSeconds = 5f;

        [SerializeField, Range(1f, 10f), Tooltip("How much faster time goes by while the player is recorded.")]
        private float _lapse = 10f;

        [SerializeField, Tooltip("What the crate's places are drawn from.")]
        private int _seed = 1;

        private readonly Route _route = new Route();
        private readonly Vector3[][] _points = { new Vector3[TrailPoints], new Vector3[TrailPoints] };
        private readonly List<Object> _made = new List<Object>();
        private readonly int[] _counts = new int[2];
        private Guard _playerGuard = null!, _npcGuard = null!;
        private RandomSource _random = null!;
        private Material _material = null!;
        private Mesh _arrow = null!;
        private int _fixedSteps;
        private float _seconds, _toTake;

        /// <summary>How the patrol goes; null before it has begun.</summary>
        public PatrolScore? Score { get; private set; }

        /// <summary>Who learns.</summary>
        public RecurrentNpc Npc => _npc;

        /// <summary>What trains the NPC's model.</summary>
        public SequenceTrainer Trainer => _trainer;

        /// <summary>What stands in the way.</summary>
        public Crate Crate => _crate;

        /// <summary>What the crate's places are drawn from; counts when it is set before the first frame.</summary>
        public int Seed
        {
            get => _seed;
            set => _seed = value;
        }

        private void Start()
        {
            _random = new RandomSource((ulong)_seed);
            _playerGuard = _player.GetComponent<Guard>();
            _npcGuard = _npc.GetComponent<Guard>();
            if (_npc.Model == null) _npc.Model = ScriptableObject.CreateInstance<SequenceModelAsset>();
            _trainer.Model = _npc.Model;
            ToStart(_npcGuard);
            _crate.Move(_route, 0f, _random);
            Dress();
            if (_npc.Model.IsEmpty) BeginRecording();
            else BeginPatrol();
        }

        private void FixedUpdate()
        {
            if (_fixedSteps++ == 0) return;
            _seconds += Time.fixedDeltaTime;
            if (Score != null)
            {
                Score.Add(_npcGuard.Position, _crate.Position, Time.fixedDeltaTime);
                if (Score.Walked > _crate.Walked + 3f) _crate.Move(_route, Score.Walked, _random);
            }
            else if (_player.isActiveAndEnabled)
            {
                if (_player.Walked > _crate.Walked + 3f) _crate.Move(_route, _player.Walked, _random);
                _toTake -= Time.fixedDeltaTime;
                if (_seconds >= _recordSeconds) BeginTraining();
                else if (_toTake <= 0f) BeginTake();
            }
            else if (_trainer.State == TrainerState.Idle && !_npc.Model!.IsEmpty)
            {
                BeginPatrol();
            }

            if (_fixedSteps % 5 == 0) Extend();
        }

        private void Update() => _label.text = Text();

        private void OnDestroy()
        {
            Time.timeScale = 1f;
            foreach (Object made in _made) Destroy(made);
        }

        private void ToStart(Guard guard)
        {
            guard.Position = _route.At(0f, out Vector2 ahead);
            guard.Angle = Mathf.Atan2(ahead.y, ahead.x);
        }

        private void BeginRecording()
        {
            _recorder.Clear();
            Time.timeScale = _lapse;
        }

        // What leads back to the route can only be learned from somebody who was off it.
        private void BeginTake()
        {
            _toTake = _takeSeconds;
            float walked = _route.Length * _random.NextSingle();
            Vector2 place = _route.At(walked, out Vector2 ahead);
            _playerGuard.Position = place + (4f * _random.NextSingle() - 2f) * new Vector2(-ahead.y, ahead.x);
            _playerGuard.Angle = Mathf.Atan2(ahead.y, ahead.x) + 1.6f * _random.NextSingle() - 0.8f;
            _player.Begin(walked);
            _player.GetComponent<RecurrentNpc>().BeginEpisode();
            _crate.Move(_route, walked - 4f, _random);
            _counts[0] = 0;
        }

        private void BeginTraining()
        {
            Time.timeScale = 1f;
            _recorder.EndEpisode();
            _player.gameObject.SetActive(false);
            _trainer.Begin();
        }

        private void BeginPatrol()
        {
            _player.gameObject.SetActive(false);
            _route.At(0f, out Vector2 ahead);
            Score = new PatrolScore(_npcGuard.Position, 0f, 3.6f * ahead);
            _npc.BeginEpisode();
            _crate.Move(_route, 0f, _random);
            // For who looks on; the NPC does not see it.
            for (int i = 0; i < TrailPoints; i++)
            {
                Vector2 place = _route.At(_route.Length * i / TrailPoints, out _);
                _points[0][i] = new Vector3(place.x, place.y, 0.3f);
            }

            _trails[0].loop = true;
            _trails[0].positionCount = TrailPoints;
            _trails[0].SetPositions(_points[0]);
        }

        private string Text()
        {
            if (Score != null)
            {
                return FormattableString.Invariant($"The NPC patrols by itself: {Score.Seconds:0} s, {Score.Laps:0.0} rounds\n{100.0 * Score.Distance:0.0} % of the route's length beside it ")
                    + FormattableString.Invariant($"(straight on: {100.0 * Score.StraightDistance:0} %)");
            }

            if (_player.isActiveAndEnabled) return FormattableString.Invariant($"The player is recorded: {_seconds:0} of {_recordSeconds:0} s ({_lapse:0} times as fast)\nThe NPC keeps its post");
            TrainingProgress progress = _trainer.Progress;
            return FormattableString.Invariant($"The NPC learns: epoch {progress.Epoch} of {progress.Epochs}, loss {progress.TrainLoss:0.00}\n{_trainer.FrameBudget.TotalMilliseconds:0} ms of each frame; the NPC keeps its post");
        }

        private void Dress()
        {
            // What both render pipelines draw in the colours of the corners.
            _material = new Material(Shader.Find("Sprites/Default"));
            _arrow = new Mesh
            {
                name = "Guard",
                vertices = new[] { new Vector3(0.55f, 0f), new Vector3(-0.35f, 0.33f), new Vector3(-0.2f, 0f), new Vector3(-0.35f, -0.33f) },
                triangles = new[] { 0, 2, 1, 0, 3, 2 },
            };
            _made.Add(_material);
            _made.Add(_arrow);
            Paint(_playerGuard.gameObject, new Color(1f, 0.72f, 0.25f));
            Paint(_npcGuard.gameObject, new Color(0.35f, 0.65f, 1f));
            _playerGuard.GetComponent<MeshFilter>().sharedMesh = _npcGuard.GetComponent<MeshFilter>().sharedMesh = _arrow;
            Paint(_crate.gameObject, new Color(0.75f, 0.3f, 0.3f));
            foreach (LineRenderer trail in _trails) trail.sharedMaterial = _material;
        }

        private void Paint(GameObject owner, Color color)
        {
            var material = new Material(_material) { color = color };
            owner.GetComponent<MeshRenderer>().sharedMaterial = material;
            _made.Add(material);
        }

        private void Extend()
        {
            if (_player.isActiveAndEnabled) Extend(0, _playerGuard.Position);
            if (Score != null) Extend(1, _npcGuard.Position);
        }

        private void Extend(int who, Vector2 place)
        {
            Vector3[] points = _points[who];
            if (_counts[who] == points.Length) Array.Copy(points, 1, points, 0, --_counts[who]);
            points[_counts[who]++] = new Vector3(place.x, place.y, 0.2f);
            _trails[who].positionCount = _counts[who];
            _trails[who].SetPositions(points);
        }
    }
}
