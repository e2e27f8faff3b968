using System;
using System.Collections.Generic;
using NUnit.Framework;

namespace Recurrent.Tests
{
    /// <summary>Every kernel set against <see cref="ScalarKernels"/>.</summary>
    public sealed unsafe class KernelSetTests
    {
        private static readonly ScalarKernels s_reference = new ScalarKernels();

        public static IEnumerable<string> Names()
        {
            foreach (KernelSet kernels in KernelSet.Available) yield return kernels.Name;
        }

        private static KernelSet Find(string name)
        {
            foreach (KernelSet kernels in KernelSet.Available)
                if (kernels.Name == name) return kernels;
            throw new ArgumentException(name);
        }

        private static AlignedBuffer Draw(RandomSource random, int length, float size = 1)
        {
            var buffer = new AlignedBuffer(length);
            for (int i = 0; i < length; i++) buffer.Span[i] = random.NextSingle(-size, size);
            return buffer;
        }

        private static AlignedBuffer Copy(AlignedBuffer from)
        {
            var copy = new AlignedBuffer(from.Length);
            from.Span.CopyTo(copy.Span);
            return copy;
        }

        private static void AssertEqual(AlignedBuffer expected, AlignedBuffer got, double tolerance, string what)
        {
            for (int i = 0; i < expected.Length; i++)
                if (!(Math.Abs(expected.Span[i] - got.Span[i]) <= tolerance)) Assert.Fail($"{what}: element {i}: expected {expected.Span[i]}, got {got.Span[i]}");
        }

        [Test]
        public void TheDefaultIsTheLastOfThoseAvailable()
        {
            Assert.That(KernelSet.Available[0].Name, Is.EqualTo("Scalar"));
            Assert.That(KernelSet.Default, Is.SameAs(KernelSet.Available[KernelSet.Available.Count - 1]));
        }

        [TestCaseSource(nameof(Names))]
        public void AProductOfDenseMatricesAndPackedWeightsIsTheReferences(string name)
        {
            KernelSet kernels = Find(name);
            var random = new RandomSource(1);
            for (int trial = 0; trial < 300; trial++)
            {
                int rows = trial < 40 ? 1 : 1 + random.Next(20), columns = 1 + random.Next(trial % 3 == 0 ? 300 : 70);
                int k0 = random.Next(40), k1 = 1 + random.Next(40), pairs = (Panels.Vectors(columns) + 1) / 2, stride = columns + random.Next(5);
                using AlignedBuffer a0 = Draw(random, rows * (k0 + 3)), a1 = Draw(random, rows * k1), b = Draw(random, pairs * (k0 + k1) * 32);
                using AlignedBuffer bias = Draw(random, pairs * 32), c = Draw(random, rows * stride), d = Copy(c);
                var product = new Product
                {
                    Rows = rows,
                    Columns = columns,
                    Segments = random.Next(2) + 1,
                    Accumulate = random.Next(3) == 0,
                    Bias = random.Next(3) == 0 ? null : bias.Pointer,
                    C = Panels.Dense(c.Pointer, stride),
                    First = new Segment { A = a0.Pointer, ARow = k0 + 3, AInner = 1, Inner = k0, Outer = 1, B = new Panels(b.Pointer, 32, 2, (k0 + k1) * 32) },
                    Second = new Segment { A = a1.Pointer, ARow = k1, AInner = 1, Inner = k1, Outer = 1, B = new Panels(b.Pointer + k0 * 32, 32, 2, (k0 + k1) * 32) },
                };
                s_reference.Multiply(product);
                product.C = Panels.Dense(d.Pointer, stride);
                kernels.Multiply(product);
                AssertEqual(c, d, 2e-5, $"{rows}×({k0}+{k1})·{columns}");
            }
        }

        [TestCaseSource(nameof(Names))]
        public void AProductOverStepsAndRowsOfAGateTapeIsTheReferences(string name)
        {
            KernelSet kernels = Find(name);
            var random = new RandomSource(2);
            for (int trial = 0; trial < 200; trial++)
            {
                int steps = 1 + random.Next(5), rows = 1 + random.Next(10), inputs = 1 + random.Next(20), panels = 1 + random.Next(4), gates = 1 + random.Next(4);
                int used = 1 + random.Next(gates), vectors = panels * used, panelStride = rows * gates * 16;
                using AlignedBuffer x = Draw(random, steps * rows * inputs), tape = Draw(random, steps * panels * panelStride);
                using AlignedBuffer c = Draw(random, (vectors + 1) / 2 * inputs * 32), d = Copy(c);
                s_reference.Multiply(OverStepsAndRows(x, tape, c, inputs, steps, rows, panels, gates, used));
                kernels.Multiply(OverStepsAndRows(x, tape, d, inputs, steps, rows, panels, gates, used));
                AssertEqual(c, d, 2e-5, $"{inputs}×({steps}·{rows})·{panels}·{used} of {gates}");
            }
        }

