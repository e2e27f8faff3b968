using System;
using System.Collections.Generic;

namespace Recurrent
{
    /// <summary>
    /// A view of what one cell of a stack (a level in a direction) computed in a pass: its states, its gates and its gradient's size, copied from where
    /// the pass keeps them. T steps of the last <see cref="SequencePass.Forward"/>, P output features and H hidden units of the cell.
    /// Reading allocates nothing; see <see cref="SequencePass.Watch"/>.
    /// </summary>
    public sealed class CellTap
    {
        private readonly RecurrentPass _pass;
        private readonly int _level, _direction;

        internal CellTap(RecurrentPass pass, string name, RecurrentCell cell, int level, int direction, double[]? gradientNorms)
        {
            _pass = pass;
            _level = level;
            _direction = direction;
            GradientNormsOfAllSteps = gradientNorms;
            Name = name;
            Cell = cell;
        }

        /// <summary>Where the cell stands: <c>l0</c>, <c>l1_reverse</c>, and in a model after its layer's name, <c>lstm.l0</c>.</summary>
        public string Name { get; }

        /// <summary>The cell.</summary>
        public RecurrentCell Cell { get; }

        /// <summary>What the gates are called, in the order of their numbers: i f g o of the LSTM, r z n of the GRU, none of the RNN.</summary>
        public IReadOnlyList<string> Gates => Cell.GateNames;

        /// <summary>T: the steps that can be asked for.</summary>
        public int Steps => _pass.LastSteps;

        /// <summary>
        /// (T): the Euclidean norm, over all rows and features, of the gradient of the loss by the state h after each step, as the last
        /// <see cref="SequencePass.Backward"/> found it; what comes from the output at the step and what comes back from later steps, together.
        /// </summary>
        /// <exception cref="InvalidOperationException">The pass is not one for training.</exception>
        public ReadOnlySpan<double> GradientNorms => GradientNormsOfAllSteps != null
            ? GradientNormsOfAllSteps.AsSpan(0, Steps)
            : throw new InvalidOperationException($"{Cell}: this pass has no gradients; make it with training: true.");

        /// <summary>The step at which the cell is done: the last, or of a reverse direction the first.</summary>
        internal int End => _direction == 0 ? Steps - 1 : 0;

        private double[]? GradientNormsOfAllSteps { get; }

        /// <summary>Copies h after a step: (P).</summary>
        /// <exception cref="ArgumentException">There is no such step or row, or the destination has another length.</exception>
        public void CopyHidden(int step, int row, Span<float> destination)
        {
            Check(step, row, destination.Length, Cell.OutputSize, "h");
            _pass.CopyHidden(_level, _direction, step, row, destination);
        }

        /// <summary>Copies c after a step: (H), only of an LSTM. Without training a pass keeps that of the last step alone.</summary>
        /// <exception cref="ArgumentException">There is no such step, row or state, or the destination has another length.</exception>
        public void CopyCell(int step, int row, Span<float> destination)
        {
            if (!Cell.HasCellState) throw new ArgumentException($"{Cell}: has no c.");
            Check(step, row, destination.Length, Cell.HiddenSize, "c");
            CheckKept(step, "c");
            _pass.CopyCell(_level, _direction, step, row, destination);
        }

        /// <summary>
        /// Copies a gate's values, after its nonlinearity: (H). Without training a pass keeps those of the last step alone; a backward pass uses them up.
        /// </summary>
        /// <param name="gate">Its place in <see cref="Gates"/>.</param>
        /// <param name="step">0 … <see cref="Steps"/> − 1.</param>
        /// <param name="row">The row of the batch.</param>
        /// <param name="destination">Where they go.</param>
        /// <exception cref="ArgumentException">There is no such gate, step or row, or the destination has another length.</exception>
        public void CopyGate(int gate, int step, int row, Span<float> destination)
        {
            if ((uint)gate >= (uint)Gates.Count) throw new ArgumentException($"{Cell}: has {Gates.Count} gates, got the number {gate}.", nameof(gate));
            Check(step, row, destination.Length, Cell.HiddenSize, Gates[gate]);
            CheckKept(step, Gates[gate]);
            if (!_pass.HoldsGates) throw new ArgumentException($"{Cell}: Backward has used the gates up; read them between Forward and Backward.", nameof(gate));
            _pass.CopyGate(_level, _direction, gate, step, row, destination);
        }

        private void Check(int step, int row, int got, int expected, string what)
        {
            if (_pass.Disposed) throw new ObjectDisposedException(nameof(SequencePass));
            if ((uint)step >= (uint)Steps) throw new ArgumentException($"{Cell}: expected a step below {Steps}, got {step}.", nameof(step));
            if ((uint)row >= (uint)_pass.LastRows) throw new ArgumentException($"{Cell}: expected a row below {_pass.LastRows}, got {row}.", nameof(row));
            if (got != expected) throw new ArgumentException($"{Cell}: {what} has {expected} numbers, got room for {got}.");
        }

        private void CheckKept(int step, string what)
        {
            if (step != End && !_pass.KeepsTape)
                throw new ArgumentException($"{Cell}: without training only step {End} keeps {what}, got step {step}; make the pass with training: true.", nameof(step));
        }
    }
}
