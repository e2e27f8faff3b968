using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace Recurrent
{
    /// <summary>
    /// Episodes as comma-separated values, one row a step, with the observation and the action taken on it. The header says what the columns are, so that the same episodes come
    /// back, bit for bit: <c>episode</c>, <c>step</c>, <c>end</c> (whole or cut, in an episode's last row), <c>discrete NAME/SIZE</c>, <c>continuous NAME</c>,
    /// <c>allowed NAME/ACTION</c>, <c>observation NAME</c>. Tables of other programs are read too; see <see cref="EpisodeColumns"/>.
    /// </summary>
    public static class EpisodeCsv
    {
        private const string EpisodeName = "episode", StepName = "step", EndName = "end", Discrete = "discrete ", Continuous = "continuous ", Allowed = "allowed ", Observation = "observation ";
        private const string Whole = "whole", Cut = "cut";

        /// <summary>Reads a file.</summary>
        /// <param name="path">The file.</param>
        /// <param name="columns">Which columns hold what, where another program wrote it; the defaults if null. What <see cref="Save"/> wrote needs none.</param>
        /// <exception cref="DataFileException">The file is no such table, or a value is bad; line and column are named.</exception>
        /// <exception cref="ArgumentException">A column that was named is not there.</exception>
        /// <exception cref="IOException">The file cannot be read.</exception>
        public static IReadOnlyList<Episode> Load(string path, EpisodeColumns? columns = null) => Read(CsvTable.Load(path), columns);

        /// <summary>Reads a table; see <see cref="Load"/>.</summary>
        /// <param name="table">The table.</param>
        /// <param name="columns">Which columns hold what, where another program wrote it; the defaults if null.</param>
        /// <exception cref="DataFileException">It is no such table, or a value is bad; line and column are named.</exception>
        /// <exception cref="ArgumentException">A column that was named is not there.</exception>
        public static IReadOnlyList<Episode> Read(CsvTable table, EpisodeColumns? columns = null)
        {
            if (table.RowCount == 0) throw new DataFileException(table.Name, 0, "", "the recording is empty: there is no row below the header");
            return IsOwn(table) ? new Table(table).Read() : new Table(table, columns ?? new EpisodeColumns()).Read();
        }

        /// <summary>Whether <see cref="Save"/> wrote a table, which then says itself what its columns are.</summary>
        public static bool IsOwn(CsvTable table) => table.Columns.Any(name => name.StartsWith(Observation, StringComparison.Ordinal));

        /// <summary>Writes a file, whole or not at all.</summary>
        /// <exception cref="ArgumentException">There is no episode, or their layouts differ.</exception>
        /// <exception cref="IOException">The file cannot be written; what was there before stays.</exception>
        public static void Save(string path, IReadOnlyList<Episode> episodes)
        {
            EpisodeLayout layout = EpisodeFile.LayoutOf(nameof(EpisodeCsv), episodes);
            AtomicFile.Write(path, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(false), 1 << 16, leaveOpen: true) { NewLine = "\n" };
                writer.WriteLine(string.Join(",", Header(layout).Select(Quoted)));
                for (int i = 0; i < episodes.Count; i++) Write(writer, episodes[i], i);
            });
        }

        private static IEnumerable<string> Header(EpisodeLayout layout)
        {
            var names = new List<string> { EpisodeName, StepName, EndName };
            for (int i = 0; i < layout.BranchCount; i++) names.Add(FormattableString.Invariant($"{Discrete}{layout.BranchNames[i]}/{layout.BranchSizes[i]}"));
            names.AddRange(layout.ContinuousNames.Select(name => Continuous + name));
            for (int i = 0; layout.HasMasks && i < layout.BranchCount; i++)
                for (int action = 0; action < layout.BranchSizes[i]; action++) names.Add(FormattableString.Invariant($"{Allowed}{layout.BranchNames[i]}/{action}"));
            names.AddRange(layout.ObservationNames.Select(name => Observation + name));
            return names;
        }

        private static string Quoted(string name) => name.IndexOfAny(new[] { ',', '"', '\n', '\r', ';', '\t' }) < 0 ? name : "\"" + name.Replace("\"", "\"\"") + "\"";

        private static void Write(TextWriter writer, Episode episode, int index)
        {
            for (int t = 0; t < episode.Steps; t++)
            {
                writer.Write(FormattableString.Invariant($"{index},{t},{(t < episode.Steps - 1 ? "" : episode.IsWhole ? Whole : Cut)}"));
                foreach (int action in episode.Discrete(t)) writer.Write("," + action.ToString(CultureInfo.InvariantCulture));
                foreach (float action in episode.Continuous(t)) writer.Write("," + Text(action));
                foreach (bool allowed in episode.Mask(t)) writer.Write(allowed ? ",1" : ",0");
                foreach (float value in episode.Observation(t)) writer.Write("," + Text(value));
                writer.WriteLine();
            }
        }

        // Nine digits bring every float back exactly; some runtimes print zero without its sign.
        private static string Text(float value) => value == 0 && BitConverter.SingleToInt32Bits(value) < 0 ? "-0" : value.ToString("G9", CultureInfo.InvariantCulture);

        /// <summary>A table with its columns sorted out.</summary>
        private sealed class Table
        {
            private readonly CsvTable _table;
            private readonly EpisodeLayout _layout;
            private readonly int _episode, _end;
            private readonly bool _own, _actionsComeBefore;
            private readonly float[] _episodes;
            private readonly float[][] _observations, _continuous, _discrete, _masks;
            private readonly int[] _columns; // of all of these, in this order

            /// <summary>A table that <see cref="Save"/> wrote.</summary>
            public Table(CsvTable table)
            {
                _table = table;
                _own = true;
                _episode = table.IndexOf(EpisodeName);
                _end = table.IndexOf(EndName);
                int[] discrete = Beginning(Discrete), continuous = Beginning(Continuous), masks = Beginning(Allowed), observed = Beginning(Observation);
                var names = new string[discrete.Length];
                var sizes = new int[discrete.Length];
                for (int i = 0; i < discrete.Length; i++)
                {
                    string column = table.Columns[discrete[i]];
                    int slash = column.LastIndexOf('/');
                    if (slash <= Discrete.Length || !int.TryParse(column.Substring(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out sizes[i]))
                        throw new DataFileException(table.Name, 1, column, "expected the number of actions behind the name, as in \"discrete move/4\"");
                    names[i] = column.Substring(Discrete.Length, slash - Discrete.Length);
                }
                _layout = Layout(Names(observed, Observation), names, sizes, Names(continuous, Continuous), masks.Length > 0);
                string[] expected = Header(_layout).Where(name => name.StartsWith(Allowed, StringComparison.Ordinal)).ToArray();
                if (!Array.ConvertAll(masks, column => table.Columns[column]).SequenceEqual(expected))
                    throw new DataFileException(table.Name, 1, table.Columns[masks[0]], $"expected the columns {expected[0]} to {expected[expected.Length - 1]}, all and in order");
                (_observations, _discrete, _continuous, _masks) = (Columns(observed), Columns(discrete), Columns(continuous), Columns(masks));
                _columns = observed.Concat(discrete).Concat(continuous).Concat(masks).ToArray();
                _episodes = table.Column(_episode);
            }

            /// <summary>A table of another program.</summary>
            public Table(CsvTable table, EpisodeColumns columns)
            {
                _table = table;
                _actionsComeBefore = columns.ActionsComeBefore;
                _episode = table.IndexOf(columns.Episode);
                _end = table.Columns.Contains(columns.End) ? table.IndexOf(columns.End) : -1;
                foreach (string name in (columns.Discrete ?? Array.Empty<string>()).Concat(columns.Continuous ?? Array.Empty<string>())) table.IndexOf(name);
                int[] discrete = Where(columns.IsDiscrete), continuous = Where(columns.IsContinuous);
                int[] observed = Where(name => !columns.IsIgnored(name) && !columns.IsDiscrete(name) && !columns.IsContinuous(name));
                if (discrete.Length + continuous.Length == 0) throw new DataFileException(table.Name, 1, "", "there is no column of actions; they are called a0, a1, … or c0, c1, … unless told otherwise");
                (_observations, _discrete, _continuous, _masks) = (Columns(observed), Columns(discrete), Columns(continuous), Array.Empty<float[]>());
                _columns = observed.Concat(discrete).Concat(continuous).ToArray();
                if (columns.BranchSizes != null && columns.BranchSizes.Length != discrete.Length)
                    throw new ArgumentException($"EpisodeCsv: expected a size for each of {discrete.Length} columns of discrete actions, got {columns.BranchSizes.Length}.", nameof(columns));
                // What is out of range is refused with its line later on.
                int[] sizes = columns.BranchSizes ?? Array.ConvertAll(_discrete, actions => (int)Math.Min(Math.Max(actions.Max(), 0), EpisodeLayout.MaxSize / 2) + 1);
                _layout = Layout(Names(observed, ""), Names(discrete, ""), sizes, Names(continuous, ""), hasMasks: false);
                _episodes = table.Column(_episode);
            }

            public IReadOnlyList<Episode> Read()
            {
                var episodes = new List<Episode>();
                var builder = new EpisodeBuilder(_layout);
                float[] observation = new float[_observations.Length], continuous = new float[_continuous.Length];
                var discrete = new int[_discrete.Length];
                var mask = new bool[_masks.Length];
                for (int row = 0; row < _table.RowCount; row++)
                {
                    for (int i = 0; i < observation.Length; i++) observation[i] = _observations[i][row];
                    for (int i = 0; i < continuous.Length; i++) continuous[i] = _continuous[i][row];
                    for (int i = 0; i < discrete.Length; i++) discrete[i] = Action(i, row);
                    for (int i = 0; i < mask.Length; i++) mask[i] = Flag(i, row);
                    // A row's mask belongs to the action that its observation leads to, which then stands in the row after.
                    if (_layout.FindFault(observation, discrete, continuous, mask) is var (column, reason))
                        throw new DataFileException(_table.Name, _table.LineOf(row), ColumnOf(column), reason);
                    builder.Add(observation, discrete, continuous, mask);
                    bool last = (_own && IsEnd(row)) || row + 1 == _table.RowCount || _episodes[row + 1] != _episodes[row];
                    if (!last) continue;
                    bool whole = _own ? _table.Text(row, _end).Trim() == Whole : _end < 0 || _table.Text(row, _end).Trim() != "0";
                    // Of a single row with the action before, nothing is known of what followed.
                    if (!_actionsComeBefore) episodes.Add(builder.ToEpisode(whole));
                    else if (builder.Steps > 1) episodes.Add(builder.ToEpisodeOfPreviousActions(whole));
                    builder.Clear();
                }
                if (episodes.Count == 0) throw new DataFileException(_table.Name, 0, "", "the recording is empty: no episode has two rows");
                return episodes;
            }

            private bool IsEnd(int row)
            {
                string text = _table.Text(row, _end).Trim();
                if (text.Length > 0 && text != Whole && text != Cut) throw new DataFileException(_table.Name, _table.LineOf(row), EndName, $"expected {Whole}, {Cut} or nothing, got \"{text}\"");
                return text.Length > 0;
            }

            private int Action(int branch, int row)
            {
                float action = _discrete[branch][row];
                if (action == (int)action) return (int)action;
                throw new DataFileException(_table.Name, _table.LineOf(row), _table.Columns[_columns[_observations.Length + branch]],
                    FormattableString.Invariant($"expected an action 0 to {_layout.BranchSizes[branch] - 1}, got {action}"));
            }

            private bool Flag(int index, int row)
            {
                float value = _masks[index][row];
                if (value == 0 || value == 1) return value == 1;
                throw new DataFileException(_table.Name, _table.LineOf(row), _table.Columns[_columns[_columns.Length - _masks.Length + index]], FormattableString.Invariant($"expected 0 or 1, got {value}"));
            }

            // The fault names a column of the layout; the table has it with what it is in front.
            private string ColumnOf(string name) => _table.Columns.FirstOrDefault(column => column == name || column.EndsWith(" " + name, StringComparison.Ordinal) || column.Contains(" " + name + "/")) ?? name;

            private EpisodeLayout Layout(string[] observed, string[] discrete, int[] sizes, string[] continuous, bool hasMasks)
            {
                try
                {
                    return new EpisodeLayout(observed, discrete, sizes, continuous, hasMasks);
                }
                catch (ArgumentException e)
                {
                    throw new DataFileException(_table.Name, 1, "", e.Message.TrimEnd('.'));
                }
            }

            private int[] Beginning(string kind) => Where(name => name.StartsWith(kind, StringComparison.Ordinal));

            private int[] Where(Func<string, bool> predicate) => Enumerable.Range(0, _table.Columns.Count).Where(index => predicate(_table.Columns[index])).ToArray();

            private string[] Names(int[] columns, string kind) => Array.ConvertAll(columns, column => _table.Columns[column].Substring(kind.Length));

            private float[][] Columns(int[] columns) => Array.ConvertAll(columns, column => _table.Column(column));
        }
    }
}
