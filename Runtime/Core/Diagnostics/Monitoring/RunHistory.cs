using System;
using System.Collections.Generic;
using System.IO;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The last training runs, kept in a small file from session to session. The file holds the runs before or after a change at any moment, whatever is killed when; one that cannot be
    /// read is put aside and told of, and the history begins anew. Not thread-safe.
    /// </summary>
    public sealed class RunHistory
    {
        /// <summary>The most runs that are remembered.</summary>
        public const int MaxRuns = 50;

        private const int Version = 1;

        private readonly string? _path;
        private readonly List<RunRecord> _runs = new List<RunRecord>();

        /// <summary>A history that no file keeps.</summary>
        public RunHistory()
        {
        }

        private RunHistory(string path) => _path = path;

        /// <summary>The runs, the newest first.</summary>
        public IReadOnlyList<RunRecord> Runs => _runs;

        /// <summary>What went wrong with the file, a sentence; null where nothing did.</summary>
        public string? Trouble { get; private set; }

        /// <summary>How often it was changed.</summary>
        public int Changes { get; private set; }

        /// <summary>The history of a file; empty where there is none yet. Never throws: <see cref="Trouble"/> says what is wrong with the file.</summary>
        public static RunHistory Open(string path)
        {
            var history = new RunHistory(path);
            try
            {
                if (File.Exists(path)) history.Read(File.ReadAllBytes(path));
            }
            catch (Exception e) when (e is FormatException || e is OverflowException || e is ArgumentException)
            {
                history._runs.Clear();
                history.PutAside(e.Message);
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                history.Trouble = $"The history of runs cannot be read. {e.Message}";
            }
            return history;
        }

        /// <summary>Remembers a run, as the newest; the oldest beyond <see cref="MaxRuns"/> are forgotten.</summary>
        public void Add(RunRecord run)
        {
            _runs.Insert(0, run ?? throw new ArgumentNullException(nameof(run)));
            if (_runs.Count > MaxRuns) _runs.RemoveRange(MaxRuns, _runs.Count - MaxRuns);
            Save();
        }

        /// <summary>Forgets a run.</summary>
        /// <returns>Whether it was there.</returns>
        public bool Remove(RunRecord run)
        {
            if (!_runs.Remove(run)) return false;
            Save();
            return true;
        }

        /// <summary>Forgets all runs.</summary>
        public void Clear()
        {
            _runs.Clear();
            Save();
        }

        private void Read(byte[] text)
        {
            JsonValue json = JsonValue.Parse(text);
            if (json["version"].AsInt32() != Version) throw new FormatException($"It is of version {json["version"].AsInt32()}, expected {Version}.");
            foreach (JsonValue run in json["runs"].Items)
            {
                if (_runs.Count < MaxRuns) _runs.Add(RunRecord.Read(run));
            }
        }

        private void PutAside(string reason)
        {
            string aside = _path + ".damaged";
            Trouble = $"The history of runs was damaged and begins anew; the old file is '{aside}'. {reason}";
            try
            {
                File.Delete(aside);
                File.Move(_path!, aside);
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                Trouble = $"The history of runs is damaged, and cannot be put aside. {reason} {e.Message}";
            }
        }

        // A history is not worth a run: where it cannot be written it is kept in memory, and the trouble is told.
        private void Save()
        {
            Changes++;
            if (_path == null) return;
            var json = new JsonWriter();
            json.BeginObject().Member("version", Version).Name("runs").BeginArray();
            foreach (RunRecord run in _runs) run.Write(json);
            byte[] text = json.EndArray().EndObject().ToUtf8();
            try
            {
                Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(_path))!);
                AtomicFile.Write(_path, stream => stream.Write(text, 0, text.Length));
                Trouble = null;
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                Trouble = $"The history of runs cannot be written. {e.Message}";
            }
        }
    }
}
