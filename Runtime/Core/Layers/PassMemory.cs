using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>From which a pass takes its buffers, and what it is built for.</summary>
    internal sealed unsafe class PassMemory : IDisposable
    {
        private readonly List<AlignedBuffer> _buffers = new List<AlignedBuffer>();

        private WorkerTeam? _team;

        public PassMemory(KernelSet kernels, int steps, int rows, bool training, WeightPrecision weights = WeightPrecision.Single, int threads = 1)
        {
            Weights = weights;
            Threads = threads;
            Kernels = kernels;
            Steps = steps;
            Rows = rows;
            Training = training;
        }

        public KernelSet Kernels { get; }

        /// <summary>The most steps and rows a batch may have.</summary>
        public int Steps { get; }

        public int Rows { get; }

        /// <summary>Whether a backward pass will follow: without one no tape is kept.</summary>
        public bool Training { get; }

        /// <summary>In which precision recurrent layers read their weights.</summary>
        public WeightPrecision Weights { get; }

        /// <summary>How many threads may share a step.</summary>
        public int Threads { get; }

        /// <summary>Those threads, started when they are first asked for.</summary>
        public WorkerTeam Team => _team ??= new WorkerTeam(Threads);

        /// <summary>Bytes taken so far.</summary>
        public long Bytes { get; private set; }

        public float* Take(long length)
        {
            if (length > int.MaxValue - 64) throw new ArgumentException(FormattableString.Invariant($"A pass over {Steps} steps of {Rows} rows would need a buffer of {length * 4.0 / (1 << 30):0.0} GiB; cut the sequences or the batch."));
            var buffer = new AlignedBuffer((int)length);
            _buffers.Add(buffer);
            Bytes += length * sizeof(float);
            return buffer.Pointer;
        }

        /// <summary>A buffer without gaps: (steps, rows, features).</summary>
        public Activations TakeActivations(int steps, int features) =>
            new Activations(Take((long)steps * Rows * features), steps, features, features, Rows * features);

        /// <summary>Whether the buffers are gone.</summary>
        public bool Disposed { get; private set; }

        public void Dispose()
        {
            Disposed = true;
            _team?.Dispose();
            foreach (AlignedBuffer buffer in _buffers) buffer.Dispose();
            _buffers.Clear();
        }
    }
}
