using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class TrainerCheckpointTests
    {
        private string _folder = "";

        private string Checkpoint => Path.Combine(_folder, "run.safetensors");

        [SetUp]
        public void MakeFolder()
        {
            _folder = Path.Combine(Path.GetTempPath(), "recurrent-" + Guid.NewGuid().ToString("N"));
            Directory.CreateDirectory(_folder);
        }

        [TearDown]
        public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

        /// <summary>What a run may have to carry over an interruption.</summary>
        public enum Job
        {
            Momentum,
            AdamWithPlateau,
            RaggedDropout,
            Stream,
            StreamWithoutValidation,
            PatienceRunsOut,
            StartJudged,
            StreamStartJudged,
        }

        /// <param name="job">Which.</param>
        /// <param name="seed">Of the weights: a resumed model is made with others.</param>
        /// <param name="rate">The learning rate: a resumed optimizer is made with another.</param>
        /// <param name="threads">These may differ as well.</param>
        private static (Trainer, SequenceDataset, SequenceDataset?) Make(Job job, ulong seed = 1, float rate = 0.02f, int threads = 1)
        {
            var options = new TrainingOptions { BatchSize = 4, Threads = threads, Seed = 5, ClipNorm = 2 };
            SequenceDataset train = TrainingExamples.Sequences(10, 5, 2, 1, perStep: false, ragged: job == Job.RaggedDropout);
            SequenceDataset? validation = TrainingExamples.Sequences(70, 3, 2, 1, perStep: false, seed: 2);
            SequenceModel model = TrainingExamples.Forecaster(job == Job.RaggedDropout ? 0.3f : 0, seed);
            Optimizer optimizer = new Adam(rate);
            switch (job)
            {
                case Job.Momentum:
                    optimizer = new SGD(rate, momentum: 0.9, nesterov: true);
                    options.Schedule = LearningRateSchedule.Cosine(9, unit: ScheduleUnit.Step);
                    break;
                case Job.AdamWithPlateau:
                    optimizer = new AdamW(rate, amsgrad: true);
                    options.Schedule = LearningRateSchedule.Plateau(0.5, patience: 0, threshold: 0.5).WithWarmUp(4);
                    break;
                case Job.StartJudged:
                    options.JudgeStart = true;
                    break;
                case Job.Stream:
                case Job.StreamStartJudged:
                case Job.StreamWithoutValidation:
                    options.JudgeStart = job == Job.StreamStartJudged;
                    model = TrainingExamples.Follower(0.2f, seed);
                    train = TrainingExamples.Stream(41, tracks: 2, steps: 6);
                    validation = job == Job.StreamWithoutValidation ? null : TrainingExamples.Stream(25, tracks: 3, steps: 3);
                    break;
                case Job.PatienceRunsOut:
                    options.Patience = 1;
                    optimizer = new RMSprop(rate * 40, momentum: 0.9);
                    break;
            }
            return (new Trainer(model, Losses.MeanSquaredError, optimizer, options), train, validation);
        }

        [Test]
        public void ARunResumedAnywhereIsTheRunThatNeverStopped([Values] Job job, [Values(1, 2)] int threads)
        {
            const int epochs = 3;
            (Trainer whole, SequenceDataset train, SequenceDataset? validation) = Make(job);
            whole.Fit(train, validation, epochs);
            string expected = TrainingExamples.Trace(whole);
            Assert.That(whole.Outcome, Is.EqualTo(job == Job.PatienceRunsOut ? TrainingOutcome.StoppedEarly : TrainingOutcome.Completed));

            (Trainer trainer, _, _) = Make(job);
            trainer.Begin(train, validation, epochs);
            int points = 0;
            for (bool running = true; ; points++)
            {
                trainer.SaveCheckpoint(Checkpoint);
                (Trainer resumed, _, _) = Make(job, seed: 99, rate: 0.5f, threads);
                resumed.Resume(Checkpoint, train, validation);
                Assert.That(TrainingExamples.Trace(resumed), Is.EqualTo(TrainingExamples.Trace(trainer)), $"as it was saved after {points} batches");
                resumed.Run();
                Assert.That(TrainingExamples.Trace(resumed), Is.EqualTo(expected), $"resumed after {points} batches");
                resumed.Dispose();
                if (!running) break;
                running = trainer.AdvanceBatch();
            }
            Assert.That(points, Is.GreaterThan(8));
            trainer.Dispose();
            whole.Dispose();
        }

        [Test]
        public void InTheMiddleOfABatchTheBatchIsFinishedFirst()
        {
            (Trainer whole, SequenceDataset train, SequenceDataset? validation) = Make(Job.RaggedDropout);
            whole.Fit(train, validation, 2);
            (Trainer trainer, _, _) = Make(Job.RaggedDropout);
            trainer.Slicer = new WorkSlicer(1e-9);
            trainer.Begin(train, validation, 2);
            for (int pieces = 1; trainer.Outcome == TrainingOutcome.Running; pieces += 97)
            {
                for (int i = 0; i < pieces; i++) trainer.Advance(TimeSpan.Zero);
                trainer.SaveCheckpoint(Checkpoint);
                (Trainer resumed, _, _) = Make(Job.RaggedDropout, seed: 99);
                resumed.Resume(Checkpoint, train, validation);
                resumed.Run();
                Assert.That(TrainingExamples.Trace(resumed), Is.EqualTo(TrainingExamples.Trace(whole)));
                resumed.Dispose();
            }
            trainer.Dispose();
            whole.Dispose();
        }

        [Test]
        public void ARunMayBeResumedAgainAndAgain()
        {
            (Trainer whole, SequenceDataset train, SequenceDataset? validation) = Make(Job.RaggedDropout);
            whole.Fit(train, validation, 3);
            (Trainer trainer, _, _) = Make(Job.RaggedDropout);
            trainer.Begin(train, validation, 3);
            while (trainer.AdvanceBatch())
            {
                trainer.SaveCheckpoint(Checkpoint);
                trainer.Dispose();
                (trainer, _, _) = Make(Job.RaggedDropout, seed: 99);
                trainer.Resume(Checkpoint, train, validation);
            }
            Assert.That(TrainingExamples.Trace(trainer), Is.EqualTo(TrainingExamples.Trace(whole)));
            trainer.Dispose();
            whole.Dispose();
        }

        [Test]
        public void ATrainerInTheMiddleOfARunGoesBackToItsCheckpoint()
        {
            (Trainer trainer, SequenceDataset train, SequenceDataset? validation) = Make(Job.AdamWithPlateau);
            trainer.Begin(train, validation, 3);
            for (int i = 0; i < 4; i++) trainer.AdvanceBatch();
            trainer.SaveCheckpoint(Checkpoint);
            trainer.Run();
            string expected = TrainingExamples.Trace(trainer);
            trainer.Resume(Checkpoint, train, validation);
            Assert.That(trainer.Outcome, Is.EqualTo(TrainingOutcome.Running));
            trainer.Run();
            Assert.That(TrainingExamples.Trace(trainer), Is.EqualTo(expected));
            trainer.Dispose();
        }

        [Test]
        public void ProgressIsAPlaceToSaveFrom()
        {
            (Trainer trainer, SequenceDataset train, SequenceDataset? validation) = Make(Job.Momentum);
            int saves = 0;
            trainer.Fit(train, validation, 2, new Saving(() =>
            {
                trainer.SaveCheckpoint(Checkpoint);
                saves++;
            }));
            Assert.That(saves, Is.EqualTo(10));
            string expected = TrainingExamples.Trace(trainer);
            trainer.Dispose();
            (trainer, _, _) = Make(Job.Momentum, seed: 99);
            trainer.Resume(Checkpoint, train, validation);
            Assert.That(TrainingExamples.Trace(trainer), Is.EqualTo(expected));
            Assert.That(trainer.Run().Outcome, Is.EqualTo(TrainingOutcome.Completed));
            trainer.Dispose();
        }

        [Test]
        public void ACheckpointIsAModelToo()
        {
            (Trainer trainer, SequenceDataset train, SequenceDataset? validation) = Make(Job.RaggedDropout);
            trainer.Model.InputScaler = new MinMaxScaler();
            trainer.Model.InputScaler.Fit(new float[] { 1, 2, 5, 9 }, 2);
            trainer.Begin(train, validation, 3);
            trainer.AdvanceBatch();
            trainer.SaveCheckpoint(Checkpoint);

            SequenceModel model = ModelFile.Load(Checkpoint);
            Assert.That(TrainingExamples.Bits(model), Is.EqualTo(TrainingExamples.Bits(trainer.Model)));
            Assert.That(model.InputScaler!.ToMetadata(), Is.EqualTo(trainer.Model.InputScaler.ToMetadata()));
            SequenceModel other = TrainingExamples.Forecaster(seed: 99);
            other.LoadParameters(Checkpoint);
            Assert.That(TrainingExamples.Bits(other), Is.EqualTo(TrainingExamples.Bits(trainer.Model)));

            (Trainer resumed, _, _) = Make(Job.RaggedDropout);
            resumed.Resume(Checkpoint, train, validation);
            Assert.That(resumed.Model.InputScaler!.ToMetadata(), Is.EqualTo(trainer.Model.InputScaler.ToMetadata()));
            resumed.Model.InputScaler = new IdentityScaler();
            resumed.Model.InputScaler.Fit(new float[] { 1, 2 }, 2);
            Assert.That(() => resumed.Resume(Checkpoint, train, validation), Throws.TypeOf<ModelFileException>().With.Property("Reason").StartsWith("was made with another input scaler: expected identity"));
            trainer.Dispose();
            resumed.Dispose();
        }

        [Test]
        public void ThereIsNothingToSaveBeforeARun()
        {
            (Trainer trainer, _, _) = Make(Job.Momentum);
            Assert.That(() => trainer.SaveCheckpoint(Checkpoint), Throws.InvalidOperationException);
            Assert.That(File.Exists(Checkpoint), Is.False);
            trainer.Dispose();
            Assert.That(() => trainer.SaveCheckpoint(Checkpoint), Throws.TypeOf<ObjectDisposedException>());
            Assert.That(() => trainer.Resume(Checkpoint, TrainingExamples.Stream(9, 1, 3), null), Throws.TypeOf<ObjectDisposedException>());
        }

        // A bad checkpoint changes nothing

        private sealed class Edit
        {
            public Dictionary<string, string?> Metadata { get; } = new Dictionary<string, string?>();

            /// <summary>Replacements in the text of "trainer".</summary>
            public List<(string From, string To)> Texts { get; } = new List<(string, string)>();

            /// <summary>Tensors by name; null to leave one out.</summary>
            public Dictionary<string, Action<SafeTensorsWriter, SafeTensor>?> Tensors { get; } = new Dictionary<string, Action<SafeTensorsWriter, SafeTensor>?>();

            public byte[] Apply(byte[] bytes)
            {
                SafeTensorsFile file = SafeTensorsFile.Load(bytes, "edited");
                var writer = new SafeTensorsWriter();
                foreach (KeyValuePair<string, string> pair in file.Metadata)
                {
                    string? value = Metadata.TryGetValue(pair.Key, out string? replaced) ? replaced : pair.Value;
                    if (value == null) continue;
                    if (pair.Key == "trainer")
                        foreach ((string from, string to) in Texts)
                        {
                            Assert.That(value, Does.Contain(from));
                            value = value.Replace(from, to);
                        }
                    writer.AddMetadata(pair.Key, value);
                }
                foreach (SafeTensor tensor in file.Tensors)
                {
                    if (!Tensors.TryGetValue(tensor.Name, out Action<SafeTensorsWriter, SafeTensor>? add)) writer.Add(tensor.Name, tensor.Type, tensor.Shape, tensor.Bytes.ToArray());
                    else add?.Invoke(writer, tensor);
                }
                return writer.ToArray();
            }
        }

        private static TestCaseData Text(string from, string to, string reason) => new TestCaseData((Action<Edit>)(edit => edit.Texts.Add((from, to))), reason).SetName($"ABadCheckpointChangesNothing({to})");

        private static TestCaseData Without(string tensor, string reason) => new TestCaseData((Action<Edit>)(edit => edit.Tensors[tensor] = null), reason).SetName($"ABadCheckpointChangesNothing(no {tensor})");

        private static TestCaseData Wholes(string name, Action<long[]> change, string reason) => new TestCaseData((Action<Edit>)(edit => edit.Tensors[name] = (writer, tensor) =>
        {
            long[] values = tensor.ReadInt64();
            change(values);
            writer.Add(name, tensor.Shape, values);
        }), reason).SetName($"ABadCheckpointChangesNothing({name}: {reason})");

        private static TestCaseData Doubles(string name, Action<double[]> change, string reason) => new TestCaseData((Action<Edit>)(edit => edit.Tensors[name] = (writer, tensor) =>
        {
            double[] values = tensor.ReadDouble();
            change(values);
            writer.Add(name, tensor.Shape, values);
        }), reason).SetName($"ABadCheckpointChangesNothing({name}: {reason})");

        private static TestCaseData Floats(string name, Func<float[], float[]> change, string reason) => new TestCaseData((Action<Edit>)(edit => edit.Tensors[name] = (writer, tensor) =>
        {
            float[] values = change(tensor.ReadSingle());
            writer.Add(name, values.Length == tensor.Count ? tensor.Shape : new[] { values.Length }, values);
        }), reason).SetName($"ABadCheckpointChangesNothing({name}: {reason})");

        private static float[] First(float[] values, float value)
        {
            values[0] = value;
            return values;
        }

        private static IEnumerable<TestCaseData> Bad()
        {
            yield return new TestCaseData((Action<Edit>)(edit => edit.Metadata["trainer"] = null), "has no 'trainer' in its metadata: it is no checkpoint.").SetName("ABadCheckpointChangesNothing(a model)");
            yield return new TestCaseData((Action<Edit>)(edit => edit.Metadata["trainer"] = "{"), "'trainer', byte 1: expected a name in quotes").SetName("ABadCheckpointChangesNothing(no JSON)");
            yield return new TestCaseData((Action<Edit>)(edit => edit.Metadata["trainer"] = "[]"), "'trainer', byte 0: expected an object with 'version', got an array of 0.").SetName("ABadCheckpointChangesNothing(a list)");
            yield return new TestCaseData((Action<Edit>)(edit => edit.Metadata["recurrent_format"] = "2"), "has the format version '2', expected 1 to 1.").SetName("ABadCheckpointChangesNothing(format)");
            yield return Text("\"version\":1", "\"version\":2", "is a checkpoint of version 2, expected 1 to 1.");
            yield return Text("\"epochs\":3", "\"epochs\":0", "has epochs 0, expected 1 to 2147483647.");
            yield return Text("\"epochs\":3", "\"epochs\":3.5", "'trainer', byte ");
            yield return Text("MeanSquaredError", "Huber(delta=1)", "was made with another loss: expected MeanSquaredError, got Huber(delta=1).");
            yield return Text("AdamW(", "Adam(", "was made with another optimizer: expected AdamW(");
            yield return Text("patience=0", "patience=1", "was made with another schedule: expected Plateau(");
            yield return Text("batchSize=4", "batchSize=5", "was made with another set of options: expected batchSize=4, shuffle=True, seed=5, clipNorm=2, clipValue=Infinity, got batchSize=5");
            yield return Text("Running", "Exploded", "has the outcome 'Exploded', expected that of a run.");
            yield return Text("Running", "NotStarted", "has the outcome 'NotStarted', expected that of a run.");
            yield return Text("\"epoch\":1", "\"epoch\":3", "has epoch 3, expected 0 to 2.");
            yield return Text("\"epoch\":1", "\"epoch\":2", "tensor 'trainer/history': expected the shape (2, 3), got (1, 3).");
            yield return Text("\"batch\":2", "\"batch\":4", "has batch 4, expected 0 to 3.");
            yield return Text("\"batch\":2", "\"batch\":-1", "has batch -1, expected 0 to 3.");
            yield return Text("\"validationBatch\":0", "\"validationBatch\":1", "has validationBatch 1, expected 0 to 0.");
            yield return Text("\"bestEpoch\":1", "\"bestEpoch\":2", "has bestEpoch 2, expected 0 to 1.");
            yield return Text("\"step\":5", "\"step\":-5", "has a state that does not fit: AdamW: a state of -5 steps");
            yield return Text("\"step\":5", "\"stop\":5", "'trainer', byte 0: expected an object with 'step'");
            yield return Without("trainer/best", "expected a tensor 'trainer/best'");
            yield return Without("trainer/random", "expected a tensor 'trainer/random'");
            yield return Without("trainer/validation_states", "was made without validation data, got some.");
            yield return Without("trainer/optimizer/exp_avg", "has a state that does not fit: AdamW: the state lacks 'exp_avg'");
            yield return Without("0.bias_hh_l0", "has no parameter '0.bias_hh_l0', expected 0.bias_hh_l0 (24).");
            yield return Without("0.weight_hh_l0", "the layers need 486 weights or more, the file has 439.");
            yield return Wholes("trainer/random", words => Array.Clear(words, 0, 4), "has only zeros in 'trainer/random'");
            yield return Wholes("trainer/order", order => order[3] = order[4], "of 'trainer/order', expected every index below 10 once.");
            yield return Wholes("trainer/order", order => order[3] = 10, "has 10 at place 3 of 'trainer/order', expected every index below 10 once.");
            yield return Doubles("trainer/sums", sums => sums[1] = double.NaN, "has numbers in 'trainer/sums' that no run comes to.");
            yield return Doubles("trainer/sums", sums => sums[6] = -1, "has numbers in 'trainer/sums' that no run comes to.");
            yield return Doubles("trainer/schedule", state => state[0] = 0.5, "has a state that does not fit: Plateau(");
            yield return Floats("trainer/best", best => First(best, float.NaN), "tensor 'trainer/best': expected finite weights, got NaN at [0].");
            yield return Floats("0.bias_ih_l0", bias => First(bias, float.PositiveInfinity), "tensor '0.bias_ih_l0': expected finite weights, got Infinity at [0].");
            yield return Floats("trainer/optimizer/exp_avg_sq", values => values.Take(7).ToArray(), "tensor 'trainer/optimizer/exp_avg_sq': expected the shape (");
            yield return Floats("trainer/states", _ => new float[2], "tensor 'trainer/states': expected the shape (0), got (2).");
        }

        [TestCaseSource(nameof(Bad))]
        public void ABadCheckpointChangesNothing(object change, string reason)
        {
            var edit = new Edit();
            ((Action<Edit>)change)(edit);
            CheckRefused(edit.Apply, reason);
        }

        [Test]
        public void ATruncatedCheckpointChangesNothing() => CheckRefused(bytes => bytes.Take(bytes.Length - 5).ToArray(), "the file is truncated");

        private void CheckRefused(Func<byte[], byte[]> change, string reason)
        {
            (Trainer saved, SequenceDataset train, SequenceDataset? validation) = Make(Job.AdamWithPlateau);
            saved.Begin(train, validation, 3);
            // Five training batches, between them a whole validation: in the middle of the second epoch.
            for (int i = 0; i < 7; i++) saved.AdvanceBatch();
            saved.SaveCheckpoint(Checkpoint);
            saved.Run();
            string expected = TrainingExamples.Trace(saved);
            saved.Dispose();
            byte[] good = File.ReadAllBytes(Checkpoint);
            File.WriteAllBytes(Checkpoint, change(good));

            (Trainer trainer, _, _) = Make(Job.AdamWithPlateau);
            trainer.Begin(train, validation, 3);
            for (int i = 0; i < 3; i++) trainer.AdvanceBatch();
            var refusal = Assert.Throws<ModelFileException>(() => trainer.Resume(Checkpoint, train, validation))!;
            Assert.That(refusal.Path, Is.EqualTo(Checkpoint));
            Assert.That(refusal.Reason, Does.Contain(reason));
            trainer.Run();
            Assert.That(TrainingExamples.Trace(trainer), Is.EqualTo(expected));

            File.WriteAllBytes(Checkpoint, good);
            trainer.Resume(Checkpoint, train, validation);
            trainer.Run();
            Assert.That(TrainingExamples.Trace(trainer), Is.EqualTo(expected));
            trainer.Dispose();
        }

        [Test]
        public void ACheckpointOfAnotherModelOrOtherDataIsRefused()
        {
            (Trainer saved, SequenceDataset train, SequenceDataset? validation) = Make(Job.Momentum);
            saved.Begin(train, validation, 3);
            saved.SaveCheckpoint(Checkpoint);
            saved.Dispose();

            (Trainer trainer, _, _) = Make(Job.Momentum);
            void Refuses(SequenceDataset data, SequenceDataset? judge, string reason) =>
                Assert.That(() => trainer.Resume(Checkpoint, data, judge), Throws.TypeOf<ModelFileException>().With.Property("Reason").EqualTo(reason));
            Refuses(TrainingExamples.Sequences(11, 5, 2, 1, perStep: false), validation, "was made with 10 training sequences, got 11.");
            Refuses(train, null, "was made with validation data, got none.");
            Assert.That(() => trainer.Resume(Checkpoint, TrainingExamples.Sequences(10, 5, 3, 1, perStep: false), validation), Throws.ArgumentException.With.Message.Contains("has 3 features, expected 2"));
            Assert.That(() => trainer.Resume(Path.Combine(_folder, "none"), train, validation), Throws.InstanceOf<FileNotFoundException>());
            Assert.That(trainer.Outcome, Is.EqualTo(TrainingOutcome.NotStarted));
            trainer.Dispose();

            using var other = new Trainer(TrainingExamples.Follower(), Losses.MeanSquaredError, new SGD(0.1f, momentum: 0.9, nesterov: true));
            Assert.That(() => other.Resume(Checkpoint, train, validation), Throws.TypeOf<ModelFileException>().With.Property("Reason").StartsWith("was made with another model: expected [{\"name\":\"0\",\"type\":\"GRU\""));
        }

        private sealed class Saving : IProgress<TrainingProgress>
        {
            private readonly Action _save;

            public Saving(Action save) => _save = save;

            public void Report(TrainingProgress value) => _save();
        }
    }
}
