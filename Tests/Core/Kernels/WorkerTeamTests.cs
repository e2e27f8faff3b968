using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class WorkerTeamTests
    {
        [Test]
        public void EveryNumberRunsOnceOnAThreadOfItsOwn([Range(1, 5)] int size)
        {
            using var team = new WorkerTeam(size);
            Assert.That(team.Size, Is.EqualTo(size));
            var counts = new int[size];
            var threads = new int[size];
            for (int run = 0; run < 3; run++)
            {
                team.Run(i =>
                {
                    counts[i]++;
                    threads[i] = Thread.CurrentThread.ManagedThreadId;
                });
            }
            Assert.That(counts, Is.All.EqualTo(3));
            Assert.That(threads[0], Is.EqualTo(Thread.CurrentThread.ManagedThreadId));
            Assert.That(threads.Distinct().Count(), Is.EqualTo(size));
        }

        [Test]
        public void RunReturnsWhenAllAreDone()
        {
            using var team = new WorkerTeam(3);
            int done = 0;
            team.Run(i =>
            {
                Thread.Sleep(10 * i);
                Interlocked.Increment(ref done);
            });
            Assert.That(done, Is.EqualTo(3));
        }

        [Test]
        public void WakesWorkersThatSleep()
        {
            using var team = new WorkerTeam(3);
            int sum = 0;
            for (int run = 0; run < 4; run++)
            {
                Thread.Sleep(20); // far longer than they spin
                team.Run(i => Interlocked.Add(ref sum, i + 1));
            }
            Assert.That(sum, Is.EqualTo(4 * (1 + 2 + 3)));
        }

        [Test]
        public void ManyRunsLoseNoneAndSeeWhatWasWrittenBefore([Values(2, 3)] int size)
        {
            using var team = new WorkerTeam(size);
            var sums = new long[size];
            int number = 0;
            Action<int> job = i => sums[i] += number;
            for (number = 1; number <= 3000; number++) team.Run(job);
            Assert.That(sums, Is.All.EqualTo(4_501_500));
        }

        [Test]
        public void ThrowsWhatTheLowestNumberThrewWhenAllAreDone()
        {
            using var team = new WorkerTeam(4);
            int done = 0;
            void Fail(int i)
            {
                Interlocked.Increment(ref done);
                if (i == 1) Thread.Sleep(10);
                if (i > 0) throw new ArgumentException("number " + i);
            }
            Assert.That(() => team.Run(Fail), Throws.ArgumentException.With.Message.EqualTo("number 1"));
            Assert.That(done, Is.EqualTo(4));
            Assert.That(() => team.Run(i => throw new InvalidOperationException("number " + i)), Throws.InvalidOperationException.With.Message.EqualTo("number 0"));

            var ran = new bool[4];
            team.Run(i => ran[i] = true);
            Assert.That(ran, Is.All.True);
        }

        [Test]
        public void TheStackOfAFailureNamesWhoFailed()
        {
            using var team = new WorkerTeam(2);
            var failure = Assert.Throws<KeyNotFoundException>(() => team.Run(FailInTheWorker))!;
            Assert.That(failure.StackTrace, Does.Contain(nameof(FailInTheWorker)));
        }

        [Test]
        public void DisposingTwiceIsOnce()
        {
            var team = new WorkerTeam(3);
            team.Run(_ => { });
            team.Dispose();
            team.Dispose();
            Assert.That(() => team.Run(_ => { }), Throws.TypeOf<ObjectDisposedException>());
        }

        [Test]
        public void ATeamThatNeverWorkedEnds()
        {
            new WorkerTeam(3).Dispose();
            var asleep = new WorkerTeam(3);
            Thread.Sleep(20);
            asleep.Dispose();
            Assert.That(() => asleep.Run(_ => { }), Throws.TypeOf<ObjectDisposedException>());
        }

        [Test]
        public void ARunAllocatesNothing()
        {
            using var team = new WorkerTeam(2);
            var allocated = new long[2];
            Action<int> job = i => allocated[i] = GC.GetAllocatedBytesForCurrentThread();
            long[] Measure()
            {
                team.Run(job);
                return (long[])allocated.Clone();
            }
            Measure();
            long[] before = Measure();
            for (int run = 0; run < 100; run++) team.Run(job);
            // The caller's own copy of the figures is the only thing in between.
            Assert.That(allocated[1] - before[1], Is.Zero);
            Assert.That(allocated[0] - before[0], Is.LessThanOrEqualTo(2 * sizeof(long) + 64));
        }

        [Test]
        public void RefusesATeamOfNobody() =>
            Assert.That(() => new WorkerTeam(0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("expected a size of at least 1, got 0"));

        private static void FailInTheWorker(int i)
        {
            if (i == 1) throw new KeyNotFoundException();
        }
    }
}
