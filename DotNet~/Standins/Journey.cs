using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Threading;
using Recurrent.Diagnostics;
using Recurrent.Onnx;

namespace Recurrent.Standins
{
    /// <summary>
    /// What a game does with the package, from end to end: reads a series, trains, saves, loads, runs a frame at a time, exports, imports, learns on a thread, classifies
    /// texts, records and draws. Each line says what was done and the checksum of every bit that came of it, so that two platforms can be compared.
    /// </summary>
    internal sealed class Journey : IDisposable
    {
        private readonly Action<string> _tell;
        private readonly string _folder = Path.Combine(Path.GetTempPath(), "recurrent-" + Guid.NewGuid().ToString("N"));

        private Journey(Action<string> tell)
        {
            _tell = tell;
            Directory.CreateDirectory(_folder);
        }

        /// <summary>Goes all the way with some kernels.</summary>
        /// <returns>Whether all of it worked.</returns>
        public static bool Run(KernelSet kernels, Action<string> tell)
        {
            KernelSet before = KernelSet.Default;
            KernelSet.Default = kernels;
            try
            {
                using var journey = new Journey(line => tell($"{kernels.Name}: {line}"));
                (string Name, Action Do)[] stages = { ("forecast", journey.Forecast), ("every layer", journey.EveryLayer), ("background", journey.LearnOnAThread), ("texts", journey.Classify), ("play", journey.RecordPlay) };
                // A stage that a platform cannot run does not hide the others.
                return stages.Select(stage => journey.Attempt(stage.Name, stage.Do)).ToArray().All(worked => worked);
            }
            finally
            {
                KernelSet.Default = before;
            }
        }

        public void Dispose() => Directory.Delete(_folder, true);

        private bool Attempt(string name, Action stage)
        {
            try
            {
                stage();
                return true;
            }
            catch (Exception e)
            {
                _tell($"{name} fails: {e.GetType().Name}: {e.Message}");
                return false;
            }
        }

        private void Forecast()
        {
            string csv = PathOf("series.csv");
            var random = new RandomSource(1);
            File.WriteAllLines(csv, new[] { "value" }.Concat(Enumerable.Range(0, 240).Select(t => (Math.Round(1000 * Math.Sin(t / 5.0)) / 1000 + random.Next(100) / 1000.0).ToString(CultureInfo.InvariantCulture))));
            SeriesDataset data = SeriesDataset.FromCsv(csv, "value", lookBack: 20);
            var model = new SequenceModel(("lstm", new LSTM(1, 16, numLayers: 2, dropout: 0.1f, seed: 2)), ("last", new LastStep()), ("head", new Linear(16, 1, seed: 3))) { InputScaler = data.InputScaler, TargetScaler = data.TargetScaler };
            using (var trainer = new Trainer(model, Losses.MeanSquaredError, new Adam(5e-3f), new TrainingOptions { BatchSize = 16, ClipNorm = 1, Threads = 2 }))
            {
                trainer.Begin(data.Train, data.Validation, epochs: 4);
                for (int i = 0; i < 20; i++) trainer.Advance(TimeSpan.Zero);
                string checkpoint = PathOf("half.safetensors");
                trainer.SaveCheckpoint(checkpoint);
                trainer.Run();
                Tell("trained", model.Store.Values);

                var again = new SequenceModel(("lstm", new LSTM(1, 16, numLayers: 2, dropout: 0.1f)), ("last", new LastStep()), ("head", new Linear(16, 1)));
                using var resumed = new Trainer(again, Losses.MeanSquaredError, new Adam(5e-3f), new TrainingOptions { BatchSize = 16, ClipNorm = 1, Threads = 1 });
                resumed.Resume(checkpoint, data.Train, data.Validation);
                resumed.Run();
                Same("gone on from a checkpoint", again.Store.Values, model.Store.Values);
            }

            string file = PathOf("model.safetensors");
            model.Save(file);
            Tell("saved", File.ReadAllBytes(file));
            SequenceModel loaded = ModelFile.Load(file);
            Same("loaded", loaded.Store.Values, model.Store.Values);

            float[] outputs = Stream(loaded, data.Values.Span.Slice(0, 60));
            Tell("run a frame at a time", outputs);
            byte[] onnx = OnnxExporter.Export(loaded).ToBytes();
            Tell("exported as ONNX", onnx);
            SequenceModel imported = OnnxImport.From(OnnxModel.Read(onnx)).Model;
            Tell("imported from it", Stream(imported, data.Values.Span.Slice(0, 60)));
        }

        /// <summary>One training step of each kind of layer, with everything that it can do.</summary>
        private void EveryLayer()
        {
            foreach (Func<Layer> make in new Func<Layer>[]
            {
                () => new LSTM(3, 9, 2, bidirectional: true), () => new LSTM(3, 8, projSize: 4), () => new GRU(3, 9, 2, bidirectional: true), () => new GRU(3, 9, resetAfter: false), () => new RNN(3, 9, 2), () => new RNN(3, 9, nonlinearity: Nonlinearity.ReLU),
            })
            {
                Layer layer = make();
                var model = new SequenceModel(layer, new FinalStates(), new Linear(new SequenceModel(make(), new FinalStates()).OutputSize, 2, seed: 5));
                var random = new RandomSource(6);
                List<float[]> inputs = Enumerable.Range(0, 13).Select(i => Draw(random, 3 * (2 + i % 4))).ToList(), targets = inputs.Select(_ => Draw(random, 2)).ToList();
                using var trainer = new Trainer(model, Losses.Huber(0.5f), new SGD(0.05f, momentum: 0.9f), new TrainingOptions { BatchSize = 5, Threads = 2 });
                trainer.Fit(new ArrayDataset(inputs, targets, 3, 2), null, epochs: 2);
                Tell($"{layer} trained", model.Store.Values);
            }
        }

