using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.ML.OnnxRuntime;
using NUnit.Framework;
using Recurrent.Onnx;
using Recurrent.OnnxRuntime;
using Recurrent.Tests.Onnx;

namespace Recurrent.Tests.OnnxRuntime
{
    /// <summary>Models that others made, from the data folder beside the repository.</summary>
    public class RealModelTests
    {
        [Test]
        public void HallwayFollowsItsReplay()
        {
            string path = SmallModels.Shared("mlagents", "Hallway.onnx");
            JsonValue replay = JsonValue.Parse(File.ReadAllBytes(SmallModels.Shared("mlagents", "hallway-replay.json")))["rows"];
            string[] recording = File.ReadAllLines(SmallModels.Shared("mlagents", "ExpertHallway.csv"));
            using var session = new OnnxSequenceSession(path);
            Assert.That(session.StatePairs, Is.EqualTo(new[] { new StatePair("recurrent_in", "recurrent_out") }));

            // The logits do not leave the model, for its action is drawn by lot: a second session runs it with one output more.
            OnnxModel opened = OnnxModel.Read(path);
            opened.Graph.Outputs.Add(new OnnxValueInfo("64", OnnxDataType.Float, "batch", 5));
            using var withLogits = new OnnxSequenceSession(opened.ToBytes());

            double largestState = 0, largestLogit = 0;
            int compared = 0;
            string episode = "";
            for (int row = 0; row < 150; row++)
            {
                string[] cells = recording[row + 1].Split(',');
                foreach (OnnxSequenceSession each in new[] { session, withLogits })
                {
                    if (cells[0] != episode)
                        each.Reset();
                    each.Input<float>("action_masks").Fill(1);
                    for (int i = 0; i < 108; i++)
                    {
                        float value = float.Parse(cells[5 + i], CultureInfo.InvariantCulture);
                        if (i < 105)
                            each.Input<float>("obs_0")[i] = value;
                        else
                            each.Input<float>("obs_1")[i - 105] = value;
                    }
                    each.Step();
                }
                episode = cells[0];
                JsonValue expected = replay[row];
                largestLogit = Math.Max(largestLogit, Largest(withLogits.Output<float>("64"), expected["logits"]));
                if (expected["recurrent_out"].Kind == JsonKind.Null)
                    continue;
                Assert.That(expected["recurrent_out"].Count, Is.EqualTo(128));
                largestState = Math.Max(largestState, Largest(session.Output<float>("recurrent_out"), expected["recurrent_out"]));
                compared++;
            }
            TestContext.WriteLine(FormattableString.Invariant($"largest difference: recurrent_out {largestState:g3} on {compared} rows, logits {largestLogit:g3} on 150 rows"));
            Assert.That(compared, Is.EqualTo(15));
            Assert.That(largestState, Is.LessThan(1e-4));
            Assert.That(largestLogit, Is.LessThan(1e-4));
        }

        [Test]
        public void SileroCarriesItsState()
        {
            const int frame = 512, context = 64;
            string path = SmallModels.Shared("onnx-models", "silero_vad_16k_op15.onnx");
            var options = new OnnxSessionOptions { Shapes = { ["input"] = new long[] { 1, context + frame } } };
            using var session = new OnnxSequenceSession(path, options);
            Assert.That(session.StatePairs, Is.EqualTo(new[] { new StatePair("state", "stateN") }));
            if (session.Inputs.Any(input => input.Name == "sr"))
                session.Input<long>("sr")[0] = 16000;

            float[] audio = Voice(40 * frame);
            using var oneThread = new SessionOptions { IntraOpNumThreads = 1 };
            using var plain = new InferenceSession(path, oneThread);
            var state = new float[2 * 128];
            double highest = 0;
            for (int f = 0; f < 40; f++)
            {
                var window = new float[context + frame];
                for (int i = 0; i < window.Length; i++)
                    window[i] = f * frame + i - context >= 0 ? audio[f * frame + i - context] : 0;
                window.CopyTo(session.Input<float>("input"));
                session.Step();
                float probability = session.Output<float>("output")[0];
                highest = Math.Max(highest, probability);

                (float[] output, float[] next) = RunPlain(plain, new Dictionary<string, Array> { ["input"] = window, ["state"] = state, ["sr"] = new long[] { 16000 } },
                    new Dictionary<string, long[]> { ["input"] = new long[] { 1, window.Length }, ["state"] = new long[] { 2, 1, 128 }, ["sr"] = new long[0] }, "output", "stateN");
                state = next;
                Assert.That(probability, Is.EqualTo(output[0]).Within(1e-5), $"frame {f}");
                Assert.That(Largest(session.Output<float>("stateN"), next), Is.LessThan(1e-5), $"frame {f}");
            }
            Assert.That(state.Any(value => value != 0), Is.True);
            TestContext.WriteLine(FormattableString.Invariant($"highest probability of speech {highest:g3}"));
            Assert.That(highest, Is.GreaterThan(0).And.LessThanOrEqualTo(1));
        }

