using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Recurrent;
using Recurrent.Components;
using UnityEditor;
using UnityEngine;
using UnityEngine.TestTools;

namespace RecurrentEditor.Tests
{
    public sealed class SafetensorsImporterTests
    {
        private ProjectFolder _folder = null!;

        [SetUp]
        public void MakeFolder() => _folder = new ProjectFolder();

        [TearDown]
        public void RemoveFolder() => _folder.Dispose();

        [Test]
        public void AModelBecomesAnAssetThatPlays()
        {
            SequenceModel model = ProjectFolder.Model();
            var asset = _folder.Import<SequenceModelAsset>("guard.safetensors", model.ToBytes())!;
            Assert.That(asset.name, Is.EqualTo("guard"));
            Assert.That(asset.Format, Is.EqualTo(ModelFormat.Safetensors));
            Assert.That(asset.GetBytes(), Is.EqualTo(model.ToBytes()));
            Assert.That(asset.Card.Layers, Is.EqualTo("GRU(2→3) → Linear(3→1)"));
            float[] got = new float[1], wanted = new float[1];
            using ISequenceStream stream = asset.OpenStream();
            using SequenceStream expected = model.OpenStream();
            stream.Step(new[] { 0.3f, -0.7f }, got);
            expected.Step(new[] { 0.3f, -0.7f }, wanted);
            Assert.That(got, Is.EqualTo(wanted));
        }

        [Test]
        public void TheBackendIsAnImportSetting()
        {
            byte[] bytes = ProjectFolder.Model().ToBytes();
            Assert.That(_folder.Import<SequenceModelAsset>("guard.safetensors", bytes)!.Backend, Is.EqualTo(SequenceBackend.Auto));
            AssetImporter importer = AssetImporter.GetAtPath(_folder.PathOf("guard.safetensors"));
            Assert.That(importer, Is.InstanceOf<SafetensorsImporter>());
            using var settings = new SerializedObject(importer);
            settings.FindProperty("_backend").enumValueIndex = Array.IndexOf(Enum.GetNames(typeof(SequenceBackend)), nameof(SequenceBackend.OnnxRuntime));
            settings.ApplyModifiedPropertiesWithoutUndo();
            importer.SaveAndReimport();
            Assert.That(AssetDatabase.LoadAssetAtPath<SequenceModelAsset>(_folder.PathOf("guard.safetensors")).Backend, Is.EqualTo(SequenceBackend.OnnxRuntime));
        }

        [Test]
        public void AnotherFileIsTheSameObject()
        {
            var first = _folder.Import<SequenceModelAsset>("guard.safetensors", ProjectFolder.Model().ToBytes())!;
            Assert.That(AssetDatabase.TryGetGUIDAndLocalFileIdentifier(first, out string guid, out long id));

            LogAssert.Expect(LogType.Error, new Regex("guard.safetensors: "));
            Assert.That(_folder.Import<SequenceModelAsset>("guard.safetensors", new byte[] { 1, 2, 3 }) == null);

            var second = _folder.Import<SequenceModelAsset>("guard.safetensors", new SequenceModel(new LSTM(4, 5)).ToBytes())!;
            Assert.That(AssetDatabase.TryGetGUIDAndLocalFileIdentifier(second, out string sameGuid, out long sameId));
            Assert.That((sameGuid, sameId), Is.EqualTo((guid, id)));
            Assert.That(second.Card.Layers, Is.EqualTo("LSTM(4→5)"));
        }

        [Test]
        public void WeightsOfPythonBecomeAnAssetWithAWarningThatHelps()
        {
            LogAssert.Expect(LogType.Warning, new Regex(@"weights.safetensors: has weights and no architecture \(gru: GRU\(2→3\); head: Linear\(3→1\)\).*LoadParameters"));
            var asset = _folder.Import<SequenceModelAsset>("weights.safetensors", ProjectFolder.StateDictionary())!;
            Assert.That(asset.Card.WeightsOnly, Is.True);
            Assert.That(() => asset.OpenStream(), Throws.InstanceOf<ModelFileException>().With.Message.Contains("weights: has no 'recurrent_format'"));
            // As the warning says.
            var model = new SequenceModel(("gru", new GRU(2, 3, seed: 7)), ("head", new Linear(3, 1, seed: 8)));
            model.LoadParameters(asset.GetBytes());
            Assert.That(model.Store.Values, Is.EqualTo(ProjectFolder.Model().Store.Values));
        }

        [Test]
        public void ABadFileIsOneLine()
        {
            byte[] whole = ProjectFolder.Model().ToBytes(), nan = (byte[])whole.Clone();
            BitConverter.GetBytes(float.NaN).CopyTo(nan, nan.Length - 4);
            foreach ((byte[] bytes, string reason) in new[]
            {
                (Array.Empty<byte>(), "the file is truncated"),
                (whole.Take(whole.Length - 1).ToArray(), "the file is truncated"),
                (whole.Append((byte)0).ToArray(), "bytes follow the last tensor"),
                (BitConverter.GetBytes(long.MaxValue).Concat(whole).ToArray(), "more than the 100000000 allowed"),
                (nan, "expected finite weights, got NaN"),
            })
            {
                LogAssert.Expect(LogType.Error, new Regex($"^{Regex.Escape(_folder.PathOf("bad.safetensors"))}: .*{reason}[^\n]*$"));
                Assert.That(_folder.Import<SequenceModelAsset>("bad.safetensors", bytes) == null, reason);
                LogAssert.NoUnexpectedReceived();
            }
        }

        [Test]
        public void AHugeFileIsLeftToScripts()
        {
            string path = _folder.PathOf("huge.safetensors");
            // Sparse: it takes no room.
            using (FileStream stream = File.Create(path)) stream.SetLength(AssetImportLimit + 1);
            LogAssert.Expect(LogType.Error, new Regex("huge.safetensors: has 512 MB; 512 MB can be imported"));
            AssetDatabase.ImportAsset(path);
            Assert.That(AssetDatabase.LoadAssetAtPath<SequenceModelAsset>(path) == null);
        }

        [Test]
        public void TheVersionRisesWithTheOutput()
        {
            var asset = _folder.Import<SequenceModelAsset>("guard.safetensors", ProjectFolder.Model().ToBytes())!;
            string hash = ImportedHash.Of(asset.GetBytes(), AssetPicture.Of(asset.Card), (int)asset.Format, (int)asset.Backend);
            Assert.That((SafetensorsImporter.Version, hash), Is.EqualTo((1, "1249BE3D")), ImportedHash.Hint);
        }

        private const long AssetImportLimit = 512L << 20;
    }
}
