using System;
using System.Collections.Generic;
using System.IO;
using UnityEngine;

namespace Recurrent.Components
{
    /// <summary>
    /// Records what is observed and what is then done, in the editor and in builds, into a file below <see cref="Application.persistentDataPath"/>: from a
    /// <see cref="RecurrentNpc"/>, whose decisions it follows, or from any script. Each step is with the operating system at once, so that a crash loses nothing; the
    /// file is gone on with at the next start. See <see cref="EpisodeFile"/>.
    /// </summary>
    [AddComponentMenu("Recurrent/Sequence Recorder")]
    [HelpURL(DocumentationPage.Components + "sequence-recorder")]
    public sealed class SequenceRecorder : MonoBehaviour, ISetup
    {
        private const string Extension = ".episodes";

        [SerializeField, Tooltip("Whether steps are recorded.")]
        private bool _record = true;

        [SerializeField, Tooltip("What the file is called, without an extension.")]
        private string _recordingName = "play";

        [SerializeField, Tooltip("The folder of the file, below the application's persistent data path.")]
        private string _directory = "Recordings";

        [SerializeField, Min(1), Tooltip("The size that the file may reach, in mebibytes; then recording stops.")]
        private int _maxMegabytes = 64;

        [SerializeField, Tooltip("Whose decisions are recorded. None: scripts record.")]
        private RecurrentNpc? _npc;

        [SerializeField, Min(0), Tooltip("How many numbers a script observes; not needed for an NPC, nor where the script sets a layout.")]
        private int _observations;

        [SerializeField, Tooltip("What a script's action consists of; not needed for an NPC, nor where the script sets a layout.")]
        private ActionShape _actions = new ActionShape();

        private EpisodeLayout? _layout;
        private EpisodeRecorder? _file;
        private RecurrentNpc? _heard;
        private bool _isBroken, _hasComplained;

        /// <summary>Whether steps are recorded.</summary>
        public bool Record
        {
            get => _record;
            set => _record = value;
        }

        /// <summary>What the file is called, without an extension. Set, another file is begun with the next step.</summary>
        public string RecordingName
        {
            get => _recordingName;
            set
            {
                Close();
                _recordingName = value;
            }
        }

        /// <summary>The folder of the file, below the application's persistent data path. Set, another file is begun with the next step.</summary>
        public string Directory
        {
            get => _directory;
            set
            {
                Close();
                _directory = value;
            }
        }

        /// <summary>The size that the file may reach, in mebibytes. Set before the first step.</summary>
        public int MaxMegabytes
        {
            get => _maxMegabytes;
            set => _maxMegabytes = Math.Max(1, value);
        }

        /// <summary>Whose decisions are recorded; null where scripts record.</summary>
        public RecurrentNpc? Npc
        {
            get => _npc;
            set
            {
                Hear(null);
                _npc = value;
                if (isActiveAndEnabled) Hear(value);
            }
        }

        /// <summary>How many numbers a script observes; not needed for an NPC, nor where <see cref="Layout"/> is set.</summary>
        public int Observations
        {
            get => _observations;
            set => _observations = value;
        }

        /// <summary>What a script's action consists of; not needed for an NPC, nor where <see cref="Layout"/> is set.</summary>
        public ActionShape Actions
        {
            get => _actions;
            set => _actions = value ?? throw new ArgumentNullException(nameof(value));
        }

        /// <summary>What a step consists of; null while neither the fields nor an NPC say so. Set, another file is begun with the next step.</summary>
        public EpisodeLayout? Layout
        {
            get => _layout ?? _npc?.Agent.Layout ?? (_observations > 0 ? _actions.ToLayout(_observations) : null);
            set
            {
                Close();
                _layout = value;
            }
        }

        /// <summary>The file.</summary>
        public string Path => System.IO.Path.Combine(Application.persistentDataPath, _directory, _recordingName + Extension);

        /// <summary>Whether the file has reached its size, or the disk refused a write.</summary>
        public bool IsFull => _file != null && _file.IsFull;

        /// <summary>Steps recorded since the file was opened.</summary>
        public long StepCount => _file?.StepCount ?? 0;

        /// <summary>Episodes ended since the file was opened.</summary>
        public int EpisodeCount => _file?.EpisodeCount ?? 0;

        /// <summary>Records a step: what was observed, and what was then done. It does nothing while the recorder is off or disabled.</summary>
        /// <param name="observation">The observations.</param>
        /// <param name="discrete">Which action of each branch.</param>
        /// <param name="continuous">The continuous actions.</param>
        /// <param name="mask">True for a discrete action that was allowed; empty for all.</param>
        /// <returns>Whether it was recorded. What is wrong with a step, or with the file, is logged once.</returns>
        public bool RecordStep(ReadOnlySpan<float> observation, ReadOnlySpan<int> discrete, ReadOnlySpan<float> continuous = default, ReadOnlySpan<bool> mask = default)
        {
            if (!_record || !isActiveAndEnabled || !TryOpen(out EpisodeRecorder file)) return false;
            try
            {
                bool wasFull = file.IsFull, recorded = file.Record(observation, discrete, continuous, mask);
                if (file.IsFull && !wasFull) Debug.LogWarning($"{Who}: '{file.Path}' has reached its {_maxMegabytes} MiB; nothing more is recorded.", this);
                if (recorded) _hasComplained = false;
                return recorded;
            }
            catch (Exception e) when (e is ArgumentException || e is IOException)
            {
                Complain(e.Message);
                return false;
            }
        }

