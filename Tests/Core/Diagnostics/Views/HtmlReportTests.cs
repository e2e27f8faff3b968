using System;
using System.Text.RegularExpressions;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class HtmlReportTests
    {
        [Test]
        public void NeedsNothingBesidesItself()
        {
            var canvas = new StateCanvas(3, 2);
            canvas.Clear(new Rgba(10, 20, 30));
            string page = new HtmlReport("A <b> & \"c\"").Heading("h").Paragraph("p").Picture(canvas, "three by two").Table(new[] { "name", "value" }, new[] { new[] { "x", "−1.5" } }).ToString();
            Assert.That(page, Does.StartWith("<!DOCTYPE html>").And.Contain("<title>A &lt;b&gt; &amp; &quot;c&quot;</title>").And.Contain("<td>x</td><td class=\"n\">−1.5</td>"));
            Assert.That(page, Does.Not.Contain("http").And.Not.Contain("<script").And.Not.Contain("<link"));
            Match match = Regex.Match(page, "src=\"data:image/png;base64,([^\"]+)\"");
            Assert.That(Convert.FromBase64String(match.Groups[1].Value), Is.EqualTo(Png.Encode(canvas)));
            Assert.That(() => new HtmlReport("").Table(new[] { "a" }, new[] { new[] { "b", "c" } }), Throws.ArgumentException.With.Message.Contains("2 cells, expected 1"));
        }

        [Test]
        public void ARecordingBecomesAPage()
        {
            DemonstrationRun run = DemonstrationRun.Train(Demonstration.LayerFrozenAtZero, epochs: 6);
            Recording recording = run.Record("NPC_07");
            var views = RecordingViews.All(recording, Skin.Light, run.Log, run.MeasureFlow(), run.MeasureAttribution().ToTable());
            Assert.That(views.ConvertAll(view => view.Name), Is.EqualTo(new[]
            {
                "prediction", "h-rnn-l0", "h-rnn-l1", "c-rnn-l0", "c-rnn-l1", "gates-rnn-l0", "gates-rnn-l1", "training", "gradient-flow", "attribution",
            }));
            string page = RecordingReport.Build(recording, Diagnosis.Of(recording, run.Log), views, Skin.Light).ToString();
            Assert.That(Regex.Matches(page, "<img ").Count, Is.EqualTo(10));
            Assert.That(page, Does.Contain("NPC_07: hidden states").And.Contain("Dead units").And.Contain("16 of 16 units").And.Contain("<td>rnn.l1.f</td>"));
        }
    }
}
