using System;
using System.Text.RegularExpressions;
using NUnit.Framework;
using UnityEngine;
using UnityEngine.TestTools;

namespace Recurrent.Components.Tests
{
    [TestFixture]
    public sealed class SequenceModelAssetTests
    {
        private static SequenceModel Make() => new SequenceModel(new GRU(2, 5, seed: 1), new Linear(5, 1, seed: 2));

        [Test]
        public void AStreamOfTheAssetIsAStreamOfTheModel()
        {
            SequenceModel model = Make();
            SequenceModelAsset asset = SequenceModelAsset.Create(model.ToBytes());
            using ISequenceStream stream = asset.OpenStream();
            using SequenceStream expected = model.OpenStream();
            float[] got = new float[1], wanted = new float[1];
            for (int step = 0; step < 5; step++)
            {
                stream.Step(new[] { 0.3f * step, -1f }, got);
                expected.Step(new[] { 0.3f * step, -1f }, wanted);
                Assert.That(got, Is.EqualTo(wanted));
            }
        }

        [Test]
        public void AllShareOneModelUntilTheBytesChange()
        {
            SequenceModelAsset asset = SequenceModelAsset.Create(Make().ToBytes());
            SequenceModel first = asset.Model;
            Assert.That(asset.Model, Is.SameAs(first));
            int changes = 0;
            asset.Changed += () => changes++;
            asset.SetBytes(new SequenceModel(new RNN(3, 4)).ToBytes(), ModelFormat.Safetensors);
            Assert.That(changes, Is.EqualTo(1));
            Assert.That(asset.Model.InputSize, Is.EqualTo(3));
        }

        [Test]
        public void WhatOnnxRuntimeCannotRunIsManagedAndSaysSo()
        {
            SequenceModelAsset asset = SequenceModelAsset.Create(Make().ToBytes(), backend: SequenceBackend.OnnxRuntime);
            asset.name = "Guard";
            LogAssert.Expect(LogType.Warning, new Regex("SequenceModelAsset 'Guard': runs in managed layers instead of ONNX Runtime"));
            using ISequenceStream stream = asset.OpenStream(3);
            Assert.That(stream, Is.InstanceOf<SequenceStream>());
            Assert.That(stream.Batch, Is.EqualTo(3));
        }

        [Test]
        public void TheCardIsThatOfTheBytesOfNow()
        {
            SequenceModelAsset asset = SequenceModelAsset.Create(Make().ToBytes());
            asset.name = "Guard";
            ModelCard card = asset.Card;
            Assert.That(card.Name, Is.EqualTo("Guard"));
            Assert.That(card.Layers, Is.EqualTo("GRU(2→5) → Linear(5→1)"));
            Assert.That(asset.Card, Is.SameAs(card));
            asset.SetModel(new SequenceModel(new RNN(3, 4)));
            Assert.That(asset.Card.Layers, Is.EqualTo("RNN(3→4)"));
            asset.SetBytes(Onnx.OnnxExporter.Export(new LSTM(1, 2)).ToBytes(), ModelFormat.Onnx);
            Assert.That(asset.Card.Format, Is.EqualTo("ONNX"));
            Assert.That(asset.Card.Layers, Is.EqualTo("LSTM(1→2)"));
            asset.SetBytes(new byte[] { 1, 2, 3 }, ModelFormat.Onnx);
            Assert.That(() => asset.Card, Throws.InstanceOf<ModelFileException>().With.Message.Contains("Guard"));
            asset.SetBytes(Array.Empty<byte>(), ModelFormat.Safetensors);
            Assert.That(() => asset.Card, Throws.InstanceOf<ModelFileException>().With.Message.Contains("the asset is empty"));
        }

        [Test]
        public void BadBytesAreNamed()
        {
            SequenceModelAsset asset = SequenceModelAsset.Create(new byte[] { 1, 2, 3 });
            asset.name = "Broken";
            Assert.That(() => asset.Model, Throws.InstanceOf<ModelFileException>().With.Message.Contains("Broken"));
            asset.SetBytes(Array.Empty<byte>(), ModelFormat.Onnx);
            Assert.That(asset.IsEmpty, Is.True);
            Assert.That(() => asset.OpenStream(), Throws.InstanceOf<ModelFileException>().With.Message.Contains("the asset is empty"));
        }
    }
}
