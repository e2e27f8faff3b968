using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;

namespace Recurrent
{
    /// <summary>
    /// The one training loop: epochs of shuffled mini-batches, validation, early stopping, best weights kept. A run is begun once and advanced
    /// in pieces, so that a game trains a few milliseconds a frame (<see cref="Advance"/>) with the same result as in one go (<see cref="Fit"/>).
    /// After the first step a step allocates nothing. A later run goes on with the optimizer, the schedule and the random numbers as they are.
    /// Not thread-safe: one thread trains, and neither streams the model nor saves it meanwhile.
    /// </summary>
    public sealed partial class Trainer : IDisposable
    {
        private readonly TrainingOptions _options;
        private readonly WorkerTeam _team;
        private readonly RandomSource _random;
        private readonly Stopwatch _clock = new Stopwatch();
        private float _baseRate;
        private TrainingRun? _run;
        private bool _disposed;

        /// <summary>Makes a trainer of a model.</summary>
        /// <param name="model">What learns.</param>
        /// <param name="loss">What it learns to lower.</param>
        /// <param name="optimizer">How a step is taken; its learning rate now is the schedule's base rate.</param>
        /// <param name="options">The defaults if null.</param>
        /// <exception cref="ArgumentException">An option is out of range, or the loss does not fit the model's output.</exception>
        public Trainer(SequenceModel model, Loss loss, Optimizer optimizer, TrainingOptions? options = null)
        {
            Model = model ?? throw new ArgumentNullException(nameof(model));
            Loss = loss ?? throw new ArgumentNullException(nameof(loss));
            Optimizer = optimizer ?? throw new ArgumentNullException(nameof(optimizer));
            _options = (options ?? new TrainingOptions()).Checked();
            if (_options.Kernels != null) Optimizer.Kernels = _options.Kernels;
            loss.TargetSize(model.OutputSize);
            _baseRate = optimizer.LearningRate;
            _random = new RandomSource(_options.Seed);
            int threads = _options.Threads > 0 ? _options.Threads : Environment.ProcessorCount;
            _team = new WorkerTeam(Math.Min(threads, BatchEvaluator.MaxLanes));
        }

        /// <summary>What learns.</summary>
        public SequenceModel Model { get; }

        /// <summary>What it learns to lower.</summary>
        public Loss Loss { get; }

        /// <summary>How a step is taken.</summary>
        public Optimizer Optimizer { get; }

        /// <summary>The weights with the lowest loss of the run, those of the start before there was one; null without a run.</summary>
        internal float[]? BestWeights => _run == null || _run.Doing == TrainingRun.Work.Keeping ? null : _run.Best;

        /// <summary>What cuts the work of <see cref="Advance"/>.</summary>
        internal WorkSlicer Slicer { get; set; } = new WorkSlicer();

        /// <summary>How the run stands.</summary>
        public TrainingOutcome Outcome => _run?.Outcome ?? TrainingOutcome.NotStarted;

        /// <summary>Every whole epoch of the run.</summary>
        public IReadOnlyList<EpochRecord> History => _run?.History ?? (IReadOnlyList<EpochRecord>)Array.Empty<EpochRecord>();

        /// <summary>
        /// Whether training steps that begin from now on note how large the gradient is at every time step. What is learned stays the same, bit for bit; a step takes a
        /// little longer, and from the next run on nothing more where it is turned off.
        /// </summary>
        public bool ProfilesGradients { get; set; }

        /// <summary>What the last training step noted, changed by the next one; null where none was asked to, or nothing in the model is recurrent.</summary>
        public GradientProfile? GradientProfile => _run?.Train.Profile;

        /// <summary>Bytes of working memory of the run, known before it trains: activations, gradients, the copy of the best weights.</summary>
        public long Bytes => _run?.Bytes ?? 0;

        /// <summary>Those of <see cref="Bytes"/> that a training step works in: activations and gradients, without validation and the copies of weights that a run keeps to go back to.</summary>
        public long StepBytes => _run?.Train.Bytes ?? 0;

        /// <summary>How far the run has come. Allocates nothing.</summary>
        public TrainingProgress Progress => _run?.Progress(Optimizer, _clock.Elapsed)
            ?? new TrainingProgress(0, 0, 0, 0, Optimizer.StepCount, double.NaN, double.NaN, double.PositiveInfinity, 0, Optimizer.LearningRate, 0, TimeSpan.Zero, 0);

