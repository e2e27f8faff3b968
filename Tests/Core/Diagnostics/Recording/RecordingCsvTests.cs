using System.IO;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class RecordingCsvTests
    {
        [Test]
        public void WritesALineAStep()
        {
            var layout = new RecordingLayout(RecordChannels.Input | RecordChannels.Hidden, 1, 0, 0, new[] { new RecordedCell("l0", "RNN", 2, 2, false) });
            var recording = new Recording("NPC", layout, 7, new[] { 1f, 0.1f, -2.5e-8f, 2f, float.NaN, 1f / 3, 9f, 9f, 9f });
            var writer = new StringWriter();
            RecordingCsv.Write(recording.Range(7, 9), writer);
            Assert.That(writer.ToString(), Is.EqualTo("step,input[0],l0.h[0],l0.h[1]\n7,1,0.1,-2.5E-08\n8,2,NaN,0.33333334\n"));
            writer = new StringWriter();
            RecordingCsv.Write(recording.Range(9, 99), writer, new[] { layout.Find("h")! });
            Assert.That(writer.ToString(), Is.EqualTo("step,l0.h[0],l0.h[1]\n9,9,9\n"));
            Assert.That(() => recording.Range(10, 12), Throws.ArgumentException.With.Message.Contains("has the steps 7 … 9, of which none lies in 10 … 11"));
        }
    }
}
