using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace Recurrent
{
    /// <summary>
    /// The one training loop: epochs of shuffled mini-batches, validation, early stopping, best weights kept. A run is begun once and advanced
    /// in pieces, so that a game trains a few milliseconds a frame (<see cref="Advance"/>) with the same result as in one go (<see cref="Fit"/>).
    /// After the first step a step allocates nothing.
    /// </summary>
    public sealed class Trainer : IDisposable
    {
        private readonly TrainingOptions _options;
        private readonly float _baseRate;
        private readonly WorkerTeam _team;
        private readonly RandomSource _random;
        private readonly Stopwatch _clock = new Stopwatch();
        private readonly List<EpochRecord> _history = new List<EpochRecord>();
        private float[] _best = Array.Empty<float>();
        private SequenceDataset? _train, _validation;
        private BatchEvaluator? _trainEvaluator, _validationEvaluator;
        private int[] _order = Array.Empty<int>(), _validationOrder = Array.Empty<int>();
        private int _batchSize, _epochs, _epoch, _batch, _bestEpoch;
        private double _epochLoss, _epochWeight, _bestLoss, _gradientNorm;
        private string _message = "No run was begun.";

        /// <summary>Makes a trainer of a model.</summary>
        /// <param name="model">What learns.</param>
        /// <param name="loss">What it learns to lower.</param>
        /// <param name="optimizer">How a step is taken; its learning rate is the schedule's base rate.</param>
        /// <param name="options">The defaults if null.</param>
        /// <exception cref="ArgumentException">An option is out of range, or the loss does not fit the model's output.</exception>
        public Trainer(SequenceModel model, Loss loss, Optimizer optimizer, TrainingOptions? options = null)
        {
            Model = model ?? throw new ArgumentNullException(nameof(model));
            Loss = loss ?? throw new ArgumentNullException(nameof(loss));
            Optimizer = optimizer ?? throw new ArgumentNullException(nameof(optimizer));
            _options = options ?? new TrainingOptions();
            if (_options.BatchSize < 1) throw new ArgumentException($"Trainer: BatchSize must be at least 1, got {_options.BatchSize}.", nameof(options));
            if (_options.Threads < 0) throw new ArgumentException($"Trainer: Threads must be 0 or more, got {_options.Threads}.", nameof(options));
            if (_options.Patience < 0) throw new ArgumentException($"Trainer: Patience must be 0 or more, got {_options.Patience}.", nameof(options));
            if (!(_options.ClipNorm > 0)) throw new ArgumentException(FormattableString.Invariant($"Trainer: ClipNorm must be above 0, got {_options.ClipNorm}."), nameof(options));
            if (!(_options.ClipValue > 0)) throw new ArgumentException(FormattableString.Invariant($"Trainer: ClipValue must be above 0, got {_options.ClipValue}."), nameof(options));
            loss.TargetSize(model.OutputSize);
            _baseRate = optimizer.LearningRate;
            _random = new RandomSource(_options.Seed);
            _team = new WorkerTeam(_options.Threads > 0 ? _options.Threads : Math.Min(Environment.ProcessorCount, 8));
        }

        /// <summary>What learns.</summary>
        public SequenceModel Model { get; }

        /// <summary>What it learns to lower.</summary>
        public Loss Loss { get; }

        /// <summary>How a step is taken.</summary>
        public Optimizer Optimizer { get; }

        /// <summary>How the run stands.</summary>
        public TrainingOutcome Outcome { get; private set; } = TrainingOutcome.Completed;

        /// <summary>Every whole epoch of the run.</summary>
        public IReadOnlyList<EpochRecord> History => _history;

        /// <summary>Bytes of working memory of the run, known before it trains: activations, gradients, the copy of the best weights.</summary>
        public long Bytes => (_trainEvaluator?.Bytes ?? 0) + (_validationEvaluator?.Bytes ?? 0) + _best.Length * sizeof(float);

        /// <summary>How far the run has come. Allocates nothing.</summary>
        public TrainingProgress Progress => new TrainingProgress(_epoch, _epochs, _batch, Batches, Optimizer.StepCount,
            _batch > 0 ? _epochLoss / _epochWeight : _history.Count > 0 ? _history[_history.Count - 1].TrainLoss : double.NaN,
            _history.Count > 0 ? _history[_history.Count - 1].ValidationLoss : double.NaN, _bestLoss, _bestEpoch, Optimizer.LearningRate, _gradientNorm, _clock.Elapsed);

        private int Batches => _order.Length == 0 ? 0 : (_order.Length + _batchSize - 1) / _batchSize;

        /// <summary>Trains to the end.</summary>
        /// <param name="train">What to learn from.</param>
        /// <param name="validation">What to judge by, never learned from; null for none.</param>
        /// <param name="epochs">How often to go through the training data.</param>
        /// <param name="progress">Told after every batch, on this thread; null for nobody.</param>
        /// <param name="cancellation">Ends the run after the current batch.</param>
        /// <returns>How it ended. A run that diverged or was cancelled does not throw: the model then has its best weights so far.</returns>
        /// <exception cref="ArgumentException">The data does not fit the model or the loss.</exception>
        public TrainingResult Fit(SequenceDataset train, SequenceDataset? validation, int epochs, IProgress<TrainingProgress>? progress = null,
            CancellationToken cancellation = default)
        {
            Begin(train, validation, epochs);
            return Run(progress, cancellation);
        }

        /// <summary>Takes a run that was begun or resumed to its end; see <see cref="Fit"/>.</summary>
        public TrainingResult Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
        {
            while (Outcome == TrainingOutcome.Running)
            {
                if (cancellation.IsCancellationRequested)
                {
                    Cancel();
                    break;
                }
                AdvanceBatch();
                progress?.Report(Progress);
            }
            return Result();
        }

        /// <summary>How the run stands or ended.</summary>
        public TrainingResult Result() => new TrainingResult(Outcome, _history.ToArray(), _bestEpoch, _bestLoss, _message);

        /// <summary>Begins a run; nothing is learned yet, but everything is checked and all memory taken.</summary>
        /// <exception cref="ArgumentException">The data does not fit the model or the loss; the message says how.</exception>
        public void Begin(SequenceDataset train, SequenceDataset? validation, int epochs)
        {
            if (train == null) throw new ArgumentNullException(nameof(train));
            if (epochs < 1) throw new ArgumentOutOfRangeException(nameof(epochs), $"Trainer: expected at least 1 epoch, got {epochs}.");
            Check(train, "training");
            if (validation != null) Check(validation, "validation");
            if (validation == null && _options.Patience > 0) throw new ArgumentException("Trainer: Patience needs validation data, got none.", nameof(validation));
            Release();
            KernelSet kernels = _options.Kernels ?? KernelSet.Default;
            _train = train;
            _validation = validation;
            _epochs = epochs;
            _batchSize = train.Tracks > 0 ? train.Tracks : Math.Min(_options.BatchSize, train.Count);
            _trainEvaluator = new BatchEvaluator(Model, Loss, train, _batchSize, kernels, _team, training: true);
            if (validation != null) _validationEvaluator = new BatchEvaluator(Model, Loss, validation, ValidationBatch(validation), kernels, _team, training: false);
            _order = Count(train.Count);
            _validationOrder = Count(validation?.Count ?? 0);
            _best = new float[Model.Store.Length];
            _history.Clear();
            _epoch = _batch = _bestEpoch = 0;
            _epochLoss = _epochWeight = 0;
            _bestLoss = double.PositiveInfinity;
            _gradientNorm = 0;
            _message = "The run goes on.";
            _clock.Reset();
            Model.Store.Values.CopyTo(_best, 0);
            Outcome = TrainingOutcome.Running;
        }

        /// <summary>Trains until the time is used up or the run has ended, at least one batch.</summary>
        /// <returns>Whether the run goes on.</returns>
        /// <exception cref="InvalidOperationException">No run was begun.</exception>
        public bool Advance(TimeSpan budget)
        {
            if (_train == null) throw new InvalidOperationException("Trainer: expected Begin before Advance.");
            long start = Stopwatch.GetTimestamp();
            long ticks = (long)(budget.TotalSeconds * Stopwatch.Frequency);
            while (Outcome == TrainingOutcome.Running)
            {
                AdvanceBatch();
                if (Stopwatch.GetTimestamp() - start >= ticks) break;
            }
            return Outcome == TrainingOutcome.Running;
        }

        /// <summary>Ends the run; the model gets its best weights so far.</summary>
        public void Cancel()
        {
            if (Outcome == TrainingOutcome.Running) End(TrainingOutcome.Cancelled, $"Cancelled in epoch {_epoch + 1} of {_epochs}.");
        }

        /// <summary>The mean loss of the model over some data, without training.</summary>
        /// <exception cref="ArgumentException">The data does not fit the model or the loss.</exception>
        public double Evaluate(SequenceDataset data)
        {
            if (data == null) throw new ArgumentNullException(nameof(data));
            Check(data, "given");
            using var evaluator = new BatchEvaluator(Model, Loss, data, ValidationBatch(data), _options.Kernels ?? KernelSet.Default, _team, training: false);
            return Evaluate(evaluator, data, Count(data.Count));
        }

        /// <summary>Ends the threads and frees the memory.</summary>
        public void Dispose()
        {
            Release();
            _team.Dispose();
        }

        private void AdvanceBatch()
        {
            _clock.Start();
            SequenceDataset train = _train!;
            BatchEvaluator evaluator = _trainEvaluator!;
            if (_batch == 0)
            {
                if (train.Tracks == 0 && _options.Shuffle) _random.Shuffle(_order);
                evaluator.ResetStates();
                _epochLoss = _epochWeight = 0;
            }

            Optimizer.LearningRate = _options.Schedule.LearningRate(_baseRate, _epoch, Optimizer.StepCount);
            int first = _batch * _batchSize;
            ulong seed = RandomSource.Combine(_options.Seed, (ulong)Optimizer.StepCount);
            (double loss, double weight) = evaluator.Evaluate(train, _order.AsSpan(first, Math.Min(_batchSize, _order.Length - first)), seed, train.Tracks > 0);
            if (weight > 0 && !Learn(loss)) return;
            _epochLoss += loss;
            _epochWeight += weight;
            _batch++;
            if (_batch == Batches) EndEpoch();
            _clock.Stop();
        }

        private bool Learn(double loss)
        {
            float[] gradients = Model.Store.Gradients;
            _gradientNorm = double.IsPositiveInfinity(_options.ClipNorm)
                ? GradientClipping.Norm(gradients)
                : GradientClipping.ByNorm(gradients, _options.ClipNorm);
            bool finite = IsFinite(loss) && IsFinite(_gradientNorm);
            if (!finite)
            {
                string what = IsFinite(loss) ? "gradient" : "loss";
                End(TrainingOutcome.Diverged, $"Diverged in step {Optimizer.StepCount + 1} (epoch {_epoch + 1}, batch {_batch + 1}): the {what} is not finite. The weights are those of {(_bestEpoch > 0 ? $"epoch {_bestEpoch}" : "the start")}; a lower learning rate or ClipNorm may help.");
                return false;
            }
            if (!float.IsPositiveInfinity(_options.ClipValue)) GradientClipping.ByValue(gradients, _options.ClipValue);
            Optimizer.Step(Model.Store.Values, gradients);
            Model.Store.Touch();
            return true;
        }

        private void EndEpoch()
        {
            double trainLoss = _epochWeight > 0 ? _epochLoss / _epochWeight : double.NaN;
            double validationLoss = _validation == null ? double.NaN : Evaluate(_validationEvaluator!, _validation, _validationOrder);
            double judged = _validation == null ? trainLoss : validationLoss;
            _epoch++;
            _batch = 0;
            _history.Add(new EpochRecord(_epoch, trainLoss, validationLoss, Optimizer.LearningRate));
            if (judged < _bestLoss && IsFinite(GradientClipping.Norm(Model.Store.Values)))
            {
                _bestLoss = judged;
                _bestEpoch = _epoch;
                Model.Store.Values.CopyTo(_best, 0);
            }
            _options.Schedule.EndEpoch(judged);
            if (!IsFinite(judged) && _epochWeight > 0)
                End(TrainingOutcome.Diverged, $"Diverged in epoch {_epoch} (step {Optimizer.StepCount}): the {(_validation == null ? "training" : "validation")} loss is not finite. The weights are those of {(_bestEpoch > 0 ? $"epoch {_bestEpoch}" : "the start")}.");
            else if (_epoch == _epochs)
                End(TrainingOutcome.Completed, $"All {_epochs} epochs are done.");
            else if (_options.Patience > 0 && _epoch - _bestEpoch >= _options.Patience)
                End(TrainingOutcome.StoppedEarly, $"Stopped after epoch {_epoch}: no better validation loss since epoch {_bestEpoch}.");
        }

        private void End(TrainingOutcome outcome, string message)
        {
            // Without validation data the last weights are the ones asked for, unless they are broken.
            bool restore = outcome == TrainingOutcome.Diverged || (_validation != null && _options.KeepBest && _bestEpoch > 0);
            if (restore)
            {
                _best.CopyTo(Model.Store.Values, 0);
                Model.Store.Touch();
            }
            Outcome = outcome;
            _message = message;
            _clock.Stop();
        }

        private double Evaluate(BatchEvaluator evaluator, SequenceDataset data, int[] order)
        {
            int batch = ValidationBatch(data);
            double loss = 0, weight = 0;
            evaluator.ResetStates();
            for (int first = 0; first < order.Length; first += batch)
            {
                (double partLoss, double partWeight) = evaluator.Evaluate(data, order.AsSpan(first, Math.Min(batch, order.Length - first)), 0, data.Tracks > 0);
                loss += partLoss;
                weight += partWeight;
            }
            return loss / weight;
        }

        private void Check(SequenceDataset data, string what)
        {
            int targetSize = Loss.TargetSize(Model.OutputSize);
            if (data.Count == 0) throw new ArgumentException($"Trainer: the {what} data is empty.");
            if (data.InputSize != Model.InputSize) throw new ArgumentException($"{Model}: the {what} data has {data.InputSize} input features, expected {Model.InputSize}.");
            if (data.TargetSize != targetSize) throw new ArgumentException($"{Model}: the {what} data has {data.TargetSize} values in a target, expected {targetSize} for {Loss}.");
            var input = new float[data.MaxSteps * data.InputSize];
            var target = new float[data.MaxTargetSteps * data.TargetSize];
            for (int i = 0; i < data.Count; i++)
            {
                int steps = data.Steps(i), targetSteps = data.TargetSteps(i), expected = Model.OutputSteps(steps);
                if (targetSteps != expected) throw new ArgumentException($"{Model}: sequence {i} of the {what} data has {targetSteps} target steps, expected {expected} for {steps} steps of input.");
                data.Read(i, input.AsSpan(0, steps * data.InputSize), target.AsSpan(0, targetSteps * data.TargetSize));
                for (int j = 0; j < steps * data.InputSize; j++)
                    if (!IsFinite(input[j])) throw new ArgumentException($"{Model}: sequence {i} of the {what} data has {input[j]} at step {j / data.InputSize}, feature {j % data.InputSize}; expected finite values.");
                try
                {
                    Loss.CheckTargets(Model.OutputSize, target.AsSpan(0, targetSteps * data.TargetSize));
                }
                catch (ArgumentException e)
                {
                    throw new ArgumentException($"{Model}: sequence {i} of the {what} data: {e.Message}", e);
                }
            }
        }

        private void Release()
        {
            _trainEvaluator?.Dispose();
            _validationEvaluator?.Dispose();
            _trainEvaluator = _validationEvaluator = null;
        }

        private static int ValidationBatch(SequenceDataset data) => data.Tracks > 0 ? data.Tracks : Math.Min(256, data.Count);

        private static int[] Count(int count)
        {
            var indices = new int[count];
            for (int i = 0; i < count; i++) indices[i] = i;
            return indices;
        }

        private static bool IsFinite(double value) => !double.IsNaN(value) && !double.IsInfinity(value);
    }
}