        [Test]
        public void GtcrnCarriesItsThreeCaches()
        {
            string path = SmallModels.Shared("onnx-models", "gtcrn_simple.onnx");
            using var session = new OnnxSequenceSession(path);
            Assert.That(session.StatePairs, Is.EqualTo(new[]
            {
                new StatePair("conv_cache", "conv_cache_out"), new StatePair("tra_cache", "tra_cache_out"), new StatePair("inter_cache", "inter_cache_out"),
            }));
            OnnxValueInfo mix = session.Inputs.Single();
            using var oneThread = new SessionOptions { IntraOpNumThreads = 1 };
            using var plain = new InferenceSession(path, oneThread);
            var random = new RandomSource(1);
            int length = (int)mix.Shape!.Aggregate(1L, (product, axis) => product * axis.Value);
            var values = new Dictionary<string, Array> { [mix.Name] = new float[length] };
            var shapes = new Dictionary<string, long[]> { [mix.Name] = mix.Shape!.Select(axis => axis.Value).ToArray() };
            foreach (OnnxValueInfo state in session.States)
            {
                shapes[state.Name] = state.Shape!.Select(axis => axis.Value).ToArray();
                values[state.Name] = new float[shapes[state.Name].Aggregate(1L, (product, size) => product * size)];
            }
            for (int frame = 0; frame < 100; frame++)
            {
                var input = (float[])values[mix.Name];
                for (int i = 0; i < input.Length; i++)
                    input[i] = random.NextGaussian();
                input.CopyTo(session.Input<float>(mix.Name));
                session.Step();
                string output = session.Outputs.Single().Name;
                float[][] results = RunPlain(plain, values, shapes, new[] { output, "conv_cache_out", "tra_cache_out", "inter_cache_out" });
                Assert.That(Largest(session.Output<float>(output), results[0]), Is.LessThan(1e-5), $"frame {frame}");
                for (int s = 0; s < 3; s++)
                {
                    values[session.StatePairs[s].Input] = results[1 + s];
                    Assert.That(Largest(session.State<float>(session.StatePairs[s].Input), results[1 + s]), Is.LessThan(1e-5), $"frame {frame}");
                }
            }
            Assert.That(((float[])values["tra_cache"]).Any(value => value != 0), Is.True);
        }

        [TestCase("mlagents", "Hallway.onnx", "recurrent_out")]
        [TestCase("onnx-models", "gtcrn_simple.onnx", "tra_cache_out")]
        public void AModelReadAndWrittenRunsTheSame(string folder, string file, string output)
        {
            string path = SmallModels.Shared(folder, file);
            using var original = new OnnxSequenceSession(path);
            using var rewritten = new OnnxSequenceSession(OnnxModel.Read(path).ToBytes());
            var random = new RandomSource(2);
            for (int step = 0; step < 3; step++)
            {
                foreach (OnnxValueInfo input in original.Inputs)
                {
                    Span<float> values = original.Input<float>(input.Name);
                    for (int i = 0; i < values.Length; i++)
                        values[i] = random.NextSingle();
                    values.CopyTo(rewritten.Input<float>(input.Name));
                }
                original.Step();
                rewritten.Step();
                Assert.That(rewritten.Output<float>(output).ToArray(), Is.EqualTo(original.Output<float>(output).ToArray()));
                Assert.That(original.Output<float>(output).ToArray().Any(value => value != 0), Is.True);
            }
        }

