using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// What a network remembered, as one picture: the input and the prediction in a strip above, and under it the hidden state of every layer
    /// as a heatmap of units × time, all on the same time axis.
    /// </summary>
    public sealed class StatePicture
    {
        private readonly List<(string Name, float[] Values, int Units, bool Bounded)> _states = new List<(string, float[], int, bool)>();
        private readonly List<LineSeries> _signals = new List<LineSeries>();

        /// <summary>The heading.</summary>
        public string Title { get; set; } = "";

        /// <summary>The line under the heading.</summary>
        public string Subtitle { get; set; } = "";

        /// <summary>The number of the first step.</summary>
        public double FirstStep { get; set; }

        /// <summary>What a step is, for the axis: "month".</summary>
        public string StepName { get; set; } = "step";

        /// <summary>What input and prediction are, with their unit, for the axis.</summary>
        public string ValueName { get; set; } = "value";

        /// <summary>Adds a curve to the strip on top: the input, the truth, the prediction.</summary>
        /// <param name="name">Its name in the legend.</param>
        /// <param name="values">One value a step; "not a number" where there is none.</param>
        public StatePicture AddSignal(string name, float[] values)
        {
            _signals.Add(new LineSeries(name, values));
            return this;
        }

        /// <summary>Adds the state of a layer as a heatmap.</summary>
        /// <param name="name">Its title: "layer 0, h".</param>
        /// <param name="values">Step after step, one value a unit.</param>
        /// <param name="units">How many units the layer has.</param>
        /// <param name="bounded">Whether the state cannot leave −1 … 1, as h; otherwise, as c, the colours end at the magnitude of its 99th percentile.</param>
        public StatePicture AddState(string name, float[] values, int units, bool bounded = true)    // (T, units)
        {
            _states.Add((name, values, units, bounded));
            return this;
        }

        /// <summary>The picture. A skin of scale 2 suits 1,760 × 1,000 pixels for two layers, of scale 1 half of that.</summary>
        /// <exception cref="InvalidOperationException">No state was added, or the signals and states are of different numbers of steps.</exception>
        public StateCanvas Draw(int width, int height, Skin skin) => Layout(skin).Draw(width, height, skin);

        internal PanelGrid Layout(Skin skin)
        {
            if (_states.Count == 0) throw new InvalidOperationException("StatePicture: expected the state of one layer at least, got none.");
            int steps = _states[0].Values.Length / _states[0].Units, strip = _signals.Count > 0 ? 1 : 0;
            var grid = new PanelGrid(_states.Count + strip, 1) { Title = Title, Subtitle = Subtitle };
            if (strip == 1) grid[0, 0] = Strip(steps, skin);
            grid.RowWeights[0] = strip == 1 ? 0.6f : 1f;
            for (int i = 0; i < _states.Count; i++)
            {
                (string name, float[] values, int units, bool bounded) = _states[i];
                ColorScale scale = bounded ? ColorScale.Signed(skin) : ColorScale.SignedByPercentile(skin, values);
                var heatmap = new Heatmap(values, units, scale, StepName, FirstStep) { Title = name, ShowXLabels = i == _states.Count - 1 };
                if (heatmap.Steps != steps) throw new InvalidOperationException($"StatePicture: {name} has {heatmap.Steps} steps, expected {steps}.");
                grid[i + strip, 0] = heatmap;
            }
            return grid;
        }

        private LineChart Strip(int steps, Skin skin)
        {
            Axis y = Axis.Fit(ValueName, _signals.ConvertAll(signal => signal.Y).ToArray());
            var chart = new LineChart(Axis.Counting(StepName, FirstStep, steps), y) { ShowXLabels = false };
            for (int i = 0; i < _signals.Count; i++)
            {
                LineSeries signal = _signals[i];
                if (signal.Y.Length != steps) throw new InvalidOperationException($"StatePicture: {signal.Name} has {signal.Y.Length} steps, expected {steps}.");
                signal.First = FirstStep;
                signal.Color = i == 0 ? skin.Truth : skin.LineColor(i);
                signal.Dashes = Array.Empty<float>();
                signal.Width = i == 0 ? 1.25f : 1.5f;
                chart.Add(signal);
            }
            return chart;
        }
    }
}
