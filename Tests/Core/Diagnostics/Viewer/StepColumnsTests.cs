using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class StepColumnsTests
    {
        [Test]
        public void EveryStepHasTheColumnsThatShowIt([Values(1, 7, 100, 683)] int width, [Values(16L, 100L, 683L, 684L, 5000L)] long span)
        {
            var columns = new StepColumns(width, span, 0, 0, 3 * span);
            for (long step = 0; step < 3 * span; step += 1 + span / 97)
            {
                long first = columns.FirstOf(step), last = columns.LastOf(step);
                Assert.That(first, Is.LessThanOrEqualTo(last));
                for (long column = first; column <= last; column++)
                {
                    (long from, long to) = columns.StepsOf(column);
                    Assert.That(step, Is.InRange(from, to), $"column {column} of step {step}");
                }
                Assert.That(columns.StepsOf(first - 1).Last, Is.LessThan(step));
                Assert.That(columns.StepsOf(last + 1).First, Is.GreaterThan(step));
                Assert.That(columns.MiddleOf(step), Is.InRange((float)first - 1, last + 1.5f));
            }
        }

        [Test]
        public void SixteenStepsOverAHundredColumns()
        {
            var columns = new StepColumns(100, 16, 50, 0, 64);
            Assert.That((columns.FirstOf(3), columns.LastOf(3)), Is.EqualTo((19L, 24L)));      // 18.75 … 25
            Assert.That(columns.StepsOf(19), Is.EqualTo((3L, 3L)));
            Assert.That(columns.StepsOf(18), Is.EqualTo((2L, 2L)));
            Assert.That(columns.MiddleOf(3), Is.EqualTo(21.875f - 50));
            Assert.That(columns.StepAt(0), Is.EqualTo(8));
        }

        [Test]
        public void AHundredStepsOverSixteenColumns()
        {
            var columns = new StepColumns(16, 100, 0, 20, 90);
            Assert.That(columns.StepsOf(3), Is.EqualTo((18L, 24L)));                           // 18.75 … 25
            Assert.That((columns.FirstOf(18), columns.FirstOf(24), columns.FirstOf(25)), Is.EqualTo((3L, 3L, 4L)));
            Assert.That(columns.StepAt(1), Is.EqualTo(20), "the oldest");
            Assert.That(columns.StepAt(15), Is.EqualTo(89), "the newest");
        }

        [Test]
        public void AStepStandsAlikeFarOut()
        {
            var near = new StepColumns(683, 1024, 0, 0, 2000);
            var far = new StepColumns(683, 1024, 683L * 4_000_000_000, 0, long.MaxValue);
            for (long step = 0; step < 1024; step++) Assert.That(far.MiddleOf(step + 1024L * 4_000_000_000), Is.EqualTo(near.MiddleOf(step)));
        }
    }
}
