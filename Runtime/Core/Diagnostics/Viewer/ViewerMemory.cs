using System;

namespace Recurrent.Diagnostics
{
    /// <summary>What a viewer remembers while the editor loads the code anew: plain fields, which Unity serializes. The recordings themselves are in a file.</summary>
    [Serializable]
    public sealed class ViewerMemory
    {
        /// <summary>Who was attached.</summary>
        public string[] Attached = Array.Empty<string>();

        /// <summary>Who is shown.</summary>
        public string Agent = "";

        /// <summary>With whom the agent is compared; empty for nobody.</summary>
        public string Against = "";

        /// <summary>The cell that is shown.</summary>
        public string Cell = "";

        /// <summary>The state that is shown: h or c.</summary>
        public string State = "h";

        /// <summary>The order of the units.</summary>
        public string Order = "";

        /// <summary>The open tab.</summary>
        public string Tab = "";

        /// <summary>What agents are filtered by.</summary>
        public string Filter = "";

        /// <summary>Lanes that are folded.</summary>
        public string[] Folded = Array.Empty<string>();

        /// <summary>The playhead.</summary>
        public long Playhead = -1;

        /// <summary>Whether the playhead goes along with the newest step.</summary>
        public bool Following = true;

        /// <summary>The first step in sight.</summary>
        public long From;

        /// <summary>Steps in sight; 0 for as many as fit.</summary>
        public long Span;

        /// <summary>The first step of the selected range; −1 for none.</summary>
        public long RangeFrom = -1;

        /// <summary>Its last step.</summary>
        public long RangeTo = -1;

        /// <summary>The track of the selected unit; empty for none.</summary>
        public string Track = "";

        /// <summary>The selected unit.</summary>
        public int Unit;

        /// <summary>The tracks of the probes.</summary>
        public string[] ProbeTracks = Array.Empty<string>();

        /// <summary>The units of the probes.</summary>
        public int[] ProbeUnits = Array.Empty<int>();

        /// <summary>The breakpoints.</summary>
        public string[] Breakpoints = Array.Empty<string>();

        /// <summary>Whether each of them is heeded.</summary>
        public bool[] Enabled = Array.Empty<bool>();

        /// <summary>The file in which the recordings wait; empty for none.</summary>
        public string Recordings = "";
    }
}
