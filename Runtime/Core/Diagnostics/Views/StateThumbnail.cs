using System;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>The last steps of a network at a glance, small enough for an inspector: ‖h‖ as a line with its last number, and under it h as a heatmap of units × time, newest at the right.</summary>
    public static class StateThumbnail
    {
        private const int LineHeight = 26, Gap = 3; // in design units

        /// <summary>Paints it.</summary>
        /// <param name="recorder">The steps, h among them. Room for steps that have not been yet stays empty.</param>
        /// <param name="canvas">Where.</param>
        /// <param name="area">Where on it.</param>
        /// <param name="skin">The colours.</param>
        public static void Draw(AgentRecorder recorder, StateCanvas canvas, PixelRect area, Skin skin)
        {
            int s = skin.Scale, line = Math.Min(area.Height, LineHeight * s);
            var top = new PixelRect(area.X, area.Y, area.Width, line);
            PixelRect map = PixelRect.FromEdges(area.X, top.Bottom + Gap * s, area.Right, area.Bottom);
            canvas.FillRect(top, skin.Empty);
            canvas.FillRect(map, skin.Empty);
            RecordedTrack? track = recorder.Layout.Find("h");
            if (track == null || recorder.StepCount == 0) return;
            DrawMap(recorder, track, canvas, map, skin);
            DrawNorm(recorder, canvas, top, skin);
        }

        // The same figure as the Profiler's: the largest of the cells.
        private static void DrawNorm(AgentRecorder recorder, StateCanvas canvas, PixelRect area, Skin skin)
        {
            int count = (int)(recorder.StepCount - recorder.FirstStep), s = skin.Scale;
            float[] x = new float[count], y = new float[count];
            float high = 0f, last = 0f;
            for (int i = 0; i < count; i++)
            {
                y[i] = last = StepSummary.Of(recorder.Layout, recorder.Frame(recorder.FirstStep + i)).HiddenNorm;
                x[i] = area.Right - (count - i - 0.5f) * area.Width / recorder.Capacity;
                if (float.IsFinite(last)) high = Math.Max(high, last);
            }
            float span = Math.Max(high * 1.1f, 1e-6f);
            for (int i = 0; i < count; i++) y[i] = area.Bottom - s - y[i] / span * (area.Height - 2 * s);
            canvas.Polyline(x, y, skin.LineColor(0), 1.25f * s);
            string label = "‖h‖ " + (float.IsFinite(last) ? last.ToString("G3", CultureInfo.InvariantCulture) : "NaN");
            var place = new PixelRect(area.X, area.Y, skin.Font.Measure(label) + 6 * s, skin.Font.CapHeight + 6 * s);
            float under = 0f, points = 0f;
            for (int i = 0; i < count; i++)
            {
                if (x[i] > place.Right || !float.IsFinite(y[i])) continue;
                under += y[i];
                points++;
            }
            // Where the line is not.
            if (points > 0f && under / points < area.Y + area.Height * 0.5f) place = new PixelRect(place.X, area.Bottom - place.Height, place.Width, place.Height);
            canvas.FillRect(place, skin.Empty.WithOpacity(0.8f));
            canvas.Text(skin.Font, label, place.X + 3 * s, place.Y + 3 * s, skin.Text);
        }

        private static void DrawMap(AgentRecorder recorder, RecordedTrack track, StateCanvas canvas, PixelRect area, Skin skin)
        {
            ColorScale scale = ColorScale.Signed(skin);
            for (int column = 0; column < area.Width; column++)
            {
                // The last column is the newest step.
                long step = recorder.StepCount - 1 - (long)(area.Width - 1 - column) * recorder.Capacity / area.Width;
                if (step < recorder.FirstStep) continue;
                ReadOnlySpan<float> values = recorder.Frame(step).Slice(track.Offset, track.Length);
                for (int row = 0; row < area.Height; row++)
                {
                    int index = scale.IndexOf(values[(int)((long)row * values.Length / area.Height)]), x = area.X + column, y = area.Y + row;
                    Rgba color = index >= 0 ? scale.Map[index] : StateCanvas.IsHatched(x, y, skin.Scale) ? skin.Hatch : skin.Empty;
                    canvas.Pixels[y * canvas.Width + x] = color.Packed;
                }
            }
        }
    }
}
