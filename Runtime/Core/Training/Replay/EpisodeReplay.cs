using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// Experience to learn from while it grows: finished episodes of any length, of which the oldest are dropped when the steps in all exceed a
    /// bound. Of every k episodes in a row, one that the seed chooses is kept aside for validation and never trained on, from its adding to its dropping.
    /// Training sees a <see cref="Snapshot()"/>, which later episodes do not change. Any thread may call.
    /// </summary>
    public sealed class EpisodeReplay
    {
        private readonly object _gate = new object();
        private readonly Queue<Entry> _entries = new Queue<Entry>();
        private readonly bool _everyStep;
        private readonly int _validationEvery;
        private readonly ulong _seed;
        private int _steps, _validationCount;
        private long _added;

        /// <summary>An empty replay.</summary>
        /// <param name="inputSize">Values in one step of the input.</param>
        /// <param name="targetSize">Values in one row of the target.</param>
        /// <param name="capacity">The most steps of all episodes together.</param>
        /// <param name="targetEveryStep">Whether every step has a target; otherwise every episode has one.</param>
        /// <param name="validationEvery">k: one of so many episodes is kept for validation; at least 2.</param>
        /// <param name="seed">Which of the k.</param>
        /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or <paramref name="validationEvery"/> below 2.</exception>
        public EpisodeReplay(int inputSize, int targetSize, int capacity, bool targetEveryStep = true, int validationEvery = 5, ulong seed = 1)
        {
            InputSize = AtLeast(1, inputSize, nameof(inputSize));
            TargetSize = AtLeast(1, targetSize, nameof(targetSize));
            Capacity = AtLeast(1, capacity, nameof(capacity));
            _validationEvery = AtLeast(2, validationEvery, nameof(validationEvery));
            _everyStep = targetEveryStep;
            _seed = seed;
        }

        /// <summary>Values in one step of the input.</summary>
        public int InputSize { get; }

        /// <summary>Values in one row of the target.</summary>
        public int TargetSize { get; }

        /// <summary>The most steps of all episodes together.</summary>
        public int Capacity { get; }

        /// <summary>Episodes that are held, those for validation included.</summary>
        public int Count
        {
            get
            {
                lock (_gate) return _entries.Count;
            }
        }

        /// <summary>How many of them are for validation.</summary>
        public int ValidationCount
        {
            get
            {
                lock (_gate) return _validationCount;
            }
        }

        /// <summary>Steps of the episodes that are held.</summary>
        public int Steps
        {
            get
            {
                lock (_gate) return _steps;
            }
        }

        /// <summary>How many episodes were ever added.</summary>
        public long Added
        {
            get
            {
                lock (_gate) return _added;
            }
        }

        /// <summary>Adds a finished episode, which is copied, and drops the oldest ones where there is no room.</summary>
        /// <param name="inputs">(T, <see cref="InputSize"/>), with T at least 1 and at most <see cref="Capacity"/>.</param>
        /// <param name="targets">(T, <see cref="TargetSize"/>), or (1, <see cref="TargetSize"/>) where an episode has one target.</param>
        /// <exception cref="ArgumentException">A length does not fit, or a value is NaN or infinite; nothing has changed.</exception>
        public void Add(ReadOnlySpan<float> inputs, ReadOnlySpan<float> targets)
        {
            int steps = inputs.Length / InputSize, targetSteps = _everyStep ? steps : 1;
            if (steps == 0 || inputs.Length % InputSize != 0)
                throw new ArgumentException($"EpisodeReplay: expected steps of {InputSize} values, at least one, got {inputs.Length} values.", nameof(inputs));
            if (targets.Length != targetSteps * TargetSize)
                throw new ArgumentException($"EpisodeReplay: expected {targetSteps} × {TargetSize} target values for {steps} steps, got {targets.Length}.", nameof(targets));
            if (steps > Capacity) throw new ArgumentException($"EpisodeReplay: the episode has {steps} steps, expected at most {Capacity}, for which there is room in all.", nameof(inputs));
            Check("input", inputs, InputSize, nameof(inputs));
            Check("target", targets, TargetSize, nameof(targets));
            var entry = new Entry(inputs.ToArray(), targets.ToArray(), steps);
            lock (_gate)
            {
                while (_steps > Capacity - steps) Drop();
                ulong block = (ulong)(_added / _validationEvery);
                entry.Validates = (ulong)(_added % _validationEvery) == RandomSource.Combine(_seed, block) % (ulong)_validationEvery;
                _entries.Enqueue(entry);
                _added++;
                _steps += steps;
                if (entry.Validates) _validationCount++;
            }
        }

        /// <summary>Drops all episodes.</summary>
        public void Clear()
        {
            lock (_gate)
            {
                while (_entries.Count > 0) Drop();
            }
        }

        /// <summary>The episodes as they are now, oldest first, in two parts, either of which may be empty. They are shared, not copied.</summary>
        public (SequenceDataset Train, SequenceDataset Validation) Snapshot() => Snapshot(out _);

        /// <summary>The same, with what <see cref="Added"/> was.</summary>
        internal (SequenceDataset Train, SequenceDataset Validation) Snapshot(out long added)
        {
            lock (_gate)
            {
                added = _added;
                var train = new List<Entry>(_entries.Count - _validationCount);
                var validation = new List<Entry>(_validationCount);
                foreach (Entry entry in _entries) (entry.Validates ? validation : train).Add(entry);
                return (new Episodes(this, train), new Episodes(this, validation));
            }
        }

        private void Drop()
        {
            Entry entry = _entries.Dequeue();
            _steps -= entry.Steps;
            if (entry.Validates) _validationCount--;
        }

        private static int AtLeast(int smallest, int value, string name) =>
            value >= smallest ? value : throw new ArgumentOutOfRangeException(name, $"EpisodeReplay: expected {name} to be at least {smallest}, got {value}.");

        private static void Check(string what, ReadOnlySpan<float> values, int size, string name)
        {
            for (int i = 0; i < values.Length; i++)
            {
                if (!float.IsFinite(values[i]))
                    throw new ArgumentException(FormattableString.Invariant($"EpisodeReplay: the {what} of step {i / size} holds {values[i]} in column {i % size}; expected a finite number."), name);
            }
        }

        /// <summary>An episode; nothing in it changes once it is held.</summary>
        private sealed class Entry
        {
            public Entry(float[] inputs, float[] targets, int steps)
            {
                Inputs = inputs;
                Targets = targets;
                Steps = steps;
            }

            public float[] Inputs { get; }

            public float[] Targets { get; }

            public int Steps { get; }

            public bool Validates { get; set; }
        }

        private sealed class Episodes : SequenceDataset
        {
            private readonly List<Entry> _entries;

            public Episodes(EpisodeReplay replay, List<Entry> entries)
            {
                _entries = entries;
                InputSize = replay.InputSize;
                TargetSize = replay.TargetSize;
                foreach (Entry entry in entries) MaxSteps = Math.Max(MaxSteps, entry.Steps);
                MaxTargetSteps = replay._everyStep ? MaxSteps : Math.Min(1, entries.Count);
            }

            public override int Count => _entries.Count;

            public override int InputSize { get; }

            public override int TargetSize { get; }

            public override int MaxSteps { get; }

            public override int MaxTargetSteps { get; }

            protected override int StepsOf(int index) => _entries[index].Steps;

            protected override int TargetStepsOf(int index) => _entries[index].Targets.Length / TargetSize;

            protected override void Copy(int index, Span<float> input, Span<float> target)
            {
                _entries[index].Inputs.AsSpan().CopyTo(input);
                _entries[index].Targets.AsSpan().CopyTo(target);
            }
        }
    }
}
