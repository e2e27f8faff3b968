using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Recurrent;
using Recurrent.Components;
using UnityEditor;
using UnityEngine;
using Object = UnityEngine.Object;

namespace RecurrentEditor
{
    /// <summary>What each component and asset lists in its inspector.</summary>
    internal static class InspectorViews
    {
        private const string Viewer = "Window/Analysis/RNN State Viewer", Training = "Window/Analysis/RNN Training";

        /// <summary>What is shown of something; of what has nothing of its own, its warnings.</summary>
        public static InspectorView Of(Object target)
        {
            switch (target)
            {
                case RecurrentNpc npc: return Of(npc);
                case NpcCrowd crowd: return Of(crowd);
                case SequenceForecaster forecaster: return Of(forecaster);
                case OnnxSequence sequence: return Of(sequence);
                case SequenceTrainer trainer: return Of(trainer);
                case SequenceRecorder recorder: return Of(recorder);
                case StateProbe probe: return Of(probe);
                case StateBroadcast broadcast: return Of(broadcast);
                case SequenceModelAsset model: return Of(model);
                case EpisodesAsset episodes: return Of(episodes);
                case StateRecordingAsset recording: return Of(recording);
                default: return new InspectorView(target);
            }
        }

        private static InspectorView Of(RecurrentNpc npc)
        {
            var view = new InspectorView(npc)
            {
                Model = () => npc.Crowd != null ? npc.Crowd.Model : npc.Model,
                Source = () => npc,
                Meter = () => npc.Crowd != null ? npc.Crowd.Meter : npc.Meter,
                Facts = () => InPlay(("Decides", npc.IsDrivenByModel ? npc.Crowd != null ? $"the model, in the crowd '{npc.Crowd.name}'" : "the model" : "the heuristic, or nobody")),
            };
            view.Actions.Add(new InspectorAction(() => "Reset State", () => npc.BeginEpisode(false), IsPlaying));
            AddWatching(view, npc);
            return view;
        }

        private static InspectorView Of(NpcCrowd crowd)
        {
            var view = new InspectorView(crowd)
            {
                Model = () => crowd.Model,
                Source = () => crowd.First,
                Meter = () => crowd.Meter,
                Facts = () => InPlay(("NPCs", Number(crowd.Count)), ("Model", crowd.IsOpen ? "at work" : "not at work")),
            };
            view.Actions.Add(new InspectorAction(() => "Reset States", crowd.ForgetAll, IsPlaying));
            view.Actions.Add(Opening(Viewer, "Open Viewer"));
            return view;
        }

        private static InspectorView Of(SequenceForecaster forecaster)
        {
            var view = new InspectorView(forecaster)
            {
                Model = () => forecaster.Model,
                Source = () => forecaster,
                Meter = () => forecaster.Meter,
                Facts = () => InPlay(
                    ("Samples", Number(forecaster.SampleCount)),
                    ("Surprise", forecaster.HasForecast ? forecaster.Surprise.ToString("0.0", CultureInfo.InvariantCulture) + " bits" : ""),
                    ("Learned", forecaster.Learner is ForecastLearner learner ? $"{Number(learner.Rounds)} rounds, loss {learner.Loss.ToString("G3", CultureInfo.InvariantCulture)}" : "")),
            };
            view.Actions.Add(new InspectorAction(() => "Reset State", forecaster.ResetSamples, IsPlaying));
            AddWatching(view, forecaster);
            view.Actions.Add(Opening(Training, "Open Training"));
            return view;
        }

        private static InspectorView Of(OnnxSequence sequence)
        {
            var view = new InspectorView(sequence)
            {
                Model = () => sequence.Model,
                Source = () => sequence,
                Meter = () => sequence.Meter,
                Facts = () => InPlay(("Runs in", sequence.RunsIn == null ? "nothing yet" : sequence.RunsIn == SequenceBackend.OnnxRuntime ? "ONNX Runtime" : "managed layers"), ("Steps", Number(sequence.StepCount))),
            };
            view.Actions.Add(new InspectorAction(() => "Reset State", sequence.ResetState, IsPlaying));
            AddWatching(view, sequence);
            return view;
        }

        private static InspectorView Of(SequenceTrainer trainer)
        {
            var view = new InspectorView(trainer)
            {
                Model = () => trainer.Model,
                Facts = () => InPlay(
                    ("Run", trainer.State == TrainerState.Idle ? trainer.LastResult?.Message ?? "none yet" : FormattableString.Invariant($"{trainer.State}, epoch {trainer.Progress.Epoch + 1} of {trainer.Progress.Epochs}")),
                    ("Loss", trainer.Progress.Epochs > 0 ? trainer.Progress.TrainLoss.ToString("G4", CultureInfo.InvariantCulture) : ""),
                    ("Better weights", Number(trainer.Updates))),
            };
            view.Actions.Add(new InspectorAction(() => trainer.State == TrainerState.Idle ? "Begin" : "Stop", () =>
            {
                if (trainer.State == TrainerState.Idle) trainer.Begin();
                else trainer.Stop();
            }, IsPlaying));
            view.Actions.Add(new InspectorAction(() => trainer.State == TrainerState.Paused ? "Resume" : "Pause", () =>
            {
                if (trainer.State == TrainerState.Paused) trainer.Resume();
                else trainer.Pause();
            }, () => IsPlaying() && trainer.State != TrainerState.Idle));
            view.Actions.Add(Opening(Training, "Open Training"));
            return view;
        }

