using System;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Threading;

namespace Recurrent
{
    /// <summary>
    /// A few threads that share out numbered pieces of work: whoever is free takes the next. Nobody waits for a thread that the system has not let run yet: if
    /// it comes when the others have taken all, it finds nothing to do. Between jobs the threads spin for a moment, so that a job is handed over in well under
    /// a microsecond, and then sleep. A team of one starts no thread, as platforms without threads need it.
    /// </summary>
    public sealed class WorkerTeam : IDisposable
    {
        /// <summary>From how many parameters on it is worth it to <see cref="Share"/> what is done once for each of them: 4 Ki, some microseconds.</summary>
        internal const int WorthSharing = 1 << 12;

        // Some 0.3 ms: longer than the gaps inside a training step, short enough for a battery.
        private const int Spins = 10_000;

        // Some 6 µs: longer than a round's shares differ, far shorter than a thread is put aside.
        private const int RoundSpins = 200;

        // Ints from one thread's claim to the next: each has a line of the cache for itself.
        private const int Line = 16;

        // Set in _entry while a job may be joined; the rest of _entry counts the threads at work on it besides the caller.
        private const int Open = 1 << 30;

        private readonly Thread[] _threads;
        private readonly WorkSlicer[] _shares;
        private readonly Action<int, int> _doShare;
        private readonly object _gate = new object();
        private Action<int, int> _job = Nothing;
        private Action<WorkSlicer> _stage = Nothing;
        private Exception? _failure;
        // Of jobs in rounds, by share: how many rounds of it were taken, and behind that whether its thread is there.
        private readonly int[] _taken;
        private int _pieces, _next, _failedPiece;
        private int _rounds, _finished;
        private int _generation, _entry, _sleepers;
        private volatile bool _stop;

        /// <summary>Starts the threads, one fewer than <paramref name="size"/>: the caller is one of the team.</summary>
        /// <exception cref="ArgumentOutOfRangeException"><paramref name="size"/> is below 1.</exception>
        public WorkerTeam(int size)
        {
            if (size < 1) throw new ArgumentOutOfRangeException(nameof(size), $"WorkerTeam: expected a size of at least 1, got {size}.");
            _shares = new WorkSlicer[size];
            for (int i = 0; i < size; i++) _shares[i] = new WorkSlicer(i, size);
            _doShare = DoShare;
            _taken = new int[(size + 1) * Line];
            _threads = new Thread[size - 1];
            for (int i = 0; i < _threads.Length; i++)
            {
                int worker = i + 1;
                _threads[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = "Recurrent worker " + worker };
                _threads[i].Start();
            }
        }

        /// <summary>The most that work on a job at once, the caller included.</summary>
        public int Size => _threads.Length + 1;

        /// <summary>
        /// Runs <paramref name="job"/> once for every piece from 0 to <paramref name="pieces"/> − 1, with the number of the thread that took it, and returns when
        /// all are done. The caller is thread 0; a thread's number is below <see cref="Size"/> and below <paramref name="pieces"/>. Which thread takes which piece
        /// differs from run to run. Allocates nothing. Only one thread may call.
        /// </summary>
        /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
        /// <exception cref="Exception">What the job threw; where several pieces failed, that of the lowest. The others are done all the same.</exception>
        public void Run(int pieces, Action<int, int> job)
        {
            _rounds = 0;
            _next = 0;
            Do(pieces, job);
        }

        /// <summary>
        /// Runs <paramref name="job"/> once for every share of every round, with the numbers of the round and the share, and returns when all are done. No share of a
        /// round begins before all of the round before are done. A thread takes the same share of every round, so that what it reads stays near its core; the caller
        /// takes the shares of those that are not there. There are at most <see cref="Size"/> shares. Allocates nothing. Only one thread may call.
        /// </summary>
        /// <exception cref="ObjectDisposedException">The team was disposed.</exception>
        /// <exception cref="Exception">What the job threw; where several shares failed, that of the lowest number. The others are done all the same.</exception>
        internal void RunRounds(int rounds, int shares, Action<int, int> job)
        {
            if (rounds < 1) return;
            _rounds = rounds;
            _finished = 0;
            Array.Clear(_taken, 0, _taken.Length);
            Do(shares, job);
        }

