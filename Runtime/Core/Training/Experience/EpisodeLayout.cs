using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace Recurrent
{
    /// <summary>
    /// What one step of an <see cref="Episode"/> consists of: O observed numbers, the choices of B discrete branches (branch i has n_i actions, such as
    /// "walk, stop, run"), C continuous actions, and, where they are recorded, masks that say which of the M = Σ n_i discrete actions were allowed. Never changes.
    /// </summary>
    public sealed class EpisodeLayout
    {
        /// <summary>The most observations, discrete actions or continuous actions of a step.</summary>
        public const int MaxSize = 1 << 20;

        private readonly string[] _observationNames, _branchNames, _continuousNames;
        private readonly int[] _branchSizes, _branchOffsets;

        /// <summary>A layout with the names o0, o1, … for observations, a0, … for branches and c0, … for continuous actions.</summary>
        /// <param name="observationSize">O, at least 1.</param>
        /// <param name="branchSizes">The actions of each discrete branch, each at least 1; none if null.</param>
        /// <param name="continuousSize">C.</param>
        /// <param name="hasMasks">Whether every step says which discrete actions were allowed.</param>
        /// <exception cref="ArgumentException">A size is out of range, there is no action at all, or masks have nothing to mask.</exception>
        public EpisodeLayout(int observationSize, int[]? branchSizes = null, int continuousSize = 0, bool hasMasks = false)
            : this(Number("o", observationSize), Number("a", branchSizes?.Length ?? 0), branchSizes ?? Array.Empty<int>(), Number("c", continuousSize), hasMasks)
        {
        }

        /// <summary>A layout with names.</summary>
        /// <param name="observations">What is observed, at least one.</param>
        /// <param name="branches">What the discrete branches are called.</param>
        /// <param name="branchSizes">The actions of each branch, each at least 1.</param>
        /// <param name="continuous">What the continuous actions are called.</param>
        /// <param name="hasMasks">Whether every step says which discrete actions were allowed.</param>
        /// <exception cref="ArgumentException">A size is out of range, a name is empty or stands twice, there is no action at all, or masks have nothing to mask.</exception>
        public EpisodeLayout(IReadOnlyList<string> observations, IReadOnlyList<string> branches, IReadOnlyList<int> branchSizes, IReadOnlyList<string> continuous, bool hasMasks = false)
        {
            if (branches.Count != branchSizes.Count) throw new ArgumentException($"EpisodeLayout: expected a size for each of {branches.Count} branches, got {branchSizes.Count}.", nameof(branchSizes));
            if (branches.Count + continuous.Count == 0) throw new ArgumentException("EpisodeLayout: expected at least one action, discrete or continuous, got none.", nameof(branches));
            if (hasMasks && branches.Count == 0) throw new ArgumentException("EpisodeLayout: masks are of discrete actions, and there are none.", nameof(hasMasks));
            _observationNames = Names(observations, "observation", least: 1);
            _branchNames = Names(branches, "branch", least: 0);
            _continuousNames = Names(continuous, "continuous action", least: 0);
            _branchSizes = branchSizes.ToArray();
            _branchOffsets = new int[_branchSizes.Length];
            for (int i = 0; i < _branchSizes.Length; i++)
            {
                _branchOffsets[i] = MaskSize;
                if (_branchSizes[i] < 1 || _branchSizes[i] > MaxSize - MaskSize)
                    throw new ArgumentOutOfRangeException(nameof(branchSizes), $"EpisodeLayout: branch '{_branchNames[i]}' has {_branchSizes[i]} actions, expected at least 1 and {MaxSize} in all branches at most.");
                MaskSize += _branchSizes[i];
            }
            HasMasks = hasMasks;
        }

        /// <summary>O: the numbers that are observed in a step.</summary>
        public int ObservationSize => _observationNames.Length;

        /// <summary>B: the discrete branches, from each of which one action is chosen in a step.</summary>
        public int BranchCount => _branchSizes.Length;

        /// <summary>C: the continuous actions of a step.</summary>
        public int ContinuousSize => _continuousNames.Length;

        /// <summary>M: the discrete actions of all branches together, which is the length of a mask.</summary>
        public int MaskSize { get; }

        /// <summary>Whether every step says which discrete actions were allowed.</summary>
        public bool HasMasks { get; }

        /// <summary>What is observed, in order.</summary>
        public IReadOnlyList<string> ObservationNames => _observationNames;

        /// <summary>What the discrete branches are called, in order.</summary>
        public IReadOnlyList<string> BranchNames => _branchNames;

        /// <summary>What the continuous actions are called, in order.</summary>
        public IReadOnlyList<string> ContinuousNames => _continuousNames;

        /// <summary>n_i: how many actions each branch has.</summary>
        public ReadOnlySpan<int> BranchSizes => _branchSizes;

        /// <summary>Where the actions of each branch begin among all M.</summary>
        public ReadOnlySpan<int> BranchOffsets => _branchOffsets;

        /// <summary>Whether another layout has the same names, sizes and masks.</summary>
        public bool Matches(EpisodeLayout other) => other == this || (HasMasks == other.HasMasks && _branchSizes.SequenceEqual(other._branchSizes)
            && _observationNames.SequenceEqual(other._observationNames) && _branchNames.SequenceEqual(other._branchNames) && _continuousNames.SequenceEqual(other._continuousNames));

        /// <summary>The layout as text for the metadata of a model or the head of a file: a JSON object.</summary>
        public string ToMetadata()
        {
            var json = new JsonWriter();
            Write(json);
            return json.ToString();
        }

        /// <summary>Reads what <see cref="ToMetadata"/> gave.</summary>
        /// <exception cref="FormatException">The text is no layout; the message says where.</exception>
        public static EpisodeLayout FromMetadata(string text) => Read(JsonValue.Parse(text));

        /// <summary>The sizes in one line.</summary>
        public override string ToString() =>
            $"{ObservationSize} observations, {(BranchCount == 0 ? "" : $"branches of {string.Join(", ", _branchSizes)} actions")}{(BranchCount > 0 && ContinuousSize > 0 ? ", " : "")}{(ContinuousSize == 0 ? "" : $"{ContinuousSize} continuous actions")}{(HasMasks ? ", masks" : "")}";

        internal void Write(JsonWriter json)
        {
            json.BeginObject();
            Write(json.Name("observations"), _observationNames);
            json.Name("branches").BeginArray();
            for (int i = 0; i < _branchSizes.Length; i++) json.BeginObject().Member("name", _branchNames[i]).Member("size", _branchSizes[i]).EndObject();
            json.EndArray();
            Write(json.Name("continuous"), _continuousNames);
            json.Member("masks", HasMasks).EndObject();
        }

        internal static EpisodeLayout Read(JsonValue json)
        {
            IReadOnlyList<JsonValue> branches = json["branches"].Items;
            try
            {
                return new EpisodeLayout(Texts(json["observations"]), branches.Select(branch => branch["name"].AsString()).ToArray(), branches.Select(branch => branch["size"].AsInt32()).ToArray(),
                    Texts(json["continuous"]), json["masks"].AsBoolean());
            }
            catch (ArgumentException e)
            {
                throw new FormatException(e.Message, e);
            }
        }

        /// <summary>What is wrong with a step: the column it is in and why; null if it may be recorded. Allocates nothing if so.</summary>
        /// <param name="observation">(O).</param>
        /// <param name="discrete">(B).</param>
        /// <param name="continuous">(C).</param>
        /// <param name="mask">(M), or empty for all allowed.</param>
        internal (string Column, string Reason)? FindFault(ReadOnlySpan<float> observation, ReadOnlySpan<int> discrete, ReadOnlySpan<float> continuous, ReadOnlySpan<bool> mask)
        {
            if (observation.Length != ObservationSize) return ("", $"{observation.Length} observations, expected {ObservationSize}");
            if (discrete.Length != BranchCount) return ("", $"{discrete.Length} discrete actions, expected {BranchCount}");
            if (continuous.Length != ContinuousSize) return ("", $"{continuous.Length} continuous actions, expected {ContinuousSize}");
            if (mask.Length != 0 && mask.Length != MaskSize) return ("", $"a mask of {mask.Length}, expected {MaskSize}");
            for (int i = 0; i < observation.Length; i++)
                if (!float.IsFinite(observation[i])) return (_observationNames[i], NotFinite(observation[i]));
            for (int i = 0; i < continuous.Length; i++)
                if (!float.IsFinite(continuous[i])) return (_continuousNames[i], NotFinite(continuous[i]));
            for (int i = 0; i < discrete.Length; i++)
            {
                if ((uint)discrete[i] >= (uint)_branchSizes[i]) return (_branchNames[i], $"expected an action 0 to {_branchSizes[i] - 1}, got {discrete[i].ToString(CultureInfo.InvariantCulture)}");
                if (mask.IsEmpty) continue;
                ReadOnlySpan<bool> allowed = mask.Slice(_branchOffsets[i], _branchSizes[i]);
                if (allowed.IndexOf(true) < 0) return (_branchNames[i], $"the mask forbids all {_branchSizes[i]} actions");
                if (!allowed[discrete[i]]) return (_branchNames[i], $"the mask forbids action {discrete[i]}, which was taken");
            }
            return null;
        }

        private static string NotFinite(float value) => FormattableString.Invariant($"expected a finite number, got {value}");

        private static void Write(JsonWriter json, string[] names)
        {
            json.BeginArray();
            foreach (string name in names) json.Value(name);
            json.EndArray();
        }

        private static string[] Texts(JsonValue json) => json.Kind == JsonKind.Array ? json.Items.Select(item => item.AsString()).ToArray() : throw new JsonFormatException(json.Offset, "expected an array of names.");

        private static string[] Names(IReadOnlyList<string> names, string what, int least)
        {
            if (names.Count < least || names.Count > MaxSize) throw new ArgumentOutOfRangeException(nameof(names), $"EpisodeLayout: got {names.Count} names of {what}s, expected {least} to {MaxSize}.");
            var known = new HashSet<string>(StringComparer.Ordinal);
            foreach (string name in names)
            {
                if (string.IsNullOrEmpty(name)) throw new ArgumentException($"EpisodeLayout: the name of a{(what[0] == 'o' ? "n" : "")} {what} is empty.", nameof(names));
                if (!known.Add(name)) throw new ArgumentException($"EpisodeLayout: two of the {what}s are called '{name}'.", nameof(names));
            }
            return names.ToArray();
        }

        private static string[] Number(string letter, int count)
        {
            if (count < 0 || count > MaxSize) throw new ArgumentOutOfRangeException(nameof(count), $"EpisodeLayout: expected sizes of 0 to {MaxSize}, got {count}.");
            var names = new string[count];
            for (int i = 0; i < count; i++) names[i] = letter + i.ToString(CultureInfo.InvariantCulture);
            return names;
        }
    }
}
