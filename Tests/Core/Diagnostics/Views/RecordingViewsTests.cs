using System.Collections.Generic;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class RecordingViewsTests
    {
        [Test]
        public void UnseenGatesAreGreyedWithTheReason()
        {
            const string reason = "ONNX Runtime gives no gates out.";
            var layout = new RecordingLayout(RecordChannels.All, 1, 1, 0, new[] { new RecordedCell("state", "LSTM", 2, 2, true, null, reason) });
            List<RecordingView> views = RecordingViews.All(new Recording("NPC", layout, 0, new float[6 * 20]), Skin.Light);
            RecordingView gates = views.Find(view => view.Name == "gates-state")!;
            Assert.That(Words(gates, Skin.Light), Has.Exactly(4).Contains("gives no gates out"));
        }

        [Test]
        public void NotANumberIsFlaggedInWords()
        {
            var layout = new RecordingLayout(RecordChannels.Hidden, 0, 0, 0, new[] { new RecordedCell("l0", "RNN", 2, 2, false) });
            var frames = new float[2 * 10];
            frames[15] = float.NaN;
            RecordingView view = RecordingViews.States(new Recording("NPC", layout, 100, frames), layout.Tracks[0], Skin.Dark);
            Assert.That(Words(view, Skin.Dark), Has.Some.Contains("NaN").And.Some.Contains("first at 107"));
        }

        [Test]
        public void IdenticalAgentsAreSaidToBeSo()
        {
            DemonstrationRun run = DemonstrationRun.Train(Demonstration.Untrained);
            RecordingComparison comparison = RecordingComparison.Of(run.Record("A"), run.Record("B"));
            RecordingView view = RecordingViews.Difference(comparison, comparison.A.Layout.Find("h")!, Skin.Light);
            Assert.That(Words(view, Skin.Light), Has.Some.Contains("no difference at all"));
        }

        [TestCase(Demonstration.Healthy, "GRU")]
        [TestCase(Demonstration.LearningRateTimes100, "LSTM")]
        [TestCase(Demonstration.Untrained, "RNN")]
        public void NoTwoTextsMeet(Demonstration what, string cell)
        {
            DemonstrationRun run = DemonstrationRun.Train(what, cell, epochs: 5);
            foreach (Skin skin in new[] { Skin.Light, Skin.Dark.WithScale(2) })
                foreach (RecordingView view in RecordingViews.All(run.Record("NPC_07"), skin, run.Log, run.MeasureFlow(), run.MeasureAttribution().ToTable()))
                    Texts.AssertApart(view.Grid, view.Width * skin.Scale, view.Height * skin.Scale, skin);
        }

        private static List<string> Words(RecordingView view, Skin skin) => Texts.Of(view.Grid, view.Width, view.Height, skin).ConvertAll(text => text.Text);
    }
}
