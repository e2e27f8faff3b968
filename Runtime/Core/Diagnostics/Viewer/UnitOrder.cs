using System;

namespace Recurrent.Diagnostics
{
    /// <summary>The orders of units that every viewer has.</summary>
    public sealed class UnitOrder : IUnitOrder
    {
        private readonly Func<UnitStatistics, int[]>? _order;

        private UnitOrder(string name, Func<UnitStatistics, int[]>? order)
        {
            Name = name;
            _order = order;
        }

        /// <summary>By number.</summary>
        public static readonly UnitOrder Index = new UnitOrder("index", null);

        /// <summary>The liveliest first: by <see cref="UnitStatistics.ByDeviation"/>.</summary>
        public static readonly UnitOrder Variance = new UnitOrder("variance", units => units.ByDeviation());

        /// <summary>Those first that change most from step to step: by <see cref="UnitStatistics.ByChange"/>.</summary>
        public static readonly UnitOrder Change = new UnitOrder("|Δ|", units => units.ByChange());

        /// <inheritdoc/>
        public string Name { get; }

        /// <inheritdoc/>
        public int[]? Order(Recording recording, RecordedTrack track)
        {
            if (_order != null) return _order(UnitStatistics.Of(recording.Values(track), track.Length));
            var order = new int[track.Length];
            for (int i = 0; i < order.Length; i++) order[i] = i;
            return order;
        }
    }
}
