using System;
using System.Collections.Generic;
using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public sealed class BreakpointTests
    {
        private static readonly RecordingLayout Layout = new RecordingLayout(RecordChannels.All, 1, 2, 2, new[]
        {
            new RecordedCell("l0", "LSTM", 2, 2, true, new[] { "f" }), new RecordedCell("l1", "LSTM", 2, 2, true, new[] { "f" }),
        });

        /// <summary>Which steps a condition fires in, while one track takes some values and all else is 0.</summary>
        private static List<long> Fire(string condition, string track, params float[][] values)
        {
            var agent = new AgentRecorder("NPC", Layout, 4);
            var fired = new List<long>();
            agent.BreakpointHit += hit => fired.Add(hit.Step);
            agent.Add(Breakpoint.Parse(condition));
            foreach (float[] value in values)
            {
                var frame = new float[Layout.Width];
                value.CopyTo(frame, Layout.Find(track)!.Offset);
                agent.Record(frame);
            }
            return fired;
        }

        private static float[][] Second(params float[] values) => Array.ConvertAll(values, value => new[] { 0f, value });

        [TestCase("h[1] > 0.9", new long[] { 2, 5 })]
        [TestCase("  h[ 1 ]>0.9 ", new long[] { 2, 5 })]
        [TestCase("l0.h[1] >= 0.95", new long[] { 2, 5 })]
        [TestCase("h[1] < -0.5", new long[] { 4 })]
        [TestCase("h[1] <= −0.7", new long[] { 4 })]
        [TestCase("|h[1]| > 0.8", new long[] { 1, 5 })]
        [TestCase("abs(h[1]) < 0.8", new long[] { 0, 4 })]
        [TestCase("norm(h) > 0.94", new long[] { 2, 5 })]
        [TestCase("‖h‖ > 0.94", new long[] { 2, 5 })]
        [TestCase("max(h) > 0.94", new long[] { 2, 5 })]
        [TestCase("|Δh| > 1", new long[] { 4 })]
        [TestCase("delta(h[1]) > 1", new long[] { 4 })]
        [TestCase("saturated(h) >= 0.5", new long[] { 3, 5 })]
        [TestCase("h[0] > 0.9", new long[0])]
        [TestCase("l1.h[1] > 0.9", new long[0])]
        public void FiresInTheStepInWhichItComesToHold(string condition, long[] steps)
        {
            Assert.That(Fire(condition, "l0.h", Second(0.1f, 0.9f, 0.95f, 0.99f, -0.7f, 1f)), Is.EqualTo(steps));
        }

        [Test]
        public void ABreakpointThatHoldsAtTheFirstStepFiresThere() => Assert.That(Fire("norm(c) < 1", "l0.h", Second(0, 0, 0)), Is.EqualTo(new long[] { 0 }));

        [Test]
        public void GatesAreCountedOpenAndShut()
        {
            float[][] values = { new[] { 0.5f, 0.5f }, new[] { 0.95f, 0.5f }, new[] { 0.95f, 0.95f }, new[] { 0.05f, 0.95f } };
            Assert.That(Fire("open(f) > 0.4", "l0.f", values), Is.EqualTo(new long[] { 1 }));
            Assert.That(Fire("open(f) >= 1", "l0.f", values), Is.EqualTo(new long[] { 2 }));
            Assert.That(Fire("shut(l0.f) > 0.4", "l0.f", values), Is.EqualTo(new long[] { 3 }));
        }

        [Test]
        public void ErrorIsTheRootOfTheMeanSquare()
        {
            // (3, 4) against (0, 0): √(25 / 2) = 3.54.
            Assert.That(Fire("error > 3.5", "output", new[] { 0f, 0f }, new[] { 3f, 4f }), Is.EqualTo(new long[] { 1 }));
            Assert.That(Fire("error > 3.6", "output", new[] { 0f, 0f }, new[] { 3f, 4f }), Is.Empty);
        }

        [TestCase(float.NaN)]
        [TestCase(float.PositiveInfinity)]
        public void NotFiniteIsFoundWhereItIs(float broken)
        {
            Assert.That(Fire("nan", "l1.c", Second(0, broken, broken, 0, broken)), Is.EqualTo(new long[] { 1, 4 }));
            Assert.That(Fire("nan(l1.c)", "l1.c", Second(0, broken)), Is.EqualTo(new long[] { 1 }));
            Assert.That(Fire("nan(l0.c)", "l1.c", Second(0, broken)), Is.Empty);
            Assert.That(Fire("nan", "target", Second(0, float.NaN)), Is.Empty, "a target that nobody knows");
        }

        [Test]
        public void TheHitSaysWhatItWas()
        {
            var agent = new AgentRecorder("NPC_07", Layout, 4);
            BreakpointHit? found = null;
            agent.BreakpointHit += hit => found = hit;
            Breakpoint breakpoint = Breakpoint.Parse("input[0] > 1");
            agent.Add(breakpoint);
            var frame = new float[Layout.Width];
            frame[0] = 1.5f;
            agent.Record(frame);
            Assert.That(found!.Value.ToString(), Is.EqualTo("NPC_07, step 0: input[0] > 1 (it is 1.5)"));
            agent.Remove(breakpoint);
            Assert.That(agent.Breakpoints, Is.Empty);
        }

        [TestCase("", "expected a name such as h, c, f, output or norm(h), got the end")]
        [TestCase("h > 1", "expected '[' and a unit after 'h', as in h[12], or a function as in norm(h), got '> 1' at position 3")]
        [TestCase("h[x] > 1", "expected the number of a unit, got 'x] > 1' at position 3")]
        [TestCase("h[12 > 1", "expected ']', got '> 1' at position 6")]
        [TestCase("h[99999999999] > 1", "expected the number of a unit")]
        [TestCase("h[1]", "expected >, >=, < or <=, got the end")]
        [TestCase("h[1] = 1", "expected >, >=, < or <=, got '= 1' at position 6")]
        [TestCase("h[1] > one", "expected a number such as 0.9, got 'one' at position 8")]
        [TestCase("h[1] > NaN", "expected a number such as 0.9")]
        [TestCase("h[1] > 1 2", "expected the end, got '2' at position 10")]
        [TestCase("mean(h) > 1", "expected norm, max, abs, delta, open, shut, saturated or nan before '(', got 'mean'")]
        [TestCase("norm(h[1]) > 1", "expected all units of it, without brackets")]
        [TestCase("|h| > 1", "expected a unit in brackets, as in |h[12]|")]
        [TestCase("norm(h > 1", "expected ')', got '> 1' at position 8")]
        public void ABadConditionSaysWhatWasExpected(string text, string message) =>
            Assert.That(() => Breakpoint.Parse(text), Throws.TypeOf<FormatException>().With.Message.Contains($"Breakpoint '{text}'").And.Message.Contains(message));

        [TestCase("g[0] > 1", "there is no 'g' in what is recorded (input, output, target, l0.h")]
        [TestCase("h[2] > 1", "l0.h has 2 units, got the number 2")]
        [TestCase("open(h) > 1", "l0.h is no gate; expected one, or saturated(h)")]
        public void ABreakpointOnWhatIsNotThereIsRefused(string text, string message) =>
            Assert.That(() => new AgentRecorder("NPC", Layout, 4).Add(Breakpoint.Parse(text)), Throws.ArgumentException.With.Message.Contains(message));
    }
}
