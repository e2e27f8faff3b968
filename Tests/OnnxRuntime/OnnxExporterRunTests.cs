using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Onnx;
using Recurrent.Tests.Onnx;

namespace Recurrent.Tests.OnnxRuntime
{
    /// <summary>What is exported computes in ONNX Runtime what the layers compute.</summary>
    public class OnnxExporterRunTests
    {
        private const double Tolerance = 1e-5;

        [Test]
        public void RandomModelsGiveTheSameSequences([Range(0, 7)] int part)
        {
            double largest = 0;
            for (int i = 0; i < 20; i++)
            {
                var random = new RandomSource((ulong)(1000 * part + i));
                SequenceModel model = RandomModels.Next(random, step: false);
                bool projected = model.Layers.Any(layer => layer is LSTM { ProjectionSize: > 0 } || layer is LSTMCell { ProjectionSize: > 0 });
                var options = new OnnxExportOptions { States = random.Next(2) == 0, Opset = 10 + random.Next(13) };
                options.Lengths = !projected && options.Opset >= 11 && random.Next(2) == 0;
                string what = FormattableString.Invariant($"part {part}, model {i}: {RandomModels.Describe(model)}; states {options.States}, lengths {options.Lengths}, opset {options.Opset}");
                try
                {
                    byte[] bytes = OnnxExporter.Export(model, options).ToBytes();
                    using var plain = new PlainRun(bytes);
                    // Twice, for batch and time are open.
                    foreach ((int batch, int steps) in new[] { (3, 5), (1, 2) })
                        largest = Math.Max(largest, CompareSequence(plain, random, model, options, batch, steps, what));
                }
                catch (Exception e) when (!(e is AssertionException))
                {
                    Assert.Fail($"{what}: {e.Message}");
                }
            }
            TestContext.WriteLine(FormattableString.Invariant($"largest difference {largest:g3}"));
        }

        [Test]
        public void RandomModelsGiveTheSameSteps([Range(0, 3)] int part)
        {
            double largest = 0;
            for (int i = 0; i < 20; i++)
            {
                var random = new RandomSource((ulong)(50000 + 1000 * part + i));
                SequenceModel model = RandomModels.Next(random, step: true);
                var options = new OnnxExportOptions { Graph = OnnxGraphKind.Step, Elementary = random.Next(2) == 0, MLAgentsNames = random.Next(3) == 0, Opset = 10 + random.Next(13) };
                string what = FormattableString.Invariant($"part {part}, model {i}: {RandomModels.Describe(model)}; elementary {options.Elementary}, ML-Agents {options.MLAgentsNames}, opset {options.Opset}");
                try
                {
                    OnnxModel exported = OnnxModel.Read(OnnxExporter.Export(model, options).ToBytes());
                    largest = Math.Max(largest, CompareSteps(exported, random, model, options, what));
                }
                catch (Exception e) when (!(e is AssertionException))
                {
                    Assert.Fail($"{what}: {e.Message}");
                }
            }
            TestContext.WriteLine(FormattableString.Invariant($"largest difference {largest:g3}"));
        }

        private static double CompareSequence(PlainRun plain, RandomSource random, SequenceModel model, OnnxExportOptions options, int batch, int steps, string what)
        {
            float[] input = RandomModels.Input(random, model, batch, steps);
            int[] lengths = Enumerable.Range(0, batch).Select(row => options.Lengths ? 1 + random.Next(steps) : steps).ToArray();
            float[] state = Enumerable.Range(0, batch * model.StateSize).Select(_ => options.States ? random.NextSingle(-0.8f, 0.8f) : 0).ToArray();
            using var pass = new SequencePass(model, batch, steps);
            pass.Forward(input, batch, steps, state, options.Lengths ? lengths : Array.Empty<int>());
            var expected = new float[batch * pass.OutputSteps * model.OutputSize];
            pass.CopyOutput(expected);

            plain.WithInput("input", input, model.InputSize, batch, steps);
            if (options.Lengths) plain.With("lengths", lengths, batch);
            var finals = new Dictionary<string, float[]>();
            if (options.States)
                foreach ((string name, int blocks, int features, int offset) in States(model))
                {
                    plain.With(name + "0", Blocks(state, batch, model.StateSize, blocks, features, offset), blocks, batch, features);
                    finals[name + "n"] = Blocks(pass.FinalState.ToArray(), batch, model.StateSize, blocks, features, offset);
                }
            Dictionary<string, float[]> outputs = plain.Run();
            Assert.That(outputs.Count, Is.EqualTo(1 + finals.Count), what);
            int width = model.OutputSize;
            double largest = Largest(expected, outputs["output"], i => pass.OutputSteps == 1 || i / width % steps < lengths[i / width / steps], what);
            foreach (KeyValuePair<string, float[]> final in finals)
                // After a layer that picks a step the states are those of one step, which no row has shortened.
                largest = Math.Max(largest, Largest(final.Value, outputs[final.Key], _ => true, what + " " + final.Key));
            return largest;
        }

