using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class StateThumbnailTests
    {
        private static AgentRecorder Recorder(int steps, Func<int, int, float> value)
        {
            var layout = new RecordingLayout(RecordChannels.Hidden, 1, 1, 0, StateFeed.Of(new SequenceStream(new RNN(1, 2, seed: 1))).Describe(RecordChannels.Hidden, 0).Cells);
            var recorder = new AgentRecorder("npc", layout, 8);
            for (int t = 0; t < steps; t++) recorder.Record(new[] { value(t, 0), value(t, 1) });
            return recorder;
        }

        private static StateCanvas Draw(AgentRecorder recorder, Skin skin)
        {
            var canvas = new StateCanvas(80, 69) { TextLog = new List<(string, PixelRect)>() };
            canvas.Clear(skin.Background);
            StateThumbnail.Draw(recorder, canvas, canvas.Bounds, skin);
            return canvas;
        }

        [Test]
        public void TheNewestStepStandsAtTheRightAndUnitsBelowOneAnother([Values] bool dark)
        {
            Skin skin = dark ? Skin.Dark : Skin.Light;
            ColorScale scale = ColorScale.Signed(skin);
            StateCanvas canvas = Draw(Recorder(3, (t, unit) => unit == 0 ? 0.3f * t : -1f), skin);
            Rgba Color(float value) => scale.Map[scale.IndexOf(value)];
            // Eight steps of ten pixels; the map of two units lies below the line, from row 29.
            Assert.That(canvas[79, 29], Is.EqualTo(Color(0.6f)));
            Assert.That(canvas[65, 35], Is.EqualTo(Color(0.3f)));
            Assert.That(canvas[75, 68], Is.EqualTo(Color(-1f)));
            Assert.That(canvas[20, 40], Is.EqualTo(skin.Empty), "no step has been there yet");
            Assert.That(canvas[5, 27], Is.EqualTo(skin.Background), "between line and map");
        }

        [Test]
        public void TheNormOfTheNewestStepIsSaid()
        {
            Assert.That(Draw(Recorder(20, (t, unit) => t == 19 ? (unit == 0 ? 0.3f : 0.4f) : 1f), Skin.Light).TextLog!.Single().Text, Is.EqualTo("‖h‖ 0.5"));
            Assert.That(Draw(Recorder(2, (t, unit) => t == 1 ? float.NaN : 1f), Skin.Light).TextLog!.Single().Text, Is.EqualTo("‖h‖ NaN"));
            Assert.That(Draw(Recorder(0, (t, unit) => 0f), Skin.Light).TextLog, Is.Empty);
        }
    }
}
