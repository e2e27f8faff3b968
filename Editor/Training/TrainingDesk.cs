using System;
using System.Collections.Generic;
using System.IO;
using Recurrent;
using Recurrent.Components;
using Recurrent.Diagnostics;
using UnityEditor;
using UnityEngine;
using Object = UnityEngine.Object;

namespace RecurrentEditor
{
    /// <summary>
    /// Where the editor keeps what trains, whether a window is open or not: the trainers and forecasters of the scene in Play Mode; and while nothing plays the trainers' assets, trained
    /// in the background from recorded play. It looks some times a second, only while something trains or a window shows it, and ends what it has begun before scripts are loaded anew.
    /// </summary>
    internal static class TrainingDesk
    {
        /// <summary>Seconds from one look to the next.</summary>
        public const double Interval = 0.25;

        // A thread trains; without one, what an editor's frame can spare.
        private static readonly TimeSpan s_budget = TimeSpan.FromMilliseconds(4);

        private static readonly Dictionary<Object, IMonitoredTraining> s_trainings = new Dictionary<Object, IMonitoredTraining>();
        private static readonly HashSet<SequenceModelAsset> s_trained = new HashSet<SequenceModelAsset>();
        private static TrainingMonitor? s_monitor;
        private static double s_nextLook;
        private static bool s_isAwake;

        /// <summary>Where the history of runs is kept, seen from the project's folder.</summary>
        public static string HistoryPath { get; set; } = Path.Combine("UserSettings", "Recurrent", "TrainingRuns.json");

        /// <summary>What trains, and the runs of before.</summary>
        public static TrainingMonitor Monitor => s_monitor ??= new TrainingMonitor(RunHistory.Open(HistoryPath));

        /// <summary>Hears of everything that begins or ends a run; once however often it is called.</summary>
        [InitializeOnLoadMethod]
        public static void Listen()
        {
            SequenceTrainer.Begun -= WakeFor;
            SequenceTrainer.Begun += WakeFor;
            AssemblyReloadEvents.beforeAssemblyReload -= BeforeReload;
            AssemblyReloadEvents.beforeAssemblyReload += BeforeReload;
            EditorApplication.quitting -= BeforeQuit;
            EditorApplication.quitting += BeforeQuit;
            EditorApplication.playModeStateChanged -= PlayModeChanged;
            EditorApplication.playModeStateChanged += PlayModeChanged;
            Undo.undoRedoPerformed -= ReadAgain;
            Undo.undoRedoPerformed += ReadAgain;
        }

        /// <summary>Looks on, until nothing trains and nobody sees.</summary>
        public static void Wake()
        {
            if (s_isAwake) return;
            s_isAwake = true;
            s_nextLook = 0;
            EditorApplication.update += Update;
        }

        /// <summary>Looks now.</summary>
        public static void Look() => Monitor.Update(Find(), DateTime.UtcNow);

        /// <summary>Forgets everything but the file, as when scripts are loaded anew.</summary>
        public static void Reset()
        {
            EditorApplication.update -= Update;
            s_isAwake = false;
            foreach (IMonitoredTraining training in s_trainings.Values) (training as IDisposable)?.Dispose();
            s_trainings.Clear();
            s_trained.Clear();
            s_monitor = null;
        }

        private static void WakeFor(SequenceTrainer trainer) => Wake();

        private static void Update()
        {
            foreach (IMonitoredTraining training in s_trainings.Values) (training as MonitoredTraining)?.Tick(s_budget);
            if (EditorApplication.timeSinceStartup < s_nextLook) return;
            s_nextLook = EditorApplication.timeSinceStartup + Interval;
            Look();
            if (Monitor.IsSeen || Monitor.IsBusy) return;
            s_isAwake = false;
            EditorApplication.update -= Update;
        }