        // The gradient of weights: inputs transposed × the first gates of each panel of the tape, summed over all rows of all steps.
        private static Product OverStepsAndRows(AlignedBuffer x, AlignedBuffer tape, AlignedBuffer result, int inputs, int steps, int rows, int panels, int gates, int used)
        {
            int panelStride = rows * gates * 16;
            return new Product
            {
                Rows = inputs,
                Columns = panels * used * 16,
                Segments = 1,
                Accumulate = true,
                C = new Panels(result.Pointer, 32, 2, inputs * 32),
                First = new Segment
                {
                    A = x.Pointer,
                    ARow = 1,
                    AInner = inputs,
                    AOuter = rows * inputs,
                    Inner = rows,
                    Outer = steps,
                    B = new Panels(tape.Pointer, gates * 16, used, panelStride),
                    BOuter = panels * panelStride,
                },
            };
        }

        [TestCaseSource(nameof(Names))]
        public void AProductOverStepsAndRowsOfManyInputsIsTheReferencesAndMayBeCut(string name)
        {
            KernelSet kernels = Find(name);
            var random = new RandomSource(8);
            foreach ((int inputs, int steps, int rows) in new[] { (256, 3, 7), (259, 16, 16), (300, 13, 11), (517, 2, 1) })
            {
                const int panels = 3, gates = 3, columns = panels * gates * 16;
                int panelStride = rows * gates * 16, pairs = (panels * gates + 1) / 2;
                using AlignedBuffer x = Draw(random, steps * rows * inputs), tape = Draw(random, steps * panels * panelStride);
                using AlignedBuffer c = Draw(random, pairs * inputs * 32), d = Copy(c), e = Copy(c);
                Product To(AlignedBuffer result) => OverStepsAndRows(x, tape, result, inputs, steps, rows, panels, gates, gates);
                s_reference.Multiply(To(c));
                kernels.Multiply(To(d));
                AssertEqual(c, d, 1e-4, $"{inputs}×({steps}·{rows})·{columns}");
                kernels.Multiply(To(e).Part(0, 108, 0, columns));
                kernels.Multiply(To(e).Part(108, inputs - 108, 0, columns));
                AssertEqual(d, e, 0, $"{inputs}×({steps}·{rows})·{columns} in two");
            }
        }

        [TestCaseSource(nameof(Names))]
        public void AProductFromAGateTapeBackToInputsIsTheReferences(string name)
        {
            KernelSet kernels = Find(name);
            var random = new RandomSource(3);
            for (int trial = 0; trial < 200; trial++)
            {
                int rows = 1 + random.Next(12), inputs = 1 + random.Next(50), panels = 1 + random.Next(4), gates = 1 + random.Next(4);
                int width = gates * 16, pairs = (Panels.Vectors(inputs) + 1) / 2;
                using AlignedBuffer tape = Draw(random, panels * rows * width), b = Draw(random, pairs * panels * width * 32), c = Draw(random, rows * inputs), d = Copy(c);
                var product = new Product
                {
                    Rows = rows,
                    Columns = inputs,
                    Segments = 1,
                    Accumulate = trial % 2 == 0,
                    C = Panels.Dense(c.Pointer, inputs),
                    First = new Segment
                    {
                        A = tape.Pointer,
                        ARow = width,
                        AInner = 1,
                        AOuter = rows * width,
                        Inner = width,
                        Outer = panels,
                        B = new Panels(b.Pointer, 32, 2, panels * width * 32),
                        BOuter = width * 32,
                    },
                };
                s_reference.Multiply(product);
                product.C = Panels.Dense(d.Pointer, inputs);
                kernels.Multiply(product);
                AssertEqual(c, d, 5e-5, $"{rows}×{panels}·{width}·{inputs}");
            }
        }

