using System;
using Recurrent.Analysis;
using Recurrent.Diagnostics;

namespace RecurrentEditor.Analysis
{
    /// <summary>
    /// The way of a state through the plane in which it varies most (principal component analysis). Fitted again while the game goes on, the axes keep their sign, so that the
    /// picture does not flip.
    /// </summary>
    public sealed class PrincipalPathView : IStateView
    {
        private const int FewestSteps = 3;

        private PrincipalComponents? _previous;
        private string _of = "";

        /// <inheritdoc/>
        public string Name => "PCA";

        /// <inheritdoc/>
        public StateViewPicture Measure(Recording recording, RecordedTrack track)
        {
            if (track.Length < 2) throw new ArgumentException($"{track} has one unit, and a plane takes two.", nameof(track));
            if (recording.Steps < FewestSteps) throw new ArgumentException($"{track}: {recording.Steps} steps are there, and a plane takes {FewestSteps}.", nameof(recording));
            float[] states = recording.Values(track);
            PrincipalComponents plane = PrincipalComponents.Fit(states, track.Length, 2, _of == track.Name && _previous?.Columns == track.Length ? _previous : null);
            if (!(plane.Variance[0] > 0)) throw new ArgumentException($"{track} stands still.", nameof(recording));
            (_previous, _of) = (plane, track.Name);

            var points = new float[2 * recording.Steps];
            plane.Project(states, points);
            float[] x = new float[recording.Steps], y = new float[recording.Steps];
            for (int t = 0; t < x.Length; t++) (x[t], y[t]) = (points[2 * t], points[2 * t + 1]);
            string Axis(int k) => FormattableString.Invariant($"component {k + 1} ({100 * plane.ExplainedVarianceRatio[k]:0} % of the variance)");
            string across = Axis(0), upwards = Axis(1);
            return (skin, playhead) =>
            {
                PanelGrid grid = RecordingViews.Path(recording, track, x, y, across, upwards).Grid;
                ((Trajectory)grid[0, 0]!).MarkedStep = playhead;
                return grid;
            };
        }
    }
}
