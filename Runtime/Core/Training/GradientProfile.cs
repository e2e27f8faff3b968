using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// How large the gradient was at every time step of one training step: ‖∂L/∂h_t‖ over all rows and units of the batch, for every recurrent cell; L is the loss as it is
    /// trained, the mean over the batch. See <see cref="Trainer.ProfilesGradients"/>.
    /// </summary>
    public sealed class GradientProfile
    {
        private readonly string[] _cells;
        private readonly double[][] _norms; // (cells, T of the longest sequence)
        private readonly int[] _steps;      // (cells)

        internal GradientProfile(string[] cells, int steps)
        {
            _cells = cells;
            _norms = Array.ConvertAll(cells, _ => new double[steps]);
            _steps = new int[cells.Length];
        }

        private GradientProfile(GradientProfile other)
        {
            _cells = other._cells;
            _norms = Array.ConvertAll(other._norms, norms => (double[])norms.Clone());
            _steps = (int[])other._steps.Clone();
            Step = other.Step;
        }

        /// <summary>The cells' names, as <see cref="CellTap.Name"/> gives them.</summary>
        public IReadOnlyList<string> Cells => _cells;

        /// <summary>Which optimizer step the gradient was for, counted from 1; 0 before there was one.</summary>
        public long Step { get; internal set; }

        /// <summary>(T): the norms of a cell, T being the longest sequence of the batch; empty before there was a step.</summary>
        public ReadOnlySpan<double> Norms(int cell) => _norms[cell].AsSpan(0, _steps[cell]);

        /// <summary>A copy, which later training steps do not change.</summary>
        public GradientProfile Copy() => new GradientProfile(this);

        /// <summary>Copies into another of the same sizes.</summary>
        /// <returns>Whether there is one.</returns>
        internal bool TryCopyTo(GradientProfile? other)
        {
            if (other == null || other._norms.Length != _norms.Length || other._norms[0].Length != _norms[0].Length) return false;
            if (other.Step == Step) return true;
            for (int cell = 0; cell < _norms.Length; cell++) _norms[cell].CopyTo(other._norms[cell], 0);
            _steps.CopyTo(other._steps, 0);
            other.Step = Step;
            return true;
        }

        /// <summary>Takes a batch's squared norms, lane by lane, so that the sum does not depend on the threads.</summary>
        /// <param name="squares">(lanes, cells · T).</param>
        /// <param name="steps">(lanes, cells).</param>
        /// <param name="lanes">How many of them were used.</param>
        internal void Take(double[][] squares, int[][] steps, int lanes)
        {
            for (int cell = 0, at = 0; cell < _norms.Length; at += _norms[cell++].Length)
            {
                _steps[cell] = 0;
                for (int lane = 0; lane < lanes; lane++) _steps[cell] = Math.Max(_steps[cell], steps[lane][cell]);
                for (int t = 0; t < _steps[cell]; t++)
                {
                    double sum = 0;
                    for (int lane = 0; lane < lanes; lane++) sum += squares[lane][at + t];
                    _norms[cell][t] = Math.Sqrt(sum);
                }
            }
        }
    }
}
