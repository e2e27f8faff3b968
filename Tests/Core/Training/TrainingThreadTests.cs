using System;
using System.Threading;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class TrainingThreadTests
    {
        private static void Start(Thread thread) => thread.Start();

        [Test]
        public void WorksUntilItHasEnded()
        {
            int pieces = 0;
            using var ended = new ManualResetEvent(false);
            var thread = new TrainingThread(() =>
            {
                if (++pieces < 5) return TrainingThread.Pace.Busy;
                ended.Set();
                return TrainingThread.Pace.Ended;
            }, Start);
            Assert.That(ended.WaitOne(TimeSpan.FromSeconds(30)), Is.True);
            thread.Stop();
            Assert.That(pieces, Is.EqualTo(5));
            Assert.That(thread.IsAlive, Is.True);
            Assert.That(thread.TryTakeOver(), Is.False);
        }

        [Test]
        public void StopsAfterAPieceWhetherBusyOrIdle([Values] bool idle)
        {
            int pieces = 0;
            using var begun = new ManualResetEvent(false);
            var thread = new TrainingThread(() =>
            {
                Interlocked.Increment(ref pieces);
                begun.Set();
                return idle ? TrainingThread.Pace.Idle : TrainingThread.Pace.Busy;
            }, Start);
            Assert.That(begun.WaitOne(TimeSpan.FromSeconds(30)), Is.True);
            thread.Stop();
            int after = Volatile.Read(ref pieces);
            Thread.Sleep(2);
            Assert.That(Volatile.Read(ref pieces), Is.EqualTo(after));
            thread.Stop();
        }

        [Test]
        public void MayStopFromItsOwnWork()
        {
            TrainingThread? thread = null;
            int pieces = 0;
            using var made = new ManualResetEvent(false);
            using var ended = new ManualResetEvent(false);
            thread = new TrainingThread(() =>
            {
                made.WaitOne();
                pieces++;
                thread!.Stop();
                ended.Set();
                return TrainingThread.Pace.Busy;
            }, Start);
            made.Set();
            Assert.That(ended.WaitOne(TimeSpan.FromSeconds(30)), Is.True);
            thread.Stop();
            Assert.That(pieces, Is.EqualTo(1));
        }

        [Test]
        public void AThreadThatComesTooLateFindsTheWorkTaken()
        {
            int pieces = 0;
            Thread? late = null;
            var thread = new TrainingThread(() =>
            {
                pieces++;
                return TrainingThread.Pace.Ended;
            }, started => late = started);
            Assert.That(thread.IsCallers, Is.False);
            Assert.That(thread.TryTakeOver(), Is.True);
            Assert.That(thread.TryTakeOver(), Is.True);
            Assert.That(thread.IsCallers, Is.True);
            late!.Start();
            late.Join();
            Assert.That(pieces, Is.Zero);
            thread.Stop();
        }

        [Test]
        public void WhereNoThreadStartsTheWorkIsTheCallers()
        {
            var thread = new TrainingThread(() => TrainingThread.Pace.Ended, started => throw new PlatformNotSupportedException());
            Assert.That(thread.IsCallers, Is.True);
            Assert.That(thread.IsAlive, Is.False);
            thread.Stop();
        }
    }
}
