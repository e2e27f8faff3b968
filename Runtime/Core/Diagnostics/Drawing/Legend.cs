using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>The entries above a chart: a sample of the line, its name, and its number.</summary>
    internal sealed class Legend
    {
        internal const int RowHeight = 18, EntryGap = 20;
        private const int WideSample = 24, NarrowSample = 11, SampleGap = 6, ValueGap = 6;

        private readonly List<Entry> _entries = new List<Entry>();

        /// <summary>What stands before a name.</summary>
        internal enum Sample { None, Line, Marker, Area, Square, Hatch, Ramp }

        private sealed class Entry
        {
            internal Sample Kind;
            internal string Name = "", Value = "";
            internal Rgba Color;
            internal float Width = 1f;
            internal float[] Dashes = Array.Empty<float>();
            internal MarkerShape Shape;
            internal ColorMap? Map;

            internal int SampleWidth => Kind == Sample.None ? 0 : Kind == Sample.Line || Kind == Sample.Area ? WideSample : Kind == Sample.Ramp ? 2 * WideSample : NarrowSample;

            internal int Measure(Skin skin)
            {
                int name = skin.Font.Measure(Name), value = skin.Font.Measure(Value), gap = (name > 0 && value > 0 ? ValueGap : 0) + (SampleWidth > 0 ? SampleGap : 0);
                return name + value + (gap + SampleWidth) * skin.Scale;
            }
        }

        internal void Add(Sample kind, string name, string value = "", Rgba color = default, MarkerShape shape = MarkerShape.None)
            => Add(new Entry { Kind = kind, Name = name, Value = value, Color = color, Shape = shape });

        internal void AddLine(string name, string value, Rgba color, float width, float[] dashes, MarkerShape shape)
            => Add(new Entry { Kind = Sample.Line, Name = name, Value = value, Color = color, Width = width, Dashes = dashes, Shape = shape });

        internal void AddRamp(ColorMap map, string name) => Add(new Entry { Kind = Sample.Ramp, Name = name, Map = map });

        private void Add(Entry entry)
        {
            if (entry.Name.Length > 0 || entry.Value.Length > 0) _entries.Add(entry);
        }

        internal int Rows(int width, Skin skin)
        {
            int rows = 0, x = 0;
            foreach (Entry entry in _entries) Place(entry.Measure(skin), width, skin, ref x, ref rows);
            return rows;
        }

        // Where the next entry of this width goes: behind the last one, or, where that row is full, on a new row.
        private static int Place(int entry, int width, Skin skin, ref int x, ref int rows)
        {
            if (rows == 0 || x + entry > width)
            {
                rows++;
                x = 0;
            }
            int at = x;
            x += entry + EntryGap * skin.Scale;
            return at;
        }

        internal void Draw(StateCanvas canvas, int left, int top, int width, Skin skin)
        {
            int rows = 0, x = 0, s = skin.Scale;
            foreach (Entry entry in _entries)
            {
                int at = left + Place(entry.Measure(skin), width, skin, ref x, ref rows), y = top + (rows - 1) * RowHeight * s, end = left + width;
                if (at + entry.SampleWidth * s > end) continue;
                DrawSample(canvas, entry, at, y, skin);
                if (entry.SampleWidth > 0) at += (entry.SampleWidth + SampleGap) * s;
                string name = skin.Font.Shorten(entry.Name, end - at);
                int written = canvas.Text(skin.Font, name, at, y, skin.Text).Width;
                if (written > 0) at += written + ValueGap * s;
                if (name == entry.Name) canvas.Text(skin.Font, skin.Font.Shorten(entry.Value, end - at), at, y, skin.MutedText);
            }
        }

        private static void DrawSample(StateCanvas canvas, Entry entry, int x, int y, Skin skin)
        {
            int s = skin.Scale, width = entry.SampleWidth * s, height = skin.Font.CapHeight;
            float middle = y + height * 0.5f;
            var square = new PixelRect(x, y - s / 2, width, NarrowSample * s);
            switch (entry.Kind)
            {
                case Sample.Line:
                    canvas.Line(x + s, middle, x + width - s, middle, entry.Color, entry.Width * s, Scaled(entry.Dashes, s));
                    canvas.Marker(entry.Shape, x + width * 0.5f, middle, 7 * s, entry.Color);
                    break;
                case Sample.Marker:
                    canvas.Marker(entry.Shape, x + width * 0.5f, middle, 8 * s, entry.Color);
                    break;
                case Sample.Area:
                    canvas.FillRect(new PixelRect(x, y, width, height), entry.Color);
                    break;
                case Sample.Square:
                    canvas.FillRect(square, entry.Color);
                    break;
                case Sample.Hatch:
                    canvas.HatchRect(square, skin.Hatch, skin.Empty, s);
                    canvas.StrokeRect(square, skin.Axis, s);
                    break;
                case Sample.Ramp:
                    for (int column = 0; column < width; column++) canvas.FillRect(new PixelRect(x + column, y, 1, height), entry.Map![column * ColorMap.Length / width]);
                    break;
            }
        }

        internal static float[] Scaled(float[] dashes, int scale) => scale == 1 ? dashes : Array.ConvertAll(dashes, dash => dash * scale);
    }
}
