using System;
using System.Collections.Generic;
using System.IO;

namespace Recurrent.Diagnostics
{
    /// <summary>What a viewer shows, as files: the selected range, or all steps where none is selected. Every file is written whole or not at all.</summary>
    public sealed class ViewerExport
    {
        private readonly StateViewer _viewer;

        /// <summary>Exports what a viewer shows.</summary>
        public ViewerExport(StateViewer viewer) => _viewer = viewer;

        /// <summary>The picture of the data area as a PNG file.</summary>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void Picture(string path, int width, int height, Skin skin) => WritePicture(path, _viewer.Picture(width, height, skin));

        /// <summary>Every view of the agent as a PNG file in a folder, with the picture of the data area as <c>viewer.png</c>.</summary>
        /// <returns>The files.</returns>
        /// <exception cref="InvalidOperationException">Nothing is recorded.</exception>
        /// <exception cref="IOException">A file cannot be written.</exception>
        public IReadOnlyList<string> Pictures(string folder, int width, int height, Skin skin)
        {
            Directory.CreateDirectory(folder);
            var files = new List<string> { Path.Combine(folder, "viewer.png") };
            List<RecordingView> views = Views(Range(), skin);
            Picture(files[0], width, height, skin);
            foreach (RecordingView view in views)
            {
                string path = Path.Combine(folder, view.Name + ".png");
                WritePicture(path, view.Draw(skin));
                files.Add(path);
            }
            return files;
        }

        /// <summary>The numbers as comma-separated values, a line a step.</summary>
        /// <exception cref="InvalidOperationException">Nothing is recorded.</exception>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void Csv(string path) => RecordingCsv.Write(Range(), path);

        /// <summary>The steps of all agents that are attached or have ended, with the tables of the link, as a recording file; of the agent that is shown, the selected range.</summary>
        /// <exception cref="InvalidOperationException">Nothing is recorded.</exception>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void Recording(string path)
        {
            var recordings = new List<Recording> { Range() };
            var names = new HashSet<string> { recordings[0].Agent };
            foreach (IRecordedSteps steps in _viewer.Recordings)
            {
                if (steps == _viewer.Steps || steps.EndStep <= steps.FirstStep) continue;
                Recording other = steps.Range(steps.FirstStep, steps.EndStep);
                string name = other.Agent;
                for (int i = 2; !names.Add(name); i++) name = FormattableString.Invariant($"{other.Agent} {i}");
                recordings.Add(new Recording(name, other.Layout, other.FirstStep, other.Frames) { Marks = other.Marks });
            }
            RecordingFile.Save(path, recordings, _viewer.Link?.Tables);
        }

        /// <summary>One page with everything: what a diagnosis says, all views, the figures. It needs nothing besides itself.</summary>
        /// <exception cref="InvalidOperationException">Nothing is recorded.</exception>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public void Html(string path, Skin skin)
        {
            Recording recording = Range();
            RecordedTable? flow = Table(RecordedTable.GradientFlow);
            Diagnosis diagnosis = Diagnosis.Of(recording, Log(), flow == null ? null : GradientFlow.FromTable(flow));
            RecordingReport.Build(recording, diagnosis, Views(recording, skin), skin).Write(path);
        }

        private Recording Range()
        {
            if (!(_viewer.Steps is IRecordedSteps steps) || steps.EndStep <= steps.FirstStep) throw new InvalidOperationException("Nothing is recorded that could be exported.");
            (long from, long to) = _viewer.Span();
            return steps.Range(from, to);
        }

        private TrainingLog? Log() => TrainingLog.FromTables(_viewer.Link?.Tables ?? Array.Empty<RecordedTable>());

        private RecordedTable? Table(string name)
        {
            if (_viewer.Link != null)
                foreach (RecordedTable table in _viewer.Link.Tables)
                    if (table.Name == name) return table;
            return null;
        }

        // In the order of the viewer's units, and with the other agent beside, as the viewer shows it.
        private List<RecordingView> Views(Recording recording, Skin skin)
        {
            RecordedTable? flow = Table(RecordedTable.GradientFlow);
            List<RecordingView> views = RecordingViews.All(recording, skin, Log(), flow == null ? null : GradientFlow.FromTable(flow), Table(RecordedTable.Attribution),
                track => (_viewer.UnitsBy.Order(recording, track) ?? ViewerScene.Identity(track.Length), $"by {_viewer.UnitsBy.Name}"));
            if (_viewer.Compared(recording) is RecordingComparison comparison)
                foreach (RecordedTrack track in comparison.Difference.Layout.Tracks)
                    if (track.Channel == RecordChannels.Hidden) views.Add(RecordingViews.Difference(comparison, track, skin));
            return views;
        }

        private static void WritePicture(string path, StateCanvas canvas)
        {
            byte[] png = Png.Encode(canvas);
            AtomicFile.Write(path, stream => stream.Write(png, 0, png.Length));
        }
    }
}