        private static double CompareSteps(OnnxModel exported, RandomSource random, SequenceModel model, OnnxExportOptions options, string what)
        {
            const int batch = 2;
            using var stream = new SequenceStream(model, batch);
            using var plain = new PlainRun(exported.ToBytes());
            IReadOnlyList<StatePair> pairs = StatePairs.Find(exported);
            string data = options.MLAgentsNames ? "obs_0" : "input", result = options.MLAgentsNames ? "continuous_actions" : "output";
            foreach (StatePair pair in pairs)
            {
                long[] shape = exported.Graph.Inputs.Single(input => input.Name == pair.Input).Shape!.Select(axis => axis.IsFixed ? axis.Value : batch).ToArray();
                plain.With(pair.Input, new float[shape.Aggregate(1L, (a, b) => a * b)], shape);
            }
            var expected = new float[batch * model.OutputSize];
            double largest = 0;
            for (int t = 0; t < 4; t++)
            {
                float[] input = RandomModels.Input(random, model, batch, 1);
                stream.Step(input, expected);
                Dictionary<string, float[]> outputs = plain.WithInput(data, input, model.InputSize, batch).Run();
                largest = Math.Max(largest, Largest(expected, outputs[result], _ => true, what));
                foreach (StatePair pair in pairs)
                {
                    long[] shape = exported.Graph.Inputs.Single(each => each.Name == pair.Input).Shape!.Select(axis => axis.IsFixed ? axis.Value : batch).ToArray();
                    plain.With(pair.Input, outputs[pair.Output], shape);
                }
                if (!options.MLAgentsNames) continue;
                Assert.That(outputs["memory_size"], Is.EqualTo(new[] { (float)model.StateSize }), what);
                largest = Math.Max(largest, Largest(stream.State.ToArray(), outputs["recurrent_out"], _ => true, what));
            }
            return largest;
        }

        /// <summary>The names, number of blocks, features and place in a row of every carried state.</summary>
        private static IEnumerable<(string Name, int Blocks, int Features, int Offset)> States(SequenceModel model)
        {
            int stateful = model.Layers.Count(layer => layer.StateSize > 0), offset = 0;
            for (int i = 0; i < model.Layers.Count; i++)
            {
                string prefix = stateful > 1 ? model.LayerNames[i] + "_" : "";
                (int blocks, int h, int c) = model.Layers[i] switch
                {
                    RecurrentLayer layer => (layer.NumLayers * layer.Directions, layer.CellOutputSize, layer.CellStateSize),
                    LSTMCell cell => (1, cell.OutputSize, cell.HiddenSize),
                    RecurrentCell cell => (1, cell.OutputSize, 0),
                    _ => (0, 0, 0),
                };
                if (h > 0) yield return (prefix + "h", blocks, h, offset);
                if (c > 0) yield return (prefix + "c", blocks, c, offset + blocks * h);
                offset += model.Layers[i].StateSize;
            }
        }

        private static float[] Blocks(float[] state, int batch, int row, int blocks, int features, int offset)
        {
            var values = new float[blocks * batch * features];
            for (int block = 0; block < blocks; block++)
                for (int b = 0; b < batch; b++)
                    Array.Copy(state, b * row + offset + block * features, values, (block * batch + b) * features, features);
            return values;
        }

        private static double Largest(float[] expected, float[] actual, Func<int, bool> counts, string what)
        {
            Assert.That(actual.Length, Is.EqualTo(expected.Length), what);
            double largest = 0;
            for (int i = 0; i < expected.Length; i++)
            {
                if (!counts(i)) continue;
                double difference = Math.Abs(expected[i] - actual[i]) / (1 + Math.Abs(expected[i]));
                if (!(difference <= Tolerance)) Assert.Fail(FormattableString.Invariant($"{what}: number {i} is {actual[i]:r} in ONNX Runtime, {expected[i]:r} here"));
                largest = Math.Max(largest, difference);
            }
            return largest;
        }
    }
}
