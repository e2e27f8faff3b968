using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class ModelFileTests
    {
        private static readonly (string Name, Func<SequenceModel> Make)[] s_models =
        {
            ("RNN", () => new SequenceModel(new RNN(3, 4, numLayers: 2, nonlinearity: Nonlinearity.ReLU, bias: false, dropout: 0.1f, bidirectional: true, seed: 1))),
            ("LSTM", () => new SequenceModel(new LSTM(3, 5, numLayers: 3, dropout: 0.3f, projSize: 2, seed: 2))),
            ("LSTM both directions", () => new SequenceModel(("lstm", new LSTM(3, 5, bias: false, bidirectional: true, seed: 3)), ("last", new FinalStates()), ("head", new Linear(10, 2, bias: false, seed: 4)))),
            ("GRU", () => new SequenceModel(new GRU(3, 4, seed: 5))),
            ("GRU reset before", () => new SequenceModel(new GRU(3, 4, numLayers: 2, dropout: 1f / 3, resetAfter: false, seed: 6))),
            ("GRU update replaces", () => new SequenceModel(new GRU(3, 4, updateKeepsState: false, seed: 7))),
            ("RNNCell", () => new SequenceModel(new RNNCell(3, 4, Nonlinearity.ReLU, seed: 8))),
            ("LSTMCell", () => new SequenceModel(new LSTMCell(3, 4, projSize: 3, seed: 9), new LSTMCell(3, 4, bias: false, seed: 10))),
            ("GRUCell", () => new SequenceModel(new GRUCell(3, 4, resetAfter: false, seed: 11), new GRUCell(4, 2, bias: false, updateKeepsState: false, seed: 12))),
            ("Linear", () => new SequenceModel(new Linear(3, 4, seed: 13), new Activation(Nonlinearity.Sigmoid), new Dropout(0.25f), new LastStep())),
            ("Reverse", () => new SequenceModel(new Reverse(3), new RNN(3, 2, seed: 3), new Reverse(), new Softmax(logarithm: true))),
            ("nested", () => new SequenceModel(("body", new SequenceModel(("gru", new GRU(3, 4, seed: 14)), ("head", new SequenceModel(new Linear(4, 2, seed: 15), new Activation(Nonlinearity.Tanh))))), ("out", new Linear(2, 1, seed: 16)))),
            ("options", () => new SequenceModel(
                new LSTM(3, 4, bidirectional: true, seed: 17, options: new CellOptions
                {
                    Peepholes = true,
                    Clip = 0.3f,
                    Activations = new[] { new ActivationFunction(ActivationKind.HardSigmoid, 0.2f, 0.5f), ActivationFunction.Tanh, new ActivationFunction(ActivationKind.Softsign) },
                    ReverseActivations = new[] { ActivationFunction.Sigmoid, new ActivationFunction(ActivationKind.ScaledTanh, 1.7f, 2f / 3), ActivationFunction.Relu },
                }),
                new LSTMCell(8, 3, seed: 18, options: new CellOptions { InputForget = true }),
                new GRU(3, 2, seed: 19, options: new CellOptions { Clip = 0.1f }),
                new RNNCell(2, 3, seed: 20, options: new CellOptions { Activations = new[] { new ActivationFunction(ActivationKind.LeakyRelu, 0.05f) } }))),
            ("everything", Everything),
        };

        /// <summary>Every kind of layer in one model. The fixture of version 1 holds it.</summary>
        private static SequenceModel Everything()
        {
            var model = new SequenceModel(
                ("embedding", new Embedding(7, 4, paddingIndex: 0, seed: 1)),
                ("rnn", new RNN(4, 3, seed: 2)),
                ("lstm", new LSTM(3, 5, numLayers: 2, dropout: 0.1f, bidirectional: true, projSize: 2, seed: 3)),
                ("gru", new GRU(4, 4, resetAfter: false, updateKeepsState: false, seed: 4)),
                ("dropout", new Dropout(0.5f)),
                ("lstm_cell", new LSTMCell(4, 3, seed: 5)),
                ("gru_cell", new GRUCell(3, 4, bias: false, seed: 6)),
                ("rnn_cell", new RNNCell(4, 4, Nonlinearity.ReLU, seed: 7)),
                ("sigmoid", new Activation(Nonlinearity.Sigmoid)),
                ("hidden", new SequenceModel(new Linear(4, 6, seed: 8), new Activation(Nonlinearity.Tanh))),
                ("ends", new FinalStates()),
                ("last", new LastStep()),
                ("head", new Linear(6, 2, bias: false, seed: 9)))
            {
                InputScaler = new MinMaxScaler(-1, 1),
                TargetScaler = new StandardScaler(),
            };
            model.InputScaler.Fit(new[] { 0.1f, 6.3f }, 1);
            model.TargetScaler.Fit(new[] { 1f, 2f, 1.5f, 2.7f, 0.9f, 3.3f }, 2);
            return model;
        }

        private static float[] Output(SequenceModel model)
        {
            const int batch = 2, steps = 5;
            var random = new RandomSource(3);
            float[] input = model.Layers[0] is Embedding
                ? Enumerable.Range(0, batch * steps).Select(_ => (float)random.Next(7)).ToArray()
                : GradientCheck.Draw(random, batch * steps * model.InputSize);
            using var pass = new SequencePass(model, batch, steps);
            pass.Forward(input, batch, steps);
            var output = new float[batch * pass.OutputSteps * model.OutputSize];
            pass.CopyOutput(output);
            return output;
        }

        [Test]
        public void WhatIsSavedIsLoadedBitForBit([Range(0, 12)] int index)
        {
            SequenceModel model = s_models[index].Make();
            SequenceModel loaded = ModelFile.Load(model.ToBytes());
            Assert.That(loaded.ToString(), Is.EqualTo(model.ToString()));
            Assert.That(loaded.Summary(), Is.EqualTo(model.Summary()));
            Assert.That(Architecture.Write(loaded), Is.EqualTo(Architecture.Write(model)));
            Assert.That(TrainingExamples.Bits(loaded), Is.EqualTo(TrainingExamples.Bits(model)));
            Assert.That(TrainingExamples.Bits(Output(loaded)), Is.EqualTo(TrainingExamples.Bits(Output(model))));
            Assert.That(loaded.InputScaler?.ToMetadata(), Is.EqualTo(model.InputScaler?.ToMetadata()));
            Assert.That(loaded.TargetScaler?.ToMetadata(), Is.EqualTo(model.TargetScaler?.ToMetadata()));
            Assert.That(loaded.ToBytes(), Is.EqualTo(model.ToBytes()));
        }

        [Test]
        public void AModelGoesThroughAFile()
        {
            string folder = Path.Combine(Path.GetTempPath(), "recurrent-" + Guid.NewGuid().ToString("N")), path = Path.Combine(folder, "model.safetensors");
            Directory.CreateDirectory(folder);
            try
            {
                SequenceModel model = Everything();
                model.Save(path);
                Assert.That(File.ReadAllBytes(path), Is.EqualTo(model.ToBytes()));
                Assert.That(TrainingExamples.Bits(ModelFile.Load(path)), Is.EqualTo(TrainingExamples.Bits(model)));

                // What cannot be saved leaves the file alone.
                byte[] before = File.ReadAllBytes(path);
                model.Store.Values[3] = float.NaN;
                Assert.That(() => model.Save(path), Throws.ArgumentException.With.Message.Contains("'embedding.weight' expected weights that are finite"));
                Assert.That(File.ReadAllBytes(path), Is.EqualTo(before));
                Assert.That(Directory.GetFiles(folder).Length, Is.EqualTo(1));

                model.Store.Values[3] = 0;
                model.InputScaler = new StandardScaler();
                Assert.That(() => model.Save(path), Throws.InvalidOperationException.With.Message.Contains("not fitted"));
                Assert.That(() => ModelFile.Load(Path.Combine(folder, "none")), Throws.InstanceOf<FileNotFoundException>());
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }
        }

        [Test]
        public void MetadataOfTheModelIsKept()
        {
            SequenceModel model = Everything();
            model.Metadata["vocabulary"] = "[\"a\",\"\u00e9\"]";
            model.Metadata["classes"] = "";
            SequenceModel loaded = ModelFile.Load(model.ToBytes());
            Assert.That(loaded.Metadata, Is.EqualTo(model.Metadata));
            Assert.That(loaded.ToBytes(), Is.EqualTo(model.ToBytes()));

            model.Metadata["architecture"] = "[]";
            Assert.That(() => model.ToBytes(), Throws.ArgumentException.With.Message.Contains("'architecture' cannot name metadata of a model"));
        }

        [Test]
        public void TheFileIsWhatPythonExpects()
        {
            SequenceModel model = s_models[2].Make();
            SafeTensorsFile file = SafeTensorsFile.Load(model.ToBytes(), "model");
            // As torch.nn.LSTM(3, 5, bias=False, bidirectional=True) and torch.nn.Linear(10, 2, bias=False) name and shape them.
            Assert.That(file.Tensors.Select(tensor => $"{tensor.Name} {tensor.Type} {SafeTensorTypes.Print(tensor.Shape)}"), Is.EqualTo(new[]
            {
                "head.weight F32 (2, 10)",
                "lstm.weight_hh_l0 F32 (20, 5)",
                "lstm.weight_hh_l0_reverse F32 (20, 5)",
                "lstm.weight_ih_l0 F32 (20, 3)",
                "lstm.weight_ih_l0_reverse F32 (20, 3)",
            }));
            Assert.That(file["lstm.weight_hh_l0"].ReadSingle(), Is.EqualTo(model.Store["lstm.weight_hh_l0"].Value.ToArray()));
            Assert.That(file.Metadata.Select(pair => pair.Key), Is.EqualTo(new[] { "format", "recurrent_format", "architecture" }));
            Assert.That(file.Metadata[0].Value, Is.EqualTo("pt"));
            Assert.That(file.Metadata[1].Value, Is.EqualTo("1"));
        }

        /// <summary>What <c>safetensors.torch.save_file(model.state_dict())</c> writes for an nn.GRU(2, 3) called gru and an nn.Linear(3, 1) called head.</summary>
        private static SafeTensorsWriter StateDictionary(SafeTensorType type, Action<Dictionary<string, (int[] Shape, float[] Values)>>? change = null)
        {
            var shapes = new (string, int[])[]
            {
                ("gru.weight_ih_l0", new[] { 9, 2 }), ("gru.weight_hh_l0", new[] { 9, 3 }), ("gru.bias_ih_l0", new[] { 9 }), ("gru.bias_hh_l0", new[] { 9 }),
                ("head.weight", new[] { 1, 3 }), ("head.bias", new[] { 1 }),
            };
            var random = new RandomSource(21);
            var tensors = new Dictionary<string, (int[] Shape, float[] Values)>();
            // Sixteenths survive every type.
            foreach ((string name, int[] shape) in shapes)
                tensors.Add(name, (shape, Enumerable.Range(0, shape.Aggregate(1, (a, b) => a * b)).Select(_ => (random.Next(31) - 15) / 16f).ToArray()));
            change?.Invoke(tensors);
            var writer = new SafeTensorsWriter();
            foreach (KeyValuePair<string, (int[] Shape, float[] Values)> pair in tensors) writer.Add(pair.Key, pair.Value.Shape, pair.Value.Values, type);
            return writer;
        }

        private static SequenceModel Target() => new SequenceModel(("gru", new GRU(2, 3, seed: 1)), ("head", new Linear(3, 1, seed: 2)));

        [TestCase(SafeTensorType.F32)]
        [TestCase(SafeTensorType.F64)]
        [TestCase(SafeTensorType.F16)]
        [TestCase(SafeTensorType.BF16)]
        public void ParametersAloneAreReadIntoAModelThatIsThere(SafeTensorType type)
        {
            byte[] bytes = StateDictionary(type).ToArray();
            SequenceModel model = Target();
            float[] before = Output(model);
            model.LoadParameters(bytes);
            SafeTensorsFile file = SafeTensorsFile.Load(bytes, "m");
            foreach (Parameter parameter in model.Parameters) Assert.That(parameter.Value.ToArray(), Is.EqualTo(file[parameter.Name].ReadSingle()), parameter.Name);
            // The packed weights are those of the file, too.
            float[] after = Output(model);
            Assert.That(after, Is.Not.EqualTo(before));
            SequenceModel fresh = Target();
            model.Store.Values.CopyTo(fresh.Store.Values, 0);
            fresh.Store.Touch();
            Assert.That(after, Is.EqualTo(Output(fresh)));
            Assert.That(() => ModelFile.Load(bytes, "weights"), Throws.TypeOf<ModelFileException>().With.Message.EqualTo(
                "weights: has no 'recurrent_format' in its metadata; weights alone are read with LoadParameters into a model of their architecture."));
        }

        private static IEnumerable<TestCaseData> UnfitParameters()
        {
            TestCaseData Case(string name, Action<Dictionary<string, (int[] Shape, float[] Values)>> change, string reason) => new TestCaseData(change, reason).SetName($"ParametersThatDoNotFitChangeNothing({name})");
            yield return Case("missing", t => t.Remove("head.bias"), "has no parameter 'head.bias', expected head.bias (1).");
            yield return Case("too many", t => t.Add("gru.weight_ih_l1", (new[] { 1 }, new float[1])), "has a tensor 'gru.weight_ih_l1' that is no parameter of GRU(2→3) → Linear(3→1).");
            yield return Case("a trainer's name with a dot", t => t.Add("trainer/a.b", (new[] { 1 }, new float[1])), "has a tensor 'trainer/a.b' that is no parameter of GRU(2→3) → Linear(3→1).");
            yield return Case("transposed", t => t["gru.weight_ih_l0"] = (new[] { 2, 9 }, new float[18]), "tensor 'gru.weight_ih_l0': expected the shape (9, 2), got (2, 9).");
            yield return Case("flat", t => t["gru.weight_ih_l0"] = (new[] { 18 }, new float[18]), "tensor 'gru.weight_ih_l0': expected the shape (9, 2), got (18).");
            yield return Case("other size", t => t["head.bias"] = (new[] { 2 }, new float[2]), "tensor 'head.bias': expected the shape (1), got (2).");
            yield return Case("NaN", t => t["head.weight"].Values[2] = float.NaN, "tensor 'head.weight': expected finite weights, got NaN at [0, 2].");
            yield return Case("infinite", t => t["gru.weight_hh_l0"].Values[7] = float.NegativeInfinity, "tensor 'gru.weight_hh_l0': expected finite weights, got -Infinity at [2, 1].");
        }

        [TestCaseSource(nameof(UnfitParameters))]
        public void ParametersThatDoNotFitChangeNothing(object change, string reason)
        {
            byte[] bytes = StateDictionary(SafeTensorType.F32, (Action<Dictionary<string, (int[] Shape, float[] Values)>>)change).ToArray();
            LeavesAlone(bytes, reason);
        }

        [Test]
        public void ParametersOfAnotherTypeChangeNothing()
        {
            var writer = new SafeTensorsWriter();
            foreach (Parameter parameter in Target().Parameters) writer.Add(parameter.Name, parameter.Shape.ToArray(), new long[parameter.Length]);
            LeavesAlone(writer.ToArray(), "tensor 'gru.weight_ih_l0': expected floats (F32, F64, F16 or BF16), got I64.");
        }

        private static void LeavesAlone(byte[] bytes, string reason)
        {
            SequenceModel model = Target();
            int[] before = TrainingExamples.Bits(model);
            int version = model.Store.Version;
            var refusal = Assert.Throws<ModelFileException>(() => model.LoadParameters(bytes, "weights"))!;
            Assert.That(refusal.Path, Is.EqualTo("weights"));
            Assert.That(refusal.Reason, Is.EqualTo(reason));
            Assert.That(TrainingExamples.Bits(model), Is.EqualTo(before));
            Assert.That(model.Store.Version, Is.EqualTo(version));
        }

        // Broken and hostile files

        /// <summary>A sound file of a model with one weight, as text and data: one rule of the format is broken at a time.</summary>
        private static byte[] Raw(string tensor = "\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}", string metadata = Sound, int dataBytes = 4, long? headerLength = null)
        {
            byte[] header = Encoding.UTF8.GetBytes("{\"__metadata__\":{" + metadata + "}," + tensor + "}");
            return BitConverter.GetBytes(headerLength ?? header.Length).Concat(header).Concat(new byte[dataBytes]).ToArray();
        }

        private const string OneLinear = "[{\\\"name\\\":\\\"0\\\",\\\"type\\\":\\\"Linear\\\",\\\"inputSize\\\":1,\\\"outputSize\\\":1,\\\"bias\\\":false}]";
        private const string Sound = "\"recurrent_format\":\"1\",\"architecture\":\"" + OneLinear + "\"";

        private static string Refusal(byte[] bytes)
        {
            var refusal = Assert.Throws<ModelFileException>(() => ModelFile.Load(bytes, "hostile"))!;
            Assert.That(refusal.Path, Is.EqualTo("hostile"));
            Assert.That(refusal.Message, Is.EqualTo("hostile: " + refusal.Reason));
            SequenceModel model = new SequenceModel(new Linear(1, 1, bias: false, seed: 5));
            int[] before = TrainingExamples.Bits(model);
            if (!refusal.Reason.Contains("metadata") && !refusal.Reason.Contains("format version"))
                Assert.That(() => model.LoadParameters(bytes), Throws.TypeOf<ModelFileException>());
            Assert.That(TrainingExamples.Bits(model), Is.EqualTo(before));
            return refusal.Reason;
        }

        [Test]
        public void TheSoundFileOfTheseTestsIsSound() => Assert.That(ModelFile.Load(Raw()).ToString(), Is.EqualTo("Linear(1→1)"));

        [TestCase("\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,8]}", 8, "needs 4 bytes, the data_offsets [0, 8] hold 8")]
        [TestCase("\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}", 3, "truncated")]
        [TestCase("\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}", 5, "bytes follow the last tensor")]
        [TestCase("\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[4,8]}", 8, "leaves a gap")]
        [TestCase("\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}", 6, "inside '0.weight'")]
        [TestCase("\"0.weight\":{\"dtype\":\"F32\",\"shape\":[65536,65536,65536,65536],\"data_offsets\":[0,4]}", 4, "overflows")]
        [TestCase("\"0.weight\":{\"dtype\":\"F33\",\"shape\":[1,1],\"data_offsets\":[0,4]}", 4, "the type 'F33' is unknown")]
        [TestCase("\"0.weight\":{\"dtype\":\"I32\",\"shape\":[1,1],\"data_offsets\":[0,4]}", 4, "need 1 weights or more, the file has 0")]
        [TestCase("\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}", 4, "expected the shape (1, 1), got (1)")]
        [TestCase("\"0.weights\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]}", 4, "has no parameter '0.weight'")]
        [TestCase("\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},\"0.bias\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}", 8, "has a tensor '0.bias' that is no parameter")]
        [TestCase("\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[0,4]},\"0.weight\":{\"dtype\":\"F32\",\"shape\":[1,1],\"data_offsets\":[4,8]}", 8, "twice")]
        public void RefusesTensorsThatLie(string tensor, int dataBytes, string reason) => Assert.That(Refusal(Raw(tensor, dataBytes: dataBytes)), Does.Contain(reason));

        [TestCase("\"architecture\":\"" + OneLinear + "\"", "has no 'recurrent_format' in its metadata; weights alone")]
        [TestCase("\"recurrent_format\":\"1\"", "has no 'architecture' in its metadata.")]
        [TestCase("\"recurrent_format\":\"2\",\"architecture\":\"" + OneLinear + "\"", "has the format version '2', expected 1 to 1.")]
        [TestCase("\"recurrent_format\":\"0\",\"architecture\":\"" + OneLinear + "\"", "has the format version '0', expected 1 to 1.")]
        [TestCase("\"recurrent_format\":\" 1\",\"architecture\":\"" + OneLinear + "\"", "has the format version ' 1', expected 1 to 1.")]
        [TestCase("\"recurrent_format\":\"1.0\",\"architecture\":\"" + OneLinear + "\"", "has the format version '1.0', expected 1 to 1.")]
        [TestCase("\"recurrent_format\":\"99999999999\",\"architecture\":\"" + OneLinear + "\"", "has the format version '99999999999', expected 1 to 1.")]
        [TestCase("\"recurrent_format\":\"1\",\"architecture\":\"\"", "'architecture' of its metadata, byte 0: expected a value, got the end of the text.")]
        [TestCase(Sound + ",\"input_scaler\":\"standard offset=1 scale=0\"", "'input_scaler' of its metadata, Scaler: expected metadata such as")]
        [TestCase(Sound + ",\"target_scaler\":\"quantile\"", "'target_scaler' of its metadata, Scaler: expected metadata such as")]
        public void RefusesMetadataThatIsNotOurs(string metadata, string reason) => Assert.That(Refusal(Raw(metadata: metadata)), Does.StartWith(reason));

        [TestCase(100_000_001L, "the header claims 100000001 bytes, more than the 100000000 allowed.")]
        [TestCase(long.MaxValue, "more than the 100000000 allowed")]
        [TestCase(-1L, "more than the 100000000 allowed")]
        [TestCase(100_000_000L, "the file is truncated: the header should have 100000000 bytes")]
        public void RefusesAHeaderLongerThanTheFile(long length, string reason) => Assert.That(Refusal(Raw(headerLength: length)), Does.Contain(reason));

        [Test]
        public void EveryTruncationIsRefused()
        {
            byte[] bytes = s_models[2].Make().ToBytes();
            for (int length = 0; length < bytes.Length; length += length < 1100 ? 1 : 97)
                Assert.That(() => ModelFile.Load(bytes.AsMemory(0, length)), Throws.TypeOf<ModelFileException>(), $"{length} bytes");
        }

        [Test]
        public void ABitThatFellOverGivesAModelOrTheOneException()
        {
            byte[] bytes = Target().ToBytes();
            int header = (int)BitConverter.ToInt64(bytes, 0), loaded = 0;
            for (int i = 0; i < 8 + header; i++)
            {
                byte before = bytes[i];
                bytes[i] ^= (byte)(1 << (i % 7));
                try
                {
                    ModelFile.Load(bytes);
                    loaded++;
                }
                catch (ModelFileException)
                {
                }
                bytes[i] = before;
            }
            // A few are harmless: another "format", a name of a layer that changes everywhere does not happen.
            Assert.That(loaded, Is.LessThan(header / 10));
        }

        [Test]
        public void SizesBeyondTheFileTakeNoMemory()
        {
            string Recurrent(string sizes) => "\"recurrent_format\":\"1\",\"architecture\":\"[{\\\"name\\\":\\\"0\\\",\\\"type\\\":\\\"LSTM\\\"," + sizes.Replace("'", "\\\"")
                + ",\\\"bias\\\":true,\\\"dropout\\\":0,\\\"bidirectional\\\":false}]\"";
            Refusal(Raw(metadata: Recurrent("'inputSize':1,'hiddenSize':1,'numLayers':1,'projSize':0")));
            long before = GC.GetAllocatedBytesForCurrentThread();
            foreach (string sizes in new[]
            {
                "'inputSize':1048576,'hiddenSize':1048576,'numLayers':1,'projSize':0",
                "'inputSize':1,'hiddenSize':1,'numLayers':1000,'projSize':0",
                "'inputSize':1048576,'hiddenSize':1,'numLayers':1,'projSize':0",
                "'inputSize':1,'hiddenSize':1048576,'numLayers':1,'projSize':1",
            }) Assert.That(Refusal(Raw(metadata: Recurrent(sizes))), Does.Match("the layers need .* weights or more, the file has 1"));
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
        }

        // Files of earlier versions

        private static string Folder([CallerFilePath] string source = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(source)!, "..", "..", "Models~"));

        /// <summary>
        /// Wrote Models~/version-1.safetensors and version-1-output.safetensors, by
        /// <c>dotnet test DotNet~/Recurrent.Tests -- NUnit.Where="method == WriteVersion1"</c>. A later version gets files of its own:
        /// these show that it still reads the first.
        /// </summary>
        [Test]
        [Explicit("writes files that are committed")]
        public void WriteVersion1()
        {
            Assert.That(ModelFile.Version, Is.EqualTo(1));
            Directory.CreateDirectory(Folder());
            SequenceModel model = Everything();
            model.Save(Path.Combine(Folder(), "version-1.safetensors"));
            var writer = new SafeTensorsWriter();
            float[] output = Output(model);
            writer.Add("output", new[] { output.Length }, output);
            writer.Save(Path.Combine(Folder(), "version-1-output.safetensors"));
        }

        [Test]
        public void ReadsAFileOfVersion1()
        {
            SequenceModel model = ModelFile.Load(Path.Combine(Folder(), "version-1.safetensors"));
            Assert.That(Architecture.Write(model), Is.EqualTo(Architecture.Write(Everything())));
            Assert.That(model.InputScaler!.ToMetadata(), Is.EqualTo("minmax low=-1 high=1 offset=3.20000005 scale=3.10000014"));
            Assert.That(model.TargetScaler!.Columns, Is.EqualTo(2));
            float[] expected = SafeTensorsFile.Load(Path.Combine(Folder(), "version-1-output.safetensors"))["output"].ReadSingle(), output = Output(model);
            Assert.That(output, Is.EqualTo(expected).Within(1e-6f));
            Assert.That(output.Distinct().Count(), Is.EqualTo(4));
        }
    }
}
