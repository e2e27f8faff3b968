namespace Recurrent.Diagnostics
{
    /// <summary>
    /// A view of a state that takes longer than a frame, such as the state's way through its principal plane: a tab of the viewer. Register one with <see cref="ViewerExtensions"/>.
    /// One call is made at a time, so a view may keep what makes the next picture resemble the last.
    /// </summary>
    public interface IStateView
    {
        /// <summary>What the tab is called: "PCA".</summary>
        public string Name { get; }

        /// <summary>Works out what is to be drawn. Called on a worker thread where there are threads.</summary>
        /// <param name="recording">A copy of the steps.</param>
        /// <param name="track">The state that is shown.</param>
        /// <exception cref="System.ArgumentException">The steps do not allow this view; the message stands in its place.</exception>
        public StateViewPicture Measure(Recording recording, RecordedTrack track);
    }
}