        [TestCaseSource(nameof(Names))]
        public void ALoneRowsStepIsTheReferencesAndMayBeCutBetweenPairsOfPanels(string name)
        {
            KernelSet kernels = Find(name);
            var random = new RandomSource(9);
            for (int trial = 0; trial < 240; trial++)
            {
                int hidden = 1 + trial % 70, inputs = random.Next(12), states = 1 + random.Next(40);
                WeightPrecision precision = trial % 2 == 0 ? WeightPrecision.Single : WeightPrecision.BFloat16;
                bool accumulates = random.Next(3) == 0, lastFirst = random.Next(2) == 0, biased = random.Next(4) > 0;
                foreach (string cell in new[] { "rnn", "lstm", "gru", "none" })
                {
                    string what = $"{cell}, H={hidden}, {inputs}+{states}, {precision}, bias {biased}, sums {accumulates}";
                    using var expected = new Row((ulong)trial, hidden, inputs, states, precision, biased, accumulates);
                    using var got = new Row((ulong)trial, hidden, inputs, states, precision, biased, accumulates);
                    using var cut = new Row((ulong)trial, hidden, inputs, states, precision, biased, accumulates);
                    expected.Run(s_reference, cell, 0, hidden, lastFirst);
                    got.Run(kernels, cell, 0, hidden, lastFirst);
                    for (int first = 0; first < hidden; first += 32) cut.Run(kernels, cell, first, Math.Min(32, hidden - first), !lastFirst);
                    expected.Compare(got, 2e-5, what);
                    got.Compare(cut, 0, what + ", cut");
                }
            }
        }

        [TestCaseSource(nameof(Names))]
        public void ThePassesOverGatesAreTheReferences(string name)
        {
            KernelSet kernels = Find(name);
            var random = new RandomSource(4);
            for (int trial = 0; trial < 120; trial++)
            {
                int hidden = 1 + trial % 60, rows = 1 + random.Next(5);
                bool saturating = trial % 5 == 0;
                foreach (string pass in new[] { "rnn-tanh", "rnn-relu", "rnn-sigmoid", "lstm", "gru", "gru-before" })
                {
                    using var expected = new Gates(new RandomSource((ulong)trial), hidden, rows, saturating);
                    using var got = new Gates(new RandomSource((ulong)trial), hidden, rows, saturating);
                    expected.Run(s_reference, pass);
                    got.Run(kernels, pass);
                    expected.Compare(got, $"{pass}, H={hidden}, rows={rows}");
                }
            }
        }

        [TestCaseSource(nameof(Names))]
        public void ActivationsOfEveryLengthAreThoseOfDoublePrecision(string name)
        {
            KernelSet kernels = Find(name);
            var random = new RandomSource(5);
            for (int length = 0; length <= 256; length++)
            {
                using AlignedBuffer x = Draw(random, length + 1, length % 3 == 0 ? 40 : 4), y = new AlignedBuffer(length + 1), dx = new AlignedBuffer(length + 1), dy = Draw(random, length + 1);
                foreach (Nonlinearity function in new[] { Nonlinearity.Tanh, Nonlinearity.Sigmoid, Nonlinearity.ReLU })
                {
                    // From the second element on: unaligned.
                    y.Span.Fill(77);
                    dx.Span.Fill(77);
                    kernels.Activate(function, x.Pointer + 1, y.Pointer + 1, length);
                    kernels.ActivateBackward(function, y.Pointer + 1, dy.Pointer + 1, dx.Pointer + 1, length);
                    Assert.That(y.Span[0], Is.EqualTo(77f));
                    for (int i = 1; i <= length; i++)
                    {
                        double v = x.Span[i], f = function == Nonlinearity.Tanh ? Math.Tanh(v) : function == Nonlinearity.Sigmoid ? 1 / (1 + Math.Exp(-v)) : Math.Max(0, v);
                        double slope = function == Nonlinearity.Tanh ? 1 - f * f : function == Nonlinearity.Sigmoid ? f * (1 - f) : v > 0 ? 1 : 0;
                        Assert.That(y.Span[i], Is.EqualTo(f).Within(4e-7 * Math.Max(1, Math.Abs(f))), $"{function}({v})");
                        Assert.That(dx.Span[i], Is.EqualTo(dy.Span[i] * slope).Within(1e-6), $"{function}'({v})");
                    }
                }
            }
        }

