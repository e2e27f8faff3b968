using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>Records a network on data that lies ready, rather than in a running game.</summary>
    public static class DatasetRecorder
    {
        private const int Batch = 32;

        /// <summary>One sequence, step by step. A target of one row for the whole sequence stands at its last step.</summary>
        /// <param name="layer">The layer or model; bidirectional ones too.</param>
        /// <param name="data">Where the sequence comes from.</param>
        /// <param name="index">Which.</param>
        /// <param name="agent">What the recording calls it.</param>
        /// <param name="firstStep">The number of its first step.</param>
        /// <exception cref="ArgumentException">The data does not fit the layer.</exception>
        public static Recording Sequence(Layer layer, SequenceDataset data, int index, string agent, long firstStep = 0)
        {
            int steps = data.Steps(index), targets = data.TargetSteps(index);
            using var pass = new SequencePass(layer, 1, steps, training: true);
            IReadOnlyList<CellTap> taps = pass.Watch();
            var recorder = new AgentRecorder(agent, RecordingLayout.Of(layer, taps, RecordChannels.All, data.TargetSize), Math.Max(2, steps));
            float[] input = new float[steps * data.InputSize], target = new float[targets * data.TargetSize];
            data.Read(index, input, target);
            pass.Forward(input, 1, steps);
            int outputs = pass.OutputSteps;
            var output = new float[outputs * layer.OutputSize];
            pass.CopyOutput(output);
            for (int t = 0; t < steps; t++)
            {
                if (targets == steps) recorder.SetTarget(target.AsSpan(t * data.TargetSize, data.TargetSize));
                else if (t == steps - 1) recorder.SetTarget(target);
                int at = outputs == steps ? t : 0;
                recorder.Record(taps, t, 0, input.AsSpan(t * data.InputSize, data.InputSize), output.AsSpan(at * layer.OutputSize, layer.OutputSize));
            }
            return new Recording(agent, recorder.Layout, firstStep, recorder.Snapshot().Frames);
        }

        /// <summary>The last step of every sequence, one after the other: of windows over a series, the states in which each forecast is made.</summary>
        /// <param name="layer">The layer or model.</param>
        /// <param name="data">The windows; of each, the first row of the target is recorded.</param>
        /// <param name="agent">What the recording calls it.</param>
        /// <param name="firstStep">The number of the first window.</param>
        /// <exception cref="ArgumentException">The data does not fit the layer, or there is none.</exception>
        public static Recording LastSteps(Layer layer, SequenceDataset data, string agent, long firstStep = 0)
        {
            if (data.Count == 0) throw new ArgumentException("DatasetRecorder: expected one sequence at least, got none.", nameof(data));
            int inputs = data.InputSize, outputSize = layer.OutputSize;
            using var pass = new SequencePass(layer, Math.Min(Batch, data.Count), data.MaxSteps, training: true);
            IReadOnlyList<CellTap> taps = pass.Watch();
            var recorder = new AgentRecorder(agent, RecordingLayout.Of(layer, taps, RecordChannels.All, data.TargetSize), Math.Max(2, data.Count));
            var input = new float[pass.MaxBatch * data.MaxSteps * inputs];
            var targets = new float[pass.MaxBatch * data.TargetSize];
            var target = new float[data.MaxTargetSteps * data.TargetSize];
            var output = new float[pass.MaxBatch * data.MaxSteps * outputSize];
            var lengths = new int[pass.MaxBatch];
            for (int first = 0; first < data.Count; first += pass.MaxBatch)
            {
                int rows = Math.Min(pass.MaxBatch, data.Count - first), steps = 0;
                for (int row = 0; row < rows; row++) steps = Math.Max(steps, lengths[row] = data.Steps(first + row));
                for (int row = 0; row < rows; row++)
                {
                    Span<float> read = target.AsSpan(0, data.TargetSteps(first + row) * data.TargetSize);
                    data.Read(first + row, input.AsSpan(row * steps * inputs, lengths[row] * inputs), read);
                    read.Slice(0, data.TargetSize).CopyTo(targets.AsSpan(row * data.TargetSize));
                }
                pass.Forward(input.AsSpan(0, rows * steps * inputs), rows, steps, default, lengths.AsSpan(0, rows));
                int outputs = pass.OutputSteps;
                pass.CopyOutput(output.AsSpan(0, rows * outputs * outputSize));
                for (int row = 0; row < rows; row++)
                {
                    int last = lengths[row] - 1, at = outputs == 1 ? 0 : last;
                    recorder.SetTarget(targets.AsSpan(row * data.TargetSize, data.TargetSize));
                    recorder.Record(taps, last, row, input.AsSpan((row * steps + last) * inputs, inputs), output.AsSpan((row * outputs + at) * outputSize, outputSize));
                }
            }
            return new Recording(agent, recorder.Layout, firstStep, recorder.Snapshot().Frames);
        }
    }
}