        [Test]
        public void HallwaysLstmIsAManagedLayerWithTheSameState()
        {
            string path = SmallModels.Shared("mlagents", "Hallway.onnx");
            string[] recording = File.ReadAllLines(SmallModels.Shared("mlagents", "ExpertHallway.csv"));
            OnnxModel model = OnnxModel.Read(path);
            RecurrentNode node = RecurrentNode.FindAll(model).Single();
            var lstm = (LSTM)node.ToLayer();
            Assert.That(lstm.ToString(), Is.EqualTo("LSTM(128→64)"));

            // What the node reads leaves the model too, so that the managed layer can be fed the same.
            string read = node.Node.Input(0);
            model.Graph.Outputs.Add(new OnnxValueInfo(read, OnnxDataType.Float, 1, "batch", lstm.InputSize));
            using var session = new OnnxSequenceSession(model.ToBytes());
            using SequenceStream managed = lstm.OpenStream();
            var output = new float[lstm.OutputSize];
            double largest = 0;
            string episode = "";
            for (int row = 0; row < 150; row++)
            {
                string[] cells = recording[row + 1].Split(',');
                if (cells[0] != episode)
                {
                    session.Reset();
                    managed.Reset();
                }
                episode = cells[0];
                session.Input<float>("action_masks").Fill(1);
                for (int i = 0; i < 108; i++)
                {
                    float value = float.Parse(cells[5 + i], CultureInfo.InvariantCulture);
                    if (i < 105) session.Input<float>("obs_0")[i] = value;
                    else session.Input<float>("obs_1")[i - 105] = value;
                }
                session.Step();
                managed.Step(session.Output<float>(read), output);
                ReadOnlySpan<float> state = session.Output<float>("recurrent_out");
                for (int i = 0; i < 128; i++) largest = Math.Max(largest, Math.Abs(state[i] - managed.State[i]));
            }
            TestContext.WriteLine(FormattableString.Invariant($"largest difference of the managed state from ONNX Runtime's over 150 rows: {largest:g3}"));
            Assert.That(managed.State.ToArray().Any(value => Math.Abs(value) > 0.1f), Is.True);
            Assert.That(largest, Is.LessThan(1e-4));
        }

        /// <summary>Every recurrent node of a model, alone between an input and an output, in ONNX Runtime and in a managed layer.</summary>
        [TestCase("gtcrn_simple.onnx", 14)]
        [TestCase("silero_vad_16k_op15.onnx", 2)]
        public void EveryRecurrentNodeComputesTheSameInAManagedLayer(string file, int count)
        {
            OnnxModel model = OnnxModel.Read(SmallModels.Shared("onnx-models", file));
            IReadOnlyList<RecurrentNode> nodes = RecurrentNode.FindAll(model);
            Assert.That(nodes.Count, Is.EqualTo(count));
            double largest = 0;
            foreach (RecurrentNode node in nodes)
            {
                const int steps = 4, batch = 2;
                OnnxModel alone = SmallModels.Empty();
                int i = node.InputSize, h = node.HiddenSize, d = node.Directions, g = node.GateCount;
                alone.Graph.Inputs.Add(new OnnxValueInfo("X", OnnxDataType.Float, steps, batch, i));
                alone.Graph.Initializers.Add(OnnxTensor.FromSingles("W", new long[] { d, g * h, i }, node.W));
                alone.Graph.Initializers.Add(OnnxTensor.FromSingles("R", new long[] { d, g * h, h }, node.R));
                if (node.B != null) alone.Graph.Initializers.Add(OnnxTensor.FromSingles("B", new long[] { d, 2 * g * h }, node.B));
                foreach (string output in new[] { "Y", "Y_h" }) alone.Graph.Outputs.Add(new OnnxValueInfo(output) { ElementType = OnnxDataType.Float });
                alone.Graph.Nodes.Add(new OnnxNode(node.Node.OpType, new[] { "X", "W", "R", node.B == null ? "" : "B" }, new[] { "Y", "Y_h" }, node.Node.Attributes.ToArray()));
                float[] x = SmallModels.Numbers(3, steps * batch * i);
                using var plain = new PlainRun(alone.ToBytes());
                Dictionary<string, float[]> expected = plain.With("X", x, steps, batch, i).Run();
                IReadOnlyList<OnnxTensor> actual = new RecurrentRunner(RecurrentNode.FindAll(alone).Single()).Run(OnnxTensor.FromSingles("X", new long[] { steps, batch, i }, x));
                for (int o = 0; o < 2; o++)
                    largest = Math.Max(largest, expected[o == 0 ? "Y" : "Y_h"].Zip(actual[o].ToSingles(), (a, b) => (double)Math.Abs(a - b)).Max());
                Assert.That(node.ToLayer().Parameters.Count, Is.EqualTo(d * (node.B == null ? 2 : 4)));
            }
            TestContext.WriteLine(FormattableString.Invariant($"{nodes.Count} nodes, largest difference {largest:g3}"));
            Assert.That(largest, Is.LessThan(1e-5));
        }

