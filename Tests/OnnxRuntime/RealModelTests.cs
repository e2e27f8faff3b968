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
