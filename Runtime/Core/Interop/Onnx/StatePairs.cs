using System;
using System.Collections.Generic;

namespace Recurrent.Onnx
{
    /// <summary>
    /// Finds which outputs of a model are its next inputs. Two values can be a pair when type and shape agree. They are one when their names say the
    /// same apart from words of place and time (<c>state/stateN</c>, <c>h0/hn</c>, <c>recurrent_in/recurrent_out</c>, <c>prev_h/next_h</c>) and one of
    /// them speaks of a state; or when an input that speaks of a state is left with exactly one output of its type and shape, or as many in order.
    /// </summary>
    public static class StatePairs
    {
        private static readonly HashSet<string> StateWords = new HashSet<string>
        {
            "h", "c", "hx", "cx", "hidden", "cell", "state", "cache", "memory", "mem", "recurrent", "carry", "lstm", "gru", "rnn", "kv",
        };

        private static readonly HashSet<string> PlaceWords = new HashSet<string> { "in", "input", "out", "output" };

        private static readonly HashSet<string> TimeWords = new HashSet<string>
        {
            "prev", "previous", "past", "old", "last", "init", "initial", "new", "next", "updated", "final", "present", "cur", "current",
        };

        /// <summary>Under which key the exporter keeps the pairs in a model's metadata: a JSON object, the input's name to the output's.</summary>
        internal const string MetadataKey = "state_pairs";

        /// <summary>
        /// The pairs of a model's inputs and outputs, in the order of the inputs: those that its metadata names, or else those found.
        /// Constants that the file lists as inputs are left out.
        /// </summary>
        public static IReadOnlyList<StatePair> Find(OnnxModel model)
        {
            model.Metadata.TryGetValue(MetadataKey, out string? text);
            return Find(model.Graph.RequiredInputs(), model.Graph.Outputs, text);
        }

        /// <summary>The pairs that a model's metadata names, if they are its inputs and outputs, or else those found.</summary>
        /// <param name="inputs">The model's inputs.</param>
        /// <param name="outputs">The model's outputs.</param>
        /// <param name="metadata">What stands in the metadata under <c>state_pairs</c>: a JSON object, the input's name to the output's; or null.</param>
        public static IReadOnlyList<StatePair> Find(IReadOnlyList<OnnxValueInfo> inputs, IReadOnlyList<OnnxValueInfo> outputs, string? metadata)
        {
            if (metadata == null) return Find(inputs, outputs);
            try
            {
                JsonValue named = JsonValue.Parse(metadata);
                var pairs = new List<StatePair>();
                foreach (OnnxValueInfo input in inputs)
                {
                    if (!named.TryGet(input.Name, out JsonValue? output)) continue;
                    string name = output.AsString();
                    foreach (OnnxValueInfo each in outputs)
                        if (each.Name == name && Compatible(input, each)) pairs.Add(new StatePair(input.Name, name, "metadata"));
                }
                return pairs.Count == named.Names.Count ? pairs : Find(inputs, outputs);
            }
            catch (FormatException)
            {
                return Find(inputs, outputs);
            }
        }

        /// <summary>The pairs among inputs and outputs, in the order of the inputs.</summary>
        public static IReadOnlyList<StatePair> Find(IReadOnlyList<OnnxValueInfo> inputs, IReadOnlyList<OnnxValueInfo> outputs)
        {
            var outputOf = new int[inputs.Count];
            var reasonOf = new string[inputs.Count];
            Array.Fill(outputOf, -1);
            var taken = new bool[outputs.Count];
            var inputNames = new Name[inputs.Count];
            for (int i = 0; i < inputs.Count; i++)
                inputNames[i] = new Name(inputs[i].Name, isInput: true);
            var outputNames = new Name[outputs.Count];
            for (int o = 0; o < outputs.Count; o++)
                outputNames[o] = new Name(outputs[o].Name, isInput: false);

            // The plain stem first: with h_0, h_1 → h_0_out, h_1_out the digit is a layer, with h_0 → h_n it is the time.
            foreach (bool shortened in new[] { false, true })
                for (int i = 0; i < inputs.Count; i++)
                    for (int o = 0; o < outputs.Count && outputOf[i] < 0; o++)
                        if (!taken[o] && Compatible(inputs[i], outputs[o]) && inputNames[i].Matches(outputNames[o], shortened))
                        {
                            outputOf[i] = o;
                            reasonOf[i] = "name";
                            taken[o] = true;
                        }

            for (int i = 0; i < inputs.Count; i++)
            {
                if (outputOf[i] >= 0 || !inputNames[i].SpeaksOfState || !HasFixedAxis(inputs[i]))
                    continue;
                List<int> rivals = Rivals(inputs, outputOf, inputNames, inputs[i]);
                var candidates = new List<int>();
                for (int o = 0; o < outputs.Count; o++)
                    if (!taken[o] && outputs[o].Shape != null && Compatible(inputs[i], outputs[o]))
                        candidates.Add(o);
                if (candidates.Count != rivals.Count)
                    continue;
                for (int k = 0; k < rivals.Count; k++)
                {
                    outputOf[rivals[k]] = candidates[k];
                    reasonOf[rivals[k]] = "shape";
                    taken[candidates[k]] = true;
                }
            }

            var pairs = new List<StatePair>();
            for (int i = 0; i < inputs.Count; i++)
                if (outputOf[i] >= 0)
                    pairs.Add(new StatePair(inputs[i].Name, outputs[outputOf[i]].Name, reasonOf[i]));
            return pairs;
        }

