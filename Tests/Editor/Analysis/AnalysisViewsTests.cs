using System;
using System.Linq;
using NUnit.Framework;
using Recurrent;
using Recurrent.Analysis;
using Recurrent.Components;
using Recurrent.Diagnostics;

namespace RecurrentEditor.Analysis.Tests
{
    public sealed class AnalysisViewsTests
    {
        /// <summary>Four units whose steps the function gives, and an input.</summary>
        private static Recording Record(int steps, Func<int, float[]> state, Func<int, float>? input = null)
        {
            var layout = new RecordingLayout(RecordChannels.Input | RecordChannels.Hidden, 1, 0, 0, new[] { new RecordedCell("l0", "GRU", 4, 4, false, Array.Empty<string>(), "not recorded") });
            RecordedTrack h = layout.Find("l0.h")!, x = layout.Find("input")!;
            var frames = new float[steps * layout.Width];
            for (int t = 0; t < steps; t++)
            {
                state(t).CopyTo(frames, t * layout.Width + h.Offset);
                frames[t * layout.Width + x.Offset] = input?.Invoke(t) ?? 0.25f;
            }
            return new Recording("NPC_07", layout, 1000, frames);
        }

        private static RecordedTrack Hidden(Recording recording) => recording.Layout.Find("l0.h")!;

        private static float[] Circle(int t, double period, double turn = 0)
        {
            double angle = 2 * Math.PI * t / period + turn;
            // A circle of radius 0.8 in the plane of (1, 1, 1, 1) and (1, -1, 1, -1), off the origin.
            double u = 0.4 * Math.Cos(angle), v = 0.4 * Math.Sin(angle);
            return new[] { (float)(u + v + 0.1), (float)(u - v), (float)(u + v), (float)(u - v - 0.2) };
        }

        [Test]
        public void TheyRegisterThemselves()
        {
            Assert.That(ViewerExtensions.Views.Select(view => view.Name), Is.SupersetOf(new[] { "PCA", "Periodogram" }));
            Assert.That(ViewerExtensions.Orders.Select(order => order.Name), Has.Member("cluster"));
            SequenceModelAsset asset = SequenceModelAsset.Create(new SequenceModel(new RNN(1, 2, seed: 1)));
            Assert.That(ModelNotes.RowsOf(asset).Single(row => row.Key == "Spectral radius").Value, Does.StartWith("0.weight_hh_l0: "));
        }

        [Test]
        public void ACircleIsSeenAsOne()
        {
            Recording recording = Record(120, t => Circle(t, 40));
            PanelGrid grid = new PrincipalPathView().Measure(recording, Hidden(recording))(Skin.Dark, 1010);
            Assert.That(grid.Title, Does.Contain("NPC_07").And.Contain("l0.h"));
            var path = (Trajectory)grid[0, 0]!;
            Assert.That(path.MarkedStep, Is.EqualTo(1010));
            Assert.That(path.FirstStep, Is.EqualTo(1000));
            StateCanvas picture = grid.Draw(400, 400, Skin.Dark);
            Assert.That(picture.Pixels.Distinct().Count(), Is.GreaterThan(50), "a line that changes its colour");
        }

        [Test]
        public void TheAxesKeepTheirSignFromFitToFit()
        {
            // Fitted alone, an axis's largest entry is positive: first that of unit 0, then that of unit 2, which goes the other way.
            Recording first = Record(60, t => new[] { 0.01f * t, 0f, -0.009f * t, t % 2 * 0.001f }), second = Record(60, t => new[] { 0.009f * t, 0f, -0.01f * t, t % 2 * 0.001f });
            float[] states = second.Values(Hidden(second));
            PrincipalComponents before = PrincipalComponents.Fit(first.Values(Hidden(first)), 4);
            Assert.That((before.Axes[0] > 0, PrincipalComponents.Fit(states, 4).Axes[0] > 0, PrincipalComponents.Fit(states, 4, 2, before).Axes[0] > 0), Is.EqualTo((true, false, true)));

            uint[] Picture(PrincipalPathView view, Recording recording) => view.Measure(recording, Hidden(recording))(Skin.Dark, 1000).Draw(300, 300, Skin.Dark).Pixels;
            var kept = new PrincipalPathView();
            Picture(kept, first);
            uint[] refitted = Picture(kept, second);
            Assert.That(refitted, Is.Not.EqualTo(Picture(new PrincipalPathView(), second)), "alone, the path runs the other way");
            Assert.That(Picture(kept, second), Is.EqualTo(refitted));
        }

