using System;
using System.Collections;
using System.Collections.Generic;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Recurrent.Onnx;
using UnityEngine;
using UnityEngine.TestTools;
using Object = UnityEngine.Object;

namespace Recurrent.Components.Tests
{
    [TestFixture]
    public sealed class OnnxSequenceTests
    {
        private readonly List<GameObject> _made = new List<GameObject>();

        [TearDown]
        public void CleanUp()
        {
            foreach (GameObject made in _made) Object.DestroyImmediate(made);
            _made.Clear();
        }

        [Test]
        public void ItGivesWhatTheModelGives([Values] ModelFormat format)
        {
            SequenceModel model = Model();
            OnnxSequence sequence = Make(format == ModelFormat.Onnx ? Asset(model) : SequenceModelAsset.Create(model.ToBytes()));
            string input = sequence.Inputs[0], output = sequence.Outputs[0];
            Assert.That((sequence.Inputs.Count, sequence.Outputs.Count, sequence.RunsIn), Is.EqualTo((1, 1, (SequenceBackend?)SequenceBackend.Managed)));
            using SequenceStream expected = model.OpenStream();
            float[] wanted = new float[1], saved = Array.Empty<float>();
            for (int t = 0; t < 8; t++)
            {
                float[] x = { Mathf.Sin(t), 0.3f * t };
                Assert.That(sequence.Set(input, x), Is.True);
                Assert.That(sequence.Step(), Is.True);
                expected.Step(x, wanted);
                Assert.That(sequence.Get(output)[0], Is.EqualTo(wanted[0]).Within(1e-6f));
                if (t == 4) saved = sequence.Snapshot();
            }
            Assert.That(sequence.StepCount, Is.EqualTo(8));
            sequence.Restore(saved);
            foreach (int t in new[] { 5, 6, 7 })
            {
                sequence.Set(input, new[] { Mathf.Sin(t), 0.3f * t });
                sequence.Step();
            }
            Assert.That(sequence.Get(output)[0], Is.EqualTo(wanted[0]).Within(1e-6f));
            sequence.ResetState();
            Assert.That(sequence.Snapshot(), Has.All.EqualTo(0f));
        }

        [Test]
        public void RowsAreSteppedTogether()
        {
            SequenceModel model = Model();
            OnnxSequence sequence = Make(Asset(model));
            sequence.Batch = 2;
            using SequenceStream expected = model.OpenStream(2);
            float[] x = { 0.5f, -1f, 2f, 0.25f }, wanted = new float[2];
            for (int t = 0; t < 3; t++)
            {
                sequence.Set(sequence.Inputs[0], x);
                sequence.Step();
                expected.Step(x, wanted);
            }
            Assert.That(sequence.Get(sequence.Outputs[0]).ToArray(), Is.EqualTo(wanted).Within(1e-6f));
            Assert.That(wanted[0], Is.Not.EqualTo(wanted[1]).Within(1e-3f));
        }

        [Test]
        public void StatesAndInputsGoAlongToAnotherBackend()
        {
            OnnxSequence kept = Make(Asset(Model())), moved = Make(Asset(Model()));
            string input = kept.Inputs[0], output = kept.Outputs[0];
            foreach (OnnxSequence sequence in new[] { kept, moved }) sequence.Set(input, new[] { 1f, -0.5f });
            for (int t = 0; t < 9; t++)
            {
                if (t == 3) moved.Backend = SequenceBackend.Managed;
                if (t == 6)
                {
                    moved.Backend = SequenceBackend.OnnxRuntime;
                    // Which is not part of these tests.
                    if (!OnnxStream.IsAvailable(SequenceBackend.OnnxRuntime)) LogAssert.Expect(LogType.Warning, new Regex("^OnnxSequence 'Arm': runs in managed layers instead of ONNX Runtime"));
                }
                kept.Step();
                moved.Step();
                Assert.That(moved.Get(output)[0], Is.EqualTo(kept.Get(output)[0]).Within(1e-6f), $"step {t}");
            }
        }

