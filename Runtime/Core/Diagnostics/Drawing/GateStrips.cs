using System;
using System.Collections.Generic;
using System.Globalization;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// The gates of a layer over time, one strip each: units × time as colours, under it how many units are saturated at each step, and at the
    /// right the shares over all steps. A gate that cannot be seen stands greyed, with the reason.
    /// </summary>
    public sealed class GateStrips : Panel
    {
        private const int StripGap = 8, LaneHeight = 12, LaneGap = 2, ShareGap = 12;    // in design units

        private readonly List<Strip> _strips = new List<Strip>();

        private sealed class Strip
        {
            internal string Name = "", Reason = "";
            internal float[] Values = Array.Empty<float>();
            internal int Units;
            internal bool IsCandidate;
        }

        /// <summary>The axis of time.</summary>
        public Axis X { get; }

        /// <summary>How many steps there are.</summary>
        public int Steps { get; }

        /// <summary>Above this a gate counts as open; of a candidate, above this or below its negative counts as saturated.</summary>
        public float OpenAbove { get; set; } = 0.9f;

        /// <summary>Below this a gate counts as shut.</summary>
        public float ShutBelow { get; set; } = 0.1f;

        /// <summary>Whether numbers and title stand below; false where the chart beneath has the same axis.</summary>
        public bool ShowXLabels { get; set; } = true;

        /// <summary>Strips over <paramref name="steps"/> steps that begin at <paramref name="firstStep"/>.</summary>
        /// <exception cref="ArgumentOutOfRangeException">There is no step.</exception>
        public GateStrips(int steps, string xTitle = "step", double firstStep = 0.0)
        {
            if (steps < 1) throw new ArgumentOutOfRangeException(nameof(steps), $"GateStrips: expected at least one step, got {steps}.");
            Steps = steps;
            X = Axis.Counting(xTitle, firstStep, steps);
        }

        /// <summary>Adds a gate with values from 0 (shut) to 1 (open): i, f, o, r, z.</summary>
        /// <param name="name">Its letter.</param>
        /// <param name="values">Step after step, one value a unit.</param>
        /// <exception cref="ArgumentException">The values are no whole number of units at every step.</exception>
        public GateStrips AddGate(string name, float[] values) => Add(name, values, false);    // (T, units)

        /// <summary>Adds a candidate with values from −1 to 1: g, n.</summary>
        /// <param name="name">Its letter.</param>
        /// <param name="values">Step after step, one value a unit.</param>
        /// <exception cref="ArgumentException">The values are no whole number of units at every step.</exception>
        public GateStrips AddCandidate(string name, float[] values) => Add(name, values, true);    // (T, units)

        /// <summary>Adds a strip that is greyed, for a gate that cannot be seen.</summary>
        public GateStrips AddHidden(string name, string reason)
        {
            _strips.Add(new Strip { Name = name, Reason = reason });
            return this;
        }

        private GateStrips Add(string name, float[] values, bool candidate)
        {
            if (values.Length == 0 || values.Length % Steps != 0)
                throw new ArgumentException($"GateStrips({name}): expected a whole number of units at each of {Steps} steps, got {values.Length} values.", nameof(values));
            _strips.Add(new Strip { Name = name, Values = values, Units = values.Length / Steps, IsCandidate = candidate });
            return this;
        }

        /// <inheritdoc/>
        public override (int Left, int Right) MeasureSides(int width, int height, Skin skin)
        {
            int left = 0, right = 0;
            foreach (Strip strip in _strips)
            {
                left = Math.Max(left, skin.TitleFont.Measure(strip.Name));
                if (strip.Reason.Length == 0) right = Math.Max(right, Math.Max(skin.Font.Measure(Shares(strip).High), skin.Font.Measure(Shares(strip).Low)));
            }
            return (left + LabelGap * skin.Scale, Math.Max(Overhang(X, width, skin), right + ShareGap * skin.Scale));
        }

        /// <inheritdoc/>
        public override (int Above, int Below) MeasureEnds(int plotWidth, Skin skin) => (HeaderHeight(MakeLegend(skin), plotWidth, skin), BelowOf(X, ShowXLabels, skin));

        /// <inheritdoc/>
        public override void Draw(StateCanvas canvas, PixelRect area, PixelRect plot, Skin skin)
        {
            DrawHeader(canvas, area, plot, MakeLegend(skin), skin);
            int s = skin.Scale, gap = StripGap * s;
            for (int i = 0; i < _strips.Count; i++)
            {
                int top = plot.Y + (int)((long)(plot.Height + gap) * i / _strips.Count), next = plot.Y + (int)((long)(plot.Height + gap) * (i + 1) / _strips.Count);
                DrawStrip(canvas, PixelRect.FromEdges(plot.X, top, plot.Right, next - gap), _strips[i], skin);
            }
            DrawAxisAcross(canvas, plot, X, ShowXLabels, skin);
        }

        private void DrawStrip(StateCanvas canvas, PixelRect area, Strip strip, Skin skin)
        {
            int s = skin.Scale, middle = area.Y + (area.Height - skin.Font.CapHeight) / 2;
            canvas.Text(skin.TitleFont, strip.Name, area.X - LabelGap * s, middle, strip.Reason.Length > 0 ? skin.MutedText : skin.Text, 1f);
            if (strip.Reason.Length > 0)
            {
                canvas.FillRect(area, skin.Empty);
                canvas.Text(skin.Font, skin.Font.Shorten(strip.Reason, area.Width - 8 * s), area.X + area.Width / 2, middle, skin.MutedText, 0.5f);
                return;
            }
            // The lane of saturated shares needs room of its own; a strip too low for both shows the cells.
            int lane = area.Height >= 3 * LaneHeight * s ? LaneHeight * s : 0;
            PixelRect cells = area.Inset(0, 0, 0, lane > 0 ? lane + LaneGap * s : 0);
            new Heatmap(strip.Values, strip.Units, ScaleOf(strip, skin)).Paint(canvas, cells, skin);
            if (lane > 0) DrawLane(canvas, new PixelRect(area.X, area.Bottom - lane, area.Width, lane), strip, skin);

            (string high, string low) = Shares(strip);
            int line = skin.Font.CapHeight + skin.Font.Descent + 2 * s, x = area.Right + ShareGap * s;
            if (area.Height < 2 * line)
            {
                canvas.Text(skin.Font, high, x, middle, skin.MutedText);
                return;
            }
            canvas.Text(skin.Font, high, x, area.Y + area.Height / 2 - line + s, skin.MutedText);
            canvas.Text(skin.Font, low, x, area.Y + area.Height / 2 + 2 * s, skin.MutedText);
        }

        // Of each step, the share of open units grows upwards from the foot, and that of shut units downwards from the top.
        private void DrawLane(StateCanvas canvas, PixelRect lane, Strip strip, Skin skin)
        {
            canvas.FillRect(lane, skin.Empty);
            for (int x = 0; x < lane.Width; x++)
            {
                int step = (int)((long)x * Steps / lane.Width);
                Saturation share = Saturation.Of(strip.Values.AsSpan(step * strip.Units, strip.Units), OpenAbove, LowThreshold(strip));
                int open = (int)Math.Round(share.Open * lane.Height), shut = Math.Min(lane.Height - open, (int)Math.Round(share.Shut * lane.Height));
                canvas.FillRect(new PixelRect(lane.X + x, lane.Bottom - open, 1, open), skin.LineColor(1));
                canvas.FillRect(new PixelRect(lane.X + x, lane.Y, 1, shut), skin.LineColor(0));
            }
        }

        private float LowThreshold(Strip strip) => strip.IsCandidate ? -OpenAbove : ShutBelow;

        private static ColorScale ScaleOf(Strip strip, Skin skin) => strip.IsCandidate ? ColorScale.Signed(skin) : ColorScale.Gate();

        private (string High, string Low) Shares(Strip strip)
        {
            Saturation share = Saturation.Of(strip.Values, OpenAbove, LowThreshold(strip));
            static string Percent(float value) => (value * 100f).ToString("0", CultureInfo.InvariantCulture) + " % ";
            return (Percent(share.Open) + (strip.IsCandidate ? "high" : "open"), Percent(share.Shut) + (strip.IsCandidate ? "low" : "shut"));
        }

        private Legend MakeLegend(Skin skin)
        {
            var legend = new Legend();
            bool gates = _strips.Exists(strip => strip.Units > 0 && !strip.IsCandidate), candidates = _strips.Exists(strip => strip.IsCandidate), broken = false;
            foreach (Strip strip in _strips) broken |= Array.Exists(strip.Values, float.IsNaN);
            if (gates) legend.AddRamp(ColorMap.Cividis, "gate 0 … 1");
            if (candidates) legend.AddRamp(skin.Diverging, "candidate −1 … 1");
            string Threshold(float value) => value.ToString("0.##", CultureInfo.InvariantCulture).Replace('-', '−');
            if (gates || candidates)
            {
                legend.Add(Legend.Sample.Square, "open", "above " + Threshold(OpenAbove), skin.LineColor(1));
                legend.Add(Legend.Sample.Square, "shut", "below " + Threshold(ShutBelow) + (candidates ? ", candidate below " + Threshold(-OpenAbove) : ""), skin.LineColor(0));
            }
            if (broken) legend.Add(Legend.Sample.Hatch, "NaN");
            return legend;
        }
    }
}
