namespace Recurrent.Components
{
    /// <summary>Where a <see cref="SequenceTrainer"/> trains.</summary>
    public enum TrainingPlace
    {
        /// <summary>On a thread of its own, with a low priority; between frames where there are no threads (WebGL).</summary>
        Background,

        /// <summary>On the main thread, some milliseconds of every frame.</summary>
        Frames,
    }
}
