using System;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Recurrent
{
    /// <summary>
    /// A few threads that run the same job side by side and wait for each other. Between jobs they spin for a moment, so that a job is handed
    /// over in well under a microsecond, and then sleep. A team of one starts no thread, as platforms without threads need it.
    /// </summary>
    public sealed class WorkerTeam : IDisposable
    {
        // About a tenth of a millisecond: longer than the gaps inside a training step, short enough for a battery.
        private const int Spins = 3000;

        private readonly Thread[] _threads;
        private readonly object _gate = new object();
        private readonly Exception?[] _failures;
        private Action<int>? _job;
        private int _generation, _pending, _sleepers;
        private volatile bool _stop;

        /// <summary>Starts the threads, one fewer than <paramref name="size"/>: the caller is one of the team.</summary>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
        public WorkerTeam(int size)
        {
            if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), $"WorkerTeam: expected a size of at least 1, got {size}.");
            _failures = new Exception?[size];
            _threads = new Thread[size - 1];
            for (int i = 0; i < _threads.Length; i++)
            {
                int worker = i + 1;
                _threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = "Recurrent worker " + worker };
                _threads[i].Start();
            }
        }

        /// <summary>How many run a job, the caller included.</summary>
        public int Size => _failures.Length;

        /// <summary>
        /// Runs <paramref name="job"/> once for every number from 0 to <see cref="Size"/> − 1, number 0 on this thread, and returns when all are done.
        /// Allocates nothing. Only one thread may call.
        /// </summary>
        /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
        /// <exception cref="Exception">What the job threw; where several did, that of the lowest number.</exception>
        public void Run(Action<int> job)
        {
            if (_stop) throw new ObjectDisposedException(nameof(WorkerTeam));
            _job = job;
            Volatile.Write(ref _pending, _threads.Length);
            Interlocked.Increment(ref _generation);
            if (Volatile.Read(ref _sleepers) > 0)
                lock (_gate) Monitor.PulseAll(_gate);
            Try(0, job);
            // Never a sleep of a millisecond here, as SpinWait has it: it would outlast the job.
            for (int i = 0; Volatile.Read(ref _pending) > 0; i++)
            {
                if (i < Spins) Thread.SpinWait(4);
                else Thread.Yield();
            }
            for (int i = 0; i < _failures.Length; i++)
            {
                Exception? failure = _failures[i];
                if (failure == null) continue;
                Array.Clear(_failures, 0, _failures.Length);
                ExceptionDispatchInfo.Capture(failure).Throw();
            }
        }

        /// <summary>Ends the threads and waits for them.</summary>
        public void Dispose()
        {
            if (_stop) return;
            _stop = true;
            lock (_gate) Monitor.PulseAll(_gate);
            foreach (Thread thread in _threads) thread.Join();
        }

        private void Work(int worker)
        {
            int seen = 0;
            while (true)
            {
                for (int i = 0; i < Spins && Volatile.Read(ref _generation) == seen && !_stop; i++) Thread.SpinWait(4);
                if (Volatile.Read(ref _generation) == seen) Sleep(seen);
                if (_stop) return;
                seen++;
                Try(worker, _job!);
                Interlocked.Decrement(ref _pending);
            }
        }

        private void Sleep(int seen)
        {
            lock (_gate)
            {
                // Counted before the look at the generation: either Run sees the sleeper, or the sleeper sees the new job.
                Interlocked.Increment(ref _sleepers);
                while (Volatile.Read(ref _generation) == seen && !_stop) Monitor.Wait(_gate);
                Interlocked.Decrement(ref _sleepers);
            }
        }

        private void Try(int worker, Action<int> job)
        {
            try
            {
                job(worker);
            }
            catch (Exception e)
            {
                _failures[worker] = e;
            }
        }
    }
}
