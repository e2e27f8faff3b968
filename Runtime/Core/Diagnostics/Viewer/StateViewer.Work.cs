using System;
using System.Threading.Tasks;

namespace Recurrent.Diagnostics
{
    public sealed partial class StateViewer
    {
        /// <summary>Takes in what has happened since the last time: new steps, finished work.</summary>
        /// <returns>Whether <see cref="Paint"/> would give another picture.</returns>
        public bool Update()
        {
            TakeIn();
            if (_ordering is { IsCompleted: true })
            {
                if (_ordering.Status == TaskStatus.RanToCompletion) _unitOrder = _ordering.Result;
                _ordering = null;
                Rebuild();
            }
            if (_measuring is { IsCompleted: true })
            {
                if (_measuring.Status == TaskStatus.RanToCompletion) _picture.Show(_measuring.Result);
                else _picture.Show(null, _measuring.Exception!.GetBaseException().Message);
                _measuring = null;
                Touch();
            }
            Measure();
            _picture.MoveTo(Timeline.Playhead);
            if (Link != null && Link.DroppedSteps != _dropped)
            {
                _dropped = Link.DroppedSteps;
                Touch();
            }
            return _isDirty;
        }

        private void TakeIn()
        {
            if (_awaited.Length > 0 && Find(_awaited) is Entry awaited && awaited.Steps.EndStep > awaited.Steps.FirstStep) ShowEntry(awaited);
            if (_shown == null) return;
            IRecordedSteps steps = _shown.Steps;
            if (steps.EndStep < _seen) ShowEntry(_shown);
            if (steps.EndStep == _seen) return;
            bool began = _seen == 0;
            _changed = Math.Min(_changed, _seen);
            long from = _seen;
            _seen = steps.EndStep;
            Timeline.SetBounds(steps.FirstStep, steps.EndStep, ViewerScene.Capacity(steps), IsRunning);
            _scene?.Update(from);
            long count = steps.EndStep - steps.FirstStep;
            // Sorted anew, and looked at anew for what the numbers are, whenever there are twice as many; and when truth is first known.
            bool grown = count >= 2 * Math.Max(8, _orderedSteps), truth = !_hasTruth && HasTruth(Math.Max(steps.FirstStep, from - steps.Layout.TargetSize));
            _hasTruth |= truth;
            if (grown) Order();
            if (grown || began || truth) Rebuild();
            Touch();
        }

        private bool HasTruth(long from)
        {
            if (!(_shown!.Steps.Layout.Find("target") is RecordedTrack target)) return false;
            for (long step = from; step < _shown.Steps.EndStep; step++)
                foreach (float value in _shown.Steps.Frame(step).Slice(target.Offset, target.Length))
                    if (float.IsFinite(value)) return true;
            return false;
        }

        /// <summary>Waits for work that is going on, so that the next <see cref="Update"/> has its result: for commands and tests.</summary>
        public void FinishWork()
        {
            Update();
            try
            {
                _ordering?.Wait();
                _measuring?.Wait();
            }
            catch (AggregateException)
            {
                // Update says what went wrong.
            }
            Update();
        }

        // Works out what the open tab shows, if that has changed. While a game runs and the playhead goes along, a backward pass would cost it time.
        private void Measure()
        {
            if (_tab == GatesTab || _measuring != null) return;
            if (_shown == null || _seen <= _shown.Steps.FirstStep)
            {
                if (_picture.Words.Length == 0) _picture.Show(null, "Nothing is recorded yet.");
                return;
            }
            if (_views.Find(other => other.Name == _tab) is IStateView view)
            {
                Measure(view);
                return;
            }
            bool still = !IsRunning || IsPaused || !Timeline.IsFollowing;
            if (_measuredAt == Timeline.Playhead || _measuredAt >= 0 && !still) return;
            _measuredAt = Timeline.Playhead;
            try
            {
                if (_tab == TrainingTab) _picture.Show(Training());
                else if (_tab == AttributionTab) _picture.Show(Attribution());
                else _picture.Show(null, _tab == PcaTab
                    ? "The principal plane of the state needs MathNet.Numerics.\nInstall it by the menu Recurrent > Set-up; this tab then shows the state's way."
                    : $"There is no view called {_tab}.");
            }
            catch (ArgumentException e)
            {
                _picture.Show(null, e.Message);
            }
            Touch();
        }

        private void Measure(IStateView view)
        {
            if (_measuredEnd >= 0 && _seen - _measuredEnd < FreshSteps) return;
            _measuredEnd = _seen;
            if (!(StateTrack() is RecordedTrack track))
            {
                _picture.Show(null, "No state was recorded.");
                return;
            }
            Recording recording = _shown!.Steps.Range(_shown.Steps.FirstStep, _shown.Steps.EndStep);
            _measuring = Task.Run(() => view.Measure(recording, track));
        }

        private Layer? Network()
        {
            if (Link != null && _shown is Entry { HasEnded: false })
                foreach (LinkedAgent agent in Link.Agents)
                    if (agent.Name == _shown.Name) return agent.Network;
            return null;
        }

        private RecordedTable? Table(string name)
        {
            if (Link != null)
                foreach (RecordedTable table in Link.Tables)
                    if (table.Name == name) return table;
            return null;
        }

        private StateViewPicture Training()
        {
            TrainingLog? log = TrainingLog.FromTables(Link?.Tables ?? Array.Empty<RecordedTable>());
            GradientFlow? flow = Table(RecordedTable.GradientFlow) is RecordedTable table ? GradientFlow.FromTable(table) : null;
            if (flow == null && Network() is Layer network) flow = GradientFlow.Measure(network, RecordedReplay.Of(_shown!.Steps, network, Timeline.Playhead).Input);
            if (log == null && flow == null) throw new ArgumentException("Nothing is known of this network's training.\nA file that a training run wrote has its losses; in Play Mode the gradient through time is measured.");
            return (skin, playhead) => RecordingViews.Beside(log == null ? null : RecordingViews.Training(log), flow == null ? null : RecordingViews.Flow(flow));
        }

        private StateViewPicture Attribution()
        {
            RecordedTable? table = Table(RecordedTable.Attribution);
            string when = "of the training's end";
            if (Network() is Layer network)
            {
                RecordedReplay replay = RecordedReplay.Of(_shown!.Steps, network, Timeline.Playhead);
                table = InputAttribution.Measure(network, replay.Input, 0, replay.State).ToTable();
                when = FormattableString.Invariant($"step {Timeline.Playhead}");
            }
            if (table == null) throw new ArgumentException("|∂y/∂x| needs the network at hand.\nIt is measured in Play Mode; a file shows it where it was written into it.");
            return (skin, playhead) =>
            {
                PanelGrid grid = RecordingViews.Attribution(table).Grid;
                grid.Subtitle = $"{when}: how much output 0 moves when that input, so many steps back, is nudged";
                return grid;
            };
        }
    }
}
