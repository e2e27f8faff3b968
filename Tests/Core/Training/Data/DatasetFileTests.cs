using System;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace Recurrent.Tests
{
    public sealed class DatasetFileTests
    {
        private string _path = "";

        [SetUp]
        public void MakePath() => _path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".safetensors");

        [TearDown]
        public void DeleteFile() => File.Delete(_path);

        [Test]
        public void WritesSequencesOneAfterTheOther()
        {
            var data = new ArrayDataset(new[] { new float[] { 1, 2, 3, 4 }, new float[] { 5, 6 } }, new[] { new float[] { 7 }, new float[] { 8 } }, 2, 1);
            data.Save(_path, Losses.CrossEntropy());
            SafeTensorsFile file = SafeTensorsFile.Load(_path);
            Assert.That(file["inputs"].Shape.ToArray(), Is.EqualTo(new[] { 3, 2 }));
            Assert.That(file["inputs"].ReadSingle(), Is.EqualTo(new[] { 1, 2, 3, 4, 5, 6 }));
            Assert.That(file["targets"].Shape.ToArray(), Is.EqualTo(new[] { 2, 1 }));
            Assert.That(file["targets"].ReadSingle(), Is.EqualTo(new[] { 7, 8 }));
            Assert.That(file["lengths"].Type, Is.EqualTo(SafeTensorType.I64));
            Assert.That(file["lengths"].ReadInt64(), Is.EqualTo(new[] { 2, 1 }));
            Assert.That(file.TryGetMetadata("loss", out string? loss) ? loss : null, Is.EqualTo("CrossEntropy"));
        }

        [Test]
        public void ComesBackAsItWas([Values] bool perStep, [Values] bool ragged)
        {
            ArrayDataset data = TrainingExamples.Sequences(9, 5, 3, 2, perStep, ragged);
            data.Save(_path);
            CheckSame(DatasetFile.Load(_path), data);
        }

        [Test]
        public void WindowsAndTracksAreWrittenInFull()
        {
            var series = Enumerable.Range(0, 12).Select(i => (float)(i * i)).ToArray();
            foreach (SequenceDataset data in new SequenceDataset[] { new WindowDataset(series, 1, lookBack: 4, horizon: 2), new StreamDataset(series, 1, tracks: 2, steps: 3) })
            {
                data.Save(_path);
                CheckSame(DatasetFile.Load(_path), data);
            }
        }

        [Test]
        public void WholeNumbersMayBeTargetsAndOneDimensionAColumn()
        {
            Write(writer =>
            {
                writer.Add("inputs", new[] { 3, 2 }, new float[] { 1, 2, 3, 4, 5, 6 });
                writer.Add("targets", new[] { 3 }, new long[] { 4, -100, 2 });
                writer.Add("lengths", new[] { 2 }, new long[] { 1, 2 });
                writer.Add("actions", new[] { 1 }, new float[] { 9 });
            });
            ArrayDataset data = DatasetFile.Load(_path);
            Assert.That(data.Count, Is.EqualTo(2));
            Assert.That(TrainingExamples.Input(data, 1, out float[] target), Is.EqualTo(new[] { 3, 4, 5, 6 }));
            Assert.That(target, Is.EqualTo(new[] { -100, 2 }));
        }

        [TestCase("the sum of 2 lengths is 4, expected the 3 rows", new long[] { 1, 3 }, 3, 0f)]
        [TestCase("'lengths' holds 0, expected 1 to 3", new long[] { 3, 0 }, 3, 0f)]
        [TestCase("'lengths' holds 4, expected 1 to 3", new long[] { 4, -1 }, 3, 0f)]
        [TestCase("the sum of 0 lengths is 0", new long[0], 3, 0f)]
        [TestCase("has 4 targets, expected one for each of 2 sequences or of 3 steps", new long[] { 1, 2 }, 4, 0f)]
        [TestCase("inputs[1] holds NaN in row 0, column 1", new long[] { 1, 2 }, 3, float.NaN)]
        public void SaysWhatIsWrong(string expected, long[] lengths, int targets, float value)
        {
            Write(writer =>
            {
                writer.Add("inputs", new[] { 3, 2 }, new[] { 1, 2, 3, value, 5, 6 });
                writer.Add("targets", new[] { targets, 1 }, new float[targets]);
                writer.Add("lengths", new[] { lengths.Length }, lengths);
            });
            Assert.That(() => DatasetFile.Load(_path), Throws.TypeOf<ModelFileException>().With.Message.Contains(expected).And.Message.Contains(_path));
        }

        [Test]
        public void RefusesOtherFilesAndNoSequences()
        {
            new SequenceModel(new Linear(1, 1)).Save(_path);
            Assert.That(() => DatasetFile.Load(_path), Throws.TypeOf<ModelFileException>().With.Message.Contains("no tensor 'inputs'"));
            Write(writer => writer.Add("inputs", new[] { 0, 2 }, Array.Empty<float>()));
            Assert.That(() => DatasetFile.Load(_path), Throws.TypeOf<ModelFileException>().With.Message.Contains("'inputs' has the shape [0, 2], expected (rows, features)"));
            Assert.That(() => new ArrayDataset(Array.Empty<float[]>(), Array.Empty<float[]>(), 1, 1).Save(_path), Throws.ArgumentException.With.Message.Contains("at least one sequence"));
        }

        private static void CheckSame(SequenceDataset actual, SequenceDataset expected)
        {
            Assert.That(actual.Count, Is.EqualTo(expected.Count));
            for (int i = 0; i < expected.Count; i++)
            {
                Assert.That(TrainingExamples.Input(actual, i, out float[] target), Is.EqualTo(TrainingExamples.Input(expected, i, out float[] expectedTarget)));
                Assert.That(target, Is.EqualTo(expectedTarget));
            }
        }

        private void Write(Action<SafeTensorsWriter> add)
        {
            var writer = new SafeTensorsWriter();
            add(writer);
            writer.Save(_path);
        }
    }
}