        [UnityTest]
        public IEnumerator ItStepsWhenItIsToldTo()
        {
            OnnxSequence sequence = Make(Asset(Model()));
            (int before, int after) = (0, 0);
            sequence.Stepping += who => before++;
            sequence.Stepped += who => after += before;
            yield return null;
            Assert.That(sequence.StepCount, Is.Zero);
            sequence.StepTime = StepTime.Update;
            for (int i = 0; i < 3; i++) yield return null;
            Assert.That(sequence.StepCount, Is.InRange(2, 4));
            Assert.That(before, Is.EqualTo(sequence.StepCount));
            Assert.That(after, Is.GreaterThan(before), "it was told before, then after");
            sequence.enabled = false;
            long count = sequence.StepCount;
            yield return null;
            Assert.That(sequence.StepCount, Is.EqualTo(count));
            sequence.enabled = true;
            sequence.StepTime = StepTime.FixedUpdate;
            yield return new WaitForFixedUpdate();
            yield return new WaitForFixedUpdate();
            Assert.That(sequence.StepCount, Is.GreaterThan(count), "it goes on where it was");
            Object.Destroy(sequence);
            yield return null;
            Assert.That(sequence == null, Is.True);
            Assert.That(sequence!.Step(), Is.False);
        }

        [Test]
        public void AWrongModelIsToldOnceAndItIdles()
        {
            OnnxSequence sequence = Make(null);
            LogAssert.Expect(LogType.Error, "OnnxSequence 'Arm': it has no model; expected an asset.");
            for (int i = 0; i < 3; i++) Assert.That(sequence.Step(), Is.False);
            Assert.That(sequence.Set("x", new float[2]), Is.False);
            Assert.That(sequence.Get("y").Length + sequence.Inputs.Count + sequence.Snapshot().Length, Is.Zero);
            SequenceModelAsset asset = SequenceModelAsset.Create(new byte[] { 8, 7, 6 }, ModelFormat.Onnx);
            sequence.Model = asset;
            LogAssert.Expect(LogType.Error, new Regex("^OnnxSequence 'Arm': "));
            for (int i = 0; i < 3; i++) Assert.That(sequence.IsOpen, Is.False);

            // Other bytes are another try, and another asset too.
            asset.SetBytes(Asset(Model()).GetBytes(), ModelFormat.Onnx);
            Assert.That(sequence.Step(), Is.True);
            sequence.Model = Asset(new SequenceModel(new GRU(3, 2, seed: 4), new Linear(2, 1, seed: 5)));
            Assert.That(sequence.Step(), Is.True);
            Assert.That(sequence.StepCount, Is.EqualTo(1));
            Assert.That(() => sequence.Set(sequence.Inputs[0], new float[2]), Throws.ArgumentException.With.Message.Contains("has 3 values, got 2"));
            Assert.That(() => sequence.Set("nobody", new float[3]), Throws.ArgumentException.With.Message.Contains("nobody"));
        }

        [Test]
        public void AnInputThatIsNotFiniteIsNoStep()
        {
            OnnxSequence sequence = Make(Asset(Model()));
            string input = sequence.Inputs[0];
            sequence.Set(input, new[] { 1f, 2f });
            sequence.Step();
            float[] states = sequence.Snapshot();
            sequence.Set(input, new[] { 1f, float.PositiveInfinity });
            LogAssert.Expect(LogType.Error, new Regex("^OnnxSequence 'Arm': input '.*' holds .*; expected finite numbers. The step is left out.$"));
            for (int i = 0; i < 3; i++) Assert.That(sequence.Step(), Is.False);
            Assert.That(sequence.Snapshot(), Is.EqualTo(states));
            sequence.Set(input, new[] { 1f, 2f });
            Assert.That(sequence.Step(), Is.True);
        }

        [Test]
        public void SteppingAllocatesNothing()
        {
            OnnxSequence sequence = Make(Asset(Model()));
            string input = sequence.Inputs[0], output = sequence.Outputs[0];
            float[] x = { 1f, 2f };
            float sum = 0;
            sequence.Stepped += who => sum += who.Get(output)[0];
            for (int i = 0; i < 10; i++) sequence.Step();
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
            {
                sequence.Set(input, x);
                sequence.Step();
            }
            Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
        }

        private static SequenceModel Model() => new SequenceModel(("gru", new GRU(2, 5, seed: 1)), ("head", new Linear(5, 1, seed: 2)));

        private static SequenceModelAsset Asset(SequenceModel model) =>
            SequenceModelAsset.Create(OnnxExporter.Export(model, new OnnxExportOptions { Graph = OnnxGraphKind.Step }).ToBytes(), ModelFormat.Onnx);

        private OnnxSequence Make(SequenceModelAsset? model)
        {
            var owner = new GameObject("Arm");
            _made.Add(owner);
            var sequence = owner.AddComponent<OnnxSequence>();
            sequence.StepTime = StepTime.Manual;
            if (model != null) sequence.Model = model;
            return sequence;
        }
    }
}