        [Test]
        public void WhatHasNoPlaneSaysWhy()
        {
            var view = new PrincipalPathView();
            Recording still = Record(20, _ => new float[4]), two = Record(2, t => Circle(t, 40)), broken = Record(20, t => t == 7 ? new[] { float.NaN, 0, 0, 0 } : Circle(t, 40));
            Assert.That(() => view.Measure(still, Hidden(still)), Throws.ArgumentException.With.Message.Contains("l0.h stands still"));
            Assert.That(() => view.Measure(two, Hidden(two)), Throws.ArgumentException.With.Message.Contains("2 steps are there, and a plane takes 3"));
            Assert.That(() => view.Measure(broken, Hidden(broken)), Throws.ArgumentException);
            Assert.That(() => view.Measure(broken, broken.Layout.Find("input")!), Throws.ArgumentException.With.Message.Contains("has one unit"));
        }

        [Test]
        public void ThePeriodogramFindsTheRhythm()
        {
            // 160 steps of a period of 16, a tenth of its amplitude at 5; the input varies at 32.
            Recording recording = Record(160, t =>
            {
                float wave = (float)(Math.Sin(2 * Math.PI * t / 16) + 0.1 * Math.Sin(2 * Math.PI * t / 5));
                return new[] { wave, -wave, 0.5f * wave, 0.3f };
            }, t => (float)Math.Cos(2 * Math.PI * t / 32));
            PanelGrid grid = new PeriodogramView().Measure(recording, Hidden(recording))(Skin.Dark, 1000);
            var chart = (LineChart)grid[0, 0]!;
            Assert.That(chart.X.IsLogarithmic, Is.True);
            Assert.That(grid.Title, Is.EqualTo("NPC_07: rhythms of l0.h"));
            // 1 of 1.01 of the variance.
            Assert.That(PeriodogramView.Curves(recording, Hidden(recording)).Select(curve => $"{curve.Name}: {curve.Value}"), Is.EqualTo(new[] { "l0.h: strongest 16 steps, 99 %", "input: strongest 32 steps, 100 %" }));
        }

        [Test]
        public void WhatHasNoRhythmSaysWhy()
        {
            var view = new PeriodogramView();
            Recording still = Record(20, _ => new float[4]), few = Record(7, t => Circle(t, 40));
            Assert.That(() => view.Measure(still, Hidden(still)), Throws.ArgumentException.With.Message.Contains("l0.h stands still"));
            Assert.That(() => view.Measure(few, Hidden(few)), Throws.ArgumentException.With.Message.Contains("7 steps are there, and a periodogram takes 8"));
            // An input that does not vary is left out.
            Recording quiet = Record(40, t => Circle(t, 8));
            Assert.That(PeriodogramView.Curves(quiet, Hidden(quiet)).Count, Is.EqualTo(1));
        }

        [Test]
        public void UnitsThatBehaveAlikeStandTogether()
        {
            Recording recording = Record(50, t => new[] { (float)Math.Sin(t), (float)Math.Cos(3 * t), 0.5f * (float)Math.Sin(t) + 0.001f * t % 2, -(float)Math.Cos(3 * t + 0.1) });
            int[] order = new ClusterUnitOrder().Order(recording, Hidden(recording))!;
            Assert.That(order.OrderBy(unit => unit), Is.EqualTo(new[] { 0, 1, 2, 3 }));
            Assert.That(Math.Abs(Array.IndexOf(order, 0) - Array.IndexOf(order, 2)), Is.EqualTo(1));
            Recording broken = Record(50, t => t == 3 ? new[] { float.NaN, 0, 0, 0 } : Circle(t, 40));
            Assert.That(new ClusterUnitOrder().Order(broken, Hidden(broken)), Is.Null);
        }

        [Test]
        public void TheSpectralRadiusIsThatOfEachGate()
        {
            var model = new SequenceModel(("rnn", new RNN(1, 2, seed: 1)), ("gru", new GRU(2, 2, seed: 2)), ("wide", new LSTM(2, 300, seed: 3)), ("small", new LSTM(300, 3, projSize: 2, seed: 4)), ("head", new Linear(2, 1, seed: 5)));
            void Set(string name, params float[] values) => model.Store[name].Set(values);
            // A rotation by 90 degrees times 0.5: eigenvalues ±0.5i.
            Set("rnn.weight_hh_l0", 0, -0.5f, 0.5f, 0);
            // r: diag(2, 0.1); z: [[0, 1], [1, 0]]; n: triangular with 0.25 and -1.5.
            Set("gru.weight_hh_l0", 2, 0, 0, 0.1f, 0, 1, 1, 0, 0.25f, 7, 0, -1.5f);
            Assert.That(SpectralRadiusNote.RowsOf(model), Is.EqualTo(new[]
            {
                "rnn.weight_hh_l0: 0.50",
                "gru.weight_hh_l0: r 2.00, z 1.00, n 1.50",
                "wide.weight_hh_l0: not measured, for 300 units are more than 256",
            }));
        }
    }
}