        /// <summary>Whether a value of the output's type and shape can stand at the input.</summary>
        internal static bool Compatible(OnnxValueInfo input, OnnxValueInfo output)
        {
            if (input.ElementType != output.ElementType || input.ElementType == OnnxDataType.Undefined)
                return false;
            if (input.Shape == null || output.Shape == null)
                return true;
            if (input.Shape.Count != output.Shape.Count)
                return false;
            for (int axis = 0; axis < input.Shape.Count; axis++)
                if (input.Shape[axis].IsFixed && output.Shape[axis].IsFixed && input.Shape[axis].Value != output.Shape[axis].Value)
                    return false;
            return true;
        }

        /// <summary>The open inputs that speak of a state and would take the same outputs as the given one, itself included.</summary>
        private static List<int> Rivals(IReadOnlyList<OnnxValueInfo> inputs, int[] outputOf, Name[] names, OnnxValueInfo input)
        {
            var rivals = new List<int>();
            for (int i = 0; i < inputs.Count; i++)
                if (outputOf[i] < 0 && names[i].SpeaksOfState && Compatible(inputs[i], input))
                    rivals.Add(i);
            return rivals;
        }

        private static bool HasFixedAxis(OnnxValueInfo value) => value.Shape != null && value.Shape.Exists(axis => axis.IsFixed && axis.Value > 1);

        /// <summary>A value's name taken apart into words.</summary>
        private readonly struct Name
        {
            private readonly string _stem;
            private readonly string _shortStem;
            private readonly bool _speaksOfTime;
            private readonly bool _marked;

            public Name(string name, bool isInput)
            {
                var stem = new List<string>();
                SpeaksOfState = _speaksOfTime = _marked = false;
                foreach (string word in Split(name))
                {
                    if (PlaceWords.Contains(word))
                        continue;
                    if (TimeWords.Contains(word))
                    {
                        _speaksOfTime = true;
                        continue;
                    }
                    SpeaksOfState |= StateWords.Contains(word);
                    stem.Add(word);
                }
                _stem = string.Join(" ", stem);

                string mark = isInput ? "0" : "n";
                if (stem.Count > 1 && stem[stem.Count - 1] == mark)
                {
                    stem.RemoveAt(stem.Count - 1);
                    _marked = true;
                }
                else if (!isInput && stem.Count > 0 && stem[stem.Count - 1].Length > 1 && stem[stem.Count - 1].EndsWith("n", StringComparison.Ordinal)
                    && StateWords.Contains(stem[stem.Count - 1].Substring(0, stem[stem.Count - 1].Length - 1)))
                {
                    stem[stem.Count - 1] = stem[stem.Count - 1].Substring(0, stem[stem.Count - 1].Length - 1);
                    _marked = SpeaksOfState = true;
                }
                _shortStem = string.Join(" ", stem);
            }

            public bool SpeaksOfState { get; }

            public bool Matches(Name output, bool shortened)
            {
                string own = shortened ? _shortStem : _stem, other = shortened ? output._shortStem : output._stem;
                return own.Length > 0 && own == other
                    && (SpeaksOfState || _speaksOfTime || output.SpeaksOfState || output._speaksOfTime || (_marked && output._marked));
            }

            /// <summary>Lower-case words: cut at what is no letter or digit, between letters and digits, and before a capital; a plural s dropped.</summary>
            private static List<string> Split(string name)
            {
                // TensorFlow names its outputs "name:0".
                int colon = name.IndexOf(':');
                if (colon > 0)
                    name = name.Substring(0, colon);
                var words = new List<string>();
                int start = 0;
                for (int i = 0; i <= name.Length; i++)
                {
                    bool cut = i == name.Length || !char.IsLetterOrDigit(name[i])
                        || (i > start && (char.IsDigit(name[i]) != char.IsDigit(name[i - 1]) || (char.IsUpper(name[i]) && char.IsLower(name[i - 1]))));
                    if (!cut)
                        continue;
                    if (i > start)
                        words.Add(Singular(name.Substring(start, i - start).ToLowerInvariant()));
                    start = i < name.Length && char.IsLetterOrDigit(name[i]) ? i : i + 1;
                }
                return words;
            }

            private static string Singular(string word) =>
                word.Length > 3 && word.EndsWith("s", StringComparison.Ordinal) ? word.Substring(0, word.Length - 1) : word;
        }
    }
}
