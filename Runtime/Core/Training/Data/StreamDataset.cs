using System;

namespace Recurrent
{
    /// <summary>
    /// A long series cut for truncated back-propagation through time: B equally long tracks, each a run of consecutive chunks of at most T steps,
    /// with a target for every step. Sequence j × B + b is chunk j of track b; so batches of B sequences in order continue one another row by row,
    /// and the state is carried from batch to batch (<see cref="Tracks"/> = B). The last chunk of every track may be shorter;
    /// the fewer than B steps that do not divide into tracks are left out at the end. The series is neither copied nor changed.
    /// </summary>
    public sealed class StreamDataset : SequenceDataset
    {
        private readonly SeriesColumns _inputs;
        private readonly SeriesColumns _targets;
        private readonly int _lead;        // rows from a step to the first row of its target
        private readonly int _horizon;
        private readonly int _trackLength; // steps in a track

        /// <summary>Cuts a series whose targets are its own next values: at every step the next <paramref name="horizon"/> values of the target columns, as in <see cref="WindowDataset"/>.</summary>
        /// <param name="series">(rows, <paramref name="columns"/>), row by row, in time order.</param>
        /// <param name="columns">Columns of the series.</param>
        /// <param name="tracks">B, at least 1.</param>
        /// <param name="steps">T, the steps of a chunk, at least 1.</param>
        /// <param name="horizon">Rows forecast at every step, at least 1.</param>
        /// <param name="inputColumns">The columns to see, in this order; all when null.</param>
        /// <param name="targetColumns">The columns to forecast, in this order; all when null.</param>
        /// <exception cref="ArgumentException">The series has less than one step with a target per track, does not divide into columns, or holds NaN or infinity; a column does not exist.</exception>
        public StreamDataset(ReadOnlyMemory<float> series, int columns, int tracks, int steps, int horizon = 1, int[]? inputColumns = null, int[]? targetColumns = null)
            : this(new SeriesColumns(nameof(StreamDataset), series, columns, inputColumns), new SeriesColumns(nameof(StreamDataset), series, columns, targetColumns), tracks, steps, lead: 1, horizon)
        {
        }

        /// <summary>Cuts a series with given targets: row t of <paramref name="targets"/> belongs to row t of <paramref name="inputs"/>.</summary>
        /// <param name="inputs">(rows, <paramref name="inputSize"/>), row by row, in time order.</param>
        /// <param name="inputSize">Values in one step of the input.</param>
        /// <param name="targets">(rows, <paramref name="targetSize"/>).</param>
        /// <param name="targetSize">Values in one row of the target.</param>
        /// <param name="tracks">B, at least 1.</param>
        /// <param name="steps">T, the steps of a chunk, at least 1.</param>
        /// <exception cref="ArgumentException">The rows differ, there is less than one for each track, the values do not divide into rows, or one is NaN or infinite.</exception>
        public StreamDataset(ReadOnlyMemory<float> inputs, int inputSize, ReadOnlyMemory<float> targets, int targetSize, int tracks, int steps)
            : this(new SeriesColumns(nameof(StreamDataset), inputs, inputSize, null), new SeriesColumns(nameof(StreamDataset), targets, targetSize, null), tracks, steps, lead: 0, horizon: 1)
        {
        }

        private StreamDataset(SeriesColumns inputs, SeriesColumns targets, int tracks, int steps, int lead, int horizon)
        {
            if (tracks < 1) throw new ArgumentOutOfRangeException(nameof(tracks), $"StreamDataset: expected at least 1 track, got {tracks}.");
            if (steps < 1) throw new ArgumentOutOfRangeException(nameof(steps), $"StreamDataset: expected chunks of at least 1 step, got {steps}.");
            if (horizon < 1) throw new ArgumentOutOfRangeException(nameof(horizon), $"StreamDataset: expected a horizon of at least 1, got {horizon}.");
            if (inputs.Rows != targets.Rows) throw new ArgumentException($"StreamDataset: expected as many target rows as input rows ({inputs.Rows}), got {targets.Rows}.", nameof(targets));
            int needed = lead == 0 ? 0 : horizon; // rows at the end that are targets only
            if ((long)tracks + needed > inputs.Rows)
                throw new ArgumentException($"StreamDataset: the series has {inputs.Rows} rows, expected at least {(long)tracks + needed} for {tracks} tracks.", nameof(inputs));
            _inputs = inputs;
            _targets = targets;
            _lead = lead;
            _horizon = horizon;
            _trackLength = (inputs.Rows - needed) / tracks;
            Tracks = tracks;
            MaxSteps = Math.Min(steps, _trackLength);
            ChunksPerTrack = (_trackLength - 1) / MaxSteps + 1;
            TargetSize = checked(horizon * targets.Count);
        }

        /// <summary>How many chunks a track has: the batches of B sequences in one epoch.</summary>
        public int ChunksPerTrack { get; }

        /// <inheritdoc/>
        public override int Tracks { get; }

        /// <inheritdoc/>
        public override int Count => ChunksPerTrack * Tracks;

        /// <inheritdoc/>
        public override int InputSize => _inputs.Count;

        /// <summary>horizon × target columns.</summary>
        public override int TargetSize { get; }

        /// <inheritdoc/>
        public override int MaxSteps { get; }

        /// <summary>As <see cref="MaxSteps"/>: every step has a target.</summary>
        public override int MaxTargetSteps => MaxSteps;

        /// <inheritdoc/>
        protected override int StepsOf(int index) => Math.Min(MaxSteps, _trackLength - index / Tracks * MaxSteps);

        /// <inheritdoc/>
        protected override int TargetStepsOf(int index) => StepsOf(index);

        /// <inheritdoc/>
        protected override void Copy(int index, Span<float> input, Span<float> target)
        {
            int chunk = index / Tracks, track = index % Tracks;
            int row = track * _trackLength + chunk * MaxSteps;
            int steps = StepsOf(index);
            _inputs.Copy(row, steps, input);
            for (int t = 0; t < steps; t++)
                _targets.Copy(row + t + _lead, _horizon, target.Slice(t * TargetSize, TargetSize));
        }
    }
}