        [TestCaseSource(nameof(Names))]
        public void TanhAndSigmoidAreWithin4e7EverywhereAndKeepNaN(string name)
        {
            KernelSet kernels = Find(name);
            const int count = 40000;
            using AlignedBuffer x = new AlignedBuffer(count), y = new AlignedBuffer(count);
            for (int i = 0; i < count; i++) x.Span[i] = (i - count / 2) * 1e-3f;
            kernels.Activate(Nonlinearity.Tanh, x.Pointer, y.Pointer, count);
            for (int i = 0; i < count; i++)
                if (!(Math.Abs(Math.Tanh(x.Span[i]) - y.Span[i]) < 4e-7)) Assert.Fail($"tanh({x.Span[i]}) = {y.Span[i]}");
            kernels.Activate(Nonlinearity.Sigmoid, x.Pointer, y.Pointer, count);
            for (int i = 0; i < count; i++)
                if (!(Math.Abs(1 / (1 + Math.Exp(-(double)x.Span[i])) - y.Span[i]) < 4e-7)) Assert.Fail($"sigmoid({x.Span[i]}) = {y.Span[i]}");
            x.Span.Slice(0, 4).Fill(float.NaN);
            x.Span[1] = float.PositiveInfinity;
            x.Span[2] = float.NegativeInfinity;
            foreach (Nonlinearity function in new[] { Nonlinearity.Tanh, Nonlinearity.Sigmoid, Nonlinearity.ReLU })
            {
                kernels.Activate(function, x.Pointer, y.Pointer, 21);
                Assert.That(y.Span[0], Is.NaN, function.ToString());
                Assert.That(y.Span[2], Is.EqualTo(function == Nonlinearity.Tanh ? -1f : 0f).Within(1e-6));
            }
        }

        [TestCaseSource(nameof(Names))]
        public void SweepsOverArraysOfEveryLengthAreTheReferences(string name)
        {
            KernelSet kernels = Find(name);
            var random = new RandomSource(6);
            var sweep = new AdamSweep { Keep = 0.99f, Penalty = 0.02f, Blend1 = 0.1f, Beta2 = 0.999f, Blend2 = 0.001f, StepSize = 0.05f, Correction2 = 2f, Epsilon = 1e-8f };
            for (int length = 0; length <= 100; length++)
                for (int amsgrad = 0; amsgrad < 2; amsgrad++)
                {
                    var expected = new AlignedBuffer[5];
                    var got = new AlignedBuffer[5];
                    for (int i = 0; i < 5; i++)
                    {
                        expected[i] = Draw(random, length + 1);
                        for (int j = 0; i > 2 && j <= length; j++) expected[i].Span[j] *= expected[i].Span[j];
                        got[i] = Copy(expected[i]);
                    }
                    foreach ((KernelSet set, AlignedBuffer[] x) in new[] { (s_reference, expected), (kernels, got) })
                    {
                        set.Add(x[1].Pointer + 1, x[0].Pointer + 1, length);
                        set.Adam(sweep, x[0].Pointer + 1, x[1].Pointer + 1, x[2].Pointer + 1, x[3].Pointer + 1, amsgrad == 1 ? x[4].Pointer + 1 : null, length);
                    }
                    for (int i = 0; i < 5; i++) AssertEqual(expected[i], got[i], 2e-6, $"length {length}, array {i}");
                    double sum = s_reference.SumOfSquares(expected[0].Pointer + 1, length);
                    Assert.That(kernels.SumOfSquares(expected[0].Pointer + 1, length), Is.EqualTo(sum).Within(1e-12 * Math.Max(1, sum)));
                    for (int i = 0; i < 5; i++)
                    {
                        expected[i].Dispose();
                        got[i].Dispose();
                    }
                }
        }

        [TestCaseSource(nameof(Names))]
        public void ATransposeOfEveryShapeIsTheReferences(string name)
        {
            KernelSet kernels = Find(name);
            var random = new RandomSource(7);
            for (int rows = 1; rows <= 19; rows++)
                for (int columns = 1; columns <= 19; columns++)
                    foreach (bool accumulate in new[] { false, true })
                    {
                        using AlignedBuffer from = Draw(random, rows * (columns + 2)), expected = Draw(random, columns * (rows + 3)), got = Copy(expected);
                        s_reference.Transpose(from.Pointer, columns + 2, expected.Pointer, rows + 3, rows, columns, -1.5f, accumulate);
                        kernels.Transpose(from.Pointer, columns + 2, got.Pointer, rows + 3, rows, columns, -1.5f, accumulate);
                        AssertEqual(expected, got, 1e-6, $"{rows}×{columns}");
                        if (!accumulate) Assert.That(expected.Span[(columns - 1) * (rows + 3) + rows - 1], Is.EqualTo(-1.5f * from.Span[(rows - 1) * (columns + 2) + columns - 1]));
                    }
        }