        /// <summary>What there is to train now: one for each component, the same each time.</summary>
        private static List<IMonitoredTraining> Find()
        {
            var found = new List<IMonitoredTraining>();
            bool isPlaying = EditorApplication.isPlaying;
            foreach (SequenceTrainer trainer in Object.FindObjectsByType<SequenceTrainer>(FindObjectsSortMode.InstanceID))
            {
                if (!s_trainings.TryGetValue(trainer, out IMonitoredTraining? training)) s_trainings[trainer] = training = isPlaying ? new TrainerTraining(trainer) : InEditMode(trainer);
                if (training is MonitoredTraining alone && trainer != null) alone.WhyNotStart = trainer.WhyNotBegin;
                found.Add(training);
            }
            if (!isPlaying) return found;
            foreach (SequenceForecaster forecaster in Object.FindObjectsByType<SequenceForecaster>(FindObjectsSortMode.InstanceID))
            {
                bool isKnown = s_trainings.TryGetValue(forecaster, out IMonitoredTraining? training);
                if (!isKnown && !forecaster.Learns) continue;
                if (!isKnown) s_trainings[forecaster] = training = new ForecasterTraining(forecaster);
                found.Add(training!);
            }
            return found;
        }

        private static MonitoredTraining InEditMode(SequenceTrainer trainer)
        {
            var training = new MonitoredTraining(trainer.name, trainer.BeginAlone);
            SequenceModelAsset? pupil = null;
            training.Begun += _ =>
            {
                pupil = trainer.Model;
                Wake();
            };
            training.Ended += run =>
            {
                if (pupil != null && run.Updates > 0) Hand(run.Model, pupil);
            };
            return training;
        }

        /// <summary>Gives an asset what was learned: one of the project's own can be undone, of an imported one the file is written.</summary>
        private static void Hand(SequenceModel model, SequenceModelAsset asset)
        {
            string path = AssetDatabase.GetAssetPath(asset), extension = Path.GetExtension(path).ToLowerInvariant();
            if (extension.Length == 0 || extension == ".asset")
            {
                s_trained.Add(asset);
                Undo.RecordObject(asset, $"Train {asset.name}");
                asset.SetModel(model);
                EditorUtility.SetDirty(asset);
                return;
            }
            // What an importer made, it makes anew from the file.
            string target = extension == ".safetensors" ? path : AssetDatabase.GenerateUniqueAssetPath(Path.ChangeExtension(path, ".safetensors"));
            try
            {
                model.Save(target);
                AssetDatabase.ImportAsset(target);
                if (target != path) Debug.Log($"What '{asset.name}' has learned is '{target}': an {extension} file cannot be written into.", asset);
            }
            catch (Exception e) when (e is IOException || e is UnauthorizedAccessException)
            {
                Debug.LogError($"What '{asset.name}' has learned cannot be written: {e.Message}", asset);
            }
        }

        // Undo puts an asset's bytes back, behind its back.
        private static void ReadAgain()
        {
            foreach (SequenceModelAsset asset in s_trained)
            {
                if (asset != null) asset.SetBytes(asset.GetBytes(), asset.Format);
            }
        }

        private static void PlayModeChanged(PlayModeStateChange change)
        {
            if (change == PlayModeStateChange.ExitingEditMode) EndAlone();
            if (change == PlayModeStateChange.ExitingPlayMode) s_monitor?.Interrupt(DateTime.UtcNow, "Play Mode has ended.");
            if (change == PlayModeStateChange.EnteredEditMode || change == PlayModeStateChange.EnteredPlayMode) s_trainings.Clear();
        }

        private static void BeforeReload() => End("Scripts were loaded anew.");

        private static void BeforeQuit() => End("The editor was closed.");

        private static void End(string why)
        {
            EndAlone();
            s_monitor?.Interrupt(DateTime.UtcNow, why);
            Reset();
        }

        /// <summary>Ends what trains while nothing plays, with the best weights so far.</summary>
        private static void EndAlone()
        {
            foreach (IMonitoredTraining training in s_trainings.Values)
            {
                if (!(training is MonitoredTraining alone)) continue;
                alone.Stop();
                alone.Dispose();
            }
            if (s_monitor != null) Look();
        }
    }
}
