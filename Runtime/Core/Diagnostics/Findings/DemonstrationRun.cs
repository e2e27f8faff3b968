using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// A small network that learns to forecast a noisy sine within a second, with a fault induced on request: to see what a fault looks like,
    /// and to test that a diagnosis finds it. The training and everything that is recorded are real.
    /// </summary>
    public sealed class DemonstrationRun
    {
        private const int Length = 480, Period = 20, LookBack = 24, Validation = 80, Test = 120;
        private const float Noise = 0.1f, LearningRate = 5e-3f;

        private readonly float[] _series;
        private readonly float _inputScale;

        private DemonstrationRun(Demonstration what, SequenceModel model, float[] series, float inputScale)
        {
            What = what;
            Model = model;
            _series = series;
            _inputScale = inputScale;
        }

        /// <summary>What was done to it.</summary>
        public Demonstration What { get; }

        /// <summary>The network: two recurrent layers, the last step, one output.</summary>
        public SequenceModel Model { get; }

        /// <summary>Its training.</summary>
        public TrainingLog Log { get; } = new TrainingLog();

        /// <summary>Trains a network.</summary>
        /// <param name="what">What to do to it.</param>
        /// <param name="cell">LSTM, GRU or RNN.</param>
        /// <param name="hiddenSize">Units of a layer.</param>
        /// <param name="epochs">How often it goes through the data.</param>
        /// <param name="seed">What series, weights and order are drawn from.</param>
        /// <exception cref="ArgumentException">There is no such cell, or the fault needs an LSTM.</exception>
        public static DemonstrationRun Train(Demonstration what, string cell = "LSTM", int hiddenSize = 16, int epochs = 20, ulong seed = 1)
        {
            float[] series = SyntheticSeries.Sine(Length, new RandomSource(RandomSource.Combine(seed, 1)), what == Demonstration.TooFewData ? 5 * Noise : Noise, Period);
            var model = new SequenceModel(("rnn", Recurrent(cell, hiddenSize, seed)), ("last", new LastStep()), ("head", new Linear(hiddenSize, 1, seed: RandomSource.Combine(seed, 3))));
            if (what == Demonstration.ForgetBiasMinus10)
            {
                if (!(model.Layers[0] is LSTM lstm)) throw new ArgumentException($"DemonstrationRun: only an LSTM has a forget gate, got {cell}.", nameof(cell));
                lstm.SetForgetBias(-10);
            }
            var run = new DemonstrationRun(what, model, series, what == Demonstration.InputsTimes1000 ? 1000 : 1);
            if (what != Demonstration.Untrained) run.Train(epochs, seed);
            return run;
        }

        /// <summary>
        /// Steps the network through the part of the series that it never saw, as a game would: an input, a forecast of the next value, and what came.
        /// </summary>
        /// <param name="agent">What the recording calls it.</param>
        /// <param name="disturbedAt">At this step, and at the four after it, the input is replaced by 2; −1 for never.</param>
        public Recording Record(string agent, int disturbedAt = -1)
        {
            using var stream = new SequenceStream(Model);
            using var recorder = new StateRecorder();
            AgentRecorder watched = recorder.Watch(agent, stream);
            float[] input = new float[1], output = new float[1], target = new float[1];
            for (int t = 0; t < Test - 1; t++)
            {
                int at = Length - Test + t;
                input[0] = (disturbedAt >= 0 && t >= disturbedAt && t < disturbedAt + 5 ? 2 : _series[at]) * _inputScale;
                target[0] = _series[at + 1];
                watched.SetTarget(target);
                stream.Step(input, output);
            }
            return watched.Snapshot();
        }

        /// <summary>The gradient through the last window of the series.</summary>
        public GradientFlow MeasureFlow() => GradientFlow.Measure(Model, Window(Length - 1));

        /// <summary>On which values of the last window the forecast hangs.</summary>
        public InputAttribution MeasureAttribution() => InputAttribution.Measure(Model, Window(Length - 1));

        /// <summary>Writes a recording file: the steps, the training, the gradient through time, the attribution.</summary>
        /// <exception cref="System.IO.IOException">The file cannot be written.</exception>
        public void Save(string path)
        {
            var tables = new List<RecordedTable>(Log.ToTables()) { MeasureFlow().ToTable(), MeasureAttribution().ToTable() };
            RecordingFile.Save(path, new[] { Record("agent") }, tables);
        }

        /// <summary>What a diagnosis says of it.</summary>
        public Diagnosis Diagnose() => Diagnosis.Of(Record("agent"), Log, MeasureFlow());

        private void Train(int epochs, ulong seed)
        {
            int split = Length - Test - Validation;
            SequenceDataset train = Windows(LookBack, What == Demonstration.TooFewData ? LookBack + (split - LookBack) / 10 : split), validation = Windows(split, split + Validation);
            var optimizer = new Adam(LearningRate * (What == Demonstration.LearningRateTimes100 ? 100 : 1));
            using var trainer = new Trainer(Model, Losses.MeanSquaredError, optimizer, new TrainingOptions { BatchSize = 16, Seed = seed, Threads = 1, KeepBest = false });
            Hold();
            trainer.Begin(train, validation, epochs);
            while (trainer.Outcome == TrainingOutcome.Running)
            {
                trainer.AdvanceBatch();
                Hold();
                Log.Report(trainer.Progress);
            }
        }

        /// <summary>Holds the lower layer at zero.</summary>
        private void Hold()
        {
            if (What != Demonstration.LayerFrozenAtZero) return;
            foreach (Parameter parameter in Model.Layers[0].Parameters)
                if (parameter.Name.EndsWith("_l0", StringComparison.Ordinal)) parameter.Fill(0);
        }

        /// <summary>Windows whose targets are the values from one place to another.</summary>
        private SequenceDataset Windows(int from, int to)
        {
            var inputs = new List<float[]>();
            var targets = new List<float[]>();
            for (int at = from; at < to; at++)
            {
                inputs.Add(Window(at));
                targets.Add(new[] { _series[at] });
            }
            return new ArrayDataset(inputs, targets, 1, 1);
        }

        private float[] Window(int before) => Array.ConvertAll(_series.AsSpan(before - LookBack, LookBack).ToArray(), value => value * _inputScale);

        private static RecurrentLayer Recurrent(string cell, int hiddenSize, ulong seed) => cell switch
        {
            "LSTM" => new LSTM(1, hiddenSize, numLayers: 2, seed: seed),
            "GRU" => new GRU(1, hiddenSize, numLayers: 2, seed: seed),
            "RNN" => new RNN(1, hiddenSize, numLayers: 2, seed: seed),
            _ => throw new ArgumentException($"DemonstrationRun: expected LSTM, GRU or RNN, got {cell}.", nameof(cell)),
        };
    }
}