        [TestCaseSource(nameof(Names))]
        public void ASumOfSquaresIsFiniteWhereItsTermsAre(string name)
        {
            KernelSet kernels = Find(name);
            using var x = new AlignedBuffer(40);
            x.Span.Fill(1e30f);
            Assert.That(kernels.SumOfSquares(x.Pointer, 40), Is.EqualTo(40e60).Within(1e55));
            x.Span[17] = float.PositiveInfinity;
            Assert.That(kernels.SumOfSquares(x.Pointer, 40), Is.EqualTo(double.PositiveInfinity));
            x.Span[17] = float.NaN;
            Assert.That(kernels.SumOfSquares(x.Pointer, 40), Is.NaN);
        }

        /// <summary>The arrays of a lone row's step, at random.</summary>
        private sealed class Row : IDisposable
        {
            private readonly int _hidden, _inputs, _states;
            private readonly WeightPrecision _precision;
            private readonly bool _biased, _accumulates;
            private readonly AlignedBuffer _x, _h, _tape, _c, _next, _bias;
            private readonly AlignedBuffer[] _weights;

            public Row(ulong seed, int hidden, int inputs, int states, WeightPrecision precision, bool biased, bool accumulates)
            {
                var random = new RandomSource(seed);
                (_hidden, _inputs, _states, _precision, _biased, _accumulates) = (hidden, inputs, states, precision, biased, accumulates);
                int panels = Panels.Vectors(hidden);
                _x = Draw(random, inputs + 1);
                _h = Draw(random, Math.Max(hidden, states) + 1);
                // One float of each behind the last unit: nobody may write it.
                _c = Draw(random, hidden + 1);
                _next = Draw(random, hidden + 1);
                _tape = Draw(random, panels * 64);
                _bias = Draw(random, (panels + 1) * 64);
                // As bfloat16 a float's bits are two weights.
                _weights = new AlignedBuffer[3];
                for (int i = 0; i < 3; i++)
                {
                    _weights[i] = Draw(random, (panels + 1) * 2 * (inputs + states) * 32);
                    if (precision == WeightPrecision.Single) continue;
                    foreach (ref float weight in _weights[i].Span)
                        weight = BitConverter.Int32BitsToSingle(BFloat16.FromSingle(random.NextSingle(-1, 1)) | BFloat16.FromSingle(random.NextSingle(-1, 1)) << 16);
                }
            }

            public void Run(KernelSet kernels, string cell, int first, int count, bool lastFirst)
            {
                int gates = cell == "rnn" ? 1 : 4, panel = first / 16;
                var step = new GateStep
                {
                    Rows = 1,
                    Hidden = count,
                    Gates = _tape.Pointer + panel * gates * 16,
                    PanelStride = gates * 16,
                    HPrevious = _h.Pointer + first,
                    H = _next.Pointer + first,
                    CPrevious = cell == "lstm" ? _c.Pointer + first : null,
                    C = cell == "lstm" ? _c.Pointer + first : null,
                };
                RowProduct Product(int map, int gate, int width, float* x, int length, float* second, int secondLength) => new RowProduct
                {
                    First = x,
                    FirstLength = length,
                    Second = second,
                    SecondLength = secondLength,
                    B = _weights[map].Pointer + panel * width / 2 * (length + secondLength) * (_precision == WeightPrecision.Single ? 32 : 16),
                    Pair = (length + secondLength) * (_precision == WeightPrecision.Single ? 32 : 16),
                    Precision = _precision,
                    Vectors = Panels.Vectors(count) * width,
                    C = new Panels(step.Gates + gate * 16, 0, width, gates * 16),
                    Bias = _biased ? _bias.Pointer + panel * width * 16 : null,
                    Accumulate = _accumulates,
                    LastColumnsFirst = lastFirst,
                };
                switch (cell)
                {
                    case "rnn":
                        kernels.RnnRow(Product(0, 0, 1, _x.Pointer, _inputs, _h.Pointer, _states), step, Nonlinearity.Tanh);
                        break;
                    case "lstm":
                        kernels.LstmRow(Product(0, 0, 4, _x.Pointer, _inputs, _h.Pointer, _states), step);
                        break;
                    case "gru":
                        kernels.GruRow(Product(0, 0, 2, _x.Pointer, _inputs, _h.Pointer, _states), Product(1, 2, 1, _x.Pointer, _inputs, null, 0), Product(2, 3, 1, _h.Pointer, _states, null, 0), step);
                        break;
                    default:
                        kernels.Multiply(Product(0, 0, 4, _x.Pointer, _inputs, _h.Pointer, _states));
                        break;
                }
            }

