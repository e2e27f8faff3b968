using System;
using System.Globalization;
using System.IO;
using NUnit.Framework;
using Recurrent.Onnx;
using Recurrent.OnnxRuntime;
using Recurrent.Tests.Onnx;

namespace Recurrent.Tests.OnnxRuntime
{
    public sealed class OnnxRuntimeSequenceTests
    {
        [Test]
        public void BothBackendsHaveTheSameNamesAndValues()
        {
            OnnxRuntimeStream.Register();
            var model = new SequenceModel(new GRU(3, 4, numLayers: 2, seed: 2), new Linear(4, 2, seed: 3));
            byte[] bytes = OnnxExporter.Export(model, new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes();
            using IOnnxSequence managed = OnnxStream.OpenByName(bytes, SequenceBackend.Managed, 2), native = OnnxStream.OpenByName(bytes, batch: 2);
            Assert.That(native, Is.InstanceOf<OnnxRuntimeSequence>());
            Assert.That(native.Inputs, Is.EqualTo(managed.Inputs));
            Assert.That(native.Outputs[0], Is.EqualTo(managed.Outputs[0]));
            string input = managed.Inputs[0], output = managed.Outputs[0];
            var random = new RandomSource(4);
            float[] kept = Array.Empty<float>(), then = Array.Empty<float>();
            for (int t = 0; t < 5; t++)
            {
                for (int i = 0; i < 6; i++) managed.Input(input)[i] = native.Input(input)[i] = random.NextGaussian();
                managed.Step();
                native.Step();
                Assert.That(native.Output(output).ToArray(), Is.EqualTo(managed.Output(output).ToArray()).Within(1e-6), $"step {t}");
                if (t == 2) kept = native.Snapshot();
                if (t == 3) then = native.Output(output).ToArray();
            }
            Assert.That(() => { native.Input("nobody"); }, Throws.ArgumentException.With.Message.Contains("no input 'nobody', only"));
            Assert.That(() => { managed.Output("nobody"); }, Throws.ArgumentException.With.Message.Contains("no output 'nobody', only"));
            Assert.That(() => native.Restore(new float[1]), Throws.ArgumentException.With.Message.Contains("has 1 numbers"));

            native.Restore(kept);
            random = new RandomSource(4);
            for (int i = 0; i < 24; i++) native.Input(input)[i % 6] = random.NextGaussian();
            native.Step();
            Assert.That(native.Output(output).ToArray(), Is.EqualTo(then).Within(1e-6), "the states of step 2, and the input of step 3");
            native.Reset();
            Assert.That(native.Snapshot(), Is.All.EqualTo(0f));
        }

        [Test]
        public void SeveralInputsAreReadByName()
        {
            byte[] model = File.ReadAllBytes(SmallModels.Shared("mlagents", "Hallway.onnx"));
            string[] recording = File.ReadAllLines(SmallModels.Shared("mlagents", "ExpertHallway.csv"));
            using var sequence = new OnnxRuntimeSequence(model);
            using var session = new OnnxSequenceSession(model);
            Assert.That(sequence.Inputs, Is.EquivalentTo(new[] { "obs_0", "obs_1", "action_masks" }));
            for (int row = 0; row < 20; row++)
            {
                string[] cells = recording[row + 1].Split(',');
                sequence.Input("action_masks").Fill(1);
                session.Input<float>("action_masks").Fill(1);
                for (int i = 0; i < 108; i++)
                {
                    float value = float.Parse(cells[5 + i], CultureInfo.InvariantCulture);
                    if (i < 105) sequence.Input("obs_0")[i] = session.Input<float>("obs_0")[i] = value;
                    else sequence.Input("obs_1")[i - 105] = session.Input<float>("obs_1")[i - 105] = value;
                }
                sequence.Step();
                session.Step();
            }
            Assert.That(sequence.Snapshot(), Is.EqualTo(session.Output<float>("recurrent_out").ToArray()));
        }

        [Test]
        public void AStepAllocatesNothing()
        {
            var model = new SequenceModel(new LSTM(3, 4, seed: 2), new Linear(4, 2, seed: 3));
            using var sequence = new OnnxRuntimeSequence(OnnxExporter.Export(model, new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes());
            for (int i = 0; i < 4; i++) sequence.Step();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 50; i++) sequence.Step();
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }
    }
}
