using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Components.Tests
{
    [TestFixture]
    public sealed class StateRecordingAssetTests
    {
        private static byte[] Bytes(string agent, params float[] inputs)
        {
            var layout = new RecordingLayout(RecordChannels.Input, 1, 0, 0, Array.Empty<RecordedCell>());
            string path = Path.GetTempFileName();
            RecordingFile.Save(path, new[] { new Recording(agent, layout, 40, inputs) });
            byte[] bytes = File.ReadAllBytes(path);
            File.Delete(path);
            return bytes;
        }

        [Test]
        public void TheRecordingIsThatOfTheBytesOfNow()
        {
            StateRecordingAsset asset = StateRecordingAsset.Create(Bytes("NPC_07", 1f, -2f, 3f));
            Assert.That(asset.File.Recordings.Single().Agent, Is.EqualTo("NPC_07"));
            Assert.That(asset.File.Recordings[0].FirstStep, Is.EqualTo(40));
            Assert.That(asset.File.Recordings[0].Frames, Is.EqualTo(new[] { 1f, -2f, 3f }));
            Assert.That(asset.File, Is.SameAs(asset.File));
            asset.SetBytes(Bytes("NPC_08", 5f));
            Assert.That(asset.File.Recordings.Single().Agent, Is.EqualTo("NPC_08"));
        }

        [Test]
        public void WhatWasCutIsTakenAsFarAsItGoes()
        {
            byte[] bytes = Bytes("NPC_07", 1f, -2f, 3f);
            StateRecordingAsset asset = StateRecordingAsset.Create(bytes.Concat(bytes.Skip(12).Take(9)).ToArray());
            Assert.That(asset.File.Recordings.Single().Steps, Is.EqualTo(3));
            Assert.That(asset.File.Cut, Is.Not.Null);
        }

        [Test]
        public void BadBytesAndNoneAreNamed()
        {
            StateRecordingAsset asset = StateRecordingAsset.Create(new byte[] { 1, 2, 3 });
            asset.name = "Broken";
            Assert.That(() => asset.File, Throws.InstanceOf<ModelFileException>().With.Message.StartsWith("Broken: "));
            asset.SetBytes(Array.Empty<byte>());
            Assert.That(() => asset.File, Throws.InstanceOf<ModelFileException>().With.Message.EqualTo("Broken: the asset is empty: it was given no recording."));
        }
    }
}
