using System;
using System.Collections.Generic;

namespace Recurrent.Standins
{
    /// <summary>Something to time: its name, how many floating-point operations it counts for, and itself.</summary>
    internal readonly struct Measured
    {
        public readonly string Name;
        public readonly double Operations;
        public readonly Action Run;

        public Measured(string name, double operations, Action run)
        {
            Name = name;
            Operations = operations;
            Run = run;
        }
    }

    /// <summary>The arrays of an LSTM 16→64 over 32 steps of 32 rows, and what a training step computes with them.</summary>
    internal sealed unsafe class Workload : IDisposable
    {
        private const int I = 16, H = 64, T = 32, B = 32, G = 4;
        private const int PanelStride = B * G * Panels.Lanes, Step = H / Panels.Lanes * PanelStride, Columns = G * H;

        // Counted as a kernel would be written out: 4 functions of 20 operations and 6 more a unit; backward 1 function and 24.
        private const double ForwardOperations = 5 * 20 + 6, BackwardOperations = 20 + 24;

        private readonly KernelSet _kernels;
        private readonly RandomSource _random = new RandomSource(1);
        private readonly AlignedBuffer _x, _h, _tape, _forward, _backward, _bias, _gradient, _dh, _c, _dc;

        public Workload(KernelSet kernels)
        {
            _kernels = kernels;
            _x = Draw(T * B * I);
            _h = Draw((T + 1) * B * H);
            _tape = Draw(T * Step);
            _forward = Draw((I + H) * Columns);
            _backward = Draw(Columns * H);
            _bias = Draw(Columns);
            _gradient = new AlignedBuffer((I + H) * Columns);
            _dh = Draw(B * H);
            _c = Draw((T + 1) * B * H);
            _dc = Draw(B * H);
        }

        public void Dispose()
        {
            _x.Dispose();
            _h.Dispose();
            _tape.Dispose();
            _forward.Dispose();
            _backward.Dispose();
            _bias.Dispose();
            _gradient.Dispose();
            _dh.Dispose();
            _c.Dispose();
            _dc.Dispose();
        }

        public IEnumerable<Measured> Everything()
        {
            const double forward = 2.0 * B * (I + H) * Columns, state = 2.0 * B * Columns * H, weights = 2.0 * T * B * (I + H) * Columns;
            yield return new Measured("gates of a step, 32×(16+64)·256", forward, () => Forward(0, B));
            yield return new Measured("back to the state, 32×256·64", state, () => BackToState(0));
            yield return new Measured("gradient of the weights, (16+64)×1024·256", weights, Weights);
            yield return new Measured("all products of a training step", T * (forward + state) + weights, Products);
            yield return new Measured("gates at batch 1, 1×(16+64)·256", forward / B, () => Forward(0, 1));
            yield return new Measured("LSTM forward pass, 32×64", B * H * ForwardOperations, ForwardPass);
            yield return new Measured("LSTM backward pass, 32×64", B * H * BackwardOperations, BackwardPass);
        }

        /// <summary>Runs one of <see cref="Everything"/> here and there, from the same numbers: the largest difference in any array.</summary>
        public double Difference(Workload other, string name)
        {
            Reset();
            other.Reset();
            Find(name)();
            other.Find(name)();
            double most = 0;
            AlignedBuffer[] mine = Buffers(), theirs = other.Buffers();
            for (int b = 0; b < mine.Length; b++)
                for (int i = 0; i < mine[b].Length; i++)
                {
                    double off = Math.Abs(mine[b].Pointer[i] - theirs[b].Pointer[i]) / (1 + Math.Abs(theirs[b].Pointer[i]));
                    if (!(off <= most)) most = off;
                }
            return most;
        }

        private Action Find(string name)
        {
            foreach (Measured measured in Everything())
                if (measured.Name == name) return measured.Run;
            throw new ArgumentException(name);
        }

        private void Forward(int t, int rows) => _kernels.Multiply(new Product
        {
            Rows = rows,
            Columns = Columns,
            Segments = 2,
            Bias = _bias.Pointer,
            C = Tape(t),
            First = new Segment { A = _x.Pointer + t * B * I, ARow = I, AInner = 1, Inner = I, Outer = 1, B = Weights(0) },
            Second = new Segment { A = _h.Pointer + t * B * H, ARow = H, AInner = 1, Inner = H, Outer = 1, B = Weights(I) },
        });

        private void BackToState(int t) => _kernels.Multiply(new Product
        {
            Rows = B,
            Columns = H,
            Segments = 1,
            C = Panels.Dense(_dh.Pointer, H),
            First = new Segment
            {
                A = _tape.Pointer + t * Step,
                ARow = G * Panels.Lanes,
                AInner = 1,
                AOuter = PanelStride,
                Inner = G * Panels.Lanes,
                Outer = H / Panels.Lanes,
                B = new Panels(_backward.Pointer, 32, 2, Columns * 32),
                BOuter = G * Panels.Lanes * 32,
            },
        });

        private void Weights()
        {
            WeightGradient(_x.Pointer, I, 0);
            WeightGradient(_h.Pointer, H, I);
        }

        private void WeightGradient(float* x, int size, int k) => _kernels.Multiply(new Product
        {
            Rows = size,
            Columns = Columns,
            Segments = 1,
            C = new Panels(_gradient.Pointer + k * 32, 32, 2, (I + H) * 32),
            First = new Segment { A = x, ARow = 1, AInner = size, AOuter = B * size, Inner = B, Outer = T, B = Tape(0), BOuter = Step },
        });

        private void Products()
        {
            for (int t = 0; t < T; t++) Forward(t, B);
            for (int t = T - 1; t >= 0; t--) BackToState(t);
            Weights();
        }

        private void ForwardPass() => _kernels.LstmForward(Gates());

        private void BackwardPass() => _kernels.LstmBackward(Gates());

        private GateStep Gates() => new GateStep
        {
            Rows = B,
            Hidden = H,
            Gates = _tape.Pointer,
            PanelStride = PanelStride,
            CPrevious = _c.Pointer,
            C = _c.Pointer + B * H,
            H = _h.Pointer + B * H,
            HRow = H,
            DH = _dh.Pointer,
            DC = _dc.Pointer,
        };

        private Panels Tape(int t) => new Panels(_tape.Pointer + t * Step, G * Panels.Lanes, G, PanelStride);

        private Panels Weights(int k) => new Panels(_forward.Pointer + k * 32, 32, 2, (I + H) * 32);

        private AlignedBuffer[] Buffers() => new[] { _x, _h, _tape, _forward, _backward, _bias, _gradient, _dh, _c, _dc };

        private void Reset()
        {
            var random = new RandomSource(2);
            foreach (AlignedBuffer buffer in Buffers()) Fill(buffer, random);
        }

        private AlignedBuffer Draw(int length)
        {
            var buffer = new AlignedBuffer(length);
            Fill(buffer, _random);
            return buffer;
        }

        private static void Fill(AlignedBuffer buffer, RandomSource random)
        {
            for (int i = 0; i < buffer.Length; i++) buffer.Pointer[i] = random.NextSingle() - 0.5f;
        }
    }
}