        private static InspectorView Of(SequenceRecorder recorder)
        {
            var view = new InspectorView(recorder)
            {
                Facts = () => new[]
                {
                    ("File", File.Exists(recorder.Path) ? $"{recorder.Path}, {Size(new FileInfo(recorder.Path).Length)}" : $"{recorder.Path}, not there yet"),
                    ("Recorded", IsPlaying() ? $"{Number(recorder.StepCount)} steps, {Number(recorder.EpisodeCount)} episodes{(recorder.IsFull ? "; the file is full" : "")}" : ""),
                },
            };
            view.Actions.Add(new InspectorAction(() => recorder.Record ? "Stop Recording" : "Record", () => recorder.Record = !recorder.Record, IsPlaying));
            view.Actions.Add(new InspectorAction(() => "Show File", () => EditorUtility.RevealInFinder(recorder.Path), () => File.Exists(recorder.Path)));
            return view;
        }

        private static InspectorView Of(StateProbe probe)
        {
            var view = new InspectorView(probe)
            {
                Source = () => probe.Source,
                Facts = () => InPlay(("State", probe.Status)),
            };
            view.Actions.Add(new InspectorAction(() => probe.IsRecording ? "Stop Recording" : "Record", () => probe.IsRecording = !probe.IsRecording, IsPlaying));
            view.Actions.Add(new InspectorAction(() => "Clear", probe.Clear, () => IsPlaying() && probe.Recorder?.StepCount > 0));
            view.Actions.Add(Opening(Viewer, "Open Viewer"));
            return view;
        }

        private static InspectorView Of(StateBroadcast broadcast) => new InspectorView(broadcast)
        {
            Facts = () => InPlay(("Watched", broadcast.IsWatched ? "by a State Viewer" : "by nobody"), ("Left out", broadcast.IgnoredMessages > 0 ? $"{Number(broadcast.IgnoredMessages)} messages that were none of a viewer" : "")),
        };

        private static InspectorView Of(SequenceModelAsset model) => new InspectorView(model)
        {
            Model = () => model,
            RowsOfModel = ModelNotes.RowsOf,
            Facts = () => new[] { ("Size", model.IsEmpty ? "empty: a SequenceTrainer, a script or an import fills it" : Size(model.GetBytes().Length)) },
        };

        private static InspectorView Of(EpisodesAsset episodes) => new InspectorView(episodes)
        {
            Facts = () => Read(episodes.IsEmpty, () => new[]
            {
                ("Size", Size(episodes.GetBytes().Length)),
                ("Episodes", Number(episodes.File.Episodes.Count)),
                ("Steps", Number(episodes.File.Episodes.Sum(episode => (long)episode.Steps))),
                ("A step", episodes.File.Episodes.Count > 0 ? episodes.File.Episodes[0].Layout.ToString()! : ""),
                ("Cut off", episodes.File.Cut ?? ""),
            }),
        };

        private static InspectorView Of(StateRecordingAsset recording)
        {
            var view = new InspectorView(recording)
            {
                Facts = () => Read(recording.IsEmpty, () => recording.File.Recordings
                    .Select(agent => (agent.Agent, FormattableString.Invariant($"steps {agent.FirstStep} … {agent.FirstStep + agent.Steps - 1}; {string.Join(", ", agent.Layout.Cells.Select(cell => $"{cell.Name} {cell.Kind}({cell.OutputSize})"))}")))
                    .Prepend(("Size", Size(recording.GetBytes().Length)))),
            };
            view.Actions.Add(new InspectorAction(() => "Open Viewer", () => StateViewerWindow.OpenFile(FileUtil.GetPhysicalPath(AssetDatabase.GetAssetPath(recording))), () => AssetDatabase.Contains(recording)));
            return view;
        }

        // A bad file's reason takes the place of its figures.
        private static IEnumerable<(string, string)> Read(bool isEmpty, Func<IEnumerable<(string, string)>> facts)
        {
            if (isEmpty) return new[] { ("Size", "empty") };
            try
            {
                return facts().ToArray();
            }
            catch (ModelFileException e)
            {
                return new[] { ("Cannot be read", e.Reason) };
            }
        }

        private static IEnumerable<(string, string)> InPlay(params (string, string)[] facts) => IsPlaying() ? facts : Array.Empty<(string, string)>();

        /// <summary>Recording the states of a component, by a probe beside it, and looking at them.</summary>
        private static void AddWatching(InspectorView view, Component component)
        {
            view.Actions.Add(new InspectorAction(() => component.TryGetComponent(out StateProbe probe) && probe.IsRecording ? "Stop Recording" : "Record", () =>
            {
                if (!component.TryGetComponent(out StateProbe probe)) component.gameObject.AddComponent<StateProbe>().IsRecording = true;
                else probe.IsRecording = !probe.IsRecording;
            }, IsPlaying));
            view.Actions.Add(Opening(Viewer, "Open Viewer"));
        }

        private static InspectorAction Opening(string menu, string name) => new InspectorAction(() => name, () => EditorApplication.ExecuteMenuItem(menu));

        private static bool IsPlaying() => EditorApplication.isPlaying;

        private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

        private static string Size(long bytes) => bytes < 10240 ? FormattableString.Invariant($"{bytes} bytes") : bytes < 10 << 20 ? FormattableString.Invariant($"{bytes >> 10} KiB") : FormattableString.Invariant($"{bytes >> 20} MiB");
    }
}
