using System;

namespace Recurrent.Diagnostics
{
    /// <summary>A forecaster. H steps of horizon, K target columns.</summary>
    internal sealed class ForecasterFeed : StateFeed
    {
        private readonly Forecaster _forecaster;

        public ForecasterFeed(Forecaster forecaster)
        {
            _forecaster = forecaster ?? throw new ArgumentNullException(nameof(forecaster));
        }

        public override Layer? Network => _forecaster.Model;

        public override RecordingLayout Describe(RecordChannels channels, int? targetSize)
        {
            int outputs = _forecaster.Forecast.Length;
            return new RecordingLayout(channels, _forecaster.InputSize, outputs, targetSize ?? outputs, RecordedCell.Of(_forecaster.Cells));
        }

        protected override IDisposable Connect(AgentRecorder recorder) => new Connection(this, recorder);

        private sealed class Connection : IForecastObserver, IDisposable
        {
            private readonly ForecasterFeed _feed;
            private readonly Forecaster _forecaster;
            private readonly AgentRecorder _recorder;
            private readonly RecordedTrack? _output, _target;
            private long _forecasts; // one after the other, up to the last step
            private bool _isWritten;

            public Connection(ForecasterFeed feed, AgentRecorder recorder)
            {
                _feed = feed;
                _forecaster = feed._forecaster;
                _recorder = recorder;
                _output = recorder.Layout.Find("output");
                _target = recorder.Layout.Find("target");
                if (_target != null && _target.Length != _forecaster.Forecast.Length) _target = null;
                _forecaster.Add(this);
            }

            public void Dispose() => _forecaster.Remove(this);

            public void Sample(ReadOnlySpan<float> sample)
            {
                if (_target == null) return;
                ReadOnlySpan<int> columns = _forecaster.TargetColumns;
                long last = _recorder.StepCount - 1, kept = Math.Min(Math.Min(_forecasts, _forecaster.Horizon), last - _recorder.FirstStep + 1);
                for (int ahead = 0; ahead < kept; ahead++)
                {
                    Span<float> target = _recorder.At(last - ahead, _target);
                    for (int k = 0; k < columns.Length; k++) target[ahead * columns.Length + k] = sample[columns[k]];
                }
            }

            public void Window()
            {
                _isWritten = !_feed.IsPaused && _recorder.IsRecording;
                if (_isWritten) _recorder.Write(_forecaster.Cells, -1, 0, _forecaster.NewestInput, _forecaster.Forecast);
            }

            public void Forecast()
            {
                _forecasts = _isWritten ? _forecasts + 1 : 0;
                if (!_isWritten) return;
                _isWritten = false;
                if (_output != null) _forecaster.Forecast.CopyTo(_recorder.At(_recorder.StepCount, _output));
                _recorder.End();
            }

            public void Reset()
            {
                _forecasts = 0;
                _recorder.Mark(StateMarkKind.Reset);
            }
        }
    }
}
