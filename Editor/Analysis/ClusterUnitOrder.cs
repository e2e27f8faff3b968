using System;
using Recurrent.Analysis;
using Recurrent.Diagnostics;

namespace RecurrentEditor.Analysis
{
    /// <summary>Units that behave alike stand together; see <see cref="ClusterOrder"/>.</summary>
    public sealed class ClusterUnitOrder : IUnitOrder
    {
        /// <summary>The units beyond which clustering would take longer than a click may.</summary>
        public const int MostUnits = 512;

        /// <inheritdoc/>
        public string Name => "cluster";

        /// <inheritdoc/>
        public int[]? Order(Recording recording, RecordedTrack track)
        {
            if (recording.Steps < 3 || track.Length > MostUnits) return null;
            float[] states = recording.Values(track);
            return Array.TrueForAll(states, float.IsFinite) ? ClusterOrder.ByCorrelation(states, track.Length) : null;
        }
    }
}
