namespace Recurrent.Diagnostics
{
    /// <summary>An order in which the units of a state are shown. Register one with <see cref="ViewerExtensions"/>.</summary>
    public interface IUnitOrder
    {
        /// <summary>What the list of orders calls it: "variance".</summary>
        public string Name { get; }

        /// <summary>Which unit stands at which place, from the top.</summary>
        /// <param name="recording">The steps that are there.</param>
        /// <param name="track">Whose units.</param>
        /// <returns>Each unit once; null where the steps do not allow this order, for instance because some are not finite.</returns>
        public int[]? Order(Recording recording, RecordedTrack track);
    }
}
