using System;
using System.Threading;

namespace Recurrent
{
    /// <summary>
    /// A thread that does some work piece by piece until it has ended or is stopped, with a low priority. It ends with the process and with the application's
    /// domain. Where threads cannot be started, or are accepted and never run, the caller can take the work over.
    /// </summary>
    internal sealed class TrainingThread
    {
        /// <summary>What a piece of work says of the next.</summary>
        public enum Pace
        {
            /// <summary>There is more to do.</summary>
            Busy,

            /// <summary>There is nothing to do at the moment.</summary>
            Idle,

            /// <summary>There will be nothing to do.</summary>
            Ended,
        }

        private const int IdleMilliseconds = 20;

        // Whose the work is.
        private const int Nobodys = 0, Threads = 1, Callers = 2;

        private readonly object _gate = new object();
        private readonly Func<Pace> _work;
        private readonly Thread? _thread;
        private int _owner;
        private bool _stop;

        /// <summary>Starts the thread.</summary>
        /// <param name="work">One piece: some milliseconds, after which it can be stopped. It does not throw.</param>
        /// <param name="start">Starts a thread.</param>
        public TrainingThread(Func<Pace> work, Action<Thread> start)
        {
            _work = work;
            try
            {
                _thread = new Thread(Run) { IsBackground = true, Name = "Recurrent training", Priority = ThreadPriority.BelowNormal };
                start(_thread);
            }
            catch (Exception e) when (e is NotSupportedException || e is NotImplementedException || e is ThreadStartException)
            {
                _owner = Callers;
            }
        }

        /// <summary>Whether a thread has begun the work.</summary>
        public bool IsAlive => Volatile.Read(ref _owner) == Threads;

        /// <summary>Whether the work is the caller's.</summary>
        public bool IsCallers => Volatile.Read(ref _owner) == Callers;

        /// <summary>Whether the work is the caller's from now on, since no thread has begun it.</summary>
        public bool TryTakeOver() => Interlocked.CompareExchange(ref _owner, Callers, Nobodys) != Threads;

        /// <summary>Stops after the piece that is being done, and waits for that.</summary>
        public void Stop()
        {
            lock (_gate)
            {
                _stop = true;
                Monitor.PulseAll(_gate);
            }
            if (!TryTakeOver() && Thread.CurrentThread != _thread) _thread!.Join();
        }

        private void Run()
        {
            if (Interlocked.CompareExchange(ref _owner, Threads, Nobodys) != Nobodys) return;
            EventHandler end = (sender, arguments) => Stop();
            AppDomain.CurrentDomain.DomainUnload += end;
            AppDomain.CurrentDomain.ProcessExit += end;
            try
            {
                while (true)
                {
                    Pace pace = _work();
                    if (pace == Pace.Ended) return;
                    lock (_gate)
                    {
                        if (!_stop && pace == Pace.Idle) Monitor.Wait(_gate, IdleMilliseconds);
                        if (_stop) return;
                    }
                }
            }
            finally
            {
                AppDomain.CurrentDomain.DomainUnload -= end;
                AppDomain.CurrentDomain.ProcessExit -= end;
            }
        }
    }
}