        private void Do(int pieces, Action<int, int> job)
        {
            if (_stop) throw new ObjectDisposedException(nameof(WorkerTeam));
            _job = job;
            _pieces = pieces;
            if (_threads.Length > 0 && pieces > 1)
            {
                Volatile.Write(ref _entry, Open);
                Interlocked.Increment(ref _generation);
                if (Volatile.Read(ref _sleepers) > 0)
                    lock (_gate) Monitor.PulseAll(_gate);
                TakePart(0);
                Interlocked.Add(ref _entry, -Open);
                // Never a sleep of a millisecond here, as SpinWait has it: it would outlast the job.
                for (int i = 0; Volatile.Read(ref _entry) > 0; i++)
                {
                    if (i < Spins) Thread.SpinWait(1);
                    else Thread.Yield();
                }
            }
            else
            {
                TakePart(0);
            }
            _job = Nothing;
            Exception? failure = _failure;
            if (failure == null) return;
            _failure = null;
            ExceptionDispatchInfo.Capture(failure).Throw();
        }

        /// <summary>
        /// Goes through a stage of work once for each thread, and each time does another share of its pieces: of those no one may need what comes of another.
        /// </summary>
        internal void Share(Action<WorkSlicer> stage)
        {
            _stage = stage;
            Run(_shares.Length, _doShare);
            _stage = Nothing;
        }

        /// <summary>Ends the threads and waits for them.</summary>
        public void Dispose()
        {
            if (_stop) return;
            _stop = true;
            lock (_gate) Monitor.PulseAll(_gate);
            foreach (Thread thread in _threads) thread.Join();
        }

        private static void Nothing(int piece, int thread)
        {
        }

        private static void Nothing(WorkSlicer work)
        {
        }

        private void DoShare(int share, int thread)
        {
            try
            {
                _stage(_shares[share]);
            }
            finally
            {
                _shares[share].Finished();
            }
        }

        private void Work(int worker)
        {
            int seen = 0;
            while (true)
            {
                for (int i = 0; i < Spins && Volatile.Read(ref _generation) == seen && !_stop; i++) Thread.SpinWait(1);
                if (Volatile.Read(ref _generation) == seen) Sleep(seen);
                if (_stop) return;
                seen = Volatile.Read(ref _generation);
                if (!Enter()) continue;
                // Inside, the job cannot change; it may be a later one than that which was seen.
                seen = Volatile.Read(ref _generation);
                if (worker < _pieces) TakePart(worker);
                Interlocked.Decrement(ref _entry);
            }
        }

        /// <summary>Joins the job, unless it is over.</summary>
        private bool Enter()
        {
            while (true)
            {
                int entry = Volatile.Read(ref _entry);
                if (entry < Open) return false;
                if (Interlocked.CompareExchange(ref _entry, entry + 1, entry) == entry) return true;
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

        private void TakePart(int thread)
        {
            if (_rounds > 0) TakeRounds(thread);
            else TakePieces(thread);
        }

        [MethodImpl(Jit.Optimize)]
        private void TakeRounds(int thread)
        {
            // Whoever comes late joins the round that the others are at.
            for (int round = Volatile.Read(ref _finished) / _pieces; round < _rounds; round++)
            {
                Volatile.Write(ref _taken[thread * Line + 1], 1);
                TakeShare(round, thread);
                if (thread == 0) TakeSharesOfTheAbsent(round);
                int all = (round + 1) * _pieces;
                for (int i = 1; Volatile.Read(ref _finished) < all; i++)
                {
                    if (i % RoundSpins > 0)
                    {
                        Thread.SpinWait(1);
                        continue;
                    }
                    // Whoever has still not begun was put aside by the system, and may be waiting for this core.
                    for (int share = 1; share < _pieces && thread == 0; share++) Volatile.Write(ref _taken[share * Line + 1], 0);
                    if (thread == 0) TakeSharesOfTheAbsent(round);
                    Thread.Yield();
                }
            }
        }

        private void TakeSharesOfTheAbsent(int round)
        {
            for (int share = 1; share < _pieces; share++)
                if (Volatile.Read(ref _taken[share * Line + 1]) == 0) TakeShare(round, share);
        }

        private void TakeShare(int round, int share)
        {
            if (Interlocked.CompareExchange(ref _taken[share * Line], round + 1, round) != round) return;
            try
            {
                _job(round, share);
            }
            catch (Exception e)
            {
                Fail(share, e);
            }
            Interlocked.Increment(ref _finished);
        }

        private void TakePieces(int thread)
        {
            for (int piece; (piece = Interlocked.Increment(ref _next) - 1) < _pieces;)
            {
                try
                {
                    _job(piece, thread);
                }
                catch (Exception e)
                {
                    Fail(piece, e);
                }
            }
        }

        private void Fail(int piece, Exception failure)
        {
            lock (_gate)
            {
                if (_failure != null && _failedPiece <= piece) return;
                _failure = failure;
                _failedPiece = piece;
            }
        }
    }
}