        /// <summary>Trains to the end.</summary>
        /// <param name="train">What to learn from.</param>
        /// <param name="validation">What to judge by, never learned from; null or empty for none.</param>
        /// <param name="epochs">How often to go through the training data, at least once.</param>
        /// <param name="progress">Told after every batch, on this thread; null for nobody.</param>
        /// <param name="cancellation">Ends the run after the current batch.</param>
        /// <returns>How it ended. A run that diverged or was cancelled does not throw; what weights the model then has, <see cref="Cancel"/> says.</returns>
        /// <exception cref="ArgumentException">The data does not fit the model or the loss.</exception>
        public TrainingResult Fit(SequenceDataset train, SequenceDataset? validation, int epochs, IProgress<TrainingProgress>? progress = null,
            CancellationToken cancellation = default)
        {
            Begin(train, validation, epochs);
            return Run(progress, cancellation);
        }

        /// <summary>Begins a run; nothing is learned yet, but everything is checked and all memory taken.</summary>
        /// <param name="train">What to learn from.</param>
        /// <param name="validation">What to judge by, never learned from; null or empty for none.</param>
        /// <param name="epochs">How often to go through the training data, at least once.</param>
        /// <exception cref="ArgumentException">The data does not fit the model or the loss; the message says how, and nothing has changed.</exception>
        public void Begin(SequenceDataset train, SequenceDataset? validation, int epochs)
        {
            if (epochs < 1) throw new ArgumentOutOfRangeException(nameof(epochs), $"Trainer: expected at least 1 epoch, got {epochs}.");
            TrainingRun run = Prepare(train, validation, epochs);
            run.BeginEpoch(_random, Model.Store.Values, WorkSlicer.Whole);
            run.JudgesStart = _options.JudgeStart && validation != null && validation.Count > 0;
            Take(run);
        }