            public void Compare(Row other, double tolerance, string what)
            {
                // In whatever gates a panel has, what stands in the lanes past the last unit is nobody's.
                for (int i = 0; i < _tape.Length; i++)
                    if (i % 16 >= _hidden % 16 && _hidden % 16 > 0) _tape.Span[i] = other._tape.Span[i] = 0;
                AssertEqual(_tape, other._tape, tolerance, what + ", tape");
                AssertEqual(_c, other._c, tolerance, what + ", c");
                AssertEqual(_next, other._next, tolerance, what + ", h");
            }

            public void Dispose()
            {
                foreach (AlignedBuffer buffer in new[] { _x, _h, _tape, _c, _next, _bias, _weights[0], _weights[1], _weights[2] }) buffer.Dispose();
            }
        }

        /// <summary>The arrays of a step's gates, at random.</summary>
        private sealed class Gates : IDisposable
        {
            private readonly int _hidden, _rows;
            private readonly AlignedBuffer[] _buffers;

            public Gates(RandomSource random, int hidden, int rows, bool saturating)
            {
                _hidden = hidden;
                _rows = rows;
                float size = saturating ? 30 : 3;
                int state = rows * (hidden + 3);
                _buffers = new[]
                {
                    Draw(random, Panels.Vectors(hidden) * rows * 64, size), Draw(random, state), new AlignedBuffer(state), Draw(random, state),
                    new AlignedBuffer(state), Draw(random, state), Draw(random, state), Draw(random, state), Draw(random, state),
                };
            }

            public void Run(KernelSet kernels, string pass)
            {
                int gates = pass.StartsWith("rnn", StringComparison.Ordinal) ? 1 : pass == "lstm" || pass == "gru" ? 4 : 3;
                var step = new GateStep
                {
                    Rows = _rows,
                    Hidden = _hidden,
                    Gates = _buffers[0].Pointer,
                    PanelStride = _rows * gates * 16,
                    CPrevious = _buffers[1].Pointer,
                    C = _buffers[2].Pointer,
                    HPrevious = _buffers[3].Pointer,
                    HPreviousRow = _hidden + 3,
                    H = _buffers[4].Pointer,
                    HRow = _hidden + 2,
                    DY = _buffers[5].Pointer,
                    DYRow = _hidden + 1,
                    DH = _buffers[6].Pointer,
                    DC = _buffers[7].Pointer,
                };
                Nonlinearity function = pass == "rnn-relu" ? Nonlinearity.ReLU : pass == "rnn-sigmoid" ? Nonlinearity.Sigmoid : Nonlinearity.Tanh;
                switch (pass)
                {
                    case "lstm":
                        kernels.LstmForward(step);
                        kernels.LstmBackward(step);
                        break;
                    case "gru":
                        kernels.GruForward(step);
                        step.DY = null;
                        kernels.GruBackward(step);
                        break;
                    case "gru-before":
                        kernels.GruResetForward(step, _buffers[8].Pointer);
                        kernels.GruCandidateForward(step);
                        kernels.GruCandidateBackward(step);
                        kernels.GruResetBackward(step, _buffers[8].Pointer);
                        break;
                    default:
                        kernels.RnnForward(step, function);
                        kernels.RnnBackward(step, function);
                        break;
                }
            }

            public void Compare(Gates other, string what)
            {
                for (int i = 0; i < _buffers.Length; i++)
                    AssertEqual(_buffers[i], other._buffers[i], 1e-4, $"{what}, array {i}");
            }

            public void Dispose()
            {
                foreach (AlignedBuffer buffer in _buffers) buffer.Dispose();
            }
        }
    }
}
