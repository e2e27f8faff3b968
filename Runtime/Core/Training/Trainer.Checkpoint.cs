using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace Recurrent
{
    // A checkpoint is the model's own file with more in it: the metadata "trainer" holds texts and counts as JSON, tensors whose names
    // begin with "trainer/" hold the numbers (a parameter's name always has a dot, none of these has one). Sums are doubles and the
    // random state is words, so that not a bit is lost.
    public sealed partial class Trainer
    {
        private const int CheckpointVersion = 1;

        internal const string CheckpointKey = "trainer";
        private const string Prefix = ModelFile.TrainerPrefix;
        private const string BestName = Prefix + "best", StartName = Prefix + "start", OptimizerPrefix = Prefix + "optimizer/";
        private const string ScheduleName = Prefix + "schedule", RandomName = Prefix + "random", OrderName = Prefix + "order";
        private const string HistoryName = Prefix + "history", SumsName = Prefix + "sums";
        private const string StatesName = Prefix + "states", ValidationStatesName = Prefix + "validation_states";

        /// <summary>
        /// Writes all that the run needs to go on bit for bit: weights, best weights, optimizer, schedule, random numbers, order, carried states, history.
        /// To be called between calls of <see cref="Advance"/>, or when progress is reported; a batch that has begun is finished first. The file is replaced as a whole or not at all;
        /// <see cref="ModelFile.Load(string)"/> reads the model from it, with its weights of now.
        /// </summary>
        /// <exception cref="InvalidOperationException">No run was begun.</exception>
        /// <exception cref="IOException">The file cannot be written; what was there before stays.</exception>
        public void SaveCheckpoint(string path)
        {
            TrainingRun run = Begun();
            FinishBatch(run);
            SafeTensorsWriter writer = ModelFile.Writer(Model);
            writer.AddMetadata(CheckpointKey, Describe(run));
            writer.AddWeights(BestName, new[] { run.Best.Length }, run.Best);
            if (run.Start != null) writer.AddWeights(StartName, new[] { run.Start.Length }, run.Start);
            foreach (KeyValuePair<string, float[]> state in Optimizer.GetState()) writer.Add(OptimizerPrefix + state.Key, new[] { state.Value.Length }, state.Value);
            AddDoubles(writer, ScheduleName, _options.Schedule.GetState());
            AddDoubles(writer, SumsName, run.Loss, run.Weight, run.ValidationLoss, run.ValidationWeight, run.BestLoss, run.Step.GradientNorm, _baseRate, Optimizer.LearningRate);
            AddWholes(writer, RandomName, Array.ConvertAll(_random.GetState(), word => unchecked((long)word)));
            AddWholes(writer, OrderName, Array.ConvertAll(run.Order, index => (long)index));
            var history = new double[run.History.Count * 3];
            for (int i = 0; i < run.History.Count; i++)
            {
                history[3 * i] = run.History[i].TrainLoss;
                history[3 * i + 1] = run.History[i].ValidationLoss;
                history[3 * i + 2] = run.History[i].LearningRate;
            }
            writer.Add(HistoryName, new[] { run.History.Count, 3 }, history);
            AddStates(writer, StatesName, run.Train);
            if (run.Validation != null) AddStates(writer, ValidationStatesName, run.Validation);
            writer.Save(path);
        }

        /// <summary>
        /// Takes up a run where <see cref="SaveCheckpoint"/> left it; <see cref="Run"/> or <see cref="Advance"/> then goes on bit for bit as if it had never stopped,
        /// given the same kernels. The trainer must have been made with a model of the same architecture, the same loss, optimizer, schedule, batch size, shuffling,
        /// seed and clipping; the learning rate is that of the checkpoint. Patience, threads and whether the best weights are kept may differ.
        /// </summary>
        /// <param name="path">The checkpoint.</param>
        /// <param name="train">The same training data; only its size can be checked.</param>
        /// <param name="validation">The same validation data, or null where there was none.</param>
        /// <exception cref="ModelFileException">The file is no checkpoint of such a run; the message says why, and nothing has changed.</exception>
        /// <exception cref="IOException">The file cannot be read; nothing has changed.</exception>
        /// <exception cref="ArgumentException">The data does not fit the model or the loss; nothing has changed.</exception>
        public void Resume(string path, SequenceDataset train, SequenceDataset? validation)
        {
            CheckUsable();
            SafeTensorsFile file = SafeTensorsFile.Load(path);
            if (!file.TryGetMetadata(CheckpointKey, out string? text)) throw new ModelFileException(path, $"has no '{CheckpointKey}' in its metadata: it is no checkpoint.");
            SequenceModel model = ModelFile.Read(file);
            Same(path, "model", Architecture.Write(model), Architecture.Write(Model));
            Same(path, "input scaler", model.InputScaler ?? Model.InputScaler, Model.InputScaler ?? model.InputScaler);
            Same(path, "target scaler", model.TargetScaler ?? Model.TargetScaler, Model.TargetScaler ?? model.TargetScaler);
            TrainingRun? run = null;
            try
            {
                JsonValue description = JsonValue.Parse(text);
                int version = description["version"].AsInt32();
                if (version < 1 || version > CheckpointVersion) throw new ModelFileException(path, $"is a checkpoint of version {version}, expected 1 to {CheckpointVersion}.");
                run = Prepare(train, validation, Count(path, description, "epochs", 1, int.MaxValue));
                Restore(file, description, run, model);
                Take(run);
            }
            catch (FormatException e)
            {
                throw new ModelFileException(path, $"'{CheckpointKey}', {e.Message}", e);
            }
            finally
            {
                if (run != _run) run?.Dispose();
            }
        }

        private string Describe(TrainingRun run) => new JsonWriter().BeginObject()
            .Member("version", CheckpointVersion)
            .Member("loss", Loss.ToString())
            .Member("optimizer", Optimizer.ToString())
            .Member("schedule", _options.Schedule.ToString())
            .Member("options", Describe(_options, run.Train.BatchSize))
            .Member("outcome", run.Outcome.ToString())
            .Member("message", run.Message)
            .Member("epochs", run.Epochs)
            .Member("epoch", run.Epoch)
            .Member("batch", run.Batch)
            .Member("validationBatch", run.JudgesStart ? 0 : run.ValidationBatch)
            .Member("bestEpoch", run.BestEpoch)
            .Member("step", Optimizer.StepCount)
            .EndObject()
            .ToString();

        /// <summary>What else the bits depend on.</summary>
        private static string Describe(TrainingOptions options, int batchSize) => string.Format(CultureInfo.InvariantCulture,
            "batchSize={0}, shuffle={1}, seed={2}, clipNorm={3:R}, clipValue={4:R}{5}", batchSize, options.Shuffle, options.Seed, options.ClipNorm, options.ClipValue,
            options.TeacherForcing.IsAlways ? "" : $", teacherForcing={options.TeacherForcing}");

        /// <summary>Reads and checks everything first, and only then changes anything.</summary>
        private void Restore(SafeTensorsFile file, JsonValue description, TrainingRun run, SequenceModel model)
        {
            string path = file.Path;
            Same(path, "loss", description["loss"].AsString(), Loss.ToString());
            Same(path, "optimizer", description["optimizer"].AsString(), Optimizer.ToString());
            Same(path, "schedule", description["schedule"].AsString(), _options.Schedule.ToString()!);
            Same(path, "set of options", description["options"].AsString(), Describe(_options, run.Train.BatchSize));
            string outcome = description["outcome"].AsString();
            int number = Array.IndexOf(Enum.GetNames(typeof(TrainingOutcome)), outcome);
            if (number <= (int)TrainingOutcome.NotStarted) throw new ModelFileException(path, $"has the outcome '{outcome}', expected that of a run.");
            run.Outcome = (TrainingOutcome)number;
            run.Message = description["message"].AsString();

            bool validated = file.TryGetTensor(ValidationStatesName, out _);
            if (validated != (run.Validation != null))
                throw new ModelFileException(path, validated ? "was made with validation data, got none." : "was made without validation data, got some.");
            bool running = run.Outcome == TrainingOutcome.Running;
            run.Epoch = Count(path, description, "epoch", 0, running ? run.Epochs - 1 : run.Epochs);
            run.Batch = Count(path, description, "batch", 0, run.Validation == null && running ? run.Train.Batches - 1 : run.Train.Batches);
            int validationBatches = run.Validation == null || run.Batch < run.Train.Batches ? 0 : run.Validation.Batches - (running ? 1 : 0);
            run.ValidationBatch = Count(path, description, "validationBatch", 0, validationBatches);
            run.BestEpoch = Count(path, description, "bestEpoch", 0, run.Epoch);
            file.ReadWeights(BestName, new[] { run.Best.Length }, run.Best);
            if (run.Start != null) file.ReadWeights(StartName, new[] { run.Start.Length }, run.Start);
            ReadOrder(file, run.Order);
            ReadSums(file, run, out float baseRate, out float learningRate);
            ReadHistory(file, run);
            ReadStates(file, run);
            if (_options.JudgeStart && run.Validation != null && run.Epoch == 0 && run.Batch == 0 && double.IsPositiveInfinity(run.BestLoss))
            {
                // The start is judged from its first batch on again.
                run.JudgesStart = true;
                run.ValidationLoss = run.ValidationWeight = 0;
                run.Validation.ResetStates();
            }
            run.Begun = run.Progress(Optimizer, TimeSpan.Zero).Fraction;
            ulong[] random = Array.ConvertAll(Tensor(file, RandomName, RandomSource.StateLength).ReadInt64(), word => unchecked((ulong)word));
            if (Array.TrueForAll(random, word => word == 0)) throw new ModelFileException(path, $"has only zeros in '{RandomName}', which is no state of a random source.");
            SetOptimizerAndSchedule(file, description["step"].AsInt64());

            _random.SetState(random);
            _baseRate = baseRate;
            Optimizer.LearningRate = learningRate;
            Model.InputScaler ??= model.InputScaler;
            Model.TargetScaler ??= model.TargetScaler;
            foreach (KeyValuePair<string, string> entry in model.Metadata) Model.Metadata[entry.Key] = entry.Value;
            model.Store.Values.CopyTo(Model.Store.Values, 0);
            Model.Store.Touch();
        }

        /// <summary>Sets both or neither.</summary>
        private void SetOptimizerAndSchedule(SafeTensorsFile file, long step)
        {
            var state = new List<KeyValuePair<string, float[]>>();
            foreach (SafeTensor tensor in file.Tensors)
            {
                if (!tensor.Name.StartsWith(OptimizerPrefix, StringComparison.Ordinal)) continue;
                float[] values = Tensor(file, tensor.Name, Model.Store.Length).ReadSingle();
                state.Add(new KeyValuePair<string, float[]>(tensor.Name.Substring(OptimizerPrefix.Length), values));
            }
            LearningRateSchedule schedule = _options.Schedule;
            double[] scheduleState = Tensor(file, ScheduleName, null).ReadDouble(), before = schedule.GetState();
            try
            {
                schedule.SetState(scheduleState);
                Optimizer.SetState(step, state);
            }
            catch (ArgumentException e)
            {
                schedule.SetState(before);
                throw new ModelFileException(file.Path, $"has a state that does not fit: {e.Message}", e);
            }
        }

        private static void ReadOrder(SafeTensorsFile file, int[] order)
        {
            long[] saved = Tensor(file, OrderName, null).ReadInt64();
            if (saved.Length != order.Length) throw new ModelFileException(file.Path, $"was made with {saved.Length} training sequences, got {order.Length}.");
            var seen = new bool[order.Length];
            for (int i = 0; i < saved.Length; i++)
            {
                if (saved[i] < 0 || saved[i] >= order.Length || seen[saved[i]])
                    throw new ModelFileException(file.Path, $"has {saved[i]} at place {i} of '{OrderName}', expected every index below {order.Length} once.");
                seen[saved[i]] = true;
                order[i] = (int)saved[i];
            }
        }

        private static void ReadSums(SafeTensorsFile file, TrainingRun run, out float baseRate, out float learningRate)
        {
            double[] sums = Tensor(file, SumsName, 8).ReadDouble();
            run.Loss = sums[0];
            run.Weight = sums[1];
            run.ValidationLoss = sums[2];
            run.ValidationWeight = sums[3];
            run.BestLoss = sums[4];
            run.Step.GradientNorm = sums[5];
            baseRate = (float)sums[6];
            learningRate = (float)sums[7];
            bool sound = double.IsFinite(run.Loss) && !double.IsNaN(run.BestLoss);
            foreach (double value in new[] { run.Weight, run.ValidationWeight, baseRate, learningRate }) sound &= value >= 0 && double.IsFinite(value);
            if (!sound) throw new ModelFileException(file.Path, $"has numbers in '{SumsName}' that no run comes to.");
        }

        private static void ReadHistory(SafeTensorsFile file, TrainingRun run)
        {
            double[] history = Tensor(file, HistoryName, run.Epoch, 3).ReadDouble();
            for (int i = 0; i < run.Epoch; i++) run.History.Add(new EpochRecord(i + 1, history[3 * i], history[3 * i + 1], (float)history[3 * i + 2]));
        }

        private static void ReadStates(SafeTensorsFile file, TrainingRun run)
        {
            Tensor(file, StatesName, run.Train.States.Length).ReadSingle(run.Train.States);
            if (run.Validation != null) Tensor(file, ValidationStatesName, run.Validation.States.Length).ReadSingle(run.Validation.States);
        }

        private static void AddStates(SafeTensorsWriter writer, string name, BatchEvaluator evaluator) =>
            writer.Add(name, new[] { evaluator.States.Length }, evaluator.States.ToArray());

        private static void AddDoubles(SafeTensorsWriter writer, string name, params double[] values) => writer.Add(name, new[] { values.Length }, values);

        private static void AddWholes(SafeTensorsWriter writer, string name, long[] values) => writer.Add(name, new[] { values.Length }, values);

        /// <summary>A tensor of a shape, or a list of any length.</summary>
        private static SafeTensor Tensor(SafeTensorsFile file, string name, params int[]? shape)
        {
            SafeTensor tensor = file[name];
            if (shape == null ? tensor.Shape.Length != 1 : !tensor.Shape.SequenceEqual(shape))
            {
                string expected = shape == null ? "one dimension" : "the shape " + SafeTensorTypes.Print(shape);
                throw new ModelFileException(file.Path, $"tensor '{name}': expected {expected}, got {SafeTensorTypes.Print(tensor.Shape)}.");
            }
            return tensor;
        }

        private static int Count(string path, JsonValue description, string name, int smallest, int largest)
        {
            int count = description[name].AsInt32();
            return count >= smallest && count <= largest ? count : throw new ModelFileException(path, $"has {name} {count}, expected {smallest} to {largest}.");
        }

        private static void Same(string path, string what, Scaler? saved, Scaler? now) => Same(path, what, saved?.ToMetadata() ?? "", now?.ToMetadata() ?? "");

        private static void Same(string path, string what, string saved, string now)
        {
            if (saved != now) throw new ModelFileException(path, $"was made with another {what}: expected {now}, got {saved}.");
        }
    }
}
