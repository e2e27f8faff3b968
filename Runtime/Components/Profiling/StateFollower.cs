using System;
using Recurrent.Diagnostics;

namespace Recurrent.Components
{
    /// <summary>Records the last steps of a source's network as long as somebody wants it, and goes on with the next where the source gets another.</summary>
    internal sealed class StateFollower : IDisposable
    {
        private readonly Func<IStateSource?> _find;
        private readonly RecordChannels _channels;
        private readonly int _capacity;
        private IStateSource? _source;
        private IDisposable? _connection;
        private bool _isStale = true;

        /// <param name="find">Whose states; asked anew when there is another network.</param>
        /// <param name="channels">What is recorded.</param>
        /// <param name="capacity">How many steps are kept.</param>
        public StateFollower(Func<IStateSource?> find, RecordChannels channels, int capacity)
        {
            _find = find;
            _channels = channels;
            _capacity = capacity;
        }

        /// <summary>What was recorded; null while there is no network that can be seen.</summary>
        public AgentRecorder? Recorder { get; private set; }

        /// <summary>Records from now on, if it does not yet, and follows to where the network is now.</summary>
        public void Follow()
        {
            if (!_isStale) return;
            Dispose();
            _source = _find();
            _isStale = _source == null;
            if (_source == null) return;
            _source.StateChanged += Hear;
            try
            {
                if (!(_source.Watch() is StateFeed feed)) return;
                Recorder = new AgentRecorder("", feed.Describe(_channels, targetSize: 0), _capacity);
                _connection = feed.Attach(Recorder);
            }
            catch (ArgumentException)
            {
                // The network has none of the channels.
                Recorder = null;
            }
        }

        /// <summary>Records no more, until <see cref="Follow"/>.</summary>
        public void Dispose()
        {
            if (_source != null) _source.StateChanged -= Hear;
            _connection?.Dispose();
            _source = null;
            _connection = null;
            Recorder = null;
            _isStale = true;
        }

        private void Hear(StateMarkKind kind) => _isStale |= kind == StateMarkKind.Reopened;
    }
}
