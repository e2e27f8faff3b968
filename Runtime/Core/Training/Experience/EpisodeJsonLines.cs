using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;

namespace Recurrent
{
    /// <summary>
    /// Episodes as JSON Lines: one JSON object a line. The first is <c>{"format":"recurrent-episodes","version":1,"layout":{…}}</c>; every other is a step,
    /// <c>{"episode":0,"observation":[…],"discrete":[…],"continuous":[…],"mask":[…]}</c>, with the action that was taken on the observation; members that the layout has not
    /// are left out, and an episode's last step has <c>"end":"whole"</c> or <c>"end":"cut"</c>. What is read is what was written, bit for bit.
    /// </summary>
    public static class EpisodeJsonLines
    {
        private const string Format = "recurrent-episodes", Whole = "whole", Cut = "cut";
        private const int MaxLineBytes = 64 << 20;

        private static readonly JsonLimits Limits = new JsonLimits(maxDepth: 5, maxBytes: MaxLineBytes, maxEntries: 2_500_000);

        /// <summary>Writes a file, whole or not at all.</summary>
        /// <exception cref="ArgumentException">There is no episode, or their layouts differ.</exception>
        /// <exception cref="IOException">The file cannot be written; what was there before stays.</exception>
        public static void Save(string path, IReadOnlyList<Episode> episodes)
        {
            EpisodeLayout layout = EpisodeFile.LayoutOf(nameof(EpisodeJsonLines), episodes);
            AtomicFile.Write(path, stream =>
            {
                var json = new JsonWriter();
                json.BeginObject().Member("format", Format).Member("version", 1).Name("layout");
                layout.Write(json);
                WriteLine(stream, json.EndObject());
                for (int i = 0; i < episodes.Count; i++)
                    for (int t = 0; t < episodes[i].Steps; t++) WriteLine(stream, Step(episodes[i], i, t));
            });
        }

        /// <summary>Reads a file.</summary>
        /// <param name="path">The file.</param>
        /// <param name="maxBytes">The most memory that its steps may take.</param>
        /// <exception cref="DataFileException">A line is not as it should be; it is named, and the member.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public static IReadOnlyList<Episode> Load(string path, long maxBytes = 1L << 30)
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
            return Load(stream, path, maxBytes);
        }

        /// <summary>Reads a stream to its end; see <see cref="Load(string, long)"/>.</summary>
        /// <param name="stream">UTF-8 text; left open.</param>
        /// <param name="name">What errors call it.</param>
        /// <param name="maxBytes">The most memory that its steps may take.</param>
        /// <exception cref="DataFileException">A line is not as it should be; it is named, and the member.</exception>
        public static IReadOnlyList<Episode> Load(Stream stream, string name, long maxBytes = 1L << 30) => new Reader(name, maxBytes).Read(stream);

        private static JsonWriter Step(Episode episode, int index, int t)
        {
            var json = new JsonWriter();
            json.BeginObject().Member("episode", index);
            Write(json.Name("observation"), episode.Observation(t));
            if (episode.Layout.BranchCount > 0)
            {
                json.Name("discrete").BeginArray();
                foreach (int action in episode.Discrete(t)) json.Value(action);
                json.EndArray();
            }
            if (episode.Layout.ContinuousSize > 0) Write(json.Name("continuous"), episode.Continuous(t));
            if (episode.Layout.HasMasks)
            {
                json.Name("mask").BeginArray();
                foreach (bool allowed in episode.Mask(t)) json.Value(allowed ? 1 : 0);
                json.EndArray();
            }
            if (t == episode.Steps - 1) json.Member("end", episode.IsWhole ? Whole : Cut);
            return json.EndObject();
        }

        private static void Write(JsonWriter json, ReadOnlySpan<float> values)
        {
            json.BeginArray();
            foreach (float value in values) json.Value(value);
            json.EndArray();
        }

        private static void WriteLine(Stream stream, JsonWriter json)
        {
            byte[] line = Encoding.UTF8.GetBytes(json + "\n");
            stream.Write(line, 0, line.Length);
        }

        private sealed class Reader
        {
            private readonly string _name;
            private readonly long _maxBytes;
            private readonly List<Episode> _episodes = new List<Episode>();
            private EpisodeLayout? _layout;
            private EpisodeBuilder? _builder;
            private float[] _observation = Array.Empty<float>(), _continuous = Array.Empty<float>();
            private int[] _discrete = Array.Empty<int>();
            private bool[] _mask = Array.Empty<bool>();
            private long _episode, _taken;
            private int _line;

            public Reader(string name, long maxBytes)
            {
                _name = name;
                _maxBytes = maxBytes;
            }

