using NUnit.Framework;
using Recurrent.Diagnostics;

namespace Recurrent.Tests.Diagnostics
{
    public class ViewerTimelineTests
    {
        private static ViewerTimeline Of(long first, long end, bool live = false, long capacity = 1024)
        {
            var timeline = new ViewerTimeline();
            timeline.Begin(first, end, capacity, live);
            timeline.Columns(400);
            return timeline;
        }

        [Test]
        public void LiveFollowsTheHeadAndAMoveDetaches()
        {
            ViewerTimeline timeline = Of(0, 100, live: true);
            Assert.That((timeline.Playhead, timeline.IsFollowing), Is.EqualTo((99L, true)));
            timeline.SetBounds(0, 140, 1024, true);
            Assert.That(timeline.Playhead, Is.EqualTo(139));
            timeline.MoveBy(-10);
            timeline.SetBounds(0, 150, 1024, true);
            Assert.That((timeline.Playhead, timeline.IsFollowing), Is.EqualTo((129L, false)));
            timeline.Follow();
            timeline.SetBounds(0, 151, 1024, true);
            Assert.That((timeline.Playhead, timeline.IsFollowing), Is.EqualTo((150L, true)));
        }

        [Test]
        public void ThePlayheadStaysWithinWhatIsKept()
        {
            ViewerTimeline timeline = Of(20, 120);
            timeline.MoveBy(+5);
            Assert.That(timeline.Playhead, Is.EqualTo(119));
            timeline.MoveTo(3);
            Assert.That(timeline.Playhead, Is.EqualTo(20));
            timeline.SetBounds(60, 160, 100, true);
            Assert.That(timeline.Playhead, Is.EqualTo(60), "its step was lost");
        }

        [Test]
        public void ARunningGameGetsRoomThatDoublesUpToTheRing()
        {
            ViewerTimeline timeline = Of(0, 1, live: true, capacity: 1000);
            Assert.That(timeline.Span, Is.EqualTo(128));
            timeline.SetBounds(0, 129, 1000, true);
            Assert.That(timeline.Span, Is.EqualTo(256));
            timeline.SetBounds(500, 1500, 1000, true);
            Assert.That(timeline.Span, Is.EqualTo(1000));
            Assert.That(timeline.From, Is.EqualTo(500));
        }

        [Test]
        public void FitsARangeOrEverything()
        {
            ViewerTimeline timeline = Of(100, 500);
            Assert.That((timeline.From, timeline.Span), Is.EqualTo((100L, 400L)));
            timeline.Select(350, 250);
            Assert.That(timeline.Range, Is.EqualTo((250L, 350L)));
            timeline.Fit();
            Assert.That((timeline.From, timeline.Span, timeline.IsFollowing), Is.EqualTo((250L, 101L, false)));
            timeline.SelectNothing();
            timeline.Fit();
            Assert.That((timeline.From, timeline.Span), Is.EqualTo((100L, 400L)));
        }

        [Test]
        public void ZoomKeepsTheStepUnderThePointerWhereItIs()
        {
            ViewerTimeline timeline = Of(0, 400);
            timeline.MoveTo(200);
            StepColumns before = timeline.Columns(400);
            timeline.Zoom(0.5, 120);
            StepColumns after = timeline.Columns(400);
            Assert.That(timeline.Span, Is.EqualTo(200));
            Assert.That(after.FirstOf(120) - after.Left, Is.EqualTo(before.FirstOf(120) - before.Left));
            timeline.Zoom(1e-9, 120);
            Assert.That(timeline.Span, Is.EqualTo(16));
            timeline.Zoom(1e9, 120);
            Assert.That(timeline.Span, Is.EqualTo(1024), "all that can be kept");
        }

        [Test]
        public void AMoveOutOfSightBringsItIntoSight()
        {
            ViewerTimeline timeline = Of(0, 1000);
            timeline.Select(0, 99);
            timeline.Fit();
            timeline.MoveTo(700);
            StepColumns columns = timeline.Columns(400);
            Assert.That(columns.LastOf(700), Is.EqualTo(columns.Right - 1));
            timeline.MoveTo(10);
            Assert.That(timeline.From, Is.EqualTo(10));
            timeline.Pan(-9);
            Assert.That(timeline.From, Is.EqualTo(0));
            timeline.Pan(99);
            Assert.That(timeline.Columns(400).LastOf(999), Is.EqualTo(timeline.Columns(400).Right - 1));
        }

        [Test]
        public void OfARangeIsLeftWhatIsKept()
        {
            ViewerTimeline timeline = Of(0, 100, live: true, capacity: 100);
            timeline.Select(10, 20);
            timeline.SetBounds(15, 115, 100, true);
            Assert.That(timeline.Range, Is.EqualTo((15L, 20L)));
            timeline.SetBounds(21, 121, 100, true);
            Assert.That(timeline.Range, Is.Null);
        }
    }
}
