using System;

namespace Recurrent
{
    /// <summary>
    /// What follows a batch's gradient: its norm, clipping, the optimizer's sweep, and a look at what came of the weights. Done in pieces, the new weights
    /// are computed beside the old ones and replace them as a whole, when all of them are finite; done at once, they are computed in their place.
    /// </summary>
    internal sealed class OptimizerStep
    {
        private readonly ParameterStore _store;
        private readonly Optimizer _optimizer;
        private readonly TrainingOptions _options;
        private readonly WorkerTeam _team;
        private readonly Action<WorkSlicer> _do;
        private readonly double[] _squares;
        private Stage _stage = Stage.Done;
        private float[] _next = Array.Empty<float>();
        private double _loss;
        private float _factor;
        private bool _whole;
        private int _version;

        public OptimizerStep(ParameterStore store, Optimizer optimizer, TrainingOptions options, WorkerTeam team)
        {
            _store = store;
            _optimizer = optimizer;
            _options = options;
            _team = team;
            _do = Do;
            // Of every stretch on its own, so that any thread may come to it.
            _squares = new double[(store.Length - 1) / GradientClipping.Stretch + 1];
        }

        /// <summary>The Euclidean norm of the gradient, before clipping.</summary>
        public double GradientNorm { get; set; }

        /// <summary>The number of the step, counted from 1.</summary>
        public long Number { get; private set; }

        /// <summary>What was no longer finite, or null.</summary>
        public string? Broken { get; private set; }

        /// <summary>Whether the optimizer has begun to move and is not done: its memory is between two steps.</summary>
        public bool Moving => _stage >= Stage.Sweep && _stage < Stage.Done;

        /// <summary>Bytes of the weights' second copy; none before the first step in pieces.</summary>
        public long Bytes => _next.Length * (long)sizeof(float);

        /// <summary>Begins a step with the gradient that stands in the store and the loss that it lowers.</summary>
        public void Begin(double loss)
        {
            _loss = loss;
            _stage = Stage.None;
            _version = _store.Version;
            Number = _optimizer.StepCount + 1;
            Broken = null;
        }

        /// <summary>Goes on until the step is done or <paramref name="work"/> has no time left.</summary>
        /// <returns>Whether the step is done, or was not taken since something was <see cref="Broken"/>.</returns>
        public bool Advance(WorkSlicer work)
        {
            if (_stage == Stage.None) Enter(Stage.Measure, work);
            while (_stage != Stage.Done)
            {
                if (work.IsWhole && _store.Length >= WorkerTeam.WorthSharing) _team.Share(_do);
                else Do(work);
                if (!work.Finished()) return false;
                Enter(After(), work);
            }
            return true;
        }

        private void Enter(Stage stage, WorkSlicer work)
        {
            _stage = stage;
            if (stage == Stage.Sweep)
            {
                _whole = work.IsWhole;
                if (_whole) _optimizer.BeginStep(_store.Length);
                else if (_next.Length != _store.Length) _next = new float[_store.Length];
            }
            work.Begin(stage == Stage.Sweep ? WorkKind.Sweeping : stage == Stage.Replace ? WorkKind.Copying : WorkKind.Measuring);
        }

        private void Do(WorkSlicer work)
        {
            switch (_stage)
            {
                case Stage.Measure:
                    Measure(_store.Gradients, work);
                    break;
                case Stage.Clip:
                    Clip(work);
                    break;
                case Stage.Sweep:
                    Sweep(work);
                    break;
                case Stage.Check:
                    if (!_whole) Measure(_next, work);
                    break;
                case Stage.Replace:
                    // Whoever changed the weights meanwhile keeps them.
                    if (!_whole && work.Next(_next.Length) && _store.Version == _version) _next.CopyTo(_store.Values, 0);
                    break;
            }
        }

        private Stage After()
        {
            switch (_stage)
            {
                case Stage.Measure:
                    GradientNorm = Math.Sqrt(Squares());
                    _factor = GradientClipping.Factor(GradientNorm, _options.ClipNorm);
                    if (!double.IsFinite(_loss)) Broken = "the loss is not finite";
                    else if (!double.IsFinite(GradientNorm)) Broken = "the gradient is not finite";
                    return Broken == null ? Stage.Clip : Stage.Done;
                case Stage.Check:
                    if (!double.IsFinite(Squares())) Broken = "the weights are not finite";
                    return Broken == null ? Stage.Replace : Stage.Done;
                case Stage.Replace:
                    _store.Touch();
                    return Stage.Done;
                default:
                    return _stage + 1;
            }
        }

        private void Measure(float[] values, WorkSlicer work)
        {
            for (int i = 0; i < values.Length; i += GradientClipping.Stretch)
                if (work.Next(GradientClipping.Stretch)) MeasureStretch(values, i);
        }

        private void MeasureStretch(float[] values, int start) => _squares[start / GradientClipping.Stretch] = GradientClipping.SumOfSquares(values, start);

        private double Squares()
        {
            double sum = 0;
            foreach (double part in _squares) sum += part;
            return sum;
        }

        private void Clip(WorkSlicer work)
        {
            float limit = _options.ClipValue;
            if (_factor == 1 && float.IsPositiveInfinity(limit)) return;
            for (int i = 0; i < _store.Length; i += GradientClipping.Stretch)
            {
                if (!work.Next(GradientClipping.Stretch)) continue;
                Span<float> stretch = _store.Gradients.AsSpan(i, Math.Min(GradientClipping.Stretch, _store.Length - i));
                if (_factor != 1) GradientClipping.Scale(stretch, _factor);
                if (!float.IsPositiveInfinity(limit)) GradientClipping.ByValue(stretch, limit);
            }
        }

        private void Sweep(WorkSlicer work)
        {
            if (_whole)
            {
                SweepInPlace(work);
                return;
            }
            if (work.Next(1)) _optimizer.BeginStep(_store.Length);
            int size = work.RowsOfPiece(_store.Length, Optimizer.SweepStep, 1);
            for (int i = 0, end; i < _store.Length; i = end)
            {
                end = WorkSlicer.EndOfPiece(i, size, _store.Length);
                if (!work.Next(end - i)) continue;
                Span<float> next = _next.AsSpan(i, end - i);
                _store.Values.AsSpan(i, end - i).CopyTo(next);
                _optimizer.Sweep(next, _store.Gradients.AsSpan(i, end - i), i);
            }
        }

        /// <summary>The new weights are looked at while they are near.</summary>
        private void SweepInPlace(WorkSlicer work)
        {
            for (int i = 0; i < _store.Length; i += GradientClipping.Stretch)
            {
                if (!work.Next(GradientClipping.Stretch)) continue;
                int count = Math.Min(GradientClipping.Stretch, _store.Length - i);
                _optimizer.Sweep(_store.Values.AsSpan(i, count), _store.Gradients.AsSpan(i, count), i);
                MeasureStretch(_store.Values, i);
            }
        }

        private enum Stage
        {
            None, Measure, Clip, Sweep, Check, Replace, Done,
        }
    }
}
