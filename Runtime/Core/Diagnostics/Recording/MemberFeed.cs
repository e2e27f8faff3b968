using System;
using System.Collections.Generic;

namespace Recurrent.Diagnostics
{
    /// <summary>A member of a crowd, in whichever row it stands.</summary>
    internal sealed class MemberFeed : StateFeed
    {
        private readonly SequenceCrowd _crowd;
        private readonly int _member;

        public MemberFeed(SequenceCrowd crowd, int member)
        {
            _crowd = crowd ?? throw new ArgumentNullException(nameof(crowd));
            _member = member;
            crowd.Input(member);
        }

        public override Layer? Network => _crowd.Layer;

        public override RecordingLayout Describe(RecordChannels channels, int? targetSize) => RecordingLayout.Of(_crowd.Layer, _crowd.Cells, channels, targetSize);

        protected override IDisposable Connect(AgentRecorder recorder) => new Connection(this, recorder);

        private sealed class Connection : CrowdObserver, IDisposable
        {
            private readonly MemberFeed _feed;
            private readonly AgentRecorder _recorder;
            private bool _isWritten;

            public Connection(MemberFeed feed, AgentRecorder recorder)
                : base(feed._member)
            {
                _feed = feed;
                _recorder = recorder;
                feed._crowd.Add(this);
            }

            public void Dispose() => _feed._crowd.Remove(this);

            public override void Observe(IReadOnlyList<CellTap> taps, int row, ReadOnlySpan<float> input, ReadOnlySpan<float> output)
            {
                _isWritten = !_feed.IsPaused && _recorder.IsRecording;
                if (_isWritten) _recorder.Write(taps, 0, row, input, output);
            }

            // Only now, for a breakpoint is not to be hit on another thread and while others compute.
            public override void End()
            {
                if (!_isWritten) return;
                _isWritten = false;
                _recorder.End();
            }
        }
    }
}
