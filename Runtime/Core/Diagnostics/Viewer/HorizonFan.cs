using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// What a forecaster saw ahead of it at the playhead: its forecast of the next H steps as a curve, and around it the band in which four of five of its errors so far lie, for each
    /// step ahead by itself.
    /// </summary>
    internal sealed class HorizonFan
    {
        private const float Tail = 0.1f;
        private const int FewestErrors = 8, MostSteps = 4096, MostAhead = 128;

        private readonly IRecordedSteps _steps;
        private readonly RecordedTrack _output;
        private readonly float[] _below, _above;    // (H): what is taken from the forecast for the band's edges
        private readonly float[] _x, _y, _low, _high;

        private HorizonFan(IRecordedSteps steps, RecordedTrack output)
        {
            _steps = steps;
            _output = output;
            _below = new float[output.Length];
            _above = new float[output.Length];
            _x = new float[output.Length];
            _y = new float[output.Length];
            _low = new float[output.Length];
            _high = new float[output.Length];
        }

        /// <summary>
        /// The fan of a recording whose output is a horizon: whose target so many steps ahead is, wherever both are known, the first target of the step so much later. Null for any other.
        /// </summary>
        public static HorizonFan? Of(IRecordedSteps steps, RecordedTrack output, RecordedTrack target)
        {
            if (output.Length < 2 || output.Length > MostAhead || target.Length != output.Length || !IsHorizon(steps, target)) return null;
            var fan = new HorizonFan(steps, output);
            var errors = new List<float>();
            for (int ahead = 0; ahead < output.Length; ahead++)
            {
                errors.Clear();
                for (long step = Begin(steps); step < steps.EndStep; step++)
                {
                    float error = steps.Frame(step)[output.Offset + ahead] - steps.Frame(step)[target.Offset + ahead];
                    if (float.IsFinite(error)) errors.Add(error);
                }
                errors.Sort();
                bool known = errors.Count >= FewestErrors;
                fan._below[ahead] = known ? errors[(int)((errors.Count - 1) * (1 - Tail) + 0.5f)] : float.NaN;
                fan._above[ahead] = known ? errors[(int)((errors.Count - 1) * Tail + 0.5f)] : float.NaN;
            }
            return fan;
        }

        // Enough to know by.
        private static long Begin(IRecordedSteps steps) => steps.EndStep - steps.FirstStep > MostSteps ? steps.EndStep - MostSteps : steps.FirstStep;

        private static bool IsHorizon(IRecordedSteps steps, RecordedTrack target)
        {
            int agreed = 0;
            for (long step = Begin(steps); step < steps.EndStep; step++)
                for (int ahead = 1; ahead < target.Length && step + ahead < steps.EndStep; ahead++)
                {
                    float here = steps.Frame(step)[target.Offset + ahead], there = steps.Frame(step + ahead)[target.Offset];
                    if (!float.IsFinite(here) || !float.IsFinite(there)) continue;
                    if (here != there) return false;
                    agreed++;
                }
            return agreed > 1;
        }

        /// <summary>The band's edges so many steps ahead of a step.</summary>
        public (float Low, float High) Band(long step, int ahead)
        {
            float forecast = _steps.Frame(step)[_output.Offset + ahead];
            return (forecast - _below[ahead], forecast - _above[ahead]);
        }

        /// <summary>Draws the fan of a step into the lane.</summary>
        public void Draw(StateCanvas canvas, PixelRect area, in StepColumns columns, LineLane lane, long step, Skin skin)
        {
            if (step < _steps.FirstStep || step >= _steps.EndStep) return;
            for (int ahead = 0; ahead < _x.Length; ahead++)
            {
                (float low, float high) = Band(step, ahead);
                _x[ahead] = area.X + columns.MiddleOf(step + ahead);
                _y[ahead] = lane.RowOf(area, _steps.Frame(step)[_output.Offset + ahead], skin.Scale);
                _low[ahead] = lane.RowOf(area, low, skin.Scale);
                _high[ahead] = lane.RowOf(area, high, skin.Scale);
            }
            canvas.Clip = area;
            canvas.Band(_x, _low, _high, skin.LineColor(1).WithOpacity(0.3f));
            canvas.Polyline(_x, _y, skin.LineColor(1), 2f * skin.Scale);
        }
    }
}