        private void LearnOnAThread()
        {
            SequenceModel model = new SequenceModel(new GRU(2, 6, seed: 7), new LastStep(), new Linear(6, 1, seed: 8)), expected = ModelFile.Load(model.ToBytes());
            var random = new RandomSource(9);
            List<float[]> inputs = Enumerable.Range(0, 20).Select(i => Draw(random, 8)).ToList(), targets = inputs.Select(input => new[] { input.Sum() }).ToList();
            var data = new ArrayDataset(inputs, targets, 2, 1);
            var options = new BackgroundOptions();
            options.Training.BatchSize = 4;
            using (var trainer = new BackgroundTrainer(model, Losses.MeanSquaredError, new Adam(1e-2f), options))
            {
                trainer.Begin(data, null, epochs: 3);
                while (trainer.Tick(TimeSpan.FromMilliseconds(1))) Thread.Sleep(1);
            }

            using (var trainer = new Trainer(expected, Losses.MeanSquaredError, new Adam(1e-2f), new TrainingOptions { BatchSize = 4, ClipNorm = 1 })) trainer.Fit(data, null, epochs: 3);
            Same("learned on a thread", model.Store.Values, expected.Store.Values);
        }

        private void Classify()
        {
            string[] texts = { "a good day", "a bad day", "good", "bad", "not bad", "not good" };
            var named = new LabelledTexts(new Vocabulary(new[] { "no", "yes" }), texts, new[] { 1, 0, 1, 0, 1, 0 });
            using var classifier = new TextClassifier(Tokenizer.Words, Tokenizer.Words.BuildVocabulary(texts), named.Classes, new GRU(8, 12, seed: 10), seed: 11);
            using (var trainer = new Trainer(classifier.Model, Losses.CrossEntropy(), new Adam(0.02f), new TrainingOptions { BatchSize = 2 })) trainer.Fit(classifier.Encode(named), null, epochs: 20);
            string file = PathOf("texts.safetensors");
            classifier.Save(file);
            using TextClassifier loaded = TextClassifier.Load(file);
            float[] probabilities = new float[2];
            string[] classes = texts.Select(text => named.Classes[loaded.Classify(text, probabilities)]).ToArray();
            Tell($"classified as {string.Join(" ", classes)}", probabilities);
        }

        private void RecordPlay()
        {
            var model = new SequenceModel(new LSTM(2, 6, seed: 12), new Linear(6, 1, seed: 13));
            var random = new RandomSource(14);
            var data = new ArrayDataset(new[] { Draw(random, 60) }, new[] { Draw(random, 30) }, 2, 1);
            Recording recording = DatasetRecorder.Sequence(model, data, 0, "player");
            Tell("recorded", recording.Frames);
            RecordingView view = RecordingViews.All(recording, Skin.Dark)[0];
            StateCanvas canvas = view.Draw(Skin.Dark);
            var pixels = new byte[4 * canvas.Pixels.Length];
            Buffer.BlockCopy(canvas.Pixels, 0, pixels, 0, pixels.Length);
            // What a picture is packed to, and how a number is written, are the platform's matter; pixels and numbers are not.
            Tell($"drawn, a PNG of {(Png.Encode(canvas).Length > 8 ? "some" : "no")} bytes", pixels);
            string csv = PathOf("recording.csv");
            RecordingCsv.Write(recording, csv);
            CsvTable table = CsvTable.Load(csv);
            Tell("written as CSV and read", table.Columns.SelectMany(column => table.Column(column)).ToArray());
        }

        private float[] Stream(SequenceModel model, ReadOnlySpan<float> values)
        {
            using SequenceStream stream = model.OpenStream();
            var outputs = new float[values.Length];
            for (int t = 0; t < values.Length; t++) stream.Step(values.Slice(t, 1), outputs.AsSpan(t, 1));
            return outputs;
        }

        private string PathOf(string file) => Path.Combine(_folder, file);

        private static float[] Draw(RandomSource random, int length)
        {
            var values = new float[length];
            for (int i = 0; i < length; i++) values[i] = 2 * random.NextSingle() - 1;
            return values;
        }

        private void Same(string what, float[] values, float[] expected)
        {
            if (!values.AsSpan().SequenceEqual(expected)) throw new InvalidOperationException($"{what}: not the same bits");
            Tell(what, values);
        }

        private void Tell(string what, float[] values)
        {
            var bytes = new byte[4 * values.Length];
            Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
            Tell(what, bytes);
        }

        private void Tell(string what, byte[] bytes)
        {
            using SHA256 sha = SHA256.Create();
            _tell($"{what}: {bytes.Length} bytes, {BitConverter.ToString(sha.ComputeHash(bytes), 0, 8).Replace("-", "").ToLowerInvariant()}");
        }
    }
}
