using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Recurrent.Diagnostics
{
    /// <summary>Recordings as comma-separated values, one line a step, for spreadsheets and notebooks.</summary>
    public static class RecordingCsv
    {
        /// <summary>
        /// Writes a header (<c>step,input[0],…,0.l0.h[12],…</c>) and a line a step. Numbers are the shortest that read back as the same; a value that
        /// nobody knows is <c>NaN</c>.
        /// </summary>
        /// <param name="recording">What to write; for a range, its <see cref="Recording.Range"/>.</param>
        /// <param name="writer">Where to.</param>
        /// <param name="tracks">Which columns; null for all.</param>
        public static void Write(Recording recording, TextWriter writer, IReadOnlyList<RecordedTrack>? tracks = null)
        {
            tracks ??= recording.Layout.Tracks;
            writer.Write("step");
            foreach (RecordedTrack track in tracks)
                for (int unit = 0; unit < track.Length; unit++) writer.Write($",{track.Name}[{unit.ToString(CultureInfo.InvariantCulture)}]");
            writer.Write('\n');
            for (int t = 0; t < recording.Steps; t++)
            {
                writer.Write((recording.FirstStep + t).ToString(CultureInfo.InvariantCulture));
                foreach (RecordedTrack track in tracks)
                    foreach (float value in recording.At(track, t))
                    {
                        writer.Write(',');
                        writer.Write(value.ToString("R", CultureInfo.InvariantCulture));
                    }
                writer.Write('\n');
            }
        }

        /// <summary>Writes a file, whole or not at all; see <see cref="Write(Recording, TextWriter, IReadOnlyList{RecordedTrack})"/>.</summary>
        /// <exception cref="IOException">The file cannot be written.</exception>
        public static void Write(Recording recording, string path, IReadOnlyList<RecordedTrack>? tracks = null) => AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, new System.Text.UTF8Encoding(false), 1 << 16, leaveOpen: true);
            Write(recording, writer, tracks);
        });
    }
}