        [Test]
        public void TheForecasterGoesOutAndComesBackAndLearnsOn()
        {
            SeriesDataset data = SeriesDataset.FromValues(SyntheticSeries.Sine(300, new RandomSource(1)), lookBack: 20);
            var model = new SequenceModel(new LSTM(1, 64, numLayers: 2, seed: 2), new LastStep(), new Linear(64, 1, seed: 3)) { InputScaler = data.InputScaler, TargetScaler = data.TargetScaler };
            Train(model, data, 12);

            OnnxImport import = OnnxImport.From(OnnxModel.Read(OnnxExporter.Export(model).ToBytes()));
            Assert.That(import.Model.ToString(), Is.EqualTo(model.ToString()));
            Assert.That(import.Model.InputScaler!.ToMetadata(), Is.EqualTo(data.InputScaler.ToMetadata()));
            double exported = Agree(model, import.Model);

            // Trained on, the two go the same way, and the file written then says so too.
            double before = Loss(model, data);
            Train(model, data, 36);
            Train(import.Model, data, 36);
            double trained = Agree(model, import.Model);
            TestContext.WriteLine(FormattableString.Invariant($"largest difference of the three: {exported:g3}, trained on {trained:g3}; loss {before:g3} → {Loss(import.Model, data):g3}"));
            Assert.That(exported, Is.LessThan(1e-5));
            Assert.That(trained, Is.LessThan(1e-5));
            Assert.That(Loss(import.Model, data), Is.LessThan(before));

            double Agree(SequenceModel a, SequenceModel b)
            {
                const int batch = 5, steps = 20;
                float[] windows = data.Scaled.Slice(data.Rows - batch * steps, batch * steps).ToArray();
                float[] first = Predict(a, windows), second = Predict(b, windows);
                using var plain = new PlainRun(OnnxExporter.Export(b).ToBytes());
                float[] third = plain.With("input", windows, batch, steps, 1).Run()["output"];
                Assert.That(first.Distinct().Count(), Is.EqualTo(batch));
                return Math.Max(Difference(first, second), Difference(first, third));
            }

            double Difference(float[] a, float[] b) => a.Zip(b, (x, y) => (double)Math.Abs(x - y)).Max();

            float[] Predict(SequenceModel which, float[] windows)
            {
                using var pass = new SequencePass(which, 5, 20);
                pass.Forward(windows, 5, 20);
                var output = new float[5];
                pass.CopyOutput(output);
                return output;
            }
        }

        private static void Train(SequenceModel model, SeriesDataset data, int epochs)
        {
            using var trainer = new Trainer(model, Losses.MeanSquaredError, new Adam(learningRate: 1e-3f));
            trainer.Fit(data.Train, null, epochs);
        }

        private static double Loss(SequenceModel model, SeriesDataset data)
        {
            using var trainer = new Trainer(model, Losses.MeanSquaredError, new Adam(learningRate: 1e-3f));
            return trainer.Evaluate(data.Train);
        }

        private static double Largest(ReadOnlySpan<float> actual, float[] expected)
        {
            Assert.That(actual.Length, Is.EqualTo(expected.Length));
            double largest = 0;
            for (int i = 0; i < actual.Length; i++)
                largest = Math.Max(largest, Math.Abs(actual[i] - expected[i]));
            return largest;
        }

        private static double Largest(ReadOnlySpan<float> actual, JsonValue expected)
        {
            Assert.That(actual.Length, Is.EqualTo(expected.Count));
            double largest = 0;
            for (int i = 0; i < actual.Length; i++)
                largest = Math.Max(largest, Math.Abs(actual[i] - expected[i].AsDouble()));
            return largest;
        }

        /// <summary>A vowel-like sound: harmonics of 140 Hz at 16 kHz, with pauses.</summary>
        private static float[] Voice(int samples)
        {
            var audio = new float[samples];
            for (int i = 0; i < samples; i++)
                for (int harmonic = 1; harmonic <= 8; harmonic++)
                    audio[i] += i / 4000 % 2 == 0 ? (float)(0.1 / harmonic * Math.Sin(2 * Math.PI * 140 * harmonic * i / 16000)) : 0;
            return audio;
        }

        private static (float[] First, float[] Second) RunPlain(
            InferenceSession session, Dictionary<string, Array> values, Dictionary<string, long[]> shapes, string first, string second)
        {
            float[][] results = RunPlain(session, values, shapes, new[] { first, second });
            return (results[0], results[1]);
        }

        /// <summary>The model without any of our session: everything allocated anew, states passed by hand.</summary>
        private static float[][] RunPlain(InferenceSession session, Dictionary<string, Array> values, Dictionary<string, long[]> shapes, string[] outputs)
        {
            string[] names = session.InputNames.ToArray();
            OrtValue[] inputs = names.Select(name => values[name] is float[] floats
                ? OrtValue.CreateTensorValueFromMemory(floats, shapes[name])
                : OrtValue.CreateTensorValueFromMemory((long[])values[name], shapes[name])).ToArray();
            using var options = new RunOptions();
            using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, names, inputs, outputs);
            float[][] copies = results.Select(result => result.GetTensorDataAsSpan<float>().ToArray()).ToArray();
            foreach (OrtValue input in inputs)
                input.Dispose();
            return copies;
        }
    }
}
