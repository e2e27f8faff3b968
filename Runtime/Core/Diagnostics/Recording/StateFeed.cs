using System;

namespace Recurrent.Diagnostics
{
    /// <summary>
    /// One agent's network at work, as something that can be recorded: a row of a stream, a member of a crowd, a forecaster. Every step goes to the recorders that
    /// are attached; where none is, a step costs a branch more, and nothing is allocated. Results never change by it.
    /// </summary>
    /// <example><code>
    /// StateFeed feed = StateFeed.Of(stream);
    /// var recorder = new AgentRecorder("guard", feed.Describe());
    /// using IDisposable recording = feed.Attach(recorder);
    /// stream.Step(input, output);                          // recorded
    /// </code></example>
    public abstract class StateFeed
    {
        /// <summary>Whether steps are kept back for now, such as one that the network's owner is going to undo.</summary>
        public bool IsPaused { get; set; }

        /// <summary>What is run, for what needs a backward pass; null where another runtime has it.</summary>
        public virtual Layer? Network => null;

        /// <summary>What a step consists of.</summary>
        /// <param name="channels">What is recorded.</param>
        /// <param name="targetSize">Features of the target; null for as many as the output has.</param>
        /// <exception cref="ArgumentException">The network has none of the channels, or a step would be too large.</exception>
        public abstract RecordingLayout Describe(RecordChannels channels = RecordChannels.All, int? targetSize = null);

        /// <summary>Records every step from the next on, until what is given back is disposed. A network that ends by itself records nothing more.</summary>
        /// <exception cref="ArgumentException">The recorder is laid out for another network.</exception>
        public IDisposable Attach(AgentRecorder recorder)
        {
            RecordingLayout own = Describe(recorder.Layout.Channels, recorder.Layout.TargetSize);
            if (!own.Matches(recorder.Layout))
                throw new ArgumentException($"StateFeed: {recorder.Name} is laid out for steps of {recorder.Layout.Width} numbers, expected the {own.Width} of this network.", nameof(recorder));
            return Connect(recorder);
        }

        /// <summary>A row of a stream of this package.</summary>
        /// <exception cref="ArgumentException">There is no such row.</exception>
        public static StateFeed Of(SequenceStream stream, int row = 0) => new StreamFeed(stream, row);

        /// <summary>A member of a crowd, until it leaves.</summary>
        /// <exception cref="ArgumentException">There is no such member.</exception>
        public static StateFeed Of(SequenceCrowd crowd, int member) => new MemberFeed(crowd, member);

        /// <summary>
        /// A forecaster: a step is a forecast. Its input is the newest sample as the network reads it, its states are those after the look-back, output and target the
        /// whole forecast and what came of it, in the unit of the samples. The truth stands in the target once it has come; until then that is not a number.
        /// </summary>
        public static StateFeed Of(Forecaster forecaster) => new ForecasterFeed(forecaster);

        /// <summary>A row of any stream or sequence; null where its runtime shows nothing.</summary>
        /// <param name="stream">A <see cref="SequenceStream"/>, or something that is <see cref="IWatchable"/>.</param>
        /// <param name="row">Which row.</param>
        /// <exception cref="ArgumentException">There is no such row.</exception>
        public static StateFeed? Find(object stream, int row = 0) => stream is SequenceStream ours ? Of(ours, row) : (stream as IWatchable)?.Watch(row);

        /// <summary>Sends every step to a recorder whose layout fits, until what is given back is disposed.</summary>
        protected abstract IDisposable Connect(AgentRecorder recorder);
    }
}