        /// <summary>Takes a run that was begun or resumed to its end; see <see cref="Fit"/>.</summary>
        /// <exception cref="InvalidOperationException">No run was begun.</exception>
        public TrainingResult Run(IProgress<TrainingProgress>? progress = null, CancellationToken cancellation = default)
        {
            TrainingRun run = Begun();
            while (run.Outcome == TrainingOutcome.Running)
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

        /// <summary>Takes one batch, of training or of validation, to its end, on all threads.</summary>
        /// <returns>Whether the run goes on.</returns>
        /// <exception cref="InvalidOperationException">No run was begun.</exception>
        public bool AdvanceBatch()
        {
            TrainingRun run = Begun();
            if (run.Doing != TrainingRun.Work.Nothing) FinishBatch(run);
            else if (run.Outcome == TrainingOutcome.Running) Work(run, WorkSlicer.Whole);
            return run.Outcome == TrainingOutcome.Running;
        }

        /// <summary>
        /// Trains until the time is used up or the run has ended, on this thread alone. It stops inside a step, after pieces of some 60 µs, and goes on there
        /// in the next call; the bits are those of a run in one go. Between calls the model has the weights of the last whole step: it may be run. Where its
        /// weights are changed, the step that has begun is taken anew or given up. At least one piece is done, however small the budget.
        /// Allocates nothing once each kind of piece was done.
        /// </summary>
        /// <returns>Whether the run goes on.</returns>
        /// <exception cref="InvalidOperationException">No run was begun.</exception>
        public bool Advance(TimeSpan budget)
        {
            TrainingRun run = Begun();
            Slicer.Start(budget);
            while (run.Outcome == TrainingOutcome.Running && Work(run, Slicer))
            {
            }
            return run.Outcome == TrainingOutcome.Running;
        }

        /// <summary>
        /// Ends the run, if it goes on; a batch that has begun is given up. The model then has the weights of the best epoch where <see cref="TrainingOptions.KeepBest"/> asks for them and
        /// one was validated, otherwise its last. After a divergence it always has those of the best epoch: the weights with the lowest validation loss, or, without
        /// validation data, those with which the epoch of the lowest training loss began; those of the start where no epoch has ended.
        /// </summary>
        public void Cancel()
        {
            if (_run?.Outcome != TrainingOutcome.Running) return;
            Settle(_run);
            if (_run.Outcome == TrainingOutcome.Running) End(_run, TrainingOutcome.Cancelled, $"Cancelled in epoch {_run.Epoch + 1} of {_run.Epochs}.");
        }

        /// <summary>How the run stands or ended.</summary>
        public TrainingResult Result() => _run == null
            ? new TrainingResult(TrainingOutcome.NotStarted, Array.Empty<EpochRecord>(), 0, double.PositiveInfinity, "No run was begun.")
            : new TrainingResult(_run.Outcome, _run.History.ToArray(), _run.BestEpoch, _run.BestLoss, _run.Message);

        /// <summary>The mean loss of the model over some data, without training.</summary>
        /// <exception cref="ArgumentException">The data does not fit the model or the loss.</exception>
        public double Evaluate(SequenceDataset data)
        {
            CheckUsable();
            Check(data ?? throw new ArgumentNullException(nameof(data)), "given");
            using BatchEvaluator evaluator = TrainingRun.InOrder(Model, Loss, data, _options, _team);
            double loss = 0, weight = 0;
            for (int batch = 0; batch < evaluator.Batches; batch++)
            {
                (double partLoss, double partWeight) = evaluator.Evaluate(batch);
                loss += partLoss;
                weight += partWeight;
            }
            return loss / weight;
        }

        /// <summary>Ends the threads and frees the memory. The model keeps the weights that it has; what the run came to can still be read.</summary>
        public void Dispose()
        {
            if (!_disposed && _run != null) Settle(_run);
            _disposed = true;
            _run?.Dispose();
            _team.Dispose();
        }

        private TrainingRun Prepare(SequenceDataset train, SequenceDataset? validation, int epochs)
        {
            CheckUsable();
            if (train == null) throw new ArgumentNullException(nameof(train));
            if (validation?.Count == 0) validation = null;
            if (validation == null && _options.Patience > 0) throw new ArgumentException("Trainer: Patience needs validation data, got none.", nameof(validation));
            Check(train, "training");
            if (validation != null) Check(validation, "validation");
            return new TrainingRun(Model, Loss, train, validation, epochs, Optimizer, _options, _team);
        }

        private void Take(TrainingRun run)
        {
            if (_run != null) Settle(_run);
            _run?.Dispose();
            _run = run;
            _clock.Reset();
        }

        /// <summary>Finishes what has begun, without a limit of time.</summary>
        private void FinishBatch(TrainingRun run)
        {
            if (run.Doing == TrainingRun.Work.Nothing) return;
            Slicer.Start(TimeSpan.MaxValue);
            Work(run, Slicer);
        }

        /// <summary>Gives up what has begun, but lets no optimizer stop half-way: its memory would be between two steps.</summary>
        private void Settle(TrainingRun run)
        {
            if (run.Doing == TrainingRun.Work.Keeping || run.Doing == TrainingRun.Work.Opening || run.Step.Moving) FinishBatch(run);
            run.Doing = TrainingRun.Work.Nothing;
        }

        /// <summary>Goes on until a batch has ended, and the epoch where it was the last one.</summary>
        /// <returns>Whether it has; otherwise <paramref name="work"/> has no time left.</returns>
        private bool Work(TrainingRun run, WorkSlicer work)
        {
            CheckUsable();
            _clock.Start();
            try
            {
                do
                {
                    if (!Do(run, work)) return false;
                }
                while (run.Doing != TrainingRun.Work.Nothing);
                return true;
            }
            finally
            {
                _clock.Stop();
            }
        }

        private bool Do(TrainingRun run, WorkSlicer work)
        {
            switch (run.Doing)
            {
                case TrainingRun.Work.Nothing:
                    BeginBatch(run);
                    return true;
                case TrainingRun.Work.Gradient:
                    if (!run.Train.Advance(work)) return false;
                    if (run.Train.Weight > 0)
                    {
                        run.Step.Begin(run.Train.Loss);
                        if (ProfilesGradients && run.Train.Profile is GradientProfile profile) profile.Step = run.Step.Number;
                        run.Doing = TrainingRun.Work.Step;
                    }
                    else EndBatch(run, work);
                    return true;
                case TrainingRun.Work.Step:
                    if (!run.Step.Advance(work)) return false;
                    if (run.Step.Broken is string broken) Diverge(run, $"step {run.Step.Number} (epoch {run.Epoch + 1}, batch {run.Batch + 1}): {broken}");
                    else EndBatch(run, work);
                    return true;
                case TrainingRun.Work.Validation:
                    if (!run.Validation!.Advance(work)) return false;
                    EndValidationBatch(run, run.Validation, work);
                    return true;
                case TrainingRun.Work.Keeping:
                    run.KeepBest(Model.Store.Values, work);
                    if (!work.Finished()) return false;
                    run.BestLoss = run.Judged;
                    run.BestEpoch = run.Epoch;
                    CloseEpoch(run, work);
                    return true;
                default:
                    run.BeginEpoch(_random, Model.Store.Values, work);
                    if (!work.Finished()) return false;
                    run.Doing = TrainingRun.Work.Nothing;
                    return true;
            }
        }

        private void BeginBatch(TrainingRun run)
        {
            if (run.JudgesStart || run.Batch == run.Train.Batches)
            {
                run.Validation!.Begin(run.ValidationBatch);
                run.Doing = TrainingRun.Work.Validation;
                return;
            }
            Optimizer.LearningRate = _options.Schedule.LearningRate(_baseRate, run.Epoch, Optimizer.StepCount);
            int first = run.Batch * run.Train.BatchSize;
            ReadOnlySpan<int> indices = run.Order.AsSpan(first, Math.Min(run.Train.BatchSize, run.Order.Length - first));
            run.Train.IsProfiled = ProfilesGradients;
            run.Train.Begin(indices, RandomSource.Combine(_options.Seed, (ulong)Optimizer.StepCount), 1 - _options.TeacherForcing.Ratio(run.Epoch, Optimizer.StepCount));
            run.Doing = TrainingRun.Work.Gradient;
        }

        private void EndBatch(TrainingRun run, WorkSlicer work)
        {
            run.Doing = TrainingRun.Work.Nothing;
            run.Loss += run.Train.Loss;
            run.Weight += run.Train.Weight;
            run.Batch++;
            if (run.Batch == run.Train.Batches && run.Validation == null) EndEpoch(run, double.NaN, work);
        }

        private void EndValidationBatch(TrainingRun run, BatchEvaluator validation, WorkSlicer work)
        {
            run.Doing = TrainingRun.Work.Nothing;
            run.ValidationLoss += validation.Loss;
            run.ValidationWeight += validation.Weight;
            run.ValidationBatch++;
            if (run.ValidationBatch < validation.Batches) return;
            double loss = run.ValidationLoss / run.ValidationWeight;
            if (run.JudgesStart) EndJudging(run, validation, loss);
            else EndEpoch(run, loss, work);
        }

        private void EndJudging(TrainingRun run, BatchEvaluator validation, double loss)
        {
            run.JudgesStart = false;
            run.ValidationBatch = 0;
            run.ValidationLoss = run.ValidationWeight = 0;
            validation.ResetStates();
            if (double.IsFinite(loss)) run.BestLoss = loss;
            else Diverge(run, $"epoch 0 (step {Optimizer.StepCount}): the validation loss is not finite");
        }

        private void EndEpoch(TrainingRun run, double validationLoss, WorkSlicer work)
        {
            double trainLoss = run.Loss / run.Weight;
            double judged = run.Validation == null ? trainLoss : validationLoss;
            run.Epoch++;
            run.Batch = run.ValidationBatch = 0;
            run.History.Add(new EpochRecord(run.Epoch, trainLoss, validationLoss, Optimizer.LearningRate));
            if (!double.IsFinite(judged))
            {
                Diverge(run, $"epoch {run.Epoch} (step {Optimizer.StepCount}): the {(run.Validation == null ? "training" : "validation")} loss is not finite");
                return;
            }
            _options.Schedule.EndEpoch(judged);
            if (!(judged < run.BestLoss))
            {
                CloseEpoch(run, work);
                return;
            }
            run.Judged = judged;
            run.Doing = TrainingRun.Work.Keeping;
            work.Begin(WorkKind.Copying);
        }

        private void CloseEpoch(TrainingRun run, WorkSlicer work)
        {
            if (run.Epoch == run.Epochs)
                End(run, TrainingOutcome.Completed, $"All {run.Epochs} epochs are done.");
            else if (_options.Patience > 0 && run.Epoch - run.BestEpoch >= _options.Patience)
                End(run, TrainingOutcome.StoppedEarly, $"Stopped after epoch {run.Epoch}: no better validation loss {(run.BestEpoch == 0 ? "than at the start" : $"since epoch {run.BestEpoch}")}.");
            else
            {
                run.Doing = TrainingRun.Work.Opening;
                work.Begin(WorkKind.Copying);
            }
        }

        private void Diverge(TrainingRun run, string what)
        {
            string weights = run.BestEpoch == 0 ? "of the start" : run.Start == null ? $"of epoch {run.BestEpoch}" : $"with which epoch {run.BestEpoch} began";
            End(run, TrainingOutcome.Diverged, $"Diverged in {what}. The weights are those {weights}; a lower learning rate or ClipNorm may help.");
        }

        private void End(TrainingRun run, TrainingOutcome outcome, string message)
        {
            // Without validation data the last weights are the ones asked for, unless they are broken.
            bool validated = run.Validation != null && run.BestLoss < double.PositiveInfinity;
            if (outcome == TrainingOutcome.Diverged || (validated && _options.KeepBest))
            {
                run.Best.CopyTo(Model.Store.Values, 0);
                Model.Store.Touch();
            }
            run.Doing = TrainingRun.Work.Nothing;
            run.Outcome = outcome;
            run.Message = message;
        }

        private void Check(SequenceDataset data, string what)
        {
            int targetSize = Loss.TargetSize(Model.OutputSize);
            if (data.Count == 0) throw Unfit(what, "is empty, expected at least one sequence");
            if (data.InputSize != Model.InputSize) throw Unfit(what, $"has {data.InputSize} features, expected {Model.InputSize}");
            if (data.TargetSize != targetSize) throw Unfit(what, $"has {data.TargetSize} values in a target, expected {targetSize} for {Loss}");
            if (data.Tracks > 0 && data.Count % data.Tracks != 0) throw Unfit(what, $"has {data.Count} sequences, expected a multiple of its {data.Tracks} tracks");
            if (data.Tracks > 0 && Model.NeedsWholeSequence)
                throw Unfit(what, "has tracks, but states cannot be carried through a model that reads sequences from their end too; expected independent sequences");
            var input = new float[data.MaxSteps * data.InputSize];
            var target = new float[data.MaxTargetSteps * data.TargetSize];
            double weight = 0;
            for (int i = 0; i < data.Count; i++) weight += CheckSequence(data, i, input, target, what);
            if (!(weight > 0)) throw Unfit(what, $"has no target that counts: {Loss} gives all of them the weight 0");
        }

        /// <summary>Refuses a sequence that does not fit; returns the weight of its targets.</summary>
        private double CheckSequence(SequenceDataset data, int index, float[] input, float[] target, string what)
        {
            int steps = data.Steps(index), targetSteps = data.TargetSteps(index), features = data.InputSize, size = data.TargetSize;
            if (steps < 1 || steps > data.MaxSteps) throw Unfit(what, $"has {steps} steps in sequence {index}, expected 1 to {data.MaxSteps}");
            int expected = Model.OutputSteps(steps);
            if (targetSteps != expected || targetSteps > data.MaxTargetSteps)
                throw Unfit(what, $"has {targetSteps} target steps in sequence {index}, expected {expected} for {steps} steps of input");
            Span<float> targets = target.AsSpan(0, targetSteps * size);
            data.Read(index, input.AsSpan(0, steps * features), targets);
            for (int i = 0; i < steps * features; i++)
            {
                if (float.IsFinite(input[i])) continue;
                throw Unfit(what, FormattableString.Invariant($"holds {input[i]} in sequence {index}, step {i / features}, feature {i % features}; expected finite values"));
            }
            try
            {
                Loss.CheckTargets(Model.OutputSize, targets);
            }
            catch (ArgumentException e)
            {
                throw new ArgumentException($"{Model}: sequence {index} of the {what} data: {e.Message}", e);
            }
            double weight = 0;
            for (int t = 0; t < targetSteps; t++) weight += Loss.Weight(Model.OutputSize, targets.Slice(t * size, size));
            return weight;
        }

        private ArgumentException Unfit(string what, string reason) => new ArgumentException($"{Model}: the {what} data {reason}.");

        private TrainingRun Begun()
        {
            CheckUsable();
            return _run ?? throw new InvalidOperationException("Trainer: expected Begin or Resume first; no run was begun.");
        }

        private void CheckUsable()
        {
            if (_disposed) throw new ObjectDisposedException(nameof(Trainer));
        }
    }
}
