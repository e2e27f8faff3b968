using System;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// A condition on a network's states at which a game is to pause. It fires in the step in which it comes to hold, and not again before it has
    /// ceased to. As text:
    /// <code>
    /// h[12] &gt; 0.9          one unit: of h, c, a gate (i f g o, r z n), input, output, target
    /// |c[3]| &gt;= 2          its magnitude
    /// norm(h) &gt; 5          the Euclidean norm; also ‖h‖
    /// max(c) &gt; 10          the largest magnitude
    /// |Δh| &gt; 1             the norm of the change since the step before; also delta(h), delta(h[12])
    /// open(f) &gt; 0.8        the share of a gate's units above 0.9; shut(f): below 0.1
    /// saturated(h) &gt; 0.5   the share of units with a magnitude above 0.95
    /// error &gt; 0.3          the root of the mean squared difference between output and target
    /// nan                  something is not finite; nan(h): in h
    /// </code>
    /// Where several cells have the same state, the first is meant, or the one that is named: <c>l1.h[12]</c>.
    /// </summary>
    public sealed class Breakpoint
    {
        private Breakpoint(string text, BreakpointMeasure measure, string track, int unit, BreakpointComparison comparison, double threshold)
        {
            Text = text;
            Measure = measure;
            Track = track;
            Unit = unit;
            Comparison = comparison;
            Threshold = threshold;
        }

        /// <summary>As it was written.</summary>
        public string Text { get; }

        internal BreakpointMeasure Measure { get; }

        /// <summary>Whose numbers are measured; empty for all.</summary>
        internal string Track { get; }

        /// <summary>Which of them; −1 for all.</summary>
        internal int Unit { get; }

        internal BreakpointComparison Comparison { get; }

        internal double Threshold { get; }

        /// <summary>Reads a condition.</summary>
        /// <exception cref="FormatException">It is none; the message says where and what was expected.</exception>
        public static Breakpoint Parse(string text) => new Reader(text).Read();

        /// <summary>As it was written.</summary>
        public override string ToString() => Text;

        /// <summary>Sees whether it can be broken on in a network.</summary>
        /// <exception cref="ArgumentException">The network does not have what is measured, or it is not recorded.</exception>
        public void Check(RecordingLayout layout) => Bind(layout);

        /// <summary>Finds what is measured in a network.</summary>
        /// <exception cref="ArgumentException">The network does not have it, or it is not recorded.</exception>
        internal BreakpointWatch Bind(RecordingLayout layout)
        {
            if (Measure == BreakpointMeasure.Error)
            {
                RecordedTrack output = Require(layout, "output"), target = Require(layout, "target");
                if (output.Length != target.Length) throw new ArgumentException($"Breakpoint '{Text}': the output has {output.Length} numbers, the target {target.Length}.");
                return new BreakpointWatch(this, output, target);
            }
            if (Track.Length == 0) return new BreakpointWatch(this, null, layout.Find("target"));
            RecordedTrack track = Require(layout, Track);
            if (Unit >= track.Length) throw new ArgumentException($"Breakpoint '{Text}': {track} has {track.Length} units, got the number {Unit}.");
            bool shares = Measure == BreakpointMeasure.Open || Measure == BreakpointMeasure.Shut;
            if (shares && !track.IsGate) throw new ArgumentException($"Breakpoint '{Text}': {track} is no gate; expected one, or saturated({Track}).");
            return new BreakpointWatch(this, track, null);
        }

        private RecordedTrack Require(RecordingLayout layout, string name)
        {
            RecordedTrack? track = layout.Find(name);
            if (track != null) return track;
            var names = new string[layout.Tracks.Count];
            for (int i = 0; i < names.Length; i++) names[i] = layout.Tracks[i].Name;
            throw new ArgumentException($"Breakpoint '{Text}': there is no '{name}' in what is recorded ({string.Join(", ", names)}).");
        }

        private struct Reader
        {
            private readonly string _text;
            private int _at;

            public Reader(string text)
            {
                _text = text ?? throw new ArgumentNullException(nameof(text));
                _at = 0;
            }

            public Breakpoint Read()
            {
                BreakpointMeasure measure = BreakpointMeasure.Value;
                string track;
                int unit = -1;
                if (Take("‖"))
                {
                    measure = BreakpointMeasure.Norm;
                    track = Name();
                    Expect("‖");
                }
                else if (Take("|"))
                {
                    measure = Take("Δ") ? BreakpointMeasure.Change : BreakpointMeasure.Magnitude;
                    (track, unit) = NameAndUnit();
                    if (measure == BreakpointMeasure.Magnitude && unit < 0) throw Wrong("a unit in brackets, as in |h[12]|");
                    Expect("|");
                }
                else
                {
                    (track, unit) = NameAndUnit();
                    if (unit < 0 && Take("("))
                    {
                        measure = Function(track);
                        (track, unit) = NameAndUnit();
                        Expect(")");
                        bool single = measure == BreakpointMeasure.Change || measure == BreakpointMeasure.Magnitude || measure == BreakpointMeasure.NotFinite;
                        if (unit >= 0 && !single) throw Wrong("all units of it, without brackets");
                        if (unit < 0 && measure == BreakpointMeasure.Magnitude) throw Wrong("a unit in brackets, as in abs(h[12])");
                    }
                    else if (unit < 0)
                    {
                        measure = track == "nan" ? BreakpointMeasure.NotFinite : track == "error" ? BreakpointMeasure.Error
                            : throw Wrong($"'[' and a unit after '{track}', as in {track}[12], or a function as in norm({track})");
                        track = "";
                    }
                }

                BreakpointComparison comparison = BreakpointComparison.Greater;
                double threshold = 0;
                if (measure != BreakpointMeasure.NotFinite)
                {
                    comparison = Comparison();
                    threshold = Number();
                }
                Blanks();
                if (_at < _text.Length) throw Wrong("the end");
                return new Breakpoint(_text, measure, track, unit, comparison, threshold);
            }

            private BreakpointMeasure Function(string name)
            {
                switch (name)
                {
                    case "norm": return BreakpointMeasure.Norm;
                    case "max": return BreakpointMeasure.Largest;
                    case "abs": return BreakpointMeasure.Magnitude;
                    case "delta": return BreakpointMeasure.Change;
                    case "open": return BreakpointMeasure.Open;
                    case "shut": return BreakpointMeasure.Shut;
                    case "saturated": return BreakpointMeasure.Saturated;
                    case "nan": return BreakpointMeasure.NotFinite;
                    default: throw new FormatException($"Breakpoint '{_text}': expected norm, max, abs, delta, open, shut, saturated or nan before '(', got '{name}'.");
                }
            }

            private (string Track, int Unit) NameAndUnit()
            {
                string name = Name();
                if (!Take("[")) return (name, -1);
                Blanks();
                int start = _at;
                while (_at < _text.Length && char.IsDigit(_text[_at])) _at++;
                if (!int.TryParse(_text.Substring(start, _at - start), NumberStyles.None, CultureInfo.InvariantCulture, out int unit))
                {
                    _at = start;
                    throw Wrong("the number of a unit");
                }
                Expect("]");
                return (name, unit);
            }

            private string Name()
            {
                Blanks();
                int start = _at;
                while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '.' || _text[_at] == '_')) _at++;
                if (_at == start) throw Wrong("a name such as h, c, f, output or norm(h)");
                return _text.Substring(start, _at - start);
            }

            private BreakpointComparison Comparison()
            {
                if (Take(">=") || Take("≥")) return BreakpointComparison.GreaterOrEqual;
                if (Take("<=") || Take("≤")) return BreakpointComparison.LessOrEqual;
                if (Take(">")) return BreakpointComparison.Greater;
                if (Take("<")) return BreakpointComparison.Less;
                throw Wrong(">, >=, < or <=");
            }

            // In single precision, as what it is compared with: a unit at 0.95 is at least 0.95.
            private double Number()
            {
                Blanks();
                int start = _at;
                while (_at < _text.Length && !char.IsWhiteSpace(_text[_at])) _at++;
                string number = _text.Substring(start, _at - start).Replace('−', '-');
                if (float.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out float value) && float.IsFinite(value)) return value;
                _at = start;
                throw Wrong("a number such as 0.9");
            }

            private void Blanks()
            {
                while (_at < _text.Length && char.IsWhiteSpace(_text[_at])) _at++;
            }

            private bool Take(string token)
            {
                Blanks();
                if (string.CompareOrdinal(_text, _at, token, 0, token.Length) != 0) return false;
                _at += token.Length;
                return true;
            }

            private void Expect(string token)
            {
                if (!Take(token)) throw Wrong($"'{token}'");
            }

            private FormatException Wrong(string expected)
            {
                string got = _at < _text.Length ? $"'{_text.Substring(_at)}' at position {_at + 1}" : "the end";
                return new FormatException($"Breakpoint '{_text}': expected {expected}, got {got}.");
            }
        }
    }
}