            public IReadOnlyList<Episode> Read(Stream stream)
            {
                var block = new byte[1 << 16];
                var line = new MemoryStream();
                for (int read; (read = stream.Read(block, 0, block.Length)) > 0;)
                {
                    int start = 0;
                    for (int end; (end = Array.IndexOf(block, (byte)'\n', start, read - start)) >= 0; start = end + 1)
                    {
                        Append(line, block, start, end);
                        TakeLine(line);
                    }
                    Append(line, block, start, read);
                }
                if (line.Length > 0) TakeLine(line);
                Close(isWhole: false);
                if (_episodes.Count == 0) throw Bad("", "the recording is empty: there is no step");
                return _episodes;
            }

            private void Append(MemoryStream line, byte[] block, int start, int end)
            {
                if (line.Length + end - start > MaxLineBytes) throw new DataFileException(_name, _line + 1, "", $"the line is longer than {MaxLineBytes} bytes");
                line.Write(block, start, end - start);
            }

            private void TakeLine(MemoryStream line)
            {
                _line++;
                ReadOnlySpan<byte> text = line.GetBuffer().AsSpan(0, (int)line.Length);
                line.SetLength(0);
                if (text.IndexOfAny((byte)'{', (byte)'[', (byte)'"') < 0 && Encoding.UTF8.GetString(text.ToArray()).Trim().Length == 0) return;
                try
                {
                    JsonValue json = JsonValue.Parse(text, Limits);
                    if (_layout == null) TakeHead(json);
                    else TakeStep(json, _layout);
                }
                catch (FormatException e)
                {
                    throw Bad("", e.Message.TrimEnd('.'));
                }
            }

            private void TakeHead(JsonValue json)
            {
                if (json["format"].AsString() != Format) throw Bad("format", $"expected \"{Format}\"");
                if (json["version"].AsInt32() != 1) throw Bad("version", "expected 1");
                _layout = EpisodeLayout.Read(json["layout"]);
                _builder = new EpisodeBuilder(_layout);
                _observation = new float[_layout.ObservationSize];
                _continuous = new float[_layout.ContinuousSize];
                _discrete = new int[_layout.BranchCount];
                _mask = new bool[_layout.HasMasks ? _layout.MaskSize : 0];
            }

            private void TakeStep(JsonValue json, EpisodeLayout layout)
            {
                long episode = json["episode"].AsInt64();
                if (episode != _episode) Close(isWhole: false);
                _episode = episode;
                JsonValue observation = Items(json, "observation", _observation.Length), continuous = Items(json, "continuous", _continuous.Length);
                JsonValue discrete = Items(json, "discrete", _discrete.Length), mask = Items(json, "mask", _mask.Length);
                for (int i = 0; i < _observation.Length; i++) _observation[i] = observation[i].AsSingle();
                for (int i = 0; i < _continuous.Length; i++) _continuous[i] = continuous[i].AsSingle();
                for (int i = 0; i < _discrete.Length; i++) _discrete[i] = discrete[i].AsInt32();
                for (int i = 0; i < _mask.Length; i++)
                {
                    int flag = mask[i].AsInt32();
                    _mask[i] = flag == 0 || flag == 1 ? flag == 1 : throw Bad("mask", $"expected 0 or 1, got {flag}");
                }
                if (layout.FindFault(_observation, _discrete, _continuous, _mask) is var (column, reason)) throw Bad(column, reason);
                _taken += EpisodeBuilder.StepBytes(layout);
                if (_taken > _maxBytes) throw Bad("", $"the steps up to here take more than {_maxBytes} bytes");
                _builder!.Add(_observation, _discrete, _continuous, _mask);
                if (!json.TryGet("end", out JsonValue? end)) return;
                string text = end.AsString();
                if (text != Whole && text != Cut) throw Bad("end", $"expected \"{Whole}\" or \"{Cut}\"");
                Close(text == Whole);
            }

            private JsonValue Items(JsonValue json, string name, int count)
            {
                if (count == 0 && !json.TryGet(name, out _)) return json;
                JsonValue items = json[name];
                return items.Kind == JsonKind.Array && items.Count == count ? items : throw Bad(name, $"expected an array of {count}, got {(items.Kind == JsonKind.Array ? items.Count.ToString(CultureInfo.InvariantCulture) : items.Kind.ToString())}");
            }

            private void Close(bool isWhole)
            {
                if (_builder == null || _builder.Steps == 0) return;
                _episodes.Add(_builder.ToEpisode(isWhole));
                _builder.Clear();
            }

            private DataFileException Bad(string column, string reason) => new DataFileException(_name, _line, column, reason);
        }
    }
}