        /// <summary>Ends the episode; the next step begins another.</summary>
        /// <param name="isWhole">Whether it came to its own end.</param>
        public void EndEpisode(bool isWhole = true)
        {
            try
            {
                _file?.EndEpisode(isWhole);
            }
            catch (IOException e)
            {
                Complain(e.Message);
            }
        }

        /// <summary>Reads what the file holds, also while it is recorded.</summary>
        /// <exception cref="ModelFileException">The file is damaged.</exception>
        /// <exception cref="IOException">There is no file, or it cannot be read.</exception>
        public EpisodeFile Load() => EpisodeFile.Load(Path);

        /// <summary>Writes what the file holds as comma-separated values.</summary>
        /// <param name="path">Where; beside the file if null.</param>
        /// <returns>Where.</returns>
        /// <exception cref="ModelFileException">The file is damaged.</exception>
        /// <exception cref="IOException">There is no file, it cannot be read, or the other cannot be written.</exception>
        /// <exception cref="InvalidOperationException">There is no episode in it.</exception>
        public string ExportCsv(string? path = null)
        {
            IReadOnlyList<Episode> episodes = Load().Episodes;
            if (episodes.Count == 0) throw new InvalidOperationException($"{Who}: '{Path}' has no episode to export.");
            path ??= System.IO.Path.ChangeExtension(Path, ".csv");
            EpisodeCsv.Save(path, episodes);
            return path;
        }

        /// <summary>Deletes the file; the next step begins another.</summary>
        /// <exception cref="IOException">It cannot be deleted.</exception>
        public void Clear()
        {
            Close();
            if (File.Exists(Path)) File.Delete(Path);
        }

        private string Who => $"SequenceRecorder '{name}'";

        private void OnEnable() => Hear(_npc);

        private void OnDisable()
        {
            Hear(null);
            Close();
        }

        private void OnApplicationPause(bool pauseStatus)
        {
            if (!pauseStatus || _file == null) return;
            try
            {
                // A phone may end the process while it is paused.
                _file.Flush();
            }
            catch (IOException e)
            {
                Complain(e.Message);
            }
        }

        private void OnValidate() => this.LogReview(Who);

        void ISetup.Review(ICollection<string> warnings)
        {
            if (_recordingName.IndexOfAny(System.IO.Path.GetInvalidFileNameChars()) >= 0) warnings.Add($"'{_recordingName}' cannot be the name of a file.");
            if (_npc == null && _observations > 0 && _actions.IsEmpty) warnings.Add("observes, but is not told what an action consists of.");
        }

        [ContextMenu("Export CSV")]
        private void Export()
        {
            try
            {
                Debug.Log($"{Who}: wrote '{ExportCsv()}'.", this);
            }
            catch (Exception e) when (e is IOException || e is InvalidOperationException)
            {
                Debug.LogError($"{Who}: {e.Message}", this);
            }
        }

        private void Hear(RecurrentNpc? npc)
        {
            if (!ReferenceEquals(_heard, null))
            {
                _heard.Decided -= Take;
                _heard.EpisodeEnded -= End;
            }
            _heard = npc;
            if (npc == null) return;
            npc.Decided += Take;
            npc.EpisodeEnded += End;
        }

        private void Take(RecurrentNpc npc)
        {
            NpcAgent agent = npc.Agent;
            RecordStep(agent.Observation, agent.Discrete, agent.Continuous, agent.Layout!.HasMasks ? agent.Allowed : default);
        }

        private void End(RecurrentNpc npc, bool isWhole) => EndEpisode(isWhole);

        private bool TryOpen(out EpisodeRecorder file)
        {
            file = _file!;
            if (file != null) return true;
            if (_isBroken) return false;
            try
            {
                EpisodeLayout layout = Layout ?? throw new ArgumentException("nothing says what a step consists of; expected an NPC, sizes, or a layout.");
                string path = Path;
                System.IO.Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
                _file = file = EpisodeRecorder.Open(path, layout, maxBytes: (long)_maxMegabytes << 20);
                return true;
            }
            catch (Exception e) when (e is ArgumentException || e is IOException || e is UnauthorizedAccessException || e is NotSupportedException)
            {
                _isBroken = true;
                Debug.LogError($"{Who}: {e.Message}", this);
                return false;
            }
        }

        // The episode that is open is cut off here.
        private void Close()
        {
            EndEpisode(isWhole: false);
            _file?.Dispose();
            _file = null;
            _isBroken = _hasComplained = false;
        }

        private void Complain(string fault)
        {
            if (_hasComplained) return;
            _hasComplained = true;
            Debug.LogError($"{Who}: {fault}", this);
        }
    }
}
