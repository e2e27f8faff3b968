using System;

namespace Recurrent.Diagnostics
{
    /// <summary>What a viewer remembers while the editor loads the code anew: plain fields, which Unity serializes. The recordings themselves are in a file.</summary>
    [Serializable]
    public sealed class ViewerMemory
    {
        /// <summary>Who was attached.</summary>
        public string[] attached = Array.Empty<string>();

        /// <summary>Who is shown.</summary>
        public string agent = "";

        /// <summary>With whom the agent is compared; empty for nobody.</summary>
        public string against = "";

        /// <summary>The cell that is shown.</summary>
        public string cell = "";

        /// <summary>The state that is shown: h or c.</summary>
        public string state = "h";

        /// <summary>The order of the units.</summary>
        public string order = "";

        /// <summary>The open tab.</summary>
        public string tab = "";

        /// <summary>What agents are filtered by.</summary>
        public string filter = "";

        /// <summary>Lanes that are folded.</summary>
        public string[] folded = Array.Empty<string>();

        /// <summary>The playhead.</summary>
        public long playhead = -1;

        /// <summary>Whether the playhead goes along with the newest step.</summary>
        public bool following = true;

        /// <summary>The first step in sight.</summary>
        public long from;

        /// <summary>Steps in sight; 0 for as many as fit.</summary>
        public long span;

        /// <summary>The first step of the selected range; −1 for none.</summary>
        public long rangeFrom = -1;

        /// <summary>Its last step.</summary>
        public long rangeTo = -1;

        /// <summary>The track of the selected unit; empty for none.</summary>
        public string track = "";

        /// <summary>The selected unit.</summary>
        public int unit;

        /// <summary>The tracks of the probes.</summary>
        public string[] probeTracks = Array.Empty<string>();

        /// <summary>The units of the probes.</summary>
        public int[] probeUnits = Array.Empty<int>();

        /// <summary>The breakpoints.</summary>
        public string[] breakpoints = Array.Empty<string>();

        /// <summary>Whether each of them is heeded.</summary>
        public bool[] enabled = Array.Empty<bool>();

        /// <summary>The file in which the recordings wait; empty for none.</summary>
        public string recordings = "";
    }
}
