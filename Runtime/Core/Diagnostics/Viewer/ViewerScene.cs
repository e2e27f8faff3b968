using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>The lanes that show one agent, or one beside another.</summary>
    internal sealed class ViewerScene
    {
        private const int MostCurves = 6, FoldedHeight = 14;

        private readonly List<Lane> _lanes = new List<Lane>();

        /// <summary>What is shown, and how.</summary>
        public sealed class Settings
        {
            public IRecordedSteps Steps = null!;
            public IRecordedSteps? Against;
            public long Ahead;
            public string AgainstName = "", Cell = "", State = "h", OrderName = "index";
            public Func<RecordedTrack, int[]> Order = track => Identity(track.Length);
            public bool ShowGates = true;
            public PictureLane? Picture;
            public ISet<string> Folded = new HashSet<string>();
            public IReadOnlyList<ViewerProbe> Probes = Array.Empty<ViewerProbe>();
            public float OpenAbove = 0.9f, ShutBelow = 0.1f;
        }

        public ViewerScene(Settings settings, Skin skin)
        {
            Skin = skin;
            RecordingLayout layout = settings.Steps.Layout;
            RecordedCell? cell = null;
            foreach (RecordedCell other in layout.Cells)
                if (cell == null || other.Name == settings.Cell) cell = other;
            RecordedTrack? track = cell == null ? null : layout.Find(cell, settings.State) ?? layout.Find(cell, "h");
            int[] order = track == null ? Array.Empty<int>() : settings.Order(track);
            if (track != null)
            {
                string units = FormattableString.Invariant($"{track.Length} units");
                State = new HeatLane(settings.Steps, track, order, skin, track.Symbol) { Note = units, Weight = 3 };
                Add(State, settings);
                if (settings.Against != null)
                {
                    State.Weight = 2;
                    Add(new HeatLane(settings.Steps, track, order, skin, "A − B", settings.Against, settings.Ahead) { Note = "Δ" + track.Symbol, Weight = 2.4f }, settings);
                    Add(Distance(settings, track), settings);
                }
            }
            if (settings.Picture != null)
            {
                settings.Picture.Weight = 5;
                _lanes.Add(settings.Picture);
            }
            else if (settings.ShowGates && cell != null) AddGates(settings, layout, cell, order, skin);
            AddProbes(settings, layout);
            AddOutput(settings, layout, skin);
            if (layout.Find("input") is RecordedTrack input) Add(Signals(settings, input, "input", skin), settings);
        }

        public IReadOnlyList<Lane> Lanes => _lanes;

        /// <summary>The state that is shown; null where none was recorded.</summary>
        public HeatLane? State { get; }

        public Skin Skin { get; }

        public void Update(long from)
        {
            foreach (Lane lane in _lanes) lane.Update(from);
        }

        public void Fit()
        {
            foreach (Lane lane in _lanes) lane.Fit();
        }

        private void Add(Lane lane, Settings settings)
        {
            if (settings.Folded.Contains(lane.Name))
            {
                lane.Height = FoldedHeight;
                if (lane is GateLane gate) gate.IsFolded = true;
            }
            if (lane is LineLane) lane.Fit();
            _lanes.Add(lane);
        }

        private static LineLane Distance(Settings settings, RecordedTrack track)
        {
            IRecordedSteps a = settings.Steps, b = settings.Against!;
            float Of(long step)
            {
                if (step + settings.Ahead < b.FirstStep || step + settings.Ahead >= b.EndStep) return float.NaN;
                ReadOnlySpan<float> x = a.Frame(step).Slice(track.Offset, track.Length), y = b.Frame(step + settings.Ahead).Slice(track.Offset, track.Length);
                double sum = 0;
                for (int i = 0; i < x.Length; i++)
                {
                    double d = x[i].Equals(y[i]) ? 0 : (double)x[i] - y[i];
                    sum += d * d;
                }
                return (float)Math.Sqrt(sum);
            }
            return new LineLane(a, $"‖Δ{track.Symbol}‖") { AtZero = true, Note = "distance", Weight = 0.9f }.Add("", track, Of);
        }

        private void AddGates(Settings settings, RecordingLayout layout, RecordedCell cell, int[] order, Skin skin)
        {
            int capacity = Capacity(settings.Steps), shown = 0;
            foreach (RecordedTrack track in layout.Tracks)
            {
                if (track.Cell != cell || track.Channel != RecordChannels.Gates) continue;
                Add(new GateLane(settings.Steps, capacity, track, order.Length == track.Length ? order : Identity(track.Length), skin, settings.OpenAbove, settings.ShutBelow), settings);
                shown++;
            }
            if (shown > 0) return;
            string words = cell.GatesUnseenBecause.Length > 0 ? cell.GatesUnseenBecause : cell.Kind == "RNN" ? "An RNN has no gates." : "The gates were not recorded.";
            _lanes.Add(new PictureLane("gates", words) { Weight = 0.6f });
        }

        private void AddProbes(Settings settings, RecordingLayout layout)
        {
            var lane = new LineLane(settings.Steps, "probes");
            bool any = false;
            foreach (ViewerProbe probe in settings.Probes)
            {
                RecordedTrack? track = layout.Find(probe.Track);
                if (track == null || probe.Unit >= track.Length) continue;
                lane.Add(FormattableString.Invariant($"{track.Symbol}[{probe.Unit}]"), track, probe.Unit);
                any = true;
            }
            if (any) Add(lane, settings);
        }

        private void AddOutput(Settings settings, RecordingLayout layout, Skin skin)
        {
            RecordedTrack? output = layout.Find("output"), target = layout.Find("target");
            if (output == null) return;
            HorizonFan? fan = target == null ? null : HorizonFan.Of(settings.Steps, output, target);
            bool paired = target != null && target.Length == output.Length && IsKnown(settings.Steps, target);
            if (fan == null && (!paired || output.Length > MostCurves))
            {
                Add(Signals(settings, output, "output", skin), settings);
                return;
            }
            // Of a horizon the next step is a curve, and the rest of it a fan at the playhead.
            var lane = new LineLane(settings.Steps, "ŷ, y") { Note = fan == null ? "output" : FormattableString.Invariant($"{output.Length} ahead"), Weight = fan == null ? 1.3f : 1.8f, Fan = fan };
            for (int i = 0; i < (fan == null ? output.Length : 1); i++)
            {
                string number = output.Length == 1 || fan != null ? "" : i.ToString(CultureInfo.InvariantCulture);
                lane.Add("y" + number, target!, i, truth: true);
                lane.Add("ŷ" + number, output, i);
            }
            Add(lane, settings);
        }

        private static Lane Signals(Settings settings, RecordedTrack track, string name, Skin skin)
        {
            if (track.Length > MostCurves) return new HeatLane(settings.Steps, track, Identity(track.Length), skin, name) { Note = FormattableString.Invariant($"{track.Length} values"), Weight = 1.1f };
            var lane = new LineLane(settings.Steps, name) { Weight = 1.1f };
            for (int i = 0; i < track.Length; i++) lane.Add(track.Length == 1 ? "" : i.ToString(CultureInfo.InvariantCulture), track, i);
            return lane;
        }

        /// <summary>Whether some target was known; in a running game, it may come later.</summary>
        public static bool IsKnown(IRecordedSteps steps, RecordedTrack target)
        {
            for (long step = steps.FirstStep; step < steps.EndStep; step++)
                foreach (float value in steps.Frame(step).Slice(target.Offset, target.Length))
                    if (float.IsFinite(value)) return true;
            return false;
        }

        public static int Capacity(IRecordedSteps steps) => steps is AgentRecorder agent ? agent.Capacity : steps is RemoteSteps remote ? remote.Capacity : (int)Math.Max(1, steps.EndStep - steps.FirstStep);

        public static int[] Identity(int count)
        {
            var numbers = new int[count];
            for (int i = 0; i < count; i++) numbers[i] = i;
            return numbers;
        }
    }
}
