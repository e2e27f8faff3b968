using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed unsafe class WorkSlicerTests
    {
        /// <summary>Pieces that note what they did.</summary>
        private static void Run(WorkSlicer work, List<int> done, int pieces)
        {
            for (int i = 0; i < pieces; i++)
                if (work.Next(1)) done.Add(i);
        }

        [Test]
        public void WithoutTimeOnePieceIsDoneEachTimeAndEachOnce()
        {
            var work = new WorkSlicer();
            var done = new List<int>();
            work.Start(TimeSpan.Zero);
            work.Begin(WorkKind.Copying);
            for (int call = 1; call <= 5; call++)
            {
                work.Start(TimeSpan.Zero);
                Run(work, done, 5);
                Assert.That(done, Is.EqualTo(Enumerable.Range(0, call)));
                Assert.That(work.Stopped, Is.EqualTo(call < 5));
                Assert.That(work.Finished(), Is.EqualTo(call == 5));
            }
            work.Begin(WorkKind.Packing);
            Assert.That(work.Next(1), Is.False);
            work.Start(TimeSpan.FromTicks(-5));
            Assert.That(work.Next(1), Is.True);
        }

        [Test]
        public void WithTimeEverythingIsDoneInOneCall([Values] bool whole)
        {
            WorkSlicer work = whole ? WorkSlicer.Whole : new WorkSlicer();
            var done = new List<int>();
            if (!whole) work.Start(TimeSpan.MaxValue);
            work.Begin(WorkKind.Copying);
            Run(work, done, 1000);
            Assert.That(work.Finished(), Is.True);
            Assert.That(done, Is.EqualTo(Enumerable.Range(0, 1000)));
        }

        [Test]
        public void PiecesThatWereDoneArePassedOverTogether()
        {
            var work = new WorkSlicer();
            work.Start(TimeSpan.MaxValue);
            work.Begin(WorkKind.Copying);
            Run(work, new List<int>(), 7);
            Assert.That(work.Finished(), Is.True);
            Assert.That(work.PassOver(0), Is.False);
            Assert.That(work.PassOver(3), Is.True);
            Assert.That(work.PassOver(3), Is.True);
            Assert.That(work.PassOver(3), Is.False);
            Assert.That(work.Index, Is.EqualTo(6));
            var done = new List<int>();
            Run(work, done, 4);
            Assert.That(done, Is.EqualTo(new[] { 1, 2, 3 }));
        }

        [Test]
        public void SharesAreDoneOnceInAll([Range(1, 4)] int shares)
        {
            var done = new List<int>();
            for (int share = 0; share < shares; share++)
            {
                var work = new WorkSlicer(share, shares);
                for (int stage = 0; stage < 2; stage++)
                {
                    var own = new List<int>();
                    Run(work, own, 10);
                    Assert.That(own, Is.EqualTo(Enumerable.Range(0, 10).Where(piece => piece % shares == share)));
                    Assert.That(work.Finished(), Is.True);
                    if (stage == 1) done.AddRange(own);
                }
            }
            Assert.That(done, Is.EquivalentTo(Enumerable.Range(0, 10)));
        }

        [TestCase(10, 4, new[] { 4, 8, 10 })]
        [TestCase(9, 4, new[] { 4, 9 })]
        [TestCase(5, 4, new[] { 5 })]
        [TestCase(1, 4, new[] { 1 })]
        [TestCase(5, 1, new[] { 1, 2, 3, 5 })]
        [TestCase(6, 6, new[] { 6 })]
        public void NoRowIsLeftAlone(int rows, int size, int[] ends)
        {
            var found = new List<int>();
            for (int row = 0; row < rows; row = found[found.Count - 1]) found.Add(WorkSlicer.EndOfPiece(row, size, rows));
            Assert.That(found, Is.EqualTo(ends));
        }

        [Test]
        public void APieceHasAsManyRowsAsTheGrainPaysFor()
        {
            // At first a unit is taken for a nanosecond.
            var work = new WorkSlicer(1000e-9);
            work.Start(TimeSpan.MaxValue);
            work.Begin(WorkKind.Forward);
            Assert.That(work.Grain, Is.EqualTo(1000).Within(1));
            Assert.That(work.RowsOfPiece(100, 4, 100), Is.EqualTo(8));
            Assert.That(work.RowsOfPiece(100, 1, 99), Is.EqualTo(10));
            Assert.That(work.RowsOfPiece(100, 4, 5000), Is.EqualTo(4));
            Assert.That(work.RowsOfPiece(9, 4, 100), Is.EqualTo(9));
            Assert.That(work.RowsOfPiece(3, 4, 5000), Is.EqualTo(3));
            Assert.That(WorkSlicer.Whole.RowsOfPiece(100, 4, long.MaxValue), Is.EqualTo(100));
        }

        private static IEnumerable<string> Kernels() => KernelSet.Available.Select(kernels => kernels.Name);

        [TestCaseSource(nameof(Kernels))]
        public void AProductInPiecesHasTheBitsOfTheWhole(string name)
        {
            KernelSet kernels = KernelSet.Available.First(set => set.Name == name);
            foreach (int rows in new[] { 1, 2, 5, 8, 9, 17 })
                foreach (int columns in new[] { 3, 16, 130, 300 })
                    foreach (bool accumulate in new[] { false, true })
                    {
                        float[] whole = Multiply(kernels, rows, columns, accumulate, WorkSlicer.Whole, out int one);
                        var work = new WorkSlicer(1e-9);
                        float[] pieces = Multiply(kernels, rows, columns, accumulate, work, out int calls);
                        Assert.That(pieces.Select(BitConverter.SingleToInt32Bits), Is.EqualTo(whole.Select(BitConverter.SingleToInt32Bits)), $"{rows} × {columns}, {accumulate}");
                        Assert.That(one, Is.EqualTo(1));
                        int tall = kernels.RowStep == 1 ? Math.Max(1, rows - 1) : rows < 6 ? 1 : rows < 10 ? 2 : 4;
                        Assert.That(calls, Is.EqualTo(tall * ((columns + 127) / 128)), $"{rows} × {columns}");
                    }
        }

        /// <summary>C (rows, columns) = start + A (rows, 7) B + D (rows, 3) E, from a slicer that stops after every piece.</summary>
        private static float[] Multiply(KernelSet kernels, int rows, int columns, bool accumulate, WorkSlicer work, out int calls)
        {
            var random = new RandomSource(5);
            int row = (columns + 15) / 16 * 16;
            using var memory = new AlignedBuffer(10 * rows + 10 * row + row + rows * row);
            for (int i = 0; i < memory.Length; i++) memory.Pointer[i] = random.NextGaussian();
            float* a = memory.Pointer, d = a + 7 * rows, b = d + 3 * rows, e = b + 7 * row, bias = e + 3 * row, c = bias + row;
            var product = new Product
            {
                Rows = rows,
                Columns = columns,
                Segments = 2,
                First = new Segment { A = a, ARow = 7, AInner = 1, Inner = 7, Outer = 1, B = Panels.Dense(b, row) },
                Second = new Segment { A = d, ARow = 3, AInner = 1, Inner = 3, Outer = 1, B = Panels.Dense(e, row) },
                C = Panels.Dense(c, row),
                Bias = bias,
                Accumulate = accumulate,
            };
            if (!work.IsWhole)
            {
                work.Start(TimeSpan.Zero);
                work.Begin(WorkKind.Forward);
            }
            calls = 0;
            do
            {
                if (!work.IsWhole) work.Start(TimeSpan.Zero);
                work.Multiply(kernels, product);
                calls++;
            }
            while (!work.Finished());
            return new Span<float>(c, rows * row).ToArray();
        }
    }
}
