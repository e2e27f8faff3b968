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
        public void EveryPieceIsDoneOnce([Range(1, 4)] int size, [Values(0, 1, 2, 3, 17)] int pieces)
        {
            using var team = new WorkerTeam(size);
            Assert.That(team.Size, Is.EqualTo(size));
            var counts = new int[pieces];
            int wrongThreads = 0;
            for (int run = 0; run < 50; run++)
            {
                team.Run(pieces, (piece, thread) =>
                {
                    Interlocked.Increment(ref counts[piece]);
                    if (thread < 0 || thread >= size || thread >= pieces) Interlocked.Increment(ref wrongThreads);
                });
            }
            Assert.That(counts, Is.All.EqualTo(50));
            Assert.That(wrongThreads, Is.Zero);
        }

        [Test]
        public void AStageIsSharedOutAlsoAfterOneThatFailed([Range(1, 4)] int size)
        {
            using var team = new WorkerTeam(size);
            var counts = new int[13];
            Assert.That(() => team.Share(work => throw new InvalidOperationException(work.Next(1) ? "mine" : "another's")), Throws.InvalidOperationException.With.Message.EqualTo("mine"));
            team.Share(work =>
            {
                for (int i = 0; i < counts.Length; i++)
                    if (work.Next(1)) Interlocked.Increment(ref counts[i]);
            });
            Assert.That(counts, Is.All.EqualTo(1));
        }

        [Test]
        public void ThreadsThatAreFreeShareTheWork()
        {
            using var team = new WorkerTeam(3);
            var ids = new int[3];
            // Every piece waits for the others: three threads must be at work at once.
            using var together = new Barrier(3);
            team.Run(3, (piece, thread) =>
            {
                ids[thread] = Thread.CurrentThread.ManagedThreadId;
                Assert.That(together.SignalAndWait(30_000), Is.True);
            });
            Assert.That(ids[0], Is.EqualTo(Thread.CurrentThread.ManagedThreadId));
            Assert.That(ids.Distinct().Count(), Is.EqualTo(3));
        }

        [Test]
        public void RunReturnsWhenAllAreDone()
        {
            using var team = new WorkerTeam(3);
            int done = 0;
            team.Run(5, (piece, thread) =>
            {
                Thread.Sleep(5 * piece);
                Interlocked.Increment(ref done);
            });
            Assert.That(done, Is.EqualTo(5));
        }

        [Test]
        public void WakesWorkersThatSleep()
        {
            using var team = new WorkerTeam(2);
            using var together = new Barrier(2);
            int met = 0;
            for (int run = 0; run < 4; run++)
            {
                Thread.Sleep(20); // far longer than they spin
                team.Run(2, (piece, thread) =>
                {
                    if (together.SignalAndWait(30_000)) Interlocked.Increment(ref met);
                });
            }
            Assert.That(met, Is.EqualTo(8));
        }

        [Test]
        public void ManyRunsLoseNoneAndSeeWhatWasWrittenBefore([Values(2, 3)] int size)
        {
            using var team = new WorkerTeam(size);
            var sums = new long[5];
            int number = 0;
            Action<int, int> job = (piece, thread) => sums[piece] += number;
            for (number = 1; number <= 3000; number++) team.Run(5, job);
            Assert.That(sums, Is.All.EqualTo(4_501_500));
        }

        [Test]
        public void NoShareOfARoundBeginsBeforeTheRoundBeforeIsDone([Values(1, 2, 3)] int size, [Values(1, 2, 40)] int rounds)
        {
            using var team = new WorkerTeam(size);
            var counts = new int[rounds];
            int tooEarly = 0;
            Action<int, int> job = (round, share) =>
            {
                if (round > 0 && Volatile.Read(ref counts[round - 1]) != size) Interlocked.Increment(ref tooEarly);
                Interlocked.Increment(ref counts[round]);
            };
            for (int run = 0; run < 200; run++)
            {
                Array.Clear(counts, 0, rounds);
                // Now and then the others sleep and come late.
                if (run % 50 == 0) Thread.Sleep(5);
                team.RunRounds(rounds, size, job);
                Assert.That(counts, Is.All.EqualTo(size));
            }
            Assert.That(tooEarly, Is.Zero);
            int pieces = 0;
            team.Run(7, (_, _) => Interlocked.Increment(ref pieces));
            Assert.That(pieces, Is.EqualTo(7), "after rounds, pieces");
        }

        [Test]
        public void AThreadKeepsItsShareInEveryRound()
        {
            using var team = new WorkerTeam(2);
            using var together = new Barrier(2);
            var ids = new int[6, 2];
            team.RunRounds(6, 2, (round, share) =>
            {
                // Each waits for the other, so that nobody has to take what is another's.
                Assert.That(together.SignalAndWait(30_000), Is.True);
                ids[round, share] = Thread.CurrentThread.ManagedThreadId;
            });
            for (int round = 0; round < 6; round++)
            {
                Assert.That(ids[round, 0], Is.EqualTo(Thread.CurrentThread.ManagedThreadId));
                Assert.That(ids[round, 1], Is.EqualTo(ids[0, 1]).And.Not.EqualTo(ids[round, 0]));
            }
        }

        [Test]
        public void AShareThatFailsEndsNoRound([Values(1, 3)] int size)
        {
            using var team = new WorkerTeam(size);
            int done = 0;
            Assert.That(() => team.RunRounds(5, size, (round, share) =>
            {
                Interlocked.Increment(ref done);
                if (round == 2) throw new ArgumentException("share " + share);
            }), Throws.ArgumentException.With.Message.EqualTo("share 0"));
            Assert.That(done, Is.EqualTo(5 * size));
        }

        [Test]
        public void ThrowsWhatTheLowestPieceThrewWhenAllAreDone([Values(1, 4)] int size)
        {
            using var team = new WorkerTeam(size);
            int done = 0;
            void Fail(int piece, int thread)
            {
                Interlocked.Increment(ref done);
                if (piece == 1) Thread.Sleep(10);
                if (piece > 0) throw new ArgumentException("piece " + piece);
            }
            Assert.That(() => team.Run(4, Fail), Throws.ArgumentException.With.Message.EqualTo("piece 1"));
            Assert.That(done, Is.EqualTo(4));
            Assert.That(() => team.Run(4, (piece, thread) => throw new InvalidOperationException("piece " + piece)), Throws.InvalidOperationException.With.Message.EqualTo("piece 0"));

            var ran = new bool[4];
            team.Run(4, (piece, thread) => ran[piece] = true);
            Assert.That(ran, Is.All.True);
        }

        [Test]
        public void TheStackOfAFailureNamesWhoFailed()
        {
            using var team = new WorkerTeam(2);
            var failure = Assert.Throws<KeyNotFoundException>(() => team.Run(2, FailInThePiece))!;
            Assert.That(failure.StackTrace, Does.Contain(nameof(FailInThePiece)));
        }

        [Test]
        public void DisposingTwiceIsOnce()
        {
            var team = new WorkerTeam(3);
            team.Run(3, (_, _) => { });
            team.Dispose();
            team.Dispose();
            Assert.That(() => team.Run(3, (_, _) => { }), Throws.TypeOf<ObjectDisposedException>());
        }

        [Test]
        public void ATeamThatNeverWorkedEnds()
        {
            new WorkerTeam(3).Dispose();
            var asleep = new WorkerTeam(3);
            Thread.Sleep(20);
            asleep.Dispose();
            Assert.That(() => asleep.Run(3, (_, _) => { }), Throws.TypeOf<ObjectDisposedException>());
        }

        [Test]
        public void ARunAllocatesNothing()
        {
            using var team = new WorkerTeam(2);
            var allocated = new long[2];
            int arrived = 0;
            // Each waits for the other: so either thread takes one piece, and its figure is of this run.
            Action<int, int> meet = (piece, thread) =>
            {
                Interlocked.Increment(ref arrived);
                while (Volatile.Read(ref arrived) % 2 != 0) Thread.Yield();
                allocated[thread] = GC.GetAllocatedBytesForCurrentThread();
            };
            Action<int, int> nothing = (piece, thread) => { };
            for (int run = 0; run < 50; run++) team.Run(8, nothing);
            for (int run = 0; run < 2; run++) team.Run(2, meet);
            (long caller, long worker) = (allocated[0], allocated[1]);
            for (int run = 0; run < 1000; run++) team.Run(8, nothing);
            team.Run(2, meet);
            Assert.That(allocated, Is.EqualTo(new[] { caller, worker }));
        }

        [Test]
        public void RefusesATeamOfNobody() =>
            Assert.That(() => new WorkerTeam(0), Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.Contains("expected a size of at least 1, got 0"));

        private static void FailInThePiece(int piece, int thread)
        {
            if (piece == 1) throw new KeyNotFoundException();
        }
    }
}
